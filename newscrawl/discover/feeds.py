"""RSS 0.9-2.0, RDF and Atom, read by feedparser: who is listed, with title, date, language and authors.

feedparser gets what `safe_xml` let through and mended, as well-formed UTF-8 without declarations, and of that
only the fields that are used, each cut to its longest: an author of 200 kB holds its pattern for mail
addresses for more than half a minute, 20,000 categories of one item take it 7 s, and a `media:credit` in the
wrong place ends it. It gets no base URL: it would take a guid that is just a number for a path, so links are
made absolute here. 10,000 items (6.8 MB) take 2.6 s of CPU; reading them with lxml alone took 0.7 s.
"""

import calendar
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser
from lxml import etree
from w3lib.html import remove_tags

from newscrawl.discover.dates import LONGEST_DATE, read_date
from newscrawl.discover.feed_fields import LONGEST_NAME, LONGEST_TITLE, read_names, read_title
from newscrawl.discover.listing import Listing, ListingEntry, ListingKind, NotAListingError
from newscrawl.discover.safe_xml import local_name
from newscrawl.discover.weburl import LONGEST_URL, absolute_url

_KINDS = {
    "rss": ListingKind.RSS,
    "channel": ListingKind.RSS,
    "rdf": ListingKind.RDF,
    "feed": ListingKind.ATOM,
}
_ENTRIES = frozenset({"item", "entry"})
_LONGEST = {
    "title": LONGEST_TITLE,
    **dict.fromkeys(("link", "guid", "id", "origlink"), LONGEST_URL),
    **dict.fromkeys(("author", "creator", "name"), 2 * LONGEST_NAME),  # RSS: with a mail address
    **dict.fromkeys(("published", "pubdate", "issued", "created"), LONGEST_DATE),
    **dict.fromkeys(("date", "updated", "modified"), LONGEST_DATE),
    "language": 35,  # RFC 5646, 4.4.1
}
"""The fields that are used, by local name, and the characters of each that feedparser gets to see."""


def read_feed(root: etree._Element, url: str, problem: str | None) -> Listing:
    """Read an RSS, RDF or Atom document. Raises `NotAListingError` where `root` is none of them.

    feedparser's `bozo` becomes the listing's `problem`, where `problem` names none yet.
    """
    name = local_name(root)
    kind = _KINDS.get(name)
    if kind is None:
        raise NotAListingError(f"its root element is <{name}>")
    _leave_used_fields(root)
    parsed = _parse(etree.tostring(root, encoding="utf-8"))
    if problem is None and parsed.bozo:
        problem = str(parsed.bozo_exception)[:200]
    return Listing(
        kind=kind,
        url=url,
        entries=tuple(_entries(parsed, kind, url)),
        title=_title(parsed.feed),
        problem=problem,
    )


def _leave_used_fields(root: etree._Element) -> None:
    """Take out of the tree what is not used, cut what is too long, and put all entries side by side: where an
    end tag is missing, one entry stands within another or even within its link.
    """
    channel = next((child for child in root if local_name(child) == "channel"), root)
    entries = [element for element in root.iter() if local_name(element) in _ENTRIES]
    for entry in entries:
        parent = entry.getparent()
        if parent is not None:
            parent.remove(entry)
    parts = [root, channel, *entries]
    while parts:
        part = parts.pop()
        for child in list(part):
            name = local_name(child)
            if name == "author" and len(child):
                parts.append(child)
            elif name in _LONGEST:
                text = "".join(str(text) for text in child.itertext())
                child[:] = []
                child.text = text.strip()[: _LONGEST[name] + 1]  # one more, so that it still is too long
            elif child is not channel:
                part.remove(child)
    channel.extend(entries)


def _parse(document: bytes) -> Any:
    try:
        return feedparser.parse(
            io.BytesIO(document),  # never the bytes themselves: feedparser would try them as a file's name
            response_headers={"content-type": "application/xml; charset=utf-8"},
            resolve_relative_uris=False,  # those within HTML
            sanitize_html=False,  # titles lose their tags here, and nothing else is taken
        )
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as error:
        raise NotAListingError(f"feedparser cannot read it: {error!r}"[:200]) from None


def _entries(parsed: Any, kind: ListingKind, url: str) -> Iterator[ListingEntry]:
    is_atom = kind == ListingKind.ATOM
    feed_language = parsed.feed.get("language")
    feed_authors = _authors(parsed.feed) if is_atom else ()
    for entry in parsed.entries:
        link = _link(entry, url, is_atom=is_atom)
        if link is None:
            continue
        published, updated = _date(entry, "published"), _date(entry, "updated")
        if not is_atom and published is None:
            # `dc:date`, the only date of many RDF feeds, is an update for feedparser.
            published, updated = updated or _date(entry, "created"), None
        yield ListingEntry(
            url=link,
            title=_title(entry),
            published_at=published or updated or _date(entry, "created"),
            modified_at=updated,
            language=entry.get("language") or entry.get("title_detail", {}).get("language") or feed_language,
            authors=_authors(entry) or feed_authors,
        )


def _link(entry: Any, base: str, *, is_atom: bool) -> str | None:
    """Prefer the publisher's own URL over a feed service's, the link over the guid."""
    original = entry.get("feedburner_origlink") or entry.get("pheedo_origlink")
    if original:  # the link is a redirect through the service's server
        return absolute_url(base, original)
    links = [each for each in entry.get("links", ()) if each.get("rel") == "alternate" and each.get("href")]
    links.sort(key=lambda each: "html" not in each.get("type", "text/html"))
    for each in links:
        if link := absolute_url(base, each["href"]):
            return link
    identity = entry.get("id", "")
    if is_atom:  # its id names an entry, not a page
        return None
    if "guidislink" not in entry:  # `rdf:about`
        return absolute_url(base, identity)
    # For feedparser a guid is no link where it says so, and also where there is a link, be it empty.
    is_page = entry["guidislink"] or entry.get("link") == ""
    return absolute_url(base, identity) if is_page and identity.startswith(("http://", "https://")) else None


def _title(element: Any) -> str | None:
    title = element.get("title")
    if title and element.get("title_detail", {}).get("type") in ("text/html", "application/xhtml+xml"):
        title = remove_tags(title)
    return read_title(title)


def _date(entry: Any, name: str) -> datetime | None:
    """Return the date in the zone that it is written in; where only feedparser knows the form, in UTC."""
    if not dict.__contains__(entry, name):  # feedparser answers for `updated` with `published`
        return None
    text = entry[name]
    if (date := read_date(text)) is not None:
        return date
    parts = entry.get(f"{name}_parsed") if len(text) <= LONGEST_DATE else None
    try:
        return datetime.fromtimestamp(calendar.timegm(parts), UTC) if parts else None
    except (ValueError, OverflowError, OSError):
        return None


def _authors(element: Any) -> tuple[str, ...]:
    authors: Iterable[Any] = element.get("authors", ())
    return read_names(author.get("name") for author in authors)
