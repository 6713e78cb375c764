"""When and how much: the weekdays, months, years and numbers of a text.

Two floods tell themselves in the same words. What tells them apart is Tuesday or Thursday, 2009 or 2013,
12 dead or 40, all of which are too common to weigh anything as terms.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import resources
from zlib import crc32

CHANNELS = ("weekday", "month", "year", "number")
CHANNEL_SHIFT = 30
"""The two highest bits of a moment's id are its channel, the others a hash."""

_HASH_MASK = (1 << CHANNEL_SHIFT) - 1
_LONGEST_ENDING = 3
_LEAST_STEM = 5
_YEAR = re.compile(r"(?:19|20)\d\d$")
_MONTH_CHANNEL, _YEAR_CHANNEL, _NUMBER_CHANNEL = 1, 2, 3


def count_moments(tokens: Iterable[str], language: str | None) -> Counter[int]:
    """Return moment id -> how often the tokens name it.

    >>> sorted(count_moments(["on", "tuesday", "in", "2013", "tuesday"], "en").values())
    [1, 2]
    """
    names = _names((language or "").split("-")[0].lower())
    found: Counter[int] = Counter()
    for token, times in Counter(tokens).items():
        moment = _moment(token, names)
        if moment is not None:
            found[moment] += times
    return found


def _moment(token: str, names: Mapping[str, str]) -> int | None:
    if token[0].isdigit():
        channel = _YEAR_CHANNEL if _YEAR.match(token) else _NUMBER_CHANNEL
        return _id(channel, token)
    name = names.get(token)
    if name is None:
        # Endings: "понедельником", "keskiviikkona", "piątku".
        for cut in range(1, min(_LONGEST_ENDING, len(token) - _LEAST_STEM) + 1):
            name = names.get(token[:-cut])
            if name is not None:
                break
        else:
            return None
    return _id(0 if name[0] == "w" else _MONTH_CHANNEL, name)


def _id(channel: int, name: str) -> int:
    return (channel << CHANNEL_SHIFT) | (crc32(name.encode()) & _HASH_MASK)


@lru_cache(maxsize=64)
def _names(language: str) -> Mapping[str, str]:
    """Return name or stem of a name -> "w0".."w6" or "m1".."m12"; of an unknown language, English."""
    table = _calendar()
    names = dict(table.get(language, table["en"]))
    for name, moment in list(names.items()):
        if len(name) > _LEAST_STEM:
            names.setdefault(name[:-1], moment)
    return names


@lru_cache(maxsize=1)
def _calendar() -> dict[str, dict[str, str]]:
    text = (resources.files(__package__) / "data" / "calendar.json").read_text("utf-8")
    table: dict[str, dict[str, str]] = json.loads(text)
    return table
