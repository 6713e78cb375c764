"""What is known of each URL that was ever fetched: one row a URL, with its latest outcome."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select, update

from newscrawl.model import ArticleStatus, FetchStatus, site_of
from newscrawl.store.article_tables import article_urls, articles
from newscrawl.store.chunks import chunks
from newscrawl.store.crawl_tables import fetches
from newscrawl.store.identity import address_key
from newscrawl.store.keys import index_key
from newscrawl.store.upsert import insert_into

FAILURES = frozenset(
    {
        FetchStatus.TRUNCATED,
        FetchStatus.GONE,
        FetchStatus.HTTP_ERROR,
        FetchStatus.ROBOTS,
        FetchStatus.REFUSED,
        FetchStatus.UNREACHABLE,
        FetchStatus.PARKED,
        FetchStatus.ERROR,
    }
)
"""Outcomes that `fetches.error_count` counts, in a row."""

KEEPS_VALIDATORS = (FAILURES | {FetchStatus.NOT_MODIFIED}) - {FetchStatus.GONE}
"""Outcomes that bring no body. ETag, Last-Modified and body hash stay as they were: they describe what is
stored. A page that is gone loses them: when it comes back it is to be sent whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchRecord:
    """The outcome of one fetch. `status` is a `FetchStatus`, or the `ArticleStatus` of the cleaned page.

    `next_fetch_at`: when the URL is due again; None: it is not planned.
    """

    url: str
    fetched_at: datetime
    status: str
    http_status: int | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    next_fetch_at: datetime | None = None
    detail: str | None = None
    crawl_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownUrl:
    """What the database knows of a URL: from its fetches, and from the article that it leads to.

    `fetched_at` is None for a URL that was never fetched itself but leads to a known article (another
    spelling, the AMP page, the address that redirects). `changed_at`: when its body was last seen to differ.
    """

    url: str
    status: str | None = None
    http_status: int | None = None
    first_fetched_at: datetime | None = None
    fetched_at: datetime | None = None
    changed_at: datetime | None = None
    next_fetch_at: datetime | None = None
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    fetch_count: int = 0
    error_count: int = 0
    article_id: int | None = None
    article_status: str | None = None
    published_at: datetime | None = None
    first_seen_at: datetime | None = None


def record_fetches(connection: Connection, records: Sequence[FetchRecord]) -> None:
    """Write the outcome of each fetch over what the URL's row held before.

    An outcome without a body (`KEEPS_VALIDATORS`) keeps ETag, Last-Modified and body hash. `GONE` marks
    the article that stands at exactly this address, if there is one; its text stays.
    """
    # In one order everywhere: two writers that update the same rows in different orders would deadlock.
    latest = {record.url: record for record in records}
    rows = [_row(latest[url]) for url in sorted(latest)]
    if not rows:
        return
    insert = insert_into(connection, fetches)
    new = insert.excluded
    # Spelled out: an IN list cannot go through executemany.
    fetched = and_(*(new.status != str(status) for status in sorted(KEEPS_VALIDATORS)))
    failed = or_(*(new.status == str(status) for status in sorted(FAILURES)))
    statement = insert.on_conflict_do_update(
        index_elements=[fetches.c.url],
        set_={
            "fetched_at": new.fetched_at,
            "changed_at": case((_body_differs(fetched, new), new.fetched_at), else_=fetches.c.changed_at),
            "next_fetch_at": new.next_fetch_at,
            "http_status": new.http_status,
            "status": new.status,
            "etag": case((fetched, new.etag), else_=func.coalesce(new.etag, fetches.c.etag)),
            "last_modified": case(
                (fetched, new.last_modified), else_=func.coalesce(new.last_modified, fetches.c.last_modified)
            ),
            "body_hash": case((fetched, new.body_hash), else_=fetches.c.body_hash),
            "fetch_count": fetches.c.fetch_count + 1,
            "error_count": case((failed, fetches.c.error_count + 1), else_=0),
            "detail": new.detail,
            "crawl_id": func.coalesce(new.crawl_id, fetches.c.crawl_id),
        },
    )
    connection.execute(statement, rows)
    _mark_gone(connection, [url for url in latest if latest[url].status == FetchStatus.GONE])


def known_urls(connection: Connection, urls: Iterable[str]) -> dict[str, KnownUrl]:
    """Return what is known of each of `urls`; those that nothing is known of are absent."""
    wanted = list(dict.fromkeys(urls))
    seen = _fetched(connection, wanted)
    article_of = _articles_at(connection, wanted)
    return {
        url: KnownUrl(url=url, **seen.get(url, {}), **article_of.get(url, {}))
        for url in wanted
        if url in seen or url in article_of
    }


def due_urls(connection: Connection, now: datetime, limit: int, site: str | None = None) -> list[str]:
    """Return up to `limit` URLs whose `next_fetch_at` has come, the longest waiting first."""
    statement = select(fetches.c.url).where(fetches.c.next_fetch_at <= now)
    if site is not None:
        statement = statement.where(fetches.c.site == site)
    return list(connection.scalars(statement.order_by(fetches.c.next_fetch_at, fetches.c.url).limit(limit)))


def _body_differs(fetched: ColumnElement[bool], new: Any) -> ColumnElement[bool]:
    return and_(fetched, new.body_hash.is_distinct_from(fetches.c.body_hash))


def _row(record: FetchRecord) -> dict[str, Any]:
    return {
        "url": index_key(record.url),
        "site": site_of(record.url),
        "first_fetched_at": record.fetched_at,
        "fetched_at": record.fetched_at,
        "changed_at": record.fetched_at,
        "next_fetch_at": record.next_fetch_at,
        "http_status": record.http_status,
        "status": str(record.status),
        "etag": record.etag,
        "last_modified": record.last_modified,
        "body_hash": record.body_hash,
        "fetch_count": 1,
        "error_count": 1 if record.status in FAILURES else 0,
        "detail": record.detail,
        "crawl_id": record.crawl_id,
    }


_FETCHED_COLUMNS = (
    fetches.c.status,
    fetches.c.http_status,
    fetches.c.first_fetched_at,
    fetches.c.fetched_at,
    fetches.c.changed_at,
    fetches.c.next_fetch_at,
    fetches.c.etag,
    fetches.c.last_modified,
    fetches.c.body_hash,
    fetches.c.fetch_count,
    fetches.c.error_count,
)
_ARTICLE_COLUMNS = (
    articles.c.id.label("article_id"),
    articles.c.status.label("article_status"),
    articles.c.published_at,
    articles.c.first_seen_at,
)


def _fetched(connection: Connection, urls: Collection[str]) -> dict[str, Mapping[str, Any]]:
    by_key = {index_key(url): url for url in urls}
    found: dict[str, Mapping[str, Any]] = {}
    for part in chunks(by_key):
        statement = select(fetches.c.url, *_FETCHED_COLUMNS).where(fetches.c.url.in_(part))
        for key, *values in connection.execute(statement):
            names = (column.name for column in _FETCHED_COLUMNS)
            found[by_key[key]] = dict(zip(names, values, strict=True))
    return found


def _articles_at(connection: Connection, urls: Collection[str]) -> dict[str, Mapping[str, Any]]:
    urls_of: dict[str, list[str]] = {}
    for url in urls:
        urls_of.setdefault(address_key(url), []).append(url)
    found: dict[str, Mapping[str, Any]] = {}
    for part in chunks(urls_of):
        statement = (
            select(article_urls.c.url_key, *_ARTICLE_COLUMNS)
            .join(articles, articles.c.id == article_urls.c.article_id)
            .where(article_urls.c.url_key.in_(part))
        )
        for key, *values in connection.execute(statement):
            names = (column.name for column in _ARTICLE_COLUMNS)
            row = dict(zip(names, values, strict=True))
            found.update(dict.fromkeys(urls_of[key], row))
    return found


def _mark_gone(connection: Connection, urls: Collection[str]) -> None:
    for part in chunks(urls):
        keys = [address_key(url) for url in part]
        at_keys = select(article_urls.c.article_id).where(article_urls.c.url_key.in_(keys))
        connection.execute(
            update(articles)
            # Exactly this address: an old slug or an AMP page may be gone while the article lives.
            .where(
                articles.c.id.in_(at_keys), articles.c.url.in_(part), articles.c.status == ArticleStatus.OK
            )
            .values(status=ArticleStatus.GONE)
        )
