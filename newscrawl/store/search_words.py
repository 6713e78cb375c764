"""Text as the words that full-text search compares: one folding for both databases and all languages.

It is done here, not in the databases: `unaccent` is missing from many Postgres servers, and neither
database cuts Chinese, Japanese, Korean, Thai or Khmer into words.
"""

import re
import unicodedata
from collections.abc import Iterator

MAX_WORDS = 100_000
"""Words of one text that are indexed; more is no article (a Postgres tsvector ends at 1 MB)."""

MAX_WORD_LENGTH = 60
"""Characters of a word that count. Postgres refuses lexemes of 2 KB; German compounds stay below."""

# Accents, Hebrew points, Arabic vowel signs. Other combining marks stay: in Indic scripts they are vowels.
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670\u0640]"
)
# Letters that Unicode does not decompose, as people type them without their keyboard.
_LETTERS = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ŧ": "t"}
)
# Scripts written without spaces, or (Hangul) with endings glued to the words: indexed as pairs of characters,
# as Lucene's CJKAnalyzer does. Thai, Lao, Myanmar, Khmer; kana, bopomofo, Han; Hangul; Han extensions.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3031-\u3035\u3041-\u3096\u3099\u309a\u309d-\u309f"
    "\u30a1-\u30fa\u30fc-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
_MARKS = "\u0300-\u036f\u0900-\u0963\u0966-\u0dff"  # of Indic scripts above all; not letters for `\w`
_PLAIN_WORD = re.compile(r"[^\W_]+")
_NOT_PLAIN = re.compile(f"[{_UNSPACED}{_MARKS}]")
_RUN = re.compile(rf"(?P<unspaced>[{_UNSPACED}]+)|(?:(?![{_UNSPACED}])(?:[^\W_]|[{_MARKS}]))+")


def fold(text: str) -> str:
    """Return `text` without case, accents and width, so that what people type finds what was printed.

    >>> fold("Łódź, STRASSE, Straße, crème brûlée, Ёлка")
    'lodz, strasse, strasse, creme brulee, елка'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed)).casefold().translate(_LETTERS)


def index_words(text: str) -> list[str]:
    """Return the words of `text` in order, folded; unspaced scripts as overlapping pairs.

    >>> index_words("Der U-Bahn-Streik: 新闻报")
    ['der', 'u', 'bahn', 'streik', '新闻', '闻报', '报']
    """
    folded = fold(text)
    if not _NOT_PLAIN.search(folded):  # three times as fast, and most of the world's news
        plain = _PLAIN_WORD.findall(folded)[:MAX_WORDS]
        return [word[:MAX_WORD_LENGTH] for word in plain]
    words: list[str] = []
    for run, unspaced in _runs(folded):
        if len(words) >= MAX_WORDS:
            break
        if not unspaced:
            words.append(run[:MAX_WORD_LENGTH])
            continue
        # The last character stands alone, so that every character begins a word: see `query_words`.
        words += [run[at : at + 2] for at in range(min(len(run), MAX_WORDS - len(words)))]
    return words


def index_text(text: str) -> str:
    """Return the words of `text` in order, as text that FTS5 parts into just these words.

    >>> index_text("Crème-brûlée")
    'creme brulee'
    """
    # ASCII is left to FTS5, which parts it at the same characters and in C; most of the news' words.
    if (
        text.isascii()
        and len(text) <= MAX_WORDS
        and max(map(len, text.split()), default=0) <= MAX_WORD_LENGTH
    ):
        return text.lower()
    return " ".join(index_words(text))


def query_words(text: str) -> list[tuple[str, bool]]:
    """Return the words to look for in order, each with whether it is only the beginning of a word.

    >>> query_words("新闻报 新"), query_words("Crème-brûlée")
    ([('新闻', False), ('闻报', False), ('新', True)], [('creme', False), ('brulee', False)])
    """
    words: list[tuple[str, bool]] = []
    for run, unspaced in _runs(fold(text)):
        if not unspaced:
            words.append((run[:MAX_WORD_LENGTH], False))
        elif len(run) == 1:
            words.append((run, True))
        else:
            words += [(run[at : at + 2], False) for at in range(len(run) - 1)]
    return words


def _runs(folded: str) -> Iterator[tuple[str, bool]]:
    for match in _RUN.finditer(folded):
        yield match.group(), match.group("unspaced") is not None
