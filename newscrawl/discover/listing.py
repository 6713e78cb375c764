"""A listing: what a feed or a sitemap says there is to read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ListingKind(StrEnum):
    """The formats that are understood."""

    RSS = "rss"
    RDF = "rdf"
    ATOM = "atom"
    JSON_FEED = "json_feed"
    SITEMAP = "sitemap"
    NEWS_SITEMAP = "news_sitemap"
    SITEMAP_INDEX = "sitemap_index"
    URL_LIST = "url_list"  # a sitemap in plain text, one URL a line


FEED_KINDS = frozenset({ListingKind.RSS, ListingKind.RDF, ListingKind.ATOM, ListingKind.JSON_FEED})


@dataclass(frozen=True, slots=True, kw_only=True)
class ListingEntry:
    """One page (in a sitemap index: one further sitemap) and what the listing says of it."""

    url: str
    title: str | None = None
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    is_news: bool = False  # the entry has `news:news` fields


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A feed or sitemap, read. `problem` says what was mended (a cut end, a raw ampersand), if anything."""

    kind: ListingKind
    url: str
    entries: tuple[ListingEntry, ...] = ()
    title: str | None = None
    problem: str | None = None

    @property
    def is_feed(self) -> bool:
        """Whether every entry is an article by the publisher's own word; sitemaps list anything."""
        return self.kind in FEED_KINDS


class NotAListingError(Exception):
    """The document is neither a feed nor a sitemap. The message says what it seems to be; `is_html`: a page,
    which may link to what was looked for.
    """

    def __init__(self, message: str, *, is_html: bool = False) -> None:
        super().__init__(message)
        self.is_html = is_html
