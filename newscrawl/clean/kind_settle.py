"""The kind of one cut in its surroundings: a date in a teaser is the teaser's, a menu's label the menu's."""

from typing import Final

from newscrawl.clean.blocks import Block
from newscrawl.clean.kind_captions import settle_caption
from newscrawl.clean.kind_case import CAPTION_REACH, Case
from newscrawl.clean.kind_lines import cut_by_form
from newscrawl.clean.kind_links import cut_by_target
from newscrawl.clean.kind_lists import settle_in_list
from newscrawl.clean.kind_menus import cut_of_menu, headline_by_class
from newscrawl.clean.kind_surroundings import WholePage
from newscrawl.clean.kind_wording import cut_by_wording
from newscrawl.clean.kinds import BY_PLACE, Cut, kind_without
from newscrawl.model import BlockKind

_K = BlockKind
# What nothing but cards around a link may change.
_PLAIN_NAVIGATION: Final = frozenset(("navigation:class", "navigation:label"))
_THREAD_PARTS: Final = frozenset((_K.DATELINE, _K.BYLINE, _K.CAPTION, _K.BIO, _K.OTHER, _K.NEWSLETTER))
# Rules by the name of an element far around, which the name of a widget nearby outweighs.
_WIDGET_RULES: Final = frozenset(
    (
        "byline:class",
        "caption:picture",
        "caption:class",
        "caption:media",
        "paywall:class",
        "other:form",
        "other:symbols",
        "legal:class",
        "related:after-article",
        "navigation:label",
        "byline:label",
    )
)


def settle(block: Block, cut: Cut, whole: WholePage, place: str, distance: int) -> Cut:
    """Return the kind of one cut in its surroundings."""
    kind, rule = cut
    if rule == "navigation:tag" and "©" not in block.text:
        return cut
    text = block.text
    box = block.box
    words = whole.structure.words[block.index]
    linked = whole.structure.link_density[block.index] > 0.5
    around = whole.around(block)
    if around.network:
        return _K.AD, "ad:network"
    if rule in _PLAIN_NAVIGATION and around.cards is None and text[0] != "#":
        return cut
    part = kind in _THREAD_PARTS or rule in BY_PLACE or rule in ("share:label", "related:label")
    early = kind is _K.DATELINE and place == "before" and distance <= CAPTION_REACH
    if around.thread and part and not (early or whole.heads[block.index]):
        return _K.COMMENTS, "comments:thread"
    formed = cut_by_form(
        text,
        cut,
        words=words,
        linked=linked,
        by_place=rule in BY_PLACE,
        before=place == "before",
        after=place == "after",
        distance=distance,
    )
    if formed is not None:
        return formed
    if (rule in BY_PLACE or rule in _WIDGET_RULES) and (widget := whole.widget(block)) is not None:
        return widget
    case = Case(block, box, text, words, linked, around, whole, place, distance)
    if linked and (led := cut_by_target(case, cut)) is not None:
        return led
    told = cut_by_wording(case, cut) or cut_of_menu(case, cut)
    if told is not None:
        return told
    if rule == "dateline:class" and not any(map(str.isdigit, text)):
        cut = kind_without(block, whole.structure, place, _K.DATELINE)
    if (headline := headline_by_class(case, cut)) is not None:
        return headline
    cut, settled = settle_caption(case, cut)
    return cut if settled else settle_in_list(case, cut)
