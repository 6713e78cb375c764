"""The page as it came, compressed, so that a better rule can clean it again without fetching anything."""

from typing import Any

import zstandard
from sqlalchemy import Connection, select

from newscrawl.model import Page
from newscrawl.store.article_tables import articles, raw_pages
from newscrawl.store.keys import bytes_digest

COMPRESSION_LEVEL = 3
"""zstd level 3: 0.7 ms and 5.1x for a page of 169 KB."""
LARGEST_BODY_BYTES = 64 * 1024 * 1024
"""What decompression may give, eight times the largest page that a crawl accepts: a damaged or forged row
cannot fill the memory."""


def raw_page_row(page: Page, digest: str | None = None) -> dict[str, Any]:
    """Return the row of `raw_pages` for `page`, but for the article's id."""
    return {
        "url": page.url,
        "requested_url": page.requested_url,
        "fetched_at": page.fetched_at,
        "http_status": page.http_status,
        "encoding": page.encoding,
        "headers": [list(header) for header in page.headers],
        "body_size": len(page.body),
        "body_hash": digest or bytes_digest(page.body),
        "body": zstandard.ZstdCompressor(level=COMPRESSION_LEVEL).compress(page.body),
    }


def read_raw_page(connection: Connection, article_id: int) -> Page | None:
    """Return the page that the article's present row was made from, or None where it was not kept."""
    statement = (
        select(raw_pages)
        .join(articles, articles.c.id == raw_pages.c.article_id)
        .where(articles.c.id == article_id, raw_pages.c.fetched_at == articles.c.fetched_at)
        .order_by(raw_pages.c.id.desc())
        .limit(1)
    )
    row = connection.execute(statement).one_or_none()
    if row is None:
        return None
    return Page(
        url=row.url,
        requested_url=row.requested_url,
        http_status=row.http_status,
        body=decompress(row.body),
        fetched_at=row.fetched_at,
        headers=tuple((str(name), str(value)) for name, value in row.headers),
        encoding=row.encoding,
    )


def decompress(body: bytes) -> bytes:
    """Return the page's bytes. Raises `zstandard.ZstdError` where they are damaged or too many."""
    return zstandard.ZstdDecompressor().decompress(body, max_output_size=LARGEST_BODY_BYTES)
