"""Dates as feeds and sitemaps write them: RFC 3339 with any of its parts missing, and RFC 2822."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_W3C = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?\s*(Z|z|[+-]\d{2}:?\d{2})?)?)?)?"
)
LONGEST_DATE = 64
"""Characters. Longer "dates" are not read: no form of date needs more, and hostile ones do."""


def read_date(text: str | None) -> datetime | None:
    """Return the aware datetime that `text` names (UTC where it has no zone), or None.

    >>> read_date("2026-03-04T05:06+02:00").isoformat()
    '2026-03-04T05:06:00+02:00'
    >>> read_date("Wed, 04 Mar 2026 05:06:07 GMT").isoformat()
    '2026-03-04T05:06:07+00:00'
    """
    if not text or len(text) > LONGEST_DATE:
        return None
    text = text.strip()
    match = _W3C.fullmatch(text)
    try:
        if match:
            year, month, day, hour, minute, second, zone = match.groups()
            stamp = (
                f"{year}-{int(month or 1):02}-{int(day or 1):02}"
                f"T{int(hour or 0):02}:{minute or '00'}:{second or '00'}{zone or ''}"
            )
            found = datetime.fromisoformat(stamp.replace("z", "Z"))
        else:
            found = parsedate_to_datetime(text)
        found = found if found.tzinfo else found.replace(tzinfo=UTC)
        found.astimezone(UTC)  # year 1 with a zone overflows here, not in the database
    except (ValueError, OverflowError, TypeError, IndexError):
        return None
    return found
