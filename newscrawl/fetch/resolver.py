"""The name resolver that a crawl connects through: it gives only addresses that may be reached.

Twisted connects to the very addresses that the resolver gives, for names and for addresses in URLs
alike, so this is the check at connect time: there is no second look-up that could answer otherwise.
"""

import socket
from collections.abc import Sequence
from typing import Any, Self

from scrapy.crawler import Crawler
from twisted.internet._resolver import GAIResolver
from twisted.internet.base import ReactorBase

from newscrawl.fetch.addresses import guarded_getaddrinfo

MOST_REFUSALS = 10_000
"""Refused hosts that are remembered for the log and the `fetches` rows."""


class GuardedResolver:
    """Scrapy's TWISTED_DNS_RESOLVER: the system's resolver in threads, with refused addresses left out."""

    def __init__(self, reactor: ReactorBase, *, allow_loopback: bool) -> None:
        self._reactor = reactor
        self._allow_loopback = allow_loopback
        self.refusals: dict[str, str] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(reactor, allow_loopback=crawler.settings.getbool("NEWSCRAWL_ALLOW_LOOPBACK"))

    def install_on_reactor(self) -> None:
        """Let every connection of this process resolve through this."""
        resolver = GAIResolver(self._reactor, getaddrinfo=self._getaddrinfo)  # type: ignore[arg-type]
        resolver.refusals = self.refusals  # type: ignore[attr-defined]
        self._reactor.installNameResolver(resolver)  # type: ignore[arg-type]

    def _getaddrinfo(
        self, host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0
    ) -> Sequence[Any]:
        name = host.decode("ascii") if isinstance(host, bytes) else host
        try:
            found, reason = guarded_getaddrinfo(name, port, family, type, allow_loopback=self._allow_loopback)
        except (UnicodeError, ValueError) as error:  # a label that is empty or too long
            raise socket.gaierror(socket.EAI_NONAME, str(error)) from None
        if reason and not found:
            if len(self.refusals) < MOST_REFUSALS:
                self.refusals[name] = reason
            raise socket.gaierror(socket.EAI_NONAME, reason)
        return found


def refusal_by_resolver(host: str) -> str | None:
    """Return why the resolver refused `host`, if it did in this process."""
    from twisted.internet import reactor  # importing it installs one

    refusals: dict[str, str] = getattr(getattr(reactor, "nameResolver", None), "refusals", {})
    return refusals.get(host)
