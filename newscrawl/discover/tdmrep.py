"""/.well-known/tdmrep.json: which pages of a site are reserved from text and data mining.

Source: https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/. Patterns are those of
robots.txt; of several that fit, the longest says the last word, and of two as long the one that reserves.
"""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

TDMREP_PATH = "/.well-known/tdmrep.json"
LARGEST_TDMREP_BYTES = 512 * 1024
"""Bytes that are read: as many as of a robots.txt."""
MOST_TDM_RULES = 1_000
LONGEST_PATTERN = 500


@dataclass(frozen=True, slots=True)
class TdmRules:
    """The rules of one origin: (pattern, whether it reserves), the longest pattern first."""

    rules: tuple[tuple[str, bool], ...] = ()

    def reserves(self, url: str) -> bool:
        """Say whether the page at `url` is reserved."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return next((reserved for pattern, reserved in self.rules if _fits(pattern, path)), False)


def read_tdmrep(body: bytes) -> TdmRules:
    """Read a tdmrep.json; what is none, or broken, holds no rules. Never raises.

    >>> rules = read_tdmrep(b'[{"location": "/archive/*", "tdm-reservation": 1}]')
    >>> rules.reserves("https://example.com/archive/1.html"), rules.reserves("https://example.com/news/1.html")
    (True, False)
    """
    try:
        data = json.loads(body[:LARGEST_TDMREP_BYTES])
    except (ValueError, RecursionError):
        return TdmRules()
    entries = data if isinstance(data, list) else [data]
    found = []
    for entry in entries[:MOST_TDM_RULES]:
        if not isinstance(entry, dict):
            continue
        location, value = entry.get("location"), entry.get("tdm-reservation")
        if isinstance(location, str) and len(location) <= LONGEST_PATTERN and str(value) in ("0", "1"):
            found.append((location, str(value) == "1"))
    found.sort(key=lambda rule: (len(rule[0]), rule[1]), reverse=True)
    return TdmRules(tuple(found))


def _fits(pattern: str, path: str) -> bool:
    """Match as robots.txt does (RFC 9309, 2.2.3): from the start, `*` for anything, `$` for the end.

    The parts between the stars are looked for one after another: no pattern takes more than linear time.
    """
    anchored = pattern.endswith("$")
    first, *parts = re.split(r"\*+", pattern.removesuffix("$"))
    if not path.startswith(first):
        return False
    at = len(first)
    last = parts.pop() if anchored and parts else None
    for part in parts:
        found = path.find(part, at)
        if found < 0:
            return False
        at = found + len(part)
    if not anchored:
        return True
    return at == len(path) if last is None else path.endswith(last) and len(path) - len(last) >= at
