"""When to come back: to articles that may be corrected, to feeds that bring news, to pages that failed.

All pure; the times are given. Bounds are named here and told in docs/crawling.md.
"""

from datetime import UTC, datetime, timedelta

from newscrawl.model import ArticleStatus, CleanedPage

# (younger than, fetched again after): most corrections come within a day of publication.
REVISITS = (
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(days=1), timedelta(hours=8)),
    (timedelta(days=3), timedelta(days=1)),
    (timedelta(days=10), timedelta(days=4)),
)

FIRST_POLL = timedelta(minutes=30)
SHORTEST_POLL = timedelta(minutes=10)
LONGEST_POLL = timedelta(days=1)
DEAD_FEED_POLL = timedelta(days=7)
"""The longest back-off of a feed that fails every time."""

FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=7)
MOST_FAILURES = 8
"""Failures in a row after which a page is not planned again (with the doubling below: after 5 days)."""


def next_revisit(published_at: datetime | None, fetched_at: datetime) -> datetime | None:
    """Return when an article should be fetched again to catch corrections, or None when it is too old."""
    age = fetched_at - published_at if published_at is not None else timedelta(0)
    for younger_than, again_after in REVISITS:
        if age < younger_than:
            return fetched_at + again_after
    return None


def next_article_fetch(cleaned: CleanedPage) -> datetime | None:
    """Return when a page that was just fetched and cleaned is due again."""
    if cleaned.page is None or cleaned.article.status != ArticleStatus.OK:
        return None
    fetched_at = cleaned.page.fetched_at
    published_at = cleaned.article.published_at
    if published_at is not None and published_at > fetched_at:
        published_at = fetched_at
    return next_revisit(published_at, fetched_at)


def next_retry(failures: int, now: datetime) -> datetime | None:
    """Return when a page is tried again after so many failures in a row; None: not any more."""
    if failures > MOST_FAILURES:
        return None
    return now + min(FIRST_RETRY * (1 << max(0, failures - 1)), LONGEST_RETRY)


def next_poll(interval: timedelta | None, new_count: int, now: datetime) -> datetime:
    """Return when a feed is polled again: sooner when it brought something new, later when it did not."""
    if interval is None or interval <= timedelta(0):
        return now + FIRST_POLL
    wait = interval / 2 if new_count else interval * 1.5
    return now + min(max(wait, SHORTEST_POLL), LONGEST_POLL)


def next_poll_after_failure(failures: int, now: datetime) -> datetime:
    """Return when a feed that failed `failures` times in a row is polled again."""
    return now + min(FIRST_POLL * (1 << min(max(0, failures - 1), 20)), DEAD_FEED_POLL)


def is_due(when: datetime | None, now: datetime) -> bool:
    """Say whether a planned time has come; None is never due."""
    return when is not None and when.astimezone(UTC) <= now
