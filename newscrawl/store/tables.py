"""Every table, so that `metadata` is complete for migrations and checks."""

from newscrawl.store.article_tables import (
    article_revisions,
    article_urls,
    articles,
    raw_pages,
    removed_blocks,
)
from newscrawl.store.crawl_tables import crawls, feeds, fetches
from newscrawl.store.metadata import metadata
from newscrawl.store.site_memory_tables import site_boilerplate, site_memory, site_sightings
from newscrawl.store.story_embeddings import story_embeddings
from newscrawl.store.story_tables import (
    stories,
    story_article_index,
    story_band_log,
    story_bands,
    story_decisions,
    story_frequencies,
    story_links,
    story_posting_log,
    story_postings,
    story_vectors,
)

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
    "site_memory",
    "site_sightings",
    "stories",
    "story_article_index",
    "story_band_log",
    "story_bands",
    "story_decisions",
    "story_embeddings",
    "story_frequencies",
    "story_links",
    "story_posting_log",
    "story_postings",
    "story_vectors",
]
