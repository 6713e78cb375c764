"""What a page says of its own kind, and how much of it is links: facts for telling articles from the rest."""

import html
import re
from dataclasses import dataclass

from newscrawl.discover.article_urls import UrlKind, judge_url
from newscrawl.discover.links import read_links
from newscrawl.model import Page

HEAD_BYTES = 400_000
"""Bytes in which declarations are looked for; some sites inline their styles before them."""
DECLARED_BYTES = 3_000_000
"""Bytes in which JSON-LD is looked for: it may stand at the end of the body."""

_OG_TYPE = re.compile(
    r"""<meta\b[^<>]{0,300}?(?:property|name)\s*=\s*["']?og:type["']?"""
    r"""[^<>]{0,300}?content\s*=\s*["']?([\w:.\- ]{1,60})"""
    r"""|<meta\b[^<>]{0,300}?content\s*=\s*["']?([\w:.\- ]{1,60})["']?"""
    r"""[^<>]{0,300}?(?:property|name)\s*=\s*["']?og:type""",
    re.IGNORECASE,
)
_JSON_LD = re.compile(
    r"<script\b[^<>]{0,400}application/ld\+json[^<>]{0,400}>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL
)
_TYPE = re.compile(r'"@type"\s*:\s*(?:"([\w:/.]{1,60})"|\[([^\]]{1,300})\])')
_MICRODATA = re.compile(r"""itemtype\s*=\s*["']https?://schema\.org/(\w{1,40})""", re.IGNORECASE)
_PASSWORD = re.compile(r"""<input\b[^<>]{0,300}type\s*=\s*["']?password""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """`kinds` are schema.org types (lower case) and `og:TYPE`; `headline_links` count links that look like
    articles, `headline_chars` the length of their texts. `is_listed`: a feed or sitemap named the page.
    """

    url_kind: UrlKind
    url_reasons: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    headline_links: int = 0
    headline_chars: int = 0
    link_chars: int = 0
    asks_password: bool = False
    is_listed: bool = False


def read_facts(page: Page) -> PageFacts:
    """Collect the facts of a page in time linear in its size. Never raises."""
    text = page.body[:DECLARED_BYTES].decode("utf-8", "replace")
    kinds = {match.group(1) or match.group(2) for match in _OG_TYPE.finditer(text[:HEAD_BYTES])}
    found = {f"og:{kind.strip().lower()}" for kind in kinds if kind}
    for script in _JSON_LD.finditer(text):
        for match in _TYPE.finditer(script.group(1)):
            names = [match.group(1)] if match.group(1) else re.findall(r'"([^"]+)"', match.group(2))
            found.update(html.unescape(name).rsplit("/", 1)[-1].lower() for name in names)
    found.update(match.group(1).lower() for match in _MICRODATA.finditer(text))
    links = read_links(page.body, page.url, page.encoding).links
    headlines = [
        link
        for link in links
        if not link.in_navigation and judge_url(link.url, link.text).kind == UrlKind.ARTICLE
    ]
    verdict = judge_url(page.url)
    return PageFacts(
        url_kind=verdict.kind,
        url_reasons=verdict.reasons,
        kinds=frozenset(found),
        headline_links=len(headlines),
        headline_chars=sum(len(link.text) for link in headlines),
        link_chars=sum(len(link.text) for link in links),
        asks_password=bool(_PASSWORD.search(text)),
        is_listed=page.hints.is_listed,
    )
