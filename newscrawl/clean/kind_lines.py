"""What a short cut line is by its form alone, wherever it stands: tags, a pager, an archive, an amount."""

import re
from typing import Final

from newscrawl.clean.line_words import topics_of_line
from newscrawl.clean.words import has_date
from newscrawl.model import BlockKind

_K = BlockKind
Cut = tuple[BlockKind, str]

_MAX_LINE_CHARS: Final = 120
_MAX_LINE_WORDS: Final = 14
_PAGER_WORDS: Final = 3
_TOPIC_WORDS: Final = 5
_FIELD_WORDS: Final = 6
_COUNT_WORDS: Final = 8
# Blocks from the nearest kept paragraph within which a line with a date is the article's own.
_REACH: Final = 6
_ADDRESS_REACH: Final = 3

# Rules that go by the class name of something around or by a picture nearby.
_GUESSES: Final = frozenset(
    (
        "caption:picture",
        "caption:class",
        "dateline:class",
        "byline:class",
        "other:form",
        "related:after-article",
        "related:class",
        "share:class",
        "share:heading",
        "caption:media",
    )
)
_TAG_KINDS: Final = frozenset((_K.NAVIGATION, _K.RELATED, _K.CAPTION, _K.OTHER))
_SIGN_IN_KINDS: Final = frozenset((_K.PAYWALL, _K.NEWSLETTER, _K.COMMENTS, _K.OTHER, _K.RELATED, _K.LEGAL))
_HASHTAGS: Final = re.compile(r"#\w[^\s#]*(?:\s?#\w[^\s#]*)+")
_TAG: Final = re.compile(r"# ?\w[^#]*$")
_PLAYED: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?:\s?[/|–-]?\s?\d{1,2}:\d\d(?::\d\d)?)+")
_BACK: Final = frozenset(
    (
        *(
            "back",
            "go back",
            "zurück",
            "retour",
            "volver",
            "voltar",
            "indietro",
            "torna indietro",
            "назад",
            "wstecz",
        ),
        *(
            "powrót",
            "terug",
            "tilbage",
            "tilbake",
            "tillbaka",
            "takaisin",
            "zpět",
            "späť",
            "vissza",
            "înapoi",
            "geri",
        ),
        *(
            "返回",
            "戻る",
            "뒤로",
            "رجوع",
            "بازگشت",
            "חזרה",
            "πίσω",
            "kembali",
            "quay lại",
            "natrag",
            "nazaj",
            "atgal",
        ),
    )
)
_EDGES: Final = " «»‹›<>←→↩|·…."
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
    text: str,
    cut: Cut,
    *,
    words: float,
    linked: bool,
    by_place: bool,
    before: bool,
    after: bool,
    distance: int,
) -> Cut | None:
    """Return the kind that the form of a line tells, or None.

    `cut` is what it was taken for, `by_place` whether only its place spoke; `distance` counts blocks from
    the nearest paragraph that stays, `before` tells whether all of those follow, `after` whether none does.
    """
    kind, rule = cut
    if len(text) > _MAX_LINE_CHARS * 4 or words > _MAX_LINE_WORDS:
        return None
    if text[0] == "#" and kind in _TAG_KINDS and (_HASHTAGS.fullmatch(text) or (linked and _TAG.match(text))):
        return _K.NAVIGATION, "navigation:hashtags"
    if len(text) > _MAX_LINE_CHARS:
        return None
    if linked and _AMOUNT.fullmatch(text):
        return _K.PROMO, "promo:amount"
    if linked and rule == "dateline:date" and _ARCHIVE.fullmatch(text):
        return _K.NAVIGATION, "navigation:archive"
    if words <= _PAGER_WORDS and kind is _K.RELATED and (text[0] == "←" or text[-1] == "→"):
        return _K.NAVIGATION, "navigation:pager"
    if kind is _K.RELATED and text.strip(_EDGES).casefold() in _BACK:
        return _K.NAVIGATION, "navigation:back"
    if rule == "share:label" and text.casefold().startswith("loading"):
        return _K.OTHER, "other:loading"
    if kind is _K.DATELINE and _PLAYED.fullmatch(text):
        return _K.OTHER, "other:player"
    guessed = by_place or rule in _GUESSES or rule == "newsletter:class"
    if before and guessed and (" » " in text or " › " in text or " > " in text):
        return _K.NAVIGATION, "navigation:breadcrumb"
    if (guessed or kind in _SIGN_IN_KINDS) and (topics := topics_of_line(text)):
        told = _cut_by_topics(text, topics, cut, words=words, guessed=guessed)
        if told is not None:
            return told
    if not by_place:
        return None
    if linked and words <= _TOPIC_WORDS and text[-1] == ")" and _COUNTED.fullmatch(text):
        return _K.NAVIGATION, "navigation:topics"
    if distance <= _ADDRESS_REACH and "@" in text and _MAIL_ADDRESS.fullmatch(text):
        return _K.BYLINE, "byline:address"
    if not after and distance <= _REACH and (_AGO.search(text) or (not linked and has_date(text))):
        return _K.DATELINE, "dateline:line"
    return None


def _cut_by_topics(
    text: str, topics: tuple[str, ...], cut: Cut, *, words: float, guessed: bool
) -> Cut | None:
    counted = any(map(str.isdigit, text))
    if guessed and "reading-time" in topics and (counted or ":" in text):
        return _K.OTHER, "other:reading-time"
    if "password" in topics and words <= _FIELD_WORDS and cut[0] in _SIGN_IN_KINDS:
        return _K.NAVIGATION, "navigation:account"
    if guessed and "comment-count" in topics and words <= _COUNT_WORDS and counted:
        return _K.COMMENTS, "comments:count"
    if guessed and "consent" in topics:
        return _K.LEGAL, "legal:consent"
    return None
