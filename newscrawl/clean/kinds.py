"""The kind of a block that was cut without a rule of its own: from what surrounds it."""

from functools import lru_cache, reduce
from operator import or_
from typing import Final

from newscrawl.clean.blocks import Block, Inside
from newscrawl.clean.evidence import HINT, Evidence
from newscrawl.clean.labels import opening_label
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.structure import Structure
from newscrawl.clean.words import is_date_line
from newscrawl.model import BlockKind

_K = BlockKind
Cut = tuple[BlockKind, str]
"""The kind of a block that does not stay, and the rule that told it."""

LINE_WORDS: Final = 14  # a longer text with a date in it is no line of dates
LEGAL_WORDS: Final = 8  # a longer unlinked line in the site's footer says who publishes it
# Rules that go by the place alone.
BY_PLACE: Final = frozenset(
    (
        "navigation:before-article",
        "navigation:section-label",
        "navigation:links",
        "navigation:footer",
        "navigation:header",
        "related:sidebar",
        "related:cards",
        "related:links",
        "related:aside",
        "other:low-score",
    )
)
# Looked for on the block's own element and then outwards; the first element with one of these groups
# tells. Within one element the order is that of the table.
_GROUP_KINDS: Final = (
    (group_bits("comments"), _K.COMMENTS, "comments:class"),
    (group_bits("share"), _K.SHARE, "share:class"),
    (group_bits("newsletter"), _K.NEWSLETTER, "newsletter:class"),
    (group_bits("paywall"), _K.PAYWALL, "paywall:class"),
    (group_bits("bio"), _K.BIO, "bio:class"),
    (group_bits("promo"), _K.PROMO, "promo:class"),
    (group_bits("related", "popular"), _K.RELATED, "related:class"),
    (group_bits("consent", "legal"), _K.LEGAL, "legal:class"),
    (group_bits("ad"), _K.AD, "ad:class"),
    (group_bits("byline", "author"), _K.BYLINE, "byline:class"),
    (group_bits("date"), _K.DATELINE, "dateline:class"),
    (group_bits("caption"), _K.CAPTION, "caption:class"),
    (group_bits("tags", "nav", "header"), _K.NAVIGATION, "navigation:class"),
    (group_bits("footer"), _K.NAVIGATION, "navigation:footer"),
    (group_bits("media", "video"), _K.CAPTION, "caption:media"),
    (group_bits("source"), _K.SOURCE, "source:class"),
    (group_bits("teaser", "list"), _K.RELATED, "related:cards"),
    (group_bits("section"), _K.NAVIGATION, "navigation:section-label"),
    (group_bits("sidebar"), _K.RELATED, "related:sidebar"),
)
_GroupKinds = tuple[tuple[int, BlockKind, str], ...]
_TELLING_GROUPS: Final = reduce(or_, (mask for mask, _, _ in _GROUP_KINDS))
_MAX_LEVELS: Final = 12
_MIN_OPENING_CHARS: Final = 8  # of a phrase that names a kind by its words alone
_FAINT_CHARS: Final = 3  # "tue" asks for support in one language and is a day in another
# Blocks. An element that holds more is a part of the page, whatever its name reminds of.
_MOST_BLOCKS: Final = {
    _K.SHARE: 24,
    _K.NEWSLETTER: 24,
    _K.PAYWALL: 24,
    _K.BYLINE: 8,
    _K.DATELINE: 6,
    _K.CAPTION: 8,
    _K.SOURCE: 6,
}
# Above the article stand menus and bars: lists and cards there are navigation.
_BEFORE_KINDS: Final = tuple(
    entry for entry in _GROUP_KINDS if entry[1] not in (_K.RELATED, _K.BIO, _K.CAPTION, _K.COMMENTS)
)


def kind_of_cut(
    block: Block, structure: Structure, evidence: Evidence | None, place: str
) -> tuple[BlockKind, str]:
    """Return (kind, rule) of a block that does not stay.

    `place` is where it stands: `before`, `within` or `after` the kept text.
    """
    inside = block.box.inside
    if evidence is not None and _is_faint(evidence, block.text):
        evidence = None
    if evidence is not None and not (inside & Inside.NAV and evidence.rule.endswith((":heading", ":class"))):
        return evidence.kind, evidence.rule
    text = block.text
    if not text[0].isalnum() and not any(map(str.isalnum, text)):
        return _K.OTHER, "other:symbols"
    words = structure.words[block.index]
    linked = structure.link_density[block.index] > 0.5
    if is_date_line(text):
        return _K.DATELINE, "dateline:date"
    if inside & Inside.NAV:
        return _K.NAVIGATION, "navigation:tag"
    if inside & Inside.FIGURE:
        return _K.CAPTION, "caption:figure"
    opening = opening_label(text)
    if opening and (not opening[1][-1].isalnum() or len(opening[1]) >= _MIN_OPENING_CHARS):
        return opening[0], f"{opening[0]}:opening"
    if inside & Inside.FOOTER and not structure.main.inside & Inside.FOOTER:
        return _K.NAVIGATION, "navigation:footer"
    if place == "before" and inside & Inside.HEADER and not inside & (Inside.ARTICLE | Inside.MAIN):
        return _K.NAVIGATION, "navigation:header"
    if place == "before" and (words <= 4 or linked or inside & Inside.HEADER) and not block.after_image:
        found = _by_groups(block, structure, words, _BEFORE_KINDS)
        return found or (_K.NAVIGATION, "navigation:before-article")
    found = _by_groups(block, structure, words, _GROUP_KINDS)
    if found:
        return found
    if inside & (Inside.FOOTER | Inside.HEADER):
        return _K.NAVIGATION, "navigation:tag"
    if inside & Inside.FORM:
        return _K.COMMENTS if place == "after" and words > 1 else _K.OTHER, "other:form"
    if inside & Inside.BUTTON:
        return _K.NAVIGATION, "navigation:button"
    if linked:
        if words <= 3 or place == "before":
            return _K.NAVIGATION, "navigation:links"
        return _K.RELATED, "related:links"
    if inside & Inside.ASIDE:
        return _K.RELATED, "related:aside"
    if place == "before" and words <= 4:
        return _K.NAVIGATION, "navigation:before-article"
    if place == "after" and words >= 6:
        return _K.RELATED, "related:after-article"
    return _K.OTHER, "other:low-score"


def _is_faint(evidence: Evidence, text: str) -> bool:
    """Tell whether all that speaks for a kind is a short word at the beginning ("Tue") or a button."""
    if evidence.rule == "navigation:button":
        return True
    if evidence.strength > HINT or not evidence.rule.endswith(":opening"):
        return False
    opening = opening_label(text)
    return opening is not None and opening[1].isascii() and len(opening[1]) <= _FAINT_CHARS


def kind_without(block: Block, structure: Structure, place: str, wrong: BlockKind) -> tuple[BlockKind, str]:
    """Return (kind, rule) of a block that was taken for `wrong` by mistake: what else speaks for a kind."""
    words = structure.words[block.index]
    found = _by_groups(block, structure, words, _kinds_but(wrong))
    if found:
        return found
    if structure.link_density[block.index] > 0.5:
        return (_K.NAVIGATION, "navigation:links") if words <= 3 else (_K.RELATED, "related:links")
    if place == "before" and words <= 4:
        return _K.NAVIGATION, "navigation:before-article"
    return _K.OTHER, "other:low-score"


@lru_cache(maxsize=len(BlockKind))
def _kinds_but(wrong: BlockKind) -> _GroupKinds:
    return tuple(entry for entry in _GROUP_KINDS if entry[1] is not wrong)


def _by_groups(
    block: Block, structure: Structure, words: float, table: _GroupKinds
) -> tuple[BlockKind, str] | None:
    groups = block.groups | block.box.groups
    box = block.box
    for _ in range(_MAX_LEVELS):
        if groups & _TELLING_GROUPS:
            for mask, kind, rule in table:
                if not groups & mask or (kind in (_K.BYLINE, _K.DATELINE) and words > 25):
                    continue
                held = structure.box_last[box.index] - structure.box_first[box.index] + 1
                if held <= _MOST_BLOCKS.get(kind, held):
                    return kind, rule
        if box.parent is None or box.parent is structure.main:
            return None
        box = box.parent
        groups = box.groups
    return None
