"""Strings from the web, made safe for a database and a line of a log."""

import html
import re
from typing import Any

# C0/C1 controls, lone surrogates (JSON-LD's \ud800), zero-width and direction marks, byte order mark,
# soft hyphen. NUL fails a Postgres batch, surrogates fail every encoder. The zero-width joiners
# (U+200C/D) stay: Persian and Indic spelling needs them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff]"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_SPACE = re.compile(r"\s+")

# Longest string that is looked at, in characters: no headline, name or date is longer than this, and
# descriptions are cut by it. Keeps every later step linear with a small constant.
MAX_CHARS = 4000


def tidy(value: Any, max_chars: int = MAX_CHARS) -> str:
    """Return `value` as one clean line of plain text; "" for anything that is no string.

    Entities are resolved twice (content systems escape twice), tags dropped.

    >>> tidy(" A &amp;amp; B\\x00 <b>C</b> ")
    'A & B C'
    """
    if not isinstance(value, str):
        return ""
    text = value[:max_chars]
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAG.sub(" ", text)
    if not text.isascii() or not text.isprintable():
        text = _UNWANTED.sub("", text)
    return " ".join(text.split())


def tidy_lines(value: Any, max_chars: int) -> str:
    """Return `value` cleaned as `tidy` does, but with its line breaks kept (runs of them as one)."""
    if not isinstance(value, str):
        return ""
    lines = (tidy(line, max_chars) for line in value[:max_chars].splitlines())
    return "\n".join(line for line in lines if line)
