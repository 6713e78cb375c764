"""Where a story is found again: under its articles' heaviest terms, in the days around them.

A posting list holds the newest `RING` stories of a term in a period, so a look-up costs the same however
many articles there are; periods let an archive come in any order.
"""

import math
from collections.abc import Sequence

POSTED_TERMS = 24
ASKED_TERMS = 12
"""An article is posted under its 24 heaviest terms and asks for its 12 heaviest."""

RING = 100
"""Stories in one posting list; the oldest make room."""

PERIOD_DAYS = 5
"""A look-up takes the article's own period and both neighbours: at least 5 days each way (2.5 sigma)."""

UNDATED = -(1 << 30)
"""The period of articles without a date, which fit any day."""


def period_of(day: float | None) -> int:
    """Return the period of a day, or `UNDATED`."""
    return UNDATED if day is None else math.floor(day / PERIOD_DAYS)


def asked_periods(day: float | None) -> tuple[int, ...] | None:
    """Return the periods that an article of `day` asks for; None means all of them."""
    if day is None:
        return None
    period = period_of(day)
    return (UNDATED, period - 1, period, period + 1)


def posted(ring: Sequence[int], story_id: int) -> list[int]:
    """Return the posting list with `story_id` as its newest entry."""
    if story_id not in ring:
        return [*ring[1 - RING :], story_id] if len(ring) >= RING else [*ring, story_id]
    others = list(ring)
    others.remove(story_id)
    others.append(story_id)
    return others


def posted_all(ring: Sequence[int], story_ids: Sequence[int]) -> Sequence[int]:
    """Return the posting list with these stories posted one after the other."""
    for story_id in story_ids:
        ring = posted(ring, story_id)
    return ring
