"""What feeds of all formats say in the same words: titles and names, cleaned and bounded."""

import html
from collections.abc import Iterable
from typing import Any

LONGEST_TITLE = 1_000
"""Characters of a title that are kept: a hint, not a place to smuggle megabytes through."""
LONGEST_NAME = 100
"""Characters. A longer "author" is a sentence."""


def read_title(text: str | None) -> str | None:
    """Return a title on one line; where it is escaped once more, as in many feeds, that is undone.

    >>> read_title(" Council &amp;\n bridge ")
    'Council & bridge'
    """
    if not text:
        return None
    return " ".join(html.unescape(text[:LONGEST_TITLE]).split()) or None


def read_names(names: Iterable[Any]) -> tuple[str, ...]:
    """Return the authors' names, each once, without what is no text or too long for a name."""
    kept = (" ".join(html.unescape(name).split()) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in kept if 0 < len(name) <= LONGEST_NAME))
