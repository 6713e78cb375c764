"""The names of the outlet itself, which are neither part of a title nor any person's."""

import re

from newscrawl.clean.metadata.date_text import fold


def outlet_key(name: str) -> str:
    """Return the form in which an outlet's name and its domain are equal."""
    return re.sub(r"[\W_]+", "", fold(name)).removeprefix("the")


def is_outlet(name: str, outlets: frozenset[str]) -> bool:
    """Whether `name` is the outlet's; `outlets` are keys of its name and domain."""
    key = outlet_key(name)
    return key in outlets or any(
        len(o) > 5 and (key.startswith(o) or o.startswith(key)) for o in outlets if key
    )
