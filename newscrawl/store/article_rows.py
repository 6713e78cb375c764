"""An article as rows, and what a second look at the same page changes in them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum, auto
from typing import Any

from newscrawl.model import Article, ArticleStatus, CleanedPage, site_of
from newscrawl.store.fetch_state import FetchRecord
from newscrawl.store.identity import PageKeys, page_keys
from newscrawl.store.keys import bytes_digest, index_key, text_digest
from newscrawl.store.raw_page import raw_page_row
from newscrawl.store.types import storable
from newscrawl.stories.wire_credit import wire_agency

CJK_WORDS_PER_CHARACTER = 0.6
"""Words that a character counts for in scripts without spaces."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]")


class Change(Enum):
    """What a page did to the articles."""

    NEW = auto()  # a new article
    TEXT = auto()  # title or text changed: the old version went to the revisions
    DETAILS = auto()  # something else changed
    SEEN = auto()  # nothing changed
    KEPT = auto()  # the page has no article text now; the article that was read there before stays
    NOT_ARTICLE = auto()  # no row but the fetch's
    FAILED = auto()  # the row could not be written; the fetch's row says why


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPage:
    """A cleaned page, ready to be written. `raw` lacks the article's id, `article` the ids and times."""

    number: int
    cleaned: CleanedPage
    keys: PageKeys
    article: Mapping[str, Any]
    removed: tuple[Mapping[str, Any], ...]
    raw: Mapping[str, Any] | None
    fetches: tuple[FetchRecord, ...]
    seen_at: datetime | None

    @property
    def status(self) -> ArticleStatus:
        """The cleaned page's status."""
        return self.cleaned.article.status


def prepare_page(
    number: int,
    cleaned: CleanedPage,
    *,
    crawl_id: int | None,
    keep_raw: bool,
    next_fetch_at: datetime | None = None,
) -> PreparedPage:
    """Return the rows of `cleaned`, the `number`-th of its batch: all that can be done before the lock."""
    page, article = cleaned.page, cleaned.article
    keys = page_keys(cleaned)
    digest = bytes_digest(page.body) if page is not None else None
    wanted = article.status is not ArticleStatus.NOT_ARTICLE
    return PreparedPage(
        number=number,
        cleaned=cleaned,
        keys=keys,
        article=article_row(article, keys.canonical_url)
        | {"crawl_id": crawl_id, "fetched_at": page.fetched_at if page is not None else None},
        removed=tuple(_removed_row(at, block) for at, block in enumerate(article.removed)) if wanted else (),
        raw=raw_page_row(page, digest) if page is not None and keep_raw and wanted else None,
        fetches=fetch_records(cleaned, digest, crawl_id, next_fetch_at),
        seen_at=page.fetched_at if page is not None else None,
    )


def with_article(prepared: PreparedPage, article: Article) -> PreparedPage:
    """Return `prepared` with another text and other removed blocks (site memory cut or put back some).

    The fingerprint goes: the story engine makes one of the new text.
    """
    row = article_row(article, prepared.keys.canonical_url)
    changed = {name: row[name] for name in ("text", "word_count", "text_hash")}
    return replace(
        prepared,
        cleaned=replace(prepared.cleaned, article=article, fingerprint=None),
        article={**prepared.article, **changed},
        removed=tuple(_removed_row(at, block) for at, block in enumerate(article.removed)),
    )


def article_row(article: Article, canonical_url: str) -> dict[str, Any]:
    """Return the columns of `articles` that come from the page."""
    title, text = storable(article.title), storable(article.text)
    site = index_key(storable(site_of(article.url)))
    return {
        "url": storable(article.url),
        "canonical_url": canonical_url,
        "site": site,
        "status": str(article.status),
        "title": title,
        "text": text,
        "authors": tuple(storable(author) for author in article.authors),
        "credits": tuple(storable(credit) for credit in article.credits),
        "agency": wire_agency(article, site),
        "language": article.language,
        "published_at": within_calendar(article.published_at),
        "modified_at": within_calendar(article.modified_at),
        "site_name": article.site_name,
        "section": article.section,
        "tags": tuple(storable(tag) for tag in article.tags),
        "image_url": article.image_url,
        "description": article.description,
        "paywalled": article.paywalled,
        "robots": tuple(storable(word) for word in article.robots),
        "notes": tuple(storable(note) for note in article.notes),
        "word_count": count_words(text),
        "text_hash": text_digest(title, text),
        "cleaner_version": article.cleaner_version,
    }


def fetch_records(
    cleaned: CleanedPage, digest: str | None, crawl_id: int | None, next_fetch_at: datetime | None
) -> tuple[FetchRecord, ...]:
    """Return the outcome for the address that was asked for, and for the one where redirects ended."""
    page = cleaned.page
    if page is None:
        return ()
    headers = dict(reversed(page.headers))  # of a repeated header the first counts
    return tuple(
        FetchRecord(
            url=url,
            fetched_at=page.fetched_at,
            status=str(cleaned.article.status),
            http_status=page.http_status,
            etag=headers.get("etag"),
            last_modified=headers.get("last-modified"),
            body_hash=digest,
            next_fetch_at=next_fetch_at,
            crawl_id=crawl_id,
        )
        for url in dict.fromkeys((storable(page.requested_url), storable(page.url)))
    )


def count_words(text: str) -> int:
    """Return about how many words `text` has; characters of scripts without spaces count for 0.6 each.

    >>> count_words("Three small words"), count_words("今天下雨了")
    (3, 3)
    """
    if text.isascii():
        return len(text.split())
    spaced, characters = _CJK.subn(" ", text)
    return len(spaced.split()) + round(characters * CJK_WORDS_PER_CHARACTER)


def within_calendar(moment: datetime | None) -> datetime | None:
    """Return `moment` in UTC, or None where that falls out of the years 1 to 9999."""
    if moment is None:
        return None
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        return None


def _removed_row(number: int, block: Any) -> dict[str, Any]:
    return {
        "number": number,
        "position": block.position,
        "kind": str(block.kind),
        "rule": block.rule,
        "text": block.text,
        "path": block.path,
    }
