"""What an answer, or the lack of one, says: its address, its headers, the page in it, why there is none."""

from datetime import datetime

from scrapy import Request
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from newscrawl.discover.inflate import TooLargeError
from newscrawl.discover.schedule import next_retry, next_try_of_gone
from newscrawl.fetch import explain_failure
from newscrawl.model import FetchStatus, Page, PageHints
from newscrawl.store.fetch_state import FetchRecord, KnownUrl
from newscrawl.store.keys import bytes_digest

PASSING_FAILURES = frozenset(
    {
        FetchStatus.UNREACHABLE,
        FetchStatus.HTTP_ERROR,
        FetchStatus.TRUNCATED,
        FetchStatus.PARKED,
        FetchStatus.ROBOTS,
        FetchStatus.ERROR,
    }
)
"""Outcomes after which a page is planned again: what was in the way may be gone by then."""

MOST_HEADERS = 100
LONGEST_HEADER = 2_000
"""Response headers, and characters of each, that are kept with a page: real ones are fewer and shorter."""

DIRECTIVE_HEADERS = ("X-Robots-Tag", "TDM-Reservation")
"""Headers that say what machines may do with a page."""


def is_stored(known: KnownUrl) -> bool:
    """Say whether what the validators of a URL describe is in the database: else "not modified" would hide
    for ever a page that was fetched and could not be stored.
    """
    return known.article_id is not None and known.status != FetchStatus.ERROR


def is_unchanged(response: Response, known: KnownUrl) -> bool:
    """Say whether a page came as it is stored, byte for byte, from a server that knows no conditional GET.

    One that says in its headers what machines may do is looked at: they are no part of the body.
    """
    if known.body_hash is None or not is_stored(known):
        return False
    if any(name in response.headers for name in DIRECTIVE_HEADERS):
        return False
    return bytes_digest(response.body) == known.body_hash


def requested_url(response_or_request: Response | Request) -> str:
    """Return the URL that was asked for, before redirects."""
    urls = response_or_request.meta.get("redirect_urls")
    return str(urls[0]) if urls else response_or_request.url


def content_type(response: Response) -> str:
    """Return the media type that the response declares, in lower case, or ""."""
    header = response.headers.get("Content-Type") or b""
    return header.decode("latin-1").partition(";")[0].strip().lower()


def declared_charset(response: Response) -> str | None:
    """Return the charset that the HTTP header declares, if it does."""
    header = (response.headers.get("Content-Type") or b"").decode("latin-1").lower()
    _, found, charset = header.partition("charset=")
    charset = charset.partition(";")[0].strip(" \"'")
    return charset if found and charset else None


def header_text(response: Response, name: str) -> str | None:
    """Return a header's first value as text, if there is one."""
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None


def validators(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """Return the headers that ask for a body only if it changed (RFC 9110, 13.1)."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value and value.isascii()}


def page_of(
    response: Response, hints: PageHints, fetched_at: datetime, known_since: datetime | None = None
) -> Page:
    """Return the page that a response holds."""
    headers = tuple(
        (name.decode("latin-1").lower(), value.decode("latin-1")[:LONGEST_HEADER])
        for name, values in response.headers.items()
        for value in values
    )[:MOST_HEADERS]
    return Page(
        url=response.url,
        requested_url=requested_url(response),
        http_status=response.status,
        body=response.body,
        fetched_at=fetched_at,
        headers=headers,
        encoding=declared_charset(response),
        hints=hints,
        known_since=known_since,
    )


def failure_record(failure: Failure, request: Request, now: datetime) -> FetchRecord:
    """Return the record of a fetch that failed, with the time of the next try where one makes sense."""
    error = failure.value
    assert error is not None
    status, detail, until = (
        (FetchStatus.TOO_LARGE, str(error), None)
        if isinstance(error, TooLargeError)
        else explain_failure(error)
    )
    known: KnownUrl | None = request.meta.get("known")
    failures = (known.error_count if known else 0) + 1
    http_status = error.response.status if isinstance(error, HttpError) else None
    if status == FetchStatus.GONE:
        retry_at = next_try_of_gone(http_status, failures, now)
    else:
        retry_at = until or (next_retry(failures, now) if status in PASSING_FAILURES else None)
    return FetchRecord(
        url=requested_url(request),
        fetched_at=now,
        status=status,
        http_status=http_status,
        next_fetch_at=retry_at,
        detail=detail,
    )
