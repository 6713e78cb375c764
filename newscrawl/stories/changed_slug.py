"""Two addresses of one article: an editor changed the headline, and the site made a new slug of it.

The words of the address alone prove nothing, so the texts must be the same, too (the caller looks).
"""

import re
from urllib.parse import urlsplit

from newscrawl.stories.url_key import url_key

LEAST_WORDS = 2
"""Words that the two slugs share at least."""
WORD_SHARE = 0.5
"""Share of the shorter slug's words that the other one holds."""

_ENDING = re.compile(r"\.\w{1,5}$")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"(?<!\d)\d{4,}(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")


def is_changed_slug(url: str, other: str) -> bool:
    """Tell whether both may be addresses of one article: slugs with common words, or with one number.

    >>> is_changed_slug("https://a.example/ferry-loses-rudder", "https://a.example/ferry-without-rudder")
    True
    >>> is_changed_slug("https://a.example/ferry-adrift-48213", "https://a.example/all-safe-48213.html")
    True
    >>> is_changed_slug("https://a.example/weather/monday", "https://a.example/weather/tuesday")
    False
    """
    host, slug, query = _parts(url)
    other_host, other_slug, other_query = _parts(other)
    if host != other_host or query != other_query:
        return False
    if _numbers(slug) or _numbers(other_slug):
        return bool(_numbers(slug) & _numbers(other_slug))
    words, others = set(_WORD.findall(slug)), set(_WORD.findall(other_slug))
    shared = len(words & others)
    return shared >= LEAST_WORDS and shared >= WORD_SHARE * min(len(words), len(others))


def _parts(url: str) -> tuple[str, str, str]:
    parts = urlsplit(f"//{url_key(url) or url}")
    slug = parts.path.rstrip("/").rpartition("/")[2]
    return parts.netloc, _ENDING.sub("", slug).casefold(), parts.query


def _numbers(slug: str) -> set[str]:
    return {number for number in _NUMBER.findall(slug) if not _YEAR.fullmatch(number)}
