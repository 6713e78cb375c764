"""The links of a page, read in one linear pass over its bytes: feeds it names, pages it points to.

No tree is built: this runs in the crawl's own process, on pages that may be hostile (100,000 attributes
on one tag cost a tree parser over a minute), and a front page's links are all that is wanted of it.
"""

import html
import re
from dataclasses import dataclass

from newscrawl.discover.weburl import absolute_url

MOST_LINKS = 5_000
"""Links read of one page. The largest front pages have about 1,000; beyond this it is a trap."""

MOST_ANCHORS = 20_000
"""Anchors looked at, the same link again included: 0.3 s. What comes after them is left unread."""

MOST_FEED_ANCHORS = 20
"""Links to feeds that are followed from one page: pages about a site's feeds list hundreds."""

LONGEST_TAG = 4_096
"""Characters of a tag that are searched for attributes: real `href`s stand well before."""

_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|textarea|svg)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(r"<(/?)(a|base|link|nav|header|footer|aside|meta)(?=[\s>/])([^<>]*)>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[^<>]*>")
_ATTRIBUTE = re.compile(r"""([a-zA-Z-]{2,12})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json")
_XML_TYPES = ("application/xml", "text/xml")
_FEED_URL = re.compile(
    r"(?:/feed/?$|/feed\.|/rss/?$|\.rss$|\.atom$|/atom\.xml$|/rss\.xml$|/index\.rdf$|rss2?\.php)", re.I
)
_COMMENT_FEED = re.compile(r"/comments/feed|comments?[-_]?(?:rss|atom|feed)|[?&]feed=comments", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link: absolute URL, its text, and whether it stands in navigation (nav, header, footer)."""

    url: str
    text: str
    in_navigation: bool


@dataclass(frozen=True, slots=True)
class PageLinks:
    """What a page points to: in its order, each URL once.

    `feeds` are those that it declares, `feed_anchors` links that look like feeds or like a page about them;
    `refresh_url` is where a meta refresh leads, if the page has one.
    """

    links: tuple[PageLink, ...] = ()
    feeds: tuple[str, ...] = ()
    feed_anchors: tuple[str, ...] = ()
    refresh_url: str | None = None


def read_links(body: bytes, url: str, encoding: str | None = None) -> PageLinks:
    """Collect the links of an HTML page. Never raises; takes time linear in the page's size."""
    text = _UNSEEN.sub(" ", _decode(body, encoding))
    base = url
    links: dict[str, PageLink] = {}
    feeds: dict[str, None] = {}
    anchors_to_feeds: dict[str, None] = {}
    refresh: str | None = None
    navigation_depth = anchors = 0
    for match in _TAG.finditer(text):
        closing, name, raw = match.group(1), match.group(2).lower(), match.group(3)
        if name in ("nav", "header", "footer", "aside"):
            navigation_depth = max(0, navigation_depth + (-1 if closing else 1))
            continue
        if closing:
            continue
        anchors += name == "a"
        if anchors > MOST_ANCHORS:
            break
        attributes = _attributes(raw)
        if name == "meta":
            if attributes.get("http-equiv", "").lower() == "refresh":
                refresh = refresh or _refresh_target(attributes.get("content", ""), base)
            continue
        target = attributes.get("href")
        if not target:
            continue
        if name == "base":
            base = absolute_url(url, target) or url
            continue
        link = absolute_url(base, target)
        if link is None:
            continue
        if name == "link":
            rel = attributes.get("rel", "").lower().split()
            if "alternate" in rel and _declares_feed(attributes.get("type", ""), link):
                feeds.setdefault(link)
            continue
        if _FEED_URL.search(link.partition("?")[0]):
            anchors_to_feeds.setdefault(link)
            continue
        if link not in links and len(links) < MOST_LINKS:
            links[link] = PageLink(link, _anchor_text(text, match.end()), navigation_depth > 0)
        elif link in links and not links[link].text:  # a picture links first, the headline after it
            links[link] = PageLink(link, _anchor_text(text, match.end()), links[link].in_navigation)
    wanted = [feed for feed in feeds if not _COMMENT_FEED.search(feed)]
    others = [feed for feed in anchors_to_feeds if feed not in feeds and not _COMMENT_FEED.search(feed)]
    return PageLinks(tuple(links.values()), tuple(wanted), tuple(others[:MOST_FEED_ANCHORS]), refresh)


def _declares_feed(declared_type: str, link: str) -> bool:
    kind = declared_type.lower().partition(";")[0].strip()
    return kind in _FEED_TYPES or (
        kind in _XML_TYPES and _FEED_URL.search(link.partition("?")[0]) is not None
    )


def _decode(body: bytes, encoding: str | None) -> str:
    for name in (encoding, "utf-8"):
        if name:
            try:
                return body.decode(name)
            except (UnicodeDecodeError, LookupError):
                continue
    return body.decode("latin-1")  # URLs are ASCII; texts only have their length weighed


def _attributes(raw: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(raw[:LONGEST_TAG]):
        value = match.group(2) or match.group(3) or match.group(4) or ""
        found.setdefault(match.group(1).lower(), html.unescape(value))
    return found


def _anchor_text(text: str, start: int) -> str:
    """The text up to the anchor's end; 2,000 characters of markup hold any headline."""
    end = text.find("</a", start, start + 2_000)
    inner = text[start : end if end >= 0 else start]
    return " ".join(html.unescape(_ANY_TAG.sub(" ", inner)).split())


def _refresh_target(content: str, base: str) -> str | None:
    _, separator, target = content.partition("=")
    if not separator or not content.split(";", 1)[-1].strip().lower().startswith("url"):
        return None
    return absolute_url(base, target.strip(" \"'"))
