"""Every table, so that `metadata` is complete for migrations and checks."""

from newscrawl.store.article_tables import (
    article_revisions,
    article_urls,
    articles,
    raw_pages,
    removed_blocks,
    site_boilerplate,
)
from newscrawl.store.crawl_tables import crawls, feeds, fetches
from newscrawl.store.metadata import metadata

__all__ = [
    "article_revisions",
    "article_urls",
    "articles",
    "crawls",
    "feeds",
    "fetches",
    "metadata",
    "raw_pages",
    "removed_blocks",
    "site_boilerplate",
]
