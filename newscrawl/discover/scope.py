"""Which URLs belong to an outlet: the crawl of one stays with it."""

import ipaddress
import re
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from newscrawl.discover.weburl import origin_of
from newscrawl.model import site_of


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet as the crawl was told of it: its front page's URL, and what a sites file adds.

    An address (`http://127.0.0.1:8001/`), a name with a port of its own or a `.localhost` name is that one
    origin. Any other name stands for its registrable domain with all of its subdomains, so that
    `https://example.com/` covers `https://amp.example.com/` and `http://www.example.com/`.

    `allow` and `deny` are regular expressions that are searched for in a page's URL; `interval` is the
    least time between two looks at the front page, `language` (BCP 47) what pages that name none are in.
    """

    url: str
    name: str | None = None
    feeds: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    language: str | None = None
    interval: timedelta | None = None

    @property
    def key(self) -> str:
        """What tells this outlet from others: an origin, or a registrable domain."""
        return outlet_key(self.url)

    def admits(self, url: str) -> bool:
        """Say whether the outlet's patterns let a page be fetched: not denied, and allowed if any are."""
        if any(re.search(pattern, url) for pattern in self.deny):
            return False
        return not self.allow or any(re.search(pattern, url) for pattern in self.allow)

    def covers(self, url: str) -> bool:
        """Say whether `url` belongs to this outlet."""
        return outlet_key(url) == self.key


def outlet_key(url: str) -> str:
    """Return the origin where the host is an address or has a port of its own, else the domain.

    >>> outlet_key("http://127.0.0.1:8001/a"), outlet_key("https://www.example.co.uk/b")
    ('http://127.0.0.1:8001', 'example.co.uk')
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if port not in (None, 80, 443) or _is_address(host) or host.endswith(".localhost"):
        return origin_of(url)
    return site_of(url)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
