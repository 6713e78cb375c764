"""What a short cut line is by its form alone, wherever it stands: tags, a pager, an archive, an amount."""

import re
from typing import Final

from newscrawl.clean.words import has_date
from newscrawl.model import BlockKind

_K = BlockKind
Cut = tuple[BlockKind, str]

_MAX_LINE_CHARS: Final = 120
_MAX_LINE_WORDS: Final = 14
_PAGER_WORDS: Final = 3
_TOPIC_WORDS: Final = 5
# Blocks from the nearest kept paragraph within which a line with a date is the article's own.
_REACH: Final = 6
_ADDRESS_REACH: Final = 3

_HASHTAGS: Final = re.compile(r"#\w[^\s#]*(?:\s?#\w[^\s#]*)+")
_AMOUNT: Final = re.compile(r"[€$£₽¥]\s?\d{1,5}|\d{1,5}\s?[€$£₽¥]")
# A month or a year with or without a count: a day is no archive.
_ARCHIVE: Final = re.compile(r"\D{0,20}(?:19|20)\d\d\s?(?:\(\d{1,5}\))?")
_COUNTED: Final = re.compile(r"[^\d()]{2,40}\(\d{1,5}\)")
_MAIL_ADDRESS: Final = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}(?:\.[\w-]{1,30}){1,4}")
_AGO: Final = re.compile(
    r"\d{1,2}\s?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?) ago\b"
    r"|\bvor \d{1,2} (?:Minute|Stunde|Tag)|\bil y a \d{1,2} (?:minute|heure|jour)"
    r"|\bhace \d{1,2} (?:minuto|hora|día)|\bhá \d{1,2} (?:minuto|hora|dia)"
    r"|\d{1,2} \w{3,9} (?:fa|siden|sedan|geleden|temu|önce|назад)\b",
    re.I,
)


def cut_by_form(
    text: str, cut: Cut, *, words: float, linked: bool, by_place: bool, before: bool, distance: int
) -> Cut | None:
    """Return the kind that the form of a line tells, or None.

    `cut` is what it was taken for, `by_place` whether only its place spoke; `distance` counts blocks from
    the nearest paragraph that stays, `before` tells whether all of those follow.
    """
    kind, rule = cut
    if len(text) > _MAX_LINE_CHARS * 4 or words > _MAX_LINE_WORDS:
        return None
    if text[0] == "#" and by_place and _HASHTAGS.fullmatch(text):
        return _K.NAVIGATION, "navigation:hashtags"
    if len(text) > _MAX_LINE_CHARS:
        return None
    if linked and _AMOUNT.fullmatch(text):
        return _K.PROMO, "promo:amount"
    if linked and rule == "dateline:date" and _ARCHIVE.fullmatch(text):
        return _K.NAVIGATION, "navigation:archive"
    if words <= _PAGER_WORDS and kind is _K.RELATED and (text[0] == "←" or text[-1] == "→"):
        return _K.NAVIGATION, "navigation:pager"
    if not by_place:
        return None
    if linked and words <= _TOPIC_WORDS and text[-1] == ")" and _COUNTED.fullmatch(text):
        return _K.NAVIGATION, "navigation:topics"
    if distance <= _ADDRESS_REACH and "@" in text and _MAIL_ADDRESS.fullmatch(text):
        return _K.BYLINE, "byline:address"
    if before and distance <= _REACH and (_AGO.search(text) or (not linked and has_date(text))):
        return _K.DATELINE, "dateline:line"
    return None
