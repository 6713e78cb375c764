"""The kind of a cut by what its line says, where that outweighs the rule that cut it."""

import re
from typing import Final

from newscrawl.clean.blocks import Inside
from newscrawl.clean.kind_case import CAPTION_REACH, SHARE_GROUPS, Case, at_bottom
from newscrawl.clean.kind_surroundings import MIN_LIST_LINKS
from newscrawl.clean.kinds import LINE_WORDS, Cut
from newscrawl.clean.labels import label_of, opening_label
from newscrawl.clean.line_forms import COPYRIGHT
from newscrawl.clean.words import has_date, is_date_line
from newscrawl.model import BlockKind

_K = BlockKind
# Words, and blocks from the nearest kept paragraph: a line of rights without a year is a picture's.
_CREDIT_WORDS: Final = 6
_CREDIT_REACH: Final = 2
_MAX_SYMBOL_CHARS: Final = 5
_WEATHER: Final = re.compile(r"^\W*-?\d{1,2}\s?(?:°|℃|º|[CF]$)")
_LETTER_SIZE: Final = re.compile(r"^(?:[AaАα]{1,3}[+-]{0,2}|[+-])$")
_PLAYING_TIME: Final = re.compile(r"\b\d{1,2}:\d\d\b")
_RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,80}(?:19|20)\d\d|all rights reserved|alle rechte|tous droits"
    r"|derechos reservados|direitos reservados|diritti riservati|prawa zastrzeżone|prawa autorskie"
    r"|права защищены|rettigheder|med ensamrätt|版权所有|版權所有|無断転載|무단|حقوق محفوظة"
    r"|πνευματικά δικαιώματα|subject to copyright|be reproduced without",
    re.I,
)
# Sections of buttons and fields: no headline belongs to one.
_SHORT_SECTIONS: Final = frozenset((_K.SHARE, _K.NEWSLETTER, _K.PROMO, _K.BIO))


def cut_by_wording(case: Case, cut: Cut) -> Cut | None:
    """Return the kind that a line's words and signs tell in their surroundings, or None."""
    kind, rule = cut
    block = case.block
    box = case.box
    text = case.text
    words = case.words
    linked = case.linked
    around = case.around
    whole = case.whole
    place = case.place
    distance = case.distance
    if rule == "title:repeated" and linked and place == "after":
        return _K.RELATED, "related:headline"
    if rule.endswith(":heading") and text[0] in "©Cc(" and COPYRIGHT.search(text):
        return _K.LEGAL, "legal:copyright"
    if rule == "caption:credit" and place == "before" and has_date(text) and not whole.shows_picture(box):
        return _K.DATELINE, "dateline:line"
    if kind is _K.SHARE and not linked and box.inside & Inside.FIGCAPTION and label_of(text) is not kind:
        return _K.CAPTION, "caption:figcaption"
    if rule.endswith(":heading") and kind in _SHORT_SECTIONS and whole.heads[block.index]:
        return _K.RELATED, "related:headline"
    network = rule == "share:heading" and any(label_of(word) is kind for word in (text, *text.split()[:8]))
    if rule == "share:heading" and not around.groups & SHARE_GROUPS and not network:
        if linked:
            return _K.NAVIGATION, "navigation:links"
        opening = opening_label(text)
        return (opening[0], f"{opening[0]}:opening") if opening else (_K.OTHER, "other:tool")
    if len(text) <= _MAX_SYMBOL_CHARS and _LETTER_SIZE.match(text):
        button = box.inside & Inside.BUTTON
        return (_K.NAVIGATION, "navigation:button") if button else (_K.OTHER, "other:tool")
    if rule == "share:label" and _PLAYING_TIME.search(text):
        return _K.OTHER, "other:player"
    credit = rule == "legal:copyright" and words <= _CREDIT_WORDS and distance <= _CREDIT_REACH
    if (
        credit
        and place != "before"
        and not bool(box.inside & Inside.FOOTER)
        and not any(map(str.isdigit, text))
    ):
        return _K.CAPTION, "caption:credit"
    if rule in ("caption:figcaption", "bio:heading") and is_date_line(text):
        return _K.DATELINE, "dateline:date"
    if words <= 4 and not text[0].isalpha() and _WEATHER.match(text):
        return _K.OTHER, "other:weather"
    if text.startswith(("http://", "https://")) and " " not in text:
        return _K.OTHER, "other:address"
    unlinked_line = not linked and words <= 60 and not box.inside & Inside.FIGURE
    bottom = at_bottom(case)
    may_be_legal = unlinked_line and kind in (_K.CAPTION, _K.RELATED, _K.NAVIGATION)
    owner = (
        kind is _K.NAVIGATION and "©" in text and words <= LINE_WORDS and block.link_count < MIN_LIST_LINKS
    )
    if owner and place == "after":
        return _K.LEGAL, "legal:copyright"
    if may_be_legal and ((bottom and "©" in text) or _RIGHTS.search(text)):
        if distance <= CAPTION_REACH and not bottom and whole.shows_picture(box):
            return _K.CAPTION, "caption:credit"
        return _K.LEGAL, "legal:rights"
    if rule == "navigation:breadcrumb":
        if "©" in text:
            return _K.CAPTION, "caption:credit"
        if has_date(text):
            return _K.DATELINE, "dateline:line"
    if kind is _K.NEWSLETTER and words <= 2 and around.groups & SHARE_GROUPS and label_of(text) is not kind:
        return _K.SHARE, "share:class"
    return None
