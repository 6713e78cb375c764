"""Sitemaps, news sitemaps, sitemap indexes and plain lists of URLs (https://www.sitemaps.org/protocol.html)."""

from lxml import etree

from newscrawl.discover.dates import read_date
from newscrawl.discover.feed_fields import LONGEST_TITLE
from newscrawl.discover.listing import Listing, ListingEntry, ListingKind, NotAListingError
from newscrawl.discover.safe_xml import local_name
from newscrawl.discover.weburl import absolute_url

MOST_ENTRIES = 50_000
"""Entries read of one sitemap: the protocol's own limit."""


def read_sitemap(root: etree._Element, url: str, problem: str | None) -> Listing:
    """Read a `urlset` or a `sitemapindex`. Raises `NotAListingError` where `root` is neither."""
    name = local_name(root)
    if name not in ("urlset", "sitemapindex"):
        raise NotAListingError(f"its root element is <{name}>")
    wanted = "url" if name == "urlset" else "sitemap"
    entries: list[ListingEntry] = []
    for element in root:
        if local_name(element) == wanted and (entry := _read_entry(element, url)) is not None:
            entries.append(entry)
            if len(entries) == MOST_ENTRIES:
                break
    if name == "sitemapindex":
        kind = ListingKind.SITEMAP_INDEX
    elif any(entry.is_news for entry in entries):
        kind = ListingKind.NEWS_SITEMAP
    else:
        kind = ListingKind.SITEMAP
    return Listing(kind=kind, url=url, entries=tuple(entries), problem=problem)


def read_url_list(body: bytes, url: str) -> Listing:
    """Read a sitemap in plain text. Raises `NotAListingError` unless its first line is a URL."""
    lines = body.decode("utf-8-sig", "replace").splitlines()[:MOST_ENTRIES]
    links = [line.strip() for line in lines if line.strip()]
    if not links or not links[0].lower().startswith(("http://", "https://")):
        raise NotAListingError("it is plain text")
    found = (absolute_url(url, link) for link in links)
    return Listing(kind=ListingKind.URL_LIST, url=url, entries=tuple(ListingEntry(url=u) for u in found if u))


def _read_entry(element: etree._Element, base: str) -> ListingEntry | None:
    fields: dict[str, str] = {}
    is_news = False
    for child in element.iter():
        name = local_name(child)
        if name == "news":
            is_news = True
        elif child.text and child.text.strip():
            fields.setdefault(name, child.text.strip())
    link = absolute_url(base, fields.get("loc", ""))
    if link is None:
        return None
    if not is_news:  # `title` and the like would be an image's or a video's
        return ListingEntry(url=link, modified_at=read_date(fields.get("lastmod")))
    return ListingEntry(
        url=link,
        title=" ".join(fields.get("title", "")[:LONGEST_TITLE].split()) or None,
        published_at=read_date(fields.get("publication_date")),
        modified_at=read_date(fields.get("lastmod")),
        language=fields.get("language"),
        is_news=True,
    )
