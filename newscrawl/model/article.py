"""What cleaning a page gives: the article, and every block that was cut from it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ArticleStatus(StrEnum):
    """What became of a page. Only `OK` articles take part in stories."""

    OK = "ok"
    NOT_HTML = "not_html"  # empty, blank or binary
    TOO_DEEP = "too_deep"  # nested beyond what the parser keeps: text would be lost silently
    TOO_LARGE = "too_large"
    EMPTY = "empty"  # HTML, but no article text in it
    NOT_ARTICLE = "not_article"  # an index, login, tag or video page
    TIMEOUT = "timeout"  # cleaning was stopped
    GONE = "gone"  # was an article once; the site answers 404 or 410 now


class BlockKind(StrEnum):
    """Why a block does not belong to the article's text."""

    AD = "ad"
    RELATED = "related"
    BIO = "bio"
    BYLINE = "byline"
    DATELINE = "dateline"
    SHARE = "share"
    NEWSLETTER = "newsletter"
    COMMENTS = "comments"
    CAPTION = "caption"
    NAVIGATION = "navigation"
    LEGAL = "legal"
    PAYWALL = "paywall"
    SOURCE = "source"
    PROMO = "promo"
    TITLE = "title"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class RemovedBlock:
    """One visible block of the page that is not part of the article.

    `rule` is a stable slug such as `related:heading`; `path` is where the block stood (an XPath);
    `position` is its place among all text blocks of the page, kept ones included, from 0.
    """

    kind: BlockKind
    rule: str
    text: str
    path: str
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A page, cleaned. `text` holds the paragraphs, joined by blank lines.

    `authors` are people; `credits` are the agencies, desks and outlets that the byline names.
    Dates are aware (UTC offset as on the page where it gives one, else UTC). `language` is BCP 47.
    `robots` holds the page's directives in lower case, such as `noarchive`. `notes` are stable slugs
    on what was odd, such as `date:in-the-future`.
    """

    url: str
    canonical_url: str
    status: ArticleStatus
    cleaner_version: str
    title: str = ""
    text: str = ""
    authors: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    image_url: str | None = None
    description: str | None = None
    paywalled: bool = False
    robots: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    removed: tuple[RemovedBlock, ...] = ()

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The text's paragraphs, in the page's order."""
        return tuple(self.text.split("\n\n")) if self.text else ()
