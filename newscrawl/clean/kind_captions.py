"""Captions that are none, and lines that a picture beside them makes captions."""

import re
from typing import Final

from newscrawl.clean.blocks import Block, Inside
from newscrawl.clean.kind_case import CAPTION_REACH, Case
from newscrawl.clean.kind_surroundings import HEADLINE_WORDS, MIN_LIST_LINKS, WholePage
from newscrawl.clean.kinds import LINE_WORDS, Cut, kind_without
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.words import has_date
from newscrawl.model import BlockKind

_K = BlockKind
_TRAIL_LINKS: Final = 2  # in a line before the article that is half links
_CREDIT_MARK: Final = re.compile(r"[©/|:(]|images|photo|foto|reuters|archiv", re.I)
_NO_CAPTION: Final = group_bits("byline", "author", "title", "date")
_NO_ROWS: Final = frozenset(("caption:class", "promo:opening", "legal:opening", "newsletter:opening"))
_CAPTION_GUESSES: Final = frozenset(("caption:picture", "caption:media", "caption:figure", "caption:credit"))


def settle_caption(case: Case, cut: Cut) -> tuple[Cut, bool]:
    """Return the kind of a line that may be a picture's, and whether that is the last word."""
    kind, rule = cut
    block = case.block
    box = case.box
    text = case.text
    words = case.words
    linked = case.linked
    whole = case.whole
    place = case.place
    distance = case.distance
    if rule == "caption:class" and not linked and _is_no_caption(block, whole, words):
        kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
        if words <= LINE_WORDS and has_date(text):
            return (_K.DATELINE, "dateline:line"), True
    dated = place == "before" and rule == "caption:picture" and not box.inside & Inside.FIGURE
    if dated and words <= LINE_WORDS and has_date(text) and not text.endswith("."):
        return (_K.DATELINE, "dateline:line"), True
    if rule == "caption:picture" and place == "before" and distance > 1 and block.link_count >= _TRAIL_LINKS:
        return (_K.NAVIGATION, "navigation:breadcrumb"), True
    row = linked and block.link_count > MIN_LIST_LINKS and not whole.heads[block.index]
    if row and rule in _NO_ROWS:
        return (_K.NAVIGATION, "navigation:links"), True
    far = rule == "caption:picture" and not (block.after_image or whole.shows_picture(box))
    if far and not linked and (place != "within" or words < HEADLINE_WORDS):
        kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
    elif rule in _CAPTION_GUESSES or (kind is _K.CAPTION and linked and not box.inside & Inside.FIGCAPTION):
        if linked and words >= HEADLINE_WORDS:
            return (_K.RELATED, "related:card"), True
        if linked or distance > CAPTION_REACH:
            kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
    return (kind, rule), False


def _is_no_caption(block: Block, whole: WholePage, words: float) -> bool:
    """Tell whether a line with the class name of captions is none: without a picture or credit."""
    box = block.box
    named = block.groups | box.groups | (box.parent.groups if box.parent is not None else 0)
    unlike = named & _NO_CAPTION or (words <= HEADLINE_WORDS and not _CREDIT_MARK.search(block.text))
    return bool(unlike) and not whole.shows_picture(box)
