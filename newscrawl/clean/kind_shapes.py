"""Blocks of one shape in one list are of one kind: the entry "Fashion" of a list of tags is a tag too."""

from collections import Counter, defaultdict
from typing import Final

from newscrawl.clean.blocks import Block
from newscrawl.clean.kind_surroundings import WholePage
from newscrawl.clean.kinds import Cut
from newscrawl.model import BlockKind

_K = BlockKind
# Blocks of one shape in one list, and the share of them that must agree.
_MIN_ALIKE: Final = 4
_MAJORITY: Final = 0.6
# Kinds that lists are made of.
_LIST_KINDS: Final = frozenset((_K.NAVIGATION, _K.RELATED, _K.AD, _K.SHARE, _K.COMMENTS, _K.PROMO))
# Rules that know a block by its own words.
_OWN_WORDS: Final = (":label", ":headline", ":author-name", ":copyright", ":rights", ":inline-link")


def agree_by_shape(blocks: list[Block], cuts: list[Cut | None], whole: WholePage) -> None:
    """Give the kind of the many to the few, among blocks of one shape in one list, in `cuts`."""
    by_path: dict[int, list[Block]] = defaultdict(list)
    for block in blocks:
        if cuts[block.index] is not None:
            by_path[block.box.path_id].append(block)
    for alike in by_path.values():
        if len(alike) >= _MIN_ALIKE and len({cut[0] for block in alike if (cut := cuts[block.index])}) > 1:
            _agree(alike, cuts, whole)


def _agree(blocks: list[Block], cuts: list[Cut | None], whole: WholePage) -> None:
    """Do so for blocks of one shape."""
    lists: dict[int, list[int]] = defaultdict(list)
    for block in blocks:
        around = whole.around(block)
        inner = block.box.parent
        holder = around.cards or around.link_list or (inner.parent if inner is not None else None)
        if holder is not None:
            lists[holder.index].append(block.index)
    for alike in lists.values():
        if len(alike) < _MIN_ALIKE:
            continue
        counts = Counter(cut[0] for at in alike if (cut := cuts[at]) is not None)
        (kind, count), *others = counts.most_common(2)
        if not others or kind not in _LIST_KINDS or count < _MAJORITY * len(alike):
            continue
        for at in alike:
            cut = cuts[at]
            if cut is not None and cut[0] is not kind and not cut[1].endswith(_OWN_WORDS):
                cuts[at] = kind, f"{kind}:alike"
