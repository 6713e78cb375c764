"""What class names, ids and the like say of an element: bits for groups of words.

The words are data: `data/class_words.toml`.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise
from typing import Any, Final

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
_LOWER_WORD = re.compile(r"[a-z]+|\d+|[^\W\d_a-zA-Z]+")  # the same where all is lower case
# A style sheet's generator may put hundreds of words on an element; the meaningful ones come first.
_MAX_NAME_CHARS = 400


def _load() -> tuple[tuple[str, ...], dict[str, int], tuple[tuple[str, int], ...]]:
    table: dict[str, Any] = tomllib.loads(
        files("newscrawl.clean").joinpath("data/class_words.toml").read_text("utf-8")
    )
    words: dict[str, int] = {}
    parts: dict[str, int] = {}
    for position, group in enumerate(table.values()):
        for word in group["words"]:
            words[word] = words.get(word, 0) | 1 << position
        for part in group["parts"]:
            parts[part] = parts.get(part, 0) | 1 << position
    return tuple(table), words, tuple(parts.items())


GROUP_NAMES, _WORDS, _PARTS = _load()
# Two words in a row may be one: post-content, postContent and postcontent say the same.
_PAIRS: Final = {**dict(_PARTS), **{word: bits for word, bits in _WORDS.items() if len(word) > 5}}
_PAIR_STARTS: Final = frozenset(pair[:at] for pair in _PAIRS for at in range(1, len(pair)))
_PAIR_ENDS: Final = frozenset(pair[at:] for pair in _PAIRS for at in range(len(pair)))
_ALONE: Final = "-"  # stands for any other word
GROUP_BITS: Final[dict[str, int]] = {name: 1 << position for position, name in enumerate(GROUP_NAMES)}


def group_bits(*names: str) -> int:
    """Return the mask of the groups named."""
    mask = 0
    for name in names:
        mask |= GROUP_BITS[name]
    return mask


@lru_cache(maxsize=1 << 12)
def groups_of_names(names: str) -> int:
    """Return the mask of the groups that the words in an attribute's value belong to.

    >>> groups_of_names("post-author") == group_bits("author", "article")
    True
    """
    mask = 0
    previous = ""
    for name in names[:_MAX_NAME_CHARS].split():
        own, first, last = _groups_of_name(name)
        mask |= own
        if first:
            if first is not _ALONE and previous is not _ALONE:
                mask |= _PAIRS.get(previous + first, 0)
            previous = last
    return mask


@lru_cache(maxsize=1 << 15)
def _groups_of_name(name: str) -> tuple[int, str, str]:
    """Return (mask, first word, last word) of one name; a page's values are new mixes of known names.

    A word that no pair ends or begins with is given as `_ALONE`.
    """
    words = _LOWER_WORD.findall(name) if name.islower() else [word.lower() for word in _WORD.findall(name)]
    if not words:
        return 0, "", ""
    mask = 0
    for word in words:
        mask |= _groups_of_word(word)
    for left, right in pairwise(words):
        mask |= _PAIRS.get(left + right, 0)
    first, last = words[0], words[-1]
    return mask, first if first in _PAIR_ENDS else _ALONE, last if last in _PAIR_STARTS else _ALONE


@lru_cache(maxsize=1 << 12)
def _groups_of_word(word: str) -> int:
    mask = _WORDS.get(word, 0)
    if len(word) >= _MIN_WORD_WITH_PART:
        for at in range(len(word) - _INDEX_CHARS + 1):
            for part, bits in _PARTS_BY_START.get(word[at : at + _INDEX_CHARS], ()):
                if word.startswith(part, at):
                    mask |= bits
    return mask


def _index_parts() -> dict[str, tuple[tuple[str, int], ...]]:
    by_start: dict[str, list[tuple[str, int]]] = {}
    for part, bits in _PARTS:
        by_start.setdefault(part[:_INDEX_CHARS], []).append((part, bits))
    return {start: tuple(parts) for start, parts in by_start.items()}


# Characters. The parts, none of which is shorter, are looked up by their first ones.
_INDEX_CHARS: Final = 3
_MIN_WORD_WITH_PART: Final = 5
_PARTS_BY_START: Final = _index_parts()
