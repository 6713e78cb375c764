"""What a page says of its own kind, and how much of it is links: facts for telling articles from the rest."""

import html
import re
from dataclasses import dataclass

from newscrawl.discover.article_urls import HEADLINE_CHARS, UrlKind, judge_url
from newscrawl.discover.links import read_links
from newscrawl.model import Page

DECLARED_BYTES = 3_000_000
"""Bytes in which declarations are looked for: JSON-LD may stand at the end of the body."""

_META = re.compile(r"<meta\b([^<>]{1,1000})>", re.IGNORECASE)
_OG_TYPE = re.compile(r"""(?:property|name)\s*=\s*["']?og:type\b""", re.IGNORECASE)
_CONTENT = re.compile(r"""content\s*=\s*["']?([\w:.\- ]{1,60})""", re.IGNORECASE)
_JSON_LD = re.compile(
    r"<script\b[^<>]{0,400}application/ld\+json[^<>]{0,400}>(.*?)(?:</script|\Z)", re.IGNORECASE | re.DOTALL
)
_TYPE = re.compile(r'"@type"\s*:\s*(?:"([\w:/.]{1,60})"|\[([^\]]{1,300})\])')
_MICRODATA = re.compile(r"""itemtype\s*=\s*["']https?://schema\.org/(\w{1,40})""", re.IGNORECASE)
_PASSWORD = re.compile(r"""<input\b[^<>]{0,300}type\s*=\s*["']?password""", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """`kinds` are schema.org types (lower case) and `og:TYPE`; `is_listed`: a feed or sitemap named it."""

    url_kind: UrlKind
    url_reasons: tuple[str, ...] = ()
    kinds: frozenset[str] = frozenset()
    asks_password: bool = False
    is_listed: bool = False


def read_facts(page: Page) -> PageFacts:
    """Collect what a page declares, in time linear in its size. Never raises."""
    text = page.body[:DECLARED_BYTES].decode("utf-8", "replace")
    verdict = judge_url(page.url)
    return PageFacts(
        url_kind=verdict.kind,
        url_reasons=verdict.reasons,
        kinds=frozenset(_open_graph_kinds(text) | _schema_kinds(text)),
        asks_password="password" in text and _PASSWORD.search(text) is not None,
        is_listed=page.hints.is_listed,
    )


def count_headline_chars(page: Page) -> int:
    """Return the characters of all links outside navigation that are as long as headlines. Never raises."""
    links = read_links(page.body, page.url, page.encoding).links
    return sum(
        len(link.text) for link in links if not link.in_navigation and len(link.text) >= HEADLINE_CHARS
    )


def _open_graph_kinds(text: str) -> set[str]:
    if "og:type" not in text:  # a look at the whole is far cheaper than one at each tag
        return set()
    contents = [_CONTENT.search(m.group(1)) for m in _META.finditer(text) if _OG_TYPE.search(m.group(1))]
    return {f"og:{content.group(1).strip().lower()}" for content in contents if content}


def _schema_kinds(text: str) -> set[str]:
    found: set[str] = set()
    if "ld+json" in text:
        for script in _JSON_LD.finditer(text):
            for match in _TYPE.finditer(script.group(1)):
                names = [match.group(1)] if match.group(1) else re.findall(r'"([^"]+)"', match.group(2))
                found.update(html.unescape(name).rsplit("/", 1)[-1].lower() for name in names)
    if "itemtype" in text:
        found.update(match.group(1).lower() for match in _MICRODATA.finditer(text))
    return found
