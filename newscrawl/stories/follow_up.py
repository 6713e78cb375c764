"""What points back: words by which an article says that it goes on from earlier news.

No similarity cut tells a follow-up from a second report of the same event. Words do, together with a gap
of time: a follow-up names the earlier event as past, most often by the days since.
"""

import re
from collections.abc import Iterable

LEAST_GAP_DAYS = 0.75
"""Days after the story's first article from which an article can be a follow-up: the next day's edition."""

LEAD_CHARACTERS = 700
"""Characters of a text in which a cue counts: its first two or three paragraphs."""

_NUMBER = r"(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|several|a few|few|some|\d+)"
_STRONG = {
    "days-after": re.compile(
        rf"\b(?:just |only |barely |{_NUMBER} )?(?:days?|weeks?|months?|years?) (?:after|since|later)\b", re.I
    ),
}


def backward_cues(title: str, text: str, language: str | None) -> tuple[str, ...]:
    """Return stable slugs of the cues that `title` and the lead of `text` hold, sorted, or none."""
    lead = f"{title}\n{text[:LEAD_CHARACTERS]}"
    return tuple(sorted(slug for slug, pattern in _STRONG.items() if pattern.search(lead)))


def points_back(cues: Iterable[str]) -> bool:
    """Tell whether the cues alone say that the event is a day or more past."""
    return any(cue in _STRONG for cue in cues)


def is_follow_up(cues: Iterable[str], gap_days: float | None) -> bool:
    """Tell whether an article with `cues` follows up an event first told `gap_days` before, if known."""
    return points_back(cues) and (gap_days is None or gap_days >= LEAST_GAP_DAYS)
