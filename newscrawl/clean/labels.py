"""Labels: the set phrases around an article ("Related", "Lesen Sie auch", "Leave a Reply"), by kind.

The phrases are data, one file a language (`labels/*.toml`); all languages are known at once, since a page's
theme is often in another language than its text.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

from newscrawl.model import BlockKind

# The kinds that have labels, in the order in which a phrase listed under several of them is taken.
LABEL_KINDS: Final = (
    BlockKind.AD,
    BlockKind.RELATED,
    BlockKind.COMMENTS,
    BlockKind.NEWSLETTER,
    BlockKind.SHARE,
    BlockKind.PAYWALL,
    BlockKind.NAVIGATION,
    BlockKind.BYLINE,
    BlockKind.DATELINE,
    BlockKind.BIO,
    BlockKind.CAPTION,
    BlockKind.SOURCE,
    BlockKind.PROMO,
    BlockKind.LEGAL,
)
# Characters. No label is longer; longer texts are not looked up.
MAX_LABEL_CHARS = 70
# Texts whose label is remembered: those of a dozen pages, so that a site's own bars are looked up once.
_REMEMBERED: Final = 1 << 11
_EDGES: Final = (
    " \t.,:;!?|/\\-–—_*+•·»«›‹>←→▶►▼▲…()[]{}#\"'“”„’‘`~=&©®™0123456789"
    "¿¡،؛؟。、：；！？（）【】「」『』《》〈〉│｜・"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "\xa0": " "})


def label_key(text: str) -> str:
    """Return the form in which labels are compared: lower case, no punctuation or counts at the edges.

    >>> label_key("— 3 Comments (12):")
    'comments'
    """
    return _folded(text).strip(_EDGES)


def _folded(text: str) -> str:
    """Return `text` in lower case with plain apostrophes."""
    if text.isascii() and "`" not in text:
        return text.lower()
    return text.translate(_APOSTROPHES).casefold()


_Phrases = dict[str, tuple[tuple[str, BlockKind], ...]]


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, BlockKind], _Phrases, _Phrases]:
    """Return the labels by their key, the openings by their first word, the rest by their longest word."""
    rank = {kind: position for position, kind in enumerate(LABEL_KINDS)}
    whole: dict[str, BlockKind] = {}
    starts: dict[str, BlockKind] = {}
    within: dict[str, list[tuple[str, BlockKind]]] = {}
    folder = files("newscrawl.clean").joinpath("labels")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".toml"))
    for name in names:
        table: dict[str, Any] = tomllib.loads(folder.joinpath(name).read_text("utf-8"))
        for kind_name, phrases in table.items():
            kind = BlockKind(kind_name)
            for phrase in phrases.get("whole", ()):
                key = label_key(phrase)
                if key and (key not in whole or rank[kind] < rank[whole[key]]):
                    whole[key] = kind
            for phrase in phrases.get("start", ()):
                key = _folded(phrase)
                if key not in starts or rank[kind] < rank[starts[key]]:
                    starts[key] = kind
            for phrase in phrases.get("within", ()):
                key = _folded(phrase)
                word = _UNSPACED if _is_spaceless(key) else max(key.split(), key=len)
                within.setdefault(word, []).append((key, kind))
    by_head: dict[str, list[tuple[str, BlockKind]]] = {}
    for phrase, kind in starts.items():
        by_head.setdefault(_head_of(phrase)[1], []).append((phrase, kind))
    ordered = {
        head: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for head, entries in by_head.items()
    }
    return whole, ordered, {word: tuple(entries) for word, entries in within.items()}


def label_of(text: str) -> BlockKind | None:
    """Return the kind of which `text` as a whole is a label, or None."""
    if len(text) > MAX_LABEL_CHARS:
        return None
    return _label_of_short(text)


@lru_cache(maxsize=_REMEMBERED)
def _label_of_short(text: str) -> BlockKind | None:
    return _tables()[0].get(label_key(text))


def label_of_word(word: str) -> BlockKind | None:
    """Return the kind of which one word is a label, or None; nothing is remembered."""
    return _tables()[0].get(word.lower() if word.isalpha() and word.isascii() else label_key(word))


_UNSPACED: Final = ""  # the key of phrases in scripts without spaces
_BULLETS: Final = " >»›▶►•·*-–—|["
_HEAD: Final = re.compile(rf"[{re.escape(_BULLETS)}]*+([^\W_]*)")


def _head_of(text: str) -> tuple[int, str]:
    """Return where the first word begins, behind bullets, and the word.

    Of a script without spaces, or where no word begins, it is the first character.
    """
    match = _HEAD.match(text)
    assert match is not None  # it may be empty
    start, word = match.start(1), match[1]
    return start, word if word and word[0] < "\u0e00" else text[start : start + 1]


def opening_label(text: str) -> tuple[BlockKind, str] | None:
    """Return (kind, phrase) of the longest label that `text` begins with, or None.

    A phrase that ends in a letter must end at the end of a word. Short phrases ("by", "von") say little
    on their own: the caller looks at what follows.
    """
    return _opening_of(text[:MAX_LABEL_CHARS])


@lru_cache(maxsize=_REMEMBERED)
def _opening_of(text: str) -> tuple[BlockKind, str] | None:
    folded = _folded(text)
    start, word = _head_of(folded)
    phrases = _tables()[1].get(word)
    if phrases is None:
        return None
    head = folded[start:]
    for phrase, kind in phrases:
        if head.startswith(phrase):
            end = len(phrase)
            if (
                not phrase[-1].isalnum()
                or end == len(head)
                or not head[end].isalnum()
                or _is_spaceless(phrase)
            ):
                return kind, phrase
    return None


def label_within(text: str) -> BlockKind | None:
    """Return the kind of a phrase that no article says in its own voice, wherever it stands in `text`.

    >>> label_within("For more tips, make sure to sign up for our newsletter!").value
    'newsletter'
    """
    folded = _folded(text)
    table = _tables()[2]
    for word in folded.split():
        for phrase, kind in table.get(word if word.isalpha() else word.strip(_EDGES), ()):
            if phrase in folded:
                return kind
    if not folded.isascii():
        for phrase, kind in table.get(_UNSPACED, ()):
            if phrase in folded:
                return kind
    return None


def _is_spaceless(phrase: str) -> bool:
    return "\u0e00" <= phrase[-1] <= "\u0eff" or "\u3040" <= phrase[-1] <= "\u9fff"
