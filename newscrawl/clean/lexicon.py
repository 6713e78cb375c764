"""What class names, ids and the like say of an element: bits for groups of words.

The words are data: `data/class_words.toml`.
"""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any, Final

_SPLIT = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+|[^\W\d_a-zA-Z]+")
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
GROUP_BITS: Final[dict[str, int]] = {name: 1 << position for position, name in enumerate(GROUP_NAMES)}


def group_bits(*names: str) -> int:
    """Return the mask of the groups named."""
    mask = 0
    for name in names:
        mask |= GROUP_BITS[name]
    return mask


@lru_cache(maxsize=1 << 15)
def groups_of_names(names: str) -> int:
    """Return the mask of the groups that the words in an attribute's value belong to.

    >>> groups_of_names("post-author") == group_bits("author", "article")
    True
    """
    mask = 0
    previous = ""
    for word in _SPLIT.findall(names[:_MAX_NAME_CHARS]):
        word = word.lower()
        mask |= _groups_of_word(word) | _PAIRS.get(previous + word, 0)
        previous = word
    return mask


@lru_cache(maxsize=1 << 16)
def _groups_of_word(word: str) -> int:
    mask = _WORDS.get(word, 0)
    if len(word) > 4:
        for part, bits in _PARTS:
            if part in word:
                mask |= bits
    return mask
