"""What a page says about itself, read and judged: the fields of an article beside its text."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """The metadata of one page. Every string is clean: no NUL, no lone surrogate, single blanks.

    Dates are aware: with the offset that the page gives, else UTC; a date without a time is midnight.
    `language` is BCP 47 as declared by the page, unverified. `authors` are people; `credits` are
    agencies, desks and outlets that the page names as its author. URLs are absolute http(s) URLs.
    `robots` holds directives in lower case, such as `noindex` or `tdm-reservation`. `article_body` is
    JSON-LD's articleBody with its line breaks. `kind_hint` is the declared type in lower case
    (`newsarticle`, `article`, `website`, `videoobject`). `notes` are slugs such as `date:impossible`.
    """

    title: str = ""
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
    canonical_url: str | None = None
    robots: tuple[str, ...] = ()
    paywalled: bool = False
    article_body: str | None = None
    kind_hint: str | None = None
    notes: tuple[str, ...] = ()
