"""Which URLs belong to an outlet: the crawl of one stays with it."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from urllib.parse import urlsplit

from newscrawl.discover.weburl import origin_of
from newscrawl.model import SiteSelectors, site_of


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news outlet as the crawl was told of it: its front page's URL, and what a sites file adds.

    An address (`http://127.0.0.1:8001/`), a name with a port of its own or a `.localhost` name is that one
    origin. Any other name stands for its registrable domain with all of its subdomains, so that
    `https://example.com/` covers `https://amp.example.com/` and `http://www.example.com/`.

    `allow` and `deny` are regular expressions that are searched for in a page's URL; `interval` is the
    time between two looks at what it lists, `language` (BCP 47) what pages that name none are in, `rules`
    what the cleaner is to keep and to drop.
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
    rules: SiteSelectors | None = None

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


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The cleaning rules of several outlets, by `outlet_key`."""

    rules: Mapping[str, SiteSelectors] = field(default_factory=dict)

    @classmethod
    def of_outlets(cls, outlets: Iterable[Outlet]) -> "RuleBook":
        """Return the rules that the outlets have."""
        return cls({outlet.key: outlet.rules for outlet in outlets if outlet.rules is not None})

    def rules_for(self, url: str) -> SiteSelectors | None:
        """Return the rules of the outlet that a page belongs to, if it has any."""
        return self.rules.get(outlet_key(url)) if self.rules else None


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
