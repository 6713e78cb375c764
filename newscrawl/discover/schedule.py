"""When to come back: to articles that may be corrected, to feeds that bring news, to pages that failed.

All pure; the times are given. Bounds are named here and told in docs/crawling.md.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from newscrawl.model import ArticleStatus, CleanedPage

# (younger than, fetched again after): most corrections come within a day of publication.
REVISITS = (
    (timedelta(hours=6), timedelta(hours=2)),
    (timedelta(days=1), timedelta(hours=8)),
    (timedelta(days=3), timedelta(days=1)),
    (timedelta(days=10), timedelta(days=4)),
)

UPDATE_PAUSE = timedelta(minutes=30)
"""Least time between two fetches of an article, however often a feed says that it was updated."""

FIRST_RETRY = timedelta(hours=1)
LONGEST_RETRY = timedelta(days=7)
MOST_FAILURES = 8
"""Failures in a row after which a page is not planned again (with the doubling below: after 5 days)."""

GONE_RETRIES = (timedelta(hours=1), timedelta(days=1), timedelta(days=7))
"""When a page that answered 404 is asked for once more, by its failures in a row: feeds name pages before
every server has them, and a broken release takes a whole site away for an hour. 410 is meant to last."""


@dataclass(frozen=True, slots=True)
class PollBounds:
    """Within what time feeds, sitemaps, sections and front pages are looked at again.

    `longest_dead` bounds the back-off of one that fails every time.
    """

    first: timedelta = timedelta(minutes=30)
    shortest: timedelta = timedelta(minutes=10)
    longest: timedelta = timedelta(days=1)
    longest_dead: timedelta = timedelta(days=7)


def next_revisit(published_at: datetime, fetched_at: datetime) -> datetime | None:
    """Return when an article should be fetched again to catch corrections, or None when it is too old."""
    age = fetched_at - published_at
    for younger_than, again_after in REVISITS:
        if age < younger_than:
            return fetched_at + again_after
    return None


def next_article_fetch(cleaned: CleanedPage) -> datetime | None:
    """Return when a page that was just fetched and cleaned is due again.

    A page that was an article before and is none now may be one again: a broken release, a log-in wall.
    """
    page = cleaned.page
    if page is None or (cleaned.article.status != ArticleStatus.OK and page.known_since is None):
        return None
    seen_at = page.known_since or page.fetched_at
    published_at = cleaned.article.published_at or seen_at
    return next_revisit(min(published_at, seen_at), page.fetched_at)


def next_retry(failures: int, now: datetime) -> datetime | None:
    """Return when a page is tried again after so many failures in a row; None: not any more."""
    if failures > MOST_FAILURES:
        return None
    return now + min(FIRST_RETRY * (1 << max(0, failures - 1)), LONGEST_RETRY)


def next_try_of_gone(http_status: int | None, failures: int, now: datetime) -> datetime | None:
    """Return when a page that is not there is asked for again, after so many failures in a row."""
    if http_status != 404 or failures > len(GONE_RETRIES):
        return None
    return now + GONE_RETRIES[max(0, failures - 1)]


def next_poll(interval: timedelta | None, new_count: int, now: datetime, bounds: PollBounds) -> datetime:
    """Return when a feed is polled again: sooner when it brought something new, later when it did not."""
    if interval is None or interval <= timedelta(0):
        return now + min(max(bounds.first, bounds.shortest), bounds.longest)
    wait = interval / 2 if new_count else interval * 1.5
    return now + min(max(wait, bounds.shortest), bounds.longest)


def next_poll_after_failure(failures: int, now: datetime, bounds: PollBounds) -> datetime:
    """Return when a feed that failed `failures` times in a row is polled again."""
    return now + min(bounds.first * (1 << min(max(0, failures - 1), 20)), bounds.longest_dead)


def is_due(when: datetime | None, now: datetime) -> bool:
    """Say whether a planned time has come; None is never due."""
    return when is not None and when.astimezone(UTC) <= now


def is_update_announced(
    modified_at: datetime | None,
    fetched_at: datetime,
    changed_at: datetime | None,
    published_at: datetime | None,
    now: datetime,
) -> bool:
    """Say whether a listing's word that a recent article changed since it was fetched is worth a fetch.

    It is, until that word was wrong once (`changed_at`, when the page was last seen to differ, is earlier
    than the last fetch): many sitemaps call everything changed all the time.
    """
    if modified_at is None or modified_at <= fetched_at or now - fetched_at < UPDATE_PAUSE:
        return False
    is_young = now - (published_at or fetched_at) < REVISITS[-1][0]
    return is_young and changed_at is not None and changed_at >= fetched_at
