"""Site memory's view of an article: its blocks, their keys, and which of them it may ever learn or cut.

What may not be learned, whatever the evidence: section headings and short sentences ("The investigation
continues.") recur in articles that have nothing in common and are part of each; a quotation is somebody's
word, and a correction the article's own; the standing first paragraph of a live blog opens its text.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

SHORT_WORDS = 7
"""Words. A shorter block may be a section heading ("What happens next"), so inside the text it is never
learned (bench/extraction: every recurring block that the gold keeps and that is not the copy of a page is
shorter than this)."""

HEADING_WORDS = 12
"""Words. A block up to this length that ends in a colon or a question mark may be a heading too."""

LONG_CHARACTERS = 200
"""Characters. A longer block has more words than a heading; they need not be counted."""

END_BLOCKS = 2
"""Blocks. A line without a full stop may be learned where it is among this many last ones: a tag line."""

UNSPACED_WORDS = 0.6
"""Words that one character of a script without spaces stands for (findings, "Cleaning")."""

MAX_EXAMINED = 400
"""Paragraphs of a page that memory looks at, half of them the first, half the last. Longer pages are live
blogs, lists and hostile ones; bounds the rows and the time that one page can cost."""

LIVE_CLOCKS = 4
"""Paragraphs that begin with a time of day, from which on a page is a live blog."""

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_WORD = re.compile(r"[^\W_]+")
_ASCII_WORDS = bytes(ord(chr(i).lower()) if i < 128 and chr(i).isalnum() else 32 for i in range(256))
_CLOCK = re.compile(r"^\W*\d{1,2}[:.h]\d{2}\b")
_CLOSING = "»”’\"')]）」』 "
_SENTENCE_END = frozenset(".!…。！।؟۔．")
_HEADING_END = frozenset(":?：？")
# How corrections begin, or what they speak of, in the languages that newscrawl has labels for.
_CORRECTION_START = re.compile(
    r"\W{0,3}(?:corrections?|clarification|editor['’]?s? note|erratum|errata|berichtigung|korrektur|"
    r"richtigstellung|correctif|rectificatif|précision|corrección|fe de errat|aclaración|rettifica|correção|"
    r"correctie|rectificatie|rättelse|rettelse|oikaisu|korjaus|sprostowanie|oprava|opravu|helyesbítés|erată|"
    r"corectură|поправка|исправление|уточнение|виправлення|διόρθωση|διευκρίνιση|düzeltme|تصحيح|תיקון|更正|訂正|정정)",
    re.IGNORECASE,
)
_EARLIER_VERSION = re.compile(
    r"\b(?:earlier|previous) version|(?:früheren?|vorigen?|ersten) (?:version|fassung)"
    r"|version (?:précédente|antérieure)|versión anterior|versione precedente|versão anterior|eerdere versie"
    r"|(?:tidligere|tidigare) (?:versjon|version)|aiemmassa versiossa|wcześniejsz\w+ wersj|předchozí verz"
    r"|ранн\w+ версии|прежней версии|προηγούμενη έκδοση",
    re.IGNORECASE,
)
# What each alternative above holds: looked for first, a tenth of the pattern's cost.
_VERSION_STEMS = ("vers", "fassung", "wersj", "verz", "верс", "έκδοσ")
_QUOTE_START = ('"', "“", "„", "«", "»", "「", "『", "‘", "'", "–", "—", "- ")

# How live blogs name themselves, in their address, title or first paragraph.
_LIVE_WORDS = (
    "live liveblog live-blog liveticker live-ticker newsticker ticker minute-by-minute en-direct en.direct "
    "direct em.direto ao.vivo aovivo en.directo en.vivo envivo directo diretta in.diretta livebericht "
    "liveverslag direkt canlı canli na.żywo na-zywo онлайн прямой.эфир прямая.трансляция наживо "
    "ζωντανά مباشر בזמן.אמת 실시간 速報 直播 ライブ"
)
_LIVE = re.compile(
    rf"(?:^|[\W_\d])(?:{'|'.join(word.replace('.', ' ') for word in _LIVE_WORDS.split())})(?:$|[\W_\d])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class MemoryPage:
    """An article as site memory sees it: `paragraphs` as the cleaner gave them, before memory cut any."""

    url: str
    title: str
    language: str | None
    authors: tuple[str, ...]
    paragraphs: tuple[str, ...]


def normalised(text: str) -> str:
    """Return the words of a block, case-folded: what stays the same when only typography changes.

    >>> normalised("Anna’s beat:  CRIME —  and “courts”.")
    'anna s beat crime and courts'
    """
    if text.isascii():  # the same answer, six times as fast
        return b" ".join(text.encode().translate(_ASCII_WORDS).split()).decode()
    return " ".join(_WORD.findall(unicodedata.normalize("NFKC", text).casefold()))


@lru_cache(maxsize=4096)  # each block of a batch is asked for several times
def block_key(site: str, text: str) -> int | None:
    """Return the key of a block on a site: a signed 64-bit number, or None where it has no word.

    The site is part of the key. So the same paragraph on two sites is two blocks, and wire copy that
    recurs across sites is evidence on none of them.
    """
    words = normalised(text)
    if not words:
        return None
    digest = blake2b(f"{site}\n{words}".encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)


def count_words(text: str) -> float:
    """Return the number of words; a character of a script without spaces counts `UNSPACED_WORDS`.

    >>> count_words("Two words"), round(count_words("東京五輪"), 1)
    (2, 2.4)
    """
    if text.isascii():
        return len(_WORD.findall(text))
    unspaced = len(_UNSPACED.findall(text))
    if not unspaced or _HANGUL.search(text):
        return len(_WORD.findall(text))
    return len(_WORD.findall(_UNSPACED.sub(" ", text))) + UNSPACED_WORDS * unspaced


def examined_places(count: int) -> Iterable[int]:
    """Return the places, of `count` paragraphs, that memory looks at: all but the middle of a huge page."""
    if count <= MAX_EXAMINED:
        return range(count)
    return chain(range(MAX_EXAMINED // 2), range(count - MAX_EXAMINED // 2, count))


def learnable_places(page: MemoryPage) -> Iterator[int]:
    """Give the places of the paragraphs that memory may learn, and cut by itself, in order."""
    paragraphs = page.paragraphs
    first = 1 if is_live(page) else 0
    for i in examined_places(len(paragraphs)):
        if i < first:
            continue
        text = paragraphs[i]
        if is_learnable_text(text):
            yield i
        elif _is_words_of_article(text):
            continue
        elif not _ends_a_sentence(text):
            if i >= len(paragraphs) - END_BLOCKS:
                yield i
        elif _names_author(page, text):
            yield i


def is_learnable_text(text: str) -> bool:
    """Tell whether a block may be learned wherever it stands: it is no quotation, heading or short line."""
    return not _is_words_of_article(text) and (len(text) > LONG_CHARACTERS or not _is_short(text))


def is_live(page: MemoryPage) -> bool:
    """Tell whether a page is a live blog, by its address, its title, its first paragraph or its clock times.

    >>> is_live(MemoryPage("https://a.example/politics/live/2024-05-01", "Vote count", "en", (), ()))
    True
    """
    path = page.url.split("://", 1)[-1].partition("/")[2]
    if _LIVE.search(path) or _LIVE.search(page.title):
        return True
    if page.paragraphs and _LIVE.search(page.paragraphs[0]):
        return True
    return sum(1 for text in page.paragraphs if _CLOCK.match(text)) >= LIVE_CLOCKS


@lru_cache(maxsize=4096)
def _is_short(text: str) -> bool:
    words = count_words(text)
    return words < SHORT_WORDS or (words <= HEADING_WORDS and text.rstrip(_CLOSING)[-1:] in _HEADING_END)


def _is_words_of_article(text: str) -> bool:
    if text.startswith(_QUOTE_START) or _CORRECTION_START.match(text):
        return True
    folded = text.casefold()
    return any(stem in folded for stem in _VERSION_STEMS) and _EARLIER_VERSION.search(text) is not None


def _ends_a_sentence(text: str) -> bool:
    return text.rstrip(_CLOSING)[-1:] in _SENTENCE_END


def _names_author(page: MemoryPage, text: str) -> bool:
    folded = text.casefold()
    return any(len(author) > 3 and author.casefold() in folded for author in page.authors)
