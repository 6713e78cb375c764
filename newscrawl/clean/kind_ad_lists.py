"""Lists of advertisers' stories: what stands under "Around the web" or "Ads by ..." is advertising."""

from typing import Final

from newscrawl.clean.blocks import Block, Box
from newscrawl.clean.kind_surroundings import WholePage
from newscrawl.clean.kinds import Cut
from newscrawl.model import BlockKind

_LABEL_RULES: Final = frozenset(("ad:label", "ad:opening"))
# Words. "Advertisement" alone heads an empty slot, whatever follows it.
_MIN_LABEL_WORDS: Final = 2
_MIN_BLOCKS: Final = 3
_MAX_BLOCKS: Final = 80


def name_ad_lists(blocks: list[Block], cuts: list[Cut | None], whole: WholePage) -> None:
    """Name all blocks of the largest element that begins with an advertisers' label, in `cuts`."""
    for block in blocks:
        cut = cuts[block.index]
        if cut is None or cut[1] not in _LABEL_RULES or whole.structure.words[block.index] < _MIN_LABEL_WORDS:
            continue
        section = _section_of(block, whole)
        if section is None or whole.headlines(section) < 1:
            continue
        first = whole.structure.box_first[section.index]
        for at in range(first, first + whole.size(section)):
            here = cuts[at]
            if here is not None and here[0] is not BlockKind.AD:
                cuts[at] = BlockKind.AD, "ad:list"


def _section_of(block: Block, whole: WholePage) -> Box | None:
    """Return the largest element without a line of the article that begins with `block`."""
    found: Box | None = None
    box: Box | None = block.box
    while box is not None and whole.structure.box_first[box.index] == block.index:
        if whole.holds_article(box) or whole.size(box) > _MAX_BLOCKS:
            break
        found = box
        box = box.parent
    return found if found is not None and whole.size(found) >= _MIN_BLOCKS else None
