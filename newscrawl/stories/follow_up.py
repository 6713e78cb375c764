"""What points back: words by which an article says that it goes on from earlier news.

No similarity cut tells a follow-up from a second report of the same event. Words do, together with a gap
of time: a follow-up names the earlier event as past, or tells what came of it.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from importlib import resources

LEAST_GAP_DAYS = 0.75
"""Days after the story's first article from which an article can be a follow-up: the next day's edition."""

LEAD_CHARACTERS = 600
"""Characters of a text in which a cue counts: its first two or three sentences."""

_COUNT = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|some|\d+)"
_UNIT = r"(?:days?|weeks?|months?|years?)"

_CUES = tomllib.loads((resources.files(__package__) / "data" / "follow_up.toml").read_text("utf-8"))
_STRONG = _CUES["strong"]
"""Cues that alone say that the event is some time past; those with a unit must agree with the gap."""

_WEAK = _CUES["weak"]
"""Cues that say so together with a gap of time: the event is named as known, or something came of it."""

_GAPS = {
    "since-days": (0.75, 14.0),
    "since-weeks": (4.0, 70.0),
    "since-months": (20.0, 700.0),
    "since-years": (200.0, 1e6),
}
"""Days that a gap may have where the text counts in this unit."""

_SHORT = frozenset({"since-days", "since-weeks", "correction"})
"""Cues believed of an article without a date: "ten years after" mostly counts from another event."""

_TIME = frozenset({"last-time", "anniversary"})
_TELLING = frozenset(_WEAK) - _TIME - {"known-event", "reaction"}
LEAST_CUES = 2


def _compiled(alternatives: Sequence[str]) -> re.Pattern[str]:
    pattern = "|".join(alternatives).replace("COUNT", _COUNT).replace("UNIT", _UNIT)
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


_PATTERNS = {slug: _compiled(alternatives) for slug, alternatives in (_STRONG | _WEAK).items()}


def backward_cues(title: str, text: str, language: str | None) -> tuple[str, ...]:
    """Return stable slugs of the cues that the lead of `text` holds, and `title:...` for those of `title`."""
    in_title = {slug for slug, pattern in _PATTERNS.items() if pattern.search(title)}
    lead = f"{title}\n{text[:LEAD_CHARACTERS]}"
    in_lead = {slug for slug, pattern in _PATTERNS.items() if pattern.search(lead)}
    return tuple(sorted(in_lead | {f"title:{slug}" for slug in in_title}))


def points_back(cues: Iterable[str]) -> bool:
    """Tell whether the cues alone say that the event is a day or more past."""
    return any(cue in _SHORT for cue in cues)


def is_follow_up(cues: Sequence[str], gap_days: float | None) -> bool:
    """Tell whether an article with `cues` follows up an event first told `gap_days` before, if known.

    With a gap of a day: words that count the days since, or two different lesser cues, or one in the title.
    """
    if gap_days is None:
        return points_back(cues)
    if gap_days < LEAST_GAP_DAYS:
        return False
    for cue in cues:
        if cue in _STRONG and _GAPS.get(cue, (0.0, 1e6))[0] <= gap_days <= _GAPS.get(cue, (0.0, 1e6))[1]:
            return True
    # A count of days that disagrees with the gap counts from something else.
    counted = {"anniversary"} if any(cue in _GAPS for cue in cues) else set()
    weak = {"time" if cue in _TIME else cue for cue in cues if cue in _WEAK and cue not in counted}
    titled = {cue.removeprefix("title:") for cue in cues if cue.startswith("title:")} & _TELLING
    return bool(titled) or len(weak) >= LEAST_CUES
