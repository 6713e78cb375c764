"""Cells for CSV files: what people open in a spreadsheet must not run there."""

from datetime import datetime
from typing import Any

from newscrawl.report.jsonlines import iso_utc

# What makes a spreadsheet take a text for a formula, also behind blanks and in full width:
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BLANKS = " \xa0\u3000\"'"
_LIST_SEPARATOR = "; "


def csv_cell(value: Any) -> str | int | float:
    """Return `value` as one cell; a text that would be a formula gets an apostrophe before it.

    >>> csv_cell("=HYPERLINK(1)"), csv_cell(-3), csv_cell(("Ana", "Bo")), csv_cell(None)
    ("'=HYPERLINK(1)", -3, 'Ana; Bo', '')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return value
    if isinstance(value, datetime):
        return iso_utc(value)
    if isinstance(value, list | tuple):
        value = _LIST_SEPARATOR.join(str(item) for item in value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.lstrip(_BLANKS).startswith(_FORMULA_STARTS) else text
