"""robots.txt as RFC 9309 has it: who may fetch what, how often, and where the sitemaps are."""

import re
from dataclasses import dataclass

from protego import Protego

from newscrawl.discover.weburl import absolute_url

LARGEST_ROBOTS_BYTES = 512 * 1024
"""Bytes that are read of a robots.txt: RFC 9309 asks for at least 500 KiB."""

MOST_SITEMAPS = 50
"""Sitemap lines that are followed; some sites list thousands of archive sitemaps."""

_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one origin. `allowed_everything` is True where there are none."""

    rules: Protego | None
    sitemaps: tuple[str, ...] = ()

    def allows(self, url: str, user_agent: str) -> bool:
        """Say whether `user_agent` may fetch `url`."""
        return self.rules is None or bool(self.rules.can_fetch(url, user_agent))

    def crawl_delay_s(self, user_agent: str) -> float | None:
        """Return the Crawl-delay in seconds that is asked of `user_agent`, if one is."""
        if self.rules is None:
            return None
        delay = self.rules.crawl_delay(user_agent)
        return float(delay) if delay is not None and 0 <= delay < float("inf") else None


ALLOW_ALL = RobotsRules(None)


def read_robots(body: bytes, url: str) -> RobotsRules:
    """Read a robots.txt. An HTML page (a "not found" page with status 200) holds no rules. Never raises."""
    body = body[:LARGEST_ROBOTS_BYTES]
    if _HTML.match(body[:4096].lstrip(b"\xef\xbb\xbf")):
        return ALLOW_ALL
    text = body.decode("utf-8-sig", "replace").replace("\x00", "")
    rules = Protego.parse(text)
    found = (absolute_url(url, line) for line in rules.sitemaps)
    sitemaps = tuple(dict.fromkeys(sitemap for sitemap in found if sitemap))[:MOST_SITEMAPS]
    return RobotsRules(rules, sitemaps)
