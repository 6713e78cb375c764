"""What went wrong with a fetch, as the status and the one line of its row in `fetches`."""

import re
from datetime import datetime

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from newscrawl.fetch.refusal import RequestRefused
from newscrawl.fetch.resolver import refusal_by_resolver
from newscrawl.model import FetchStatus

GONE_STATUSES = (404, 410)
_LOOKED_UP = re.compile(r"lookup: '?([^\s']+?)'?\.?$")
"""The host in Twisted's words for a name that no address came back for."""
LONGEST_DETAIL = 200
"""Characters of an error's text that are kept."""


def status_of_http(http_status: int) -> FetchStatus:
    """Return the status for an answer with this HTTP status."""
    if http_status == 304:
        return FetchStatus.NOT_MODIFIED
    if 200 <= http_status < 300:
        return FetchStatus.OK
    return FetchStatus.GONE if http_status in GONE_STATUSES else FetchStatus.HTTP_ERROR


def explain_failure(error: BaseException) -> tuple[FetchStatus, str, datetime | None]:
    """Return status, detail and, where the host named one, the time to come back."""
    if isinstance(error, RequestRefused):
        return error.status, error.detail, error.until
    if isinstance(error, HttpError):
        return status_of_http(error.response.status), f"HTTP status {error.response.status}", None
    if isinstance(error, CannotResolveHostError):
        found = _LOOKED_UP.search(str(error))
        host = found.group(1) if found else ""
        reason = refusal_by_resolver(host)
        if reason is not None:
            return FetchStatus.REFUSED, f"{host} resolves to a {reason}", None
        return FetchStatus.UNREACHABLE, "the host's name cannot be resolved", None
    if isinstance(error, DownloadCancelledError):
        return FetchStatus.TOO_LARGE, "larger than DOWNLOAD_MAXSIZE", None
    if isinstance(error, DownloadTimeoutError):
        return FetchStatus.UNREACHABLE, "no whole answer in time", None
    if isinstance(error, DownloadConnectionRefusedError):
        return FetchStatus.UNREACHABLE, "connection refused", None
    if isinstance(error, ResponseDataLossError):
        return FetchStatus.TRUNCATED, "the body ends too early", None
    if isinstance(error, UnsupportedURLSchemeError):
        return FetchStatus.REFUSED, "not an http URL", None
    if isinstance(error, IgnoreRequest):
        return FetchStatus.REFUSED, _short(str(error)), None
    return FetchStatus.UNREACHABLE, f"the connection failed ({_innermost(error)})", None


def _innermost(error: BaseException) -> str:
    """Return the name of what really happened: Twisted and Scrapy wrap it twice."""
    cause = error.__cause__ or error
    reasons = getattr(cause, "reasons", None)
    if reasons:
        cause = getattr(reasons[0], "value", cause)
    text = "" if isinstance(cause, tuple) else _short(str(cause))
    return f"{type(cause).__name__}: {text}" if text and "Failure" not in text else type(cause).__name__


def _short(text: str) -> str:
    return " ".join(text.split())[:LONGEST_DETAIL]
