"""The names of the outlet itself, which are neither part of a title nor any person's."""

import re
from typing import Final

from newscrawl.clean.metadata.date_text import fold
from newscrawl.clean.metadata.tables import words

_MOST_NAMES: Final = 3  # given name and two more


def outlet_key(name: str) -> str:
    """Return the form in which an outlet's name and its domain are equal."""
    return re.sub(r"[\W_]+", "", fold(name)).removeprefix("the")


def is_outlet(name: str, outlets: frozenset[str]) -> bool:
    """Whether `name` is the outlet's; `outlets` are keys of its name and domain.

    A blog of one's own bears its author's name: that is a person, and known by the given name.
    """
    if _is_full_name(name):
        return False
    key = outlet_key(name)
    return key in outlets or any(
        len(o) > 5 and (key.startswith(o) or o.startswith(key)) for o in outlets if key
    )


def _is_full_name(name: str) -> bool:
    """Tell whether a name is a common given name and one or two more words, each with a capital."""
    parts = name.split()
    if not 2 <= len(parts) <= _MOST_NAMES or not all(part[0].isupper() for part in parts):
        return False
    return fold(parts[0]) in words("given_names", "names")
