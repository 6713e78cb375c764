"""RSS 0.9-2.0, RDF, Atom and JSON Feed: who is listed, with title, date, language and authors."""

import html
import json
from typing import Any

from lxml import etree

from newscrawl.discover.dates import read_date
from newscrawl.discover.listing import Listing, ListingEntry, ListingKind, NotAListingError
from newscrawl.discover.safe_xml import local_name, namespace
from newscrawl.discover.weburl import absolute_url

ATOM_NAMESPACES = ("http://www.w3.org/2005/Atom", "http://purl.org/atom/ns#")
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE_TAGS = ("published", "pubdate", "issued", "date", "created")  # `date` is Dublin Core's
_UPDATE_TAGS = ("updated", "modified", "lastmod")
LONGEST_TITLE = 1_000
"""Characters of a title that are kept: a hint, not a place to smuggle megabytes through."""


def read_feed(root: etree._Element, url: str, problem: str | None) -> Listing:
    """Read an RSS, RDF or Atom document. Raises `NotAListingError` where `root` is none of them."""
    name = local_name(root)
    if name == "feed":
        return _read_atom(root, url, problem)
    if name in ("rss", "rdf", "channel"):
        return _read_rss(root, url, ListingKind.RDF if name == "rdf" else ListingKind.RSS, problem)
    raise NotAListingError(f"its root element is <{name}>")


def read_json_feed(body: bytes, url: str) -> Listing:
    """Read a JSON Feed (https://www.jsonfeed.org/version/1.1/). Raises `NotAListingError` for other JSON."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAListingError("it is broken JSON") from None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise NotAListingError("it is JSON, but no JSON Feed")
    items = feed.get("items")
    language = _text(feed.get("language"))
    entries = []
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        link = absolute_url(url, _text(item.get("url")) or _text(item.get("external_url")) or "")
        if link is None:
            continue
        authors = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else [])
        entries.append(
            ListingEntry(
                url=link,
                title=_title(_text(item.get("title"))),
                published_at=read_date(_text(item.get("date_published"))),
                modified_at=read_date(_text(item.get("date_modified"))),
                language=_text(item.get("language")) or language,
                authors=_names(a.get("name") for a in authors if isinstance(a, dict))
                if isinstance(authors, list)
                else (),
            )
        )
    return Listing(
        kind=ListingKind.JSON_FEED, url=url, entries=tuple(entries), title=_title(_text(feed.get("title")))
    )


def _read_rss(root: etree._Element, url: str, kind: ListingKind, problem: str | None) -> Listing:
    channel = root if local_name(root) == "channel" else _child(root, "channel")
    language = _language(channel) if channel is not None else None
    title = _title(_child_text(channel, "title")) if channel is not None else None
    entries = []
    for item in root.iter():
        if local_name(item) != "item":
            continue
        link = _rss_link(item, url)
        if link is None:
            continue
        entries.append(
            ListingEntry(
                url=link,
                title=_title(_child_text(item, "title")),
                published_at=_first_date(item, _DATE_TAGS),
                modified_at=_first_date(item, _UPDATE_TAGS),
                language=_language(item) or language,
                authors=_names(_texts(item, ("creator",)) or _rss_authors(item)),
            )
        )
    return Listing(kind=kind, url=url, entries=tuple(entries), title=title, problem=problem)


def _read_atom(root: etree._Element, url: str, problem: str | None) -> Listing:
    language = root.get(XML_LANG)
    base = absolute_url(url, root.get("{http://www.w3.org/XML/1998/namespace}base", "")) or url
    feed_authors = _atom_authors(root)
    entries = []
    for entry in root.iter():
        if local_name(entry) != "entry":
            continue
        link = _atom_link(entry, base)
        if link is None:
            continue
        entries.append(
            ListingEntry(
                url=link,
                title=_title(_child_text(entry, "title")),
                published_at=_first_date(entry, _DATE_TAGS) or _first_date(entry, _UPDATE_TAGS),
                modified_at=_first_date(entry, _UPDATE_TAGS),
                language=entry.get(XML_LANG) or language,
                authors=_atom_authors(entry) or feed_authors,
            )
        )
    return Listing(
        kind=ListingKind.ATOM,
        url=url,
        entries=tuple(entries),
        title=_title(_child_text(root, "title")),
        problem=problem,
    )


def _rss_link(item: etree._Element, base: str) -> str | None:
    """Prefer the publisher's own URL over a feed service's, the link over the guid."""
    original = _child_text(item, "origlink")  # FeedBurner: the link is a redirect through its server
    if original:
        return absolute_url(base, original)
    for child in item:
        if local_name(child) == "link":
            text = (child.text or "").strip() or (
                child.get("href", "") if child.get("rel", "alternate") == "alternate" else ""
            )
            link = absolute_url(base, text) if text else None
            if link:
                return link
    guid = _child(item, "guid")
    if guid is not None and guid.get("isPermaLink", "true").lower() != "false":
        text = (guid.text or "").strip()
        if text.lower().startswith(("http://", "https://")):
            return absolute_url(base, text)
    about = item.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", "")
    return absolute_url(base, about) if about else None


def _atom_link(entry: etree._Element, base: str) -> str | None:
    found: str | None = None
    for child in entry:
        if local_name(child) != "link" or not child.get("href"):
            continue
        rel = child.get("rel", "alternate")
        if rel == "alternate" and "html" in child.get("type", "text/html"):
            return absolute_url(base, child.get("href", ""))
        if rel == "alternate" and found is None:
            found = absolute_url(base, child.get("href", ""))
    return found


def _atom_authors(element: etree._Element) -> tuple[str, ...]:
    return _names(_child_text(child, "name") for child in element if local_name(child) == "author")


def _rss_authors(item: etree._Element) -> list[str]:
    """RSS 2.0 has `mail@example.com (Name)`, and much else in practice; only clear names are taken."""
    names = []
    for text in _texts(item, ("author",)):
        if "@" in text:
            _, bracket, rest = text.partition("(")
            text = rest.rstrip(") ") if bracket else ""
        names.append(text)
    return names


def _names(names: Any) -> tuple[str, ...]:
    kept = (" ".join(html.unescape(name).split()) for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in kept if 0 < len(name) <= 100))


def _language(element: etree._Element) -> str | None:
    return element.get(XML_LANG) or _child_text(element, "language") or None


def _first_date(element: etree._Element, tags: tuple[str, ...]) -> Any:
    found = {local_name(child): child.text for child in reversed(element)}
    return next((date for tag in tags if (date := read_date(found.get(tag)))), None)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _child_text(element: etree._Element, name: str) -> str | None:
    """The text of the child of that name; of several, one of the feed's own, not `media:title` or so."""
    children = [child for child in element if local_name(child) == name]
    own = [child for child in children if not namespace(child) or namespace(child) == namespace(element)]
    for child in own or children:
        text = "".join(str(part) for part in child.itertext()).strip()
        if text:
            return text
    return None


def _texts(element: etree._Element, names: tuple[str, ...]) -> list[str]:
    return [child.text.strip() for child in element if local_name(child) in names and child.text]


def _title(text: str | None) -> str | None:
    """Titles may hold HTML, escaped once more: entities are undone, tags are not worth a parser here."""
    if not text:
        return None
    return " ".join(html.unescape(text[:LONGEST_TITLE]).split()) or None


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None
