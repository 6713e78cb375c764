"""The rows of `feeds`: what each look at a feed, sitemap, section or front page leaves behind."""

from dataclasses import replace
from datetime import datetime, timedelta

from scrapy.http import Response

from newscrawl.discover import ListingKind, Outlet
from newscrawl.discover.schedule import PollBounds, is_due, next_poll, next_poll_after_failure
from newscrawl.model import FetchStatus
from newscrawl.spiders.answers import header_text, requested_url
from newscrawl.store.feed_state import FeedState
from newscrawl.store.fetch_state import FetchRecord
from newscrawl.store.keys import bytes_digest

FRONT, SECTION, GUESS, LISTING = "front", "section", "guess", "listing"
"""What a listing was asked for as; `feeds.kind` has the format instead of `listing` once it is known."""

LISTS_NEWS = frozenset(
    {ListingKind.RSS, ListingKind.RDF, ListingKind.ATOM, ListingKind.JSON_FEED, ListingKind.NEWS_SITEMAP}
)
"""Kinds whose entries are news by the publisher's own word."""

GUESS_PATIENCE = 6
"""Failures that a wrong guess counts for at once: it is asked again after a day and a half, not an hour."""


def read_state(
    response: Response,
    before: FeedState | None,
    outlet: str,
    kind: str,
    new_count: int,
    item_count: int,
    now: datetime,
    bounds: PollBounds,
    detail: str | None = None,
) -> FeedState:
    """Return the state of a listing that was read and brought `new_count` new pages."""
    last_new_at = now if new_count else (before.last_new_at if before else None)
    return FeedState(
        url=requested_url(response),
        outlet=outlet,
        polled_at=now,
        status=FetchStatus.OK,
        kind=kind,
        next_poll_at=next_poll(_interval(before), new_count, now, bounds),
        http_status=response.status,
        etag=header_text(response, "ETag"),
        last_modified=header_text(response, "Last-Modified"),
        body_hash=bytes_digest(response.body),
        item_count=item_count,
        new_count=new_count,
        last_new_at=last_new_at,
        detail=detail,
    )


def unchanged_state(
    response: Response, before: FeedState | None, outlet: str, now: datetime, bounds: PollBounds
) -> FeedState:
    """Return the state of a listing that has not changed since it was read."""
    next_poll_at = next_poll(_interval(before), 0, now, bounds)
    if before is None:  # a server that answers 304 unasked
        return FeedState(
            url=requested_url(response),
            outlet=outlet,
            polled_at=now,
            status=FetchStatus.NOT_MODIFIED,
            next_poll_at=next_poll_at,
            http_status=response.status,
        )
    return replace(
        before,
        polled_at=now,
        status=FetchStatus.NOT_MODIFIED,
        http_status=response.status,
        next_poll_at=next_poll_at,
        error_count=0,
        new_count=0,
        detail=None,
    )


def failed_state(
    record: FetchRecord, before: FeedState | None, outlet: str, kind: str, bounds: PollBounds
) -> FeedState:
    """Return the state of a listing that could not be had, or is none, as `record` tells. It is left alone
    for longer each time, or until the host said, where it did.
    """
    failures = (before.error_count if before else 0) + 1
    patience = GUESS_PATIENCE if kind == GUESS else 0
    base = before or FeedState(
        url=record.url, outlet=outlet, polled_at=record.fetched_at, status=record.status, kind=kind
    )
    next_poll_at = next_poll_after_failure(failures + patience, record.fetched_at, bounds)
    if record.status == FetchStatus.PARKED and record.next_fetch_at is not None:
        next_poll_at = record.next_fetch_at
    return replace(
        base,
        polled_at=record.fetched_at,
        status=record.status,
        http_status=record.http_status,
        next_poll_at=next_poll_at,
        error_count=failures,
        detail=record.detail,
    )


def is_listing_due(state: FeedState, outlet: Outlet, now: datetime) -> bool:
    """Say whether a listing is to be looked at again: by the outlet's interval, else by the planned time."""
    if outlet.interval is not None and not state.error_count:
        return state.polled_at + outlet.interval <= now
    return is_due(state.next_poll_at, now)


def is_resting(state: FeedState | None, now: datetime) -> bool:
    """Say whether a listing failed and is to be left alone for now."""
    return state is not None and state.error_count > 0 and not is_due(state.next_poll_at, now)


def _interval(before: FeedState | None) -> timedelta | None:
    """The time between the last poll and the next one as it was planned; none after failures."""
    if before is None or before.next_poll_at is None or before.error_count:
        return None
    return before.next_poll_at - before.polled_at
