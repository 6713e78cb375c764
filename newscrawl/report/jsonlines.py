"""Lines for programs: one JSON object a line, lossless, and safe to look at in a terminal."""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from newscrawl.report.harmless import IN_JSON


def json_line(row: Mapping[str, Any]) -> str:
    r"""Return `row` as one line of JSON (no line end). Datetimes become ISO 8601 in UTC, tuples lists.

    What a terminal could act on stays in the data, spelled as an escape.

    >>> json_line({"title": "a\x9b31m", "authors": ("Ana",)})
    '{"title": "a\\u009b31m", "authors": ["Ana"]}'
    """
    text = json.dumps(row, ensure_ascii=False, default=_as_json)
    return IN_JSON.sub(_escape, text)


def iso_utc(when: datetime) -> str:
    """Return an aware datetime as ISO 8601 in UTC, such as `2026-11-20T09:30:00+00:00`."""
    return when.astimezone(UTC).isoformat()


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime):
        return iso_utc(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    msg = f"no JSON form for {type(value).__name__}"
    raise TypeError(msg)


def _escape(match: Any) -> str:
    code = ord(match.group())
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
