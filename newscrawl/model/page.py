"""What a fetch gives: the raw page, and what a feed or sitemap said of it beforehand."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from newscrawl.model.article import Article
from newscrawl.model.embedding import Embedding
from newscrawl.model.fingerprint import Fingerprint
from newscrawl.model.selectors import SiteSelectors


class FetchStatus(StrEnum):
    """The outcome of the latest fetch of a URL: one word on its row in `fetches`."""

    OK = "ok"
    NOT_MODIFIED = "not_modified"
    NOT_ARTICLE = "not_article"
    NOT_HTML = "not_html"
    NOT_FEED = "not_feed"
    TOO_LARGE = "too_large"
    TRUNCATED = "truncated"
    GONE = "gone"  # 404 or 410
    HTTP_ERROR = "http_error"
    ROBOTS = "robots"  # robots.txt forbids it, or could not be read
    REFUSED = "refused"  # an address or scheme that a crawl may not reach
    UNREACHABLE = "unreachable"  # DNS, connection, TLS or time-out
    PARKED = "parked"  # the site asked to come back much later
    ERROR = "error"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageHints:
    """What a feed or a news sitemap said of a page. A hint fills a gap; it never beats the page."""

    title: str | None = None
    published_at: datetime | None = None
    language: str | None = None
    authors: tuple[str, ...] = ()
    found_in: str | None = None  # URL of the feed, sitemap or index page
    is_listed: bool = False  # by a feed or a news sitemap: an article by the publisher's own word


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One fetched page, before cleaning. `body` is decompressed; `url` is where redirects ended.

    `headers` are the response's, in order, names in lower case. `encoding` is the charset that the
    HTTP header declared, if it did. `known_since` is when the article at this address was first seen, where
    one is known: an undated page grows older by it.
    """

    url: str
    requested_url: str
    http_status: int
    body: bytes
    fetched_at: datetime
    headers: tuple[tuple[str, str], ...] = ()
    encoding: str | None = None
    hints: PageHints = field(default_factory=PageHints)
    known_since: datetime | None = None
    rules: SiteSelectors | None = None  # what a sites file says of the site's elements


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanedPage:
    """A page after cleaning: what the store writes in one transaction.

    `page` is None for articles that were extracted elsewhere (`scrapy load`): there is no raw page to
    keep. `fingerprint` is None where the article takes no part in stories (its status is not `OK`),
    `embedding` also where no model is on (`NEWSCRAWL_MULTILINGUAL`).
    """

    page: Page | None
    article: Article
    fingerprint: Fingerprint | None
    embedding: Embedding | None = None
