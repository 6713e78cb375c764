"""The tables around an article: its rows, its addresses, its past, its page and what was cut from it.

docs/schema.md tells what each column means; a test holds the two equal.
"""

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from newscrawl.store.metadata import metadata
from newscrawl.store.types import BigId, CleanText, JsonValue, StringList, UtcDateTime

articles = Table(
    "articles",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("url", CleanText, nullable=False),
    Column("canonical_url", CleanText, nullable=False),
    Column("site", CleanText, nullable=False),
    Column("status", Text, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("authors", StringList, nullable=False),
    Column("credits", StringList, nullable=False, server_default=text("'[]'")),
    Column("agency", Text),
    Column("language", CleanText),
    Column("published_at", UtcDateTime),
    Column("modified_at", UtcDateTime),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("text_changed_at", UtcDateTime, nullable=False),
    Column("fetched_at", UtcDateTime),
    # The story engine's columns (store/story_*.py), together so that one UPDATE sets them.
    Column("story_id", BigId, ForeignKey("stories.id")),
    Column("relation", Text),
    Column("copy_of_id", BigId, ForeignKey("articles.id")),
    Column("source", CleanText),
    Column("match_kind", Text),
    Column("match_score", Float),
    Column("match_article_id", BigId),
    Column("site_name", CleanText),
    Column("section", CleanText),
    Column("tags", StringList, nullable=False),
    Column("image_url", CleanText),
    Column("description", CleanText),
    Column("paywalled", Boolean, nullable=False),
    Column("robots", StringList, nullable=False),
    Column("notes", StringList, nullable=False),
    Column("word_count", Integer, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("cleaner_version", Text, nullable=False),
    Column("crawl_id", BigId, ForeignKey("crawls.id")),
    Index(None, "site", "published_at"),
    Index(None, "published_at"),
    Index(None, "first_seen_at"),
    Index(None, "story_id"),
    Index(None, "copy_of_id"),
    Index(None, "status"),
)

article_urls = Table(
    "article_urls",
    metadata,
    Column("url_key", CleanText, primary_key=True),
    Column("article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("source", Text, nullable=False),
    Index(None, "article_id"),
)

article_revisions = Table(
    "article_revisions",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
    Column("title", CleanText, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("text_hash", Text, nullable=False),
    Column("cleaner_version", Text, nullable=False),
    Index(None, "article_id", "seen_at"),
)

removed_blocks = Table(
    "removed_blocks",
    metadata,
    Column("article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    # A paragraph can lose its dateline and its last line: two rows with one position.
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("path", CleanText, nullable=False),
    # The blocks of an article lie beside one another, without a second tree for the key.
    sqlite_with_rowid=False,
)

raw_pages = Table(
    "raw_pages",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
    Column("url", CleanText, nullable=False),
    Column("requested_url", CleanText, nullable=False),
    Column("fetched_at", UtcDateTime, nullable=False),
    Column("http_status", Integer, nullable=False),
    Column("encoding", CleanText),
    Column("headers", JsonValue, nullable=False),
    Column("body_size", Integer, nullable=False),
    Column("body_hash", Text, nullable=False),
    # Last: SQLite finds the columns before it without walking through its overflow pages.
    Column("body", LargeBinary, nullable=False),
    Index(None, "article_id", "fetched_at"),
)
