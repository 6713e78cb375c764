"""The tables of stories: the record, what people decided about it, and the index that finds it again."""

from sqlalchemy import Column, Float, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from newscrawl.store.metadata import metadata
from newscrawl.store.types import BigId, CleanText, JsonValue, StringList, UtcDateTime

stories = Table(
    "stories",
    metadata,
    # Given by the engine, under the write lock.
    Column("id", BigId, primary_key=True, autoincrement=False),
    Column("title", CleanText, nullable=False),
    # No foreign key: articles name their story, and two tables that name each other cannot be created,
    # loaded or dropped in any order.
    Column("canonical_article_id", BigId),
    Column("first_published_at", UtcDateTime),
    Column("last_published_at", UtcDateTime),
    Column("article_count", Integer, nullable=False),
    Column("site_count", Integer, nullable=False),
    Column("source_count", Integer, nullable=False, server_default=text("0")),
    Column("languages", StringList, nullable=False),
    Column("merged_into_id", BigId, ForeignKey("stories.id")),
    Column("created_at", UtcDateTime, nullable=False),
    Index(None, "last_published_at"),
    Index(None, "merged_into_id"),
)

story_links = Table(
    "story_links",
    metadata,
    Column("from_story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("to_story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("score", Float, nullable=False),
    Index(None, "to_story_id"),
)

story_decisions = Table(
    "story_decisions",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Column("kind", Text, nullable=False),  # merge, split; the engine's own are repair_...
    Column("story_id", BigId, ForeignKey("stories.id"), nullable=False),
    Column("other_story_id", BigId, ForeignKey("stories.id"), nullable=False),
    Column("article_ids", JsonValue, nullable=False),
    Column("score", Float),
    Index(None, "kind"),
    Index(None, "story_id"),
    Index(None, "other_story_id"),
)

story_article_index = Table(
    "story_article_index",
    metadata,
    Column(
        "article_id",
        BigId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("text_hash", BigId),
    Column("version", Integer, nullable=False),
    Column("day", Float),  # days since 1970 of the publication; null where the page has no date
    Column("seen_day", Float, nullable=False),
    Column("token_count", Integer, nullable=False),
    Column("shingle_count", Integer, nullable=False),
    Column("cues", StringList, nullable=False),
    Column("shingles", LargeBinary, nullable=False),
    Column("terms", LargeBinary),  # null once the article is too old to be moved
    Column("moments", LargeBinary, nullable=False),
    Column("bands", LargeBinary, nullable=False),
    Index(None, "text_hash"),
)
Index(
    "ix_story_article_index_window",
    story_article_index.c.article_id,
    sqlite_where=story_article_index.c.terms.is_not(None),
    postgresql_where=story_article_index.c.terms.is_not(None),
)

# Without a foreign key, which would want a second tree as large as this one. What an article has here is
# in story_article_index.bands; rows of articles that are gone lead nowhere.
story_bands = Table(
    "story_bands",
    metadata,
    Column("band", Integer, primary_key=True, autoincrement=False),
    Column("article_id", BigId, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

# The bands of the newest articles, before they go into story_bands together. No id is used twice
# (AUTOINCREMENT): a process that has read the log tells by ids and counts what was taken out since.
story_band_log = Table(
    "story_band_log",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("article_id", BigId, nullable=False),
    Column("bands", LargeBinary, nullable=False),
    sqlite_autoincrement=True,
)

story_vectors = Table(
    "story_vectors",
    metadata,
    Column(
        "story_id", BigId, ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    ),
    Column("size", Integer, nullable=False),
    Column("day_sum", Float, nullable=False),
    Column("day_count", Integer, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Column("moments", LargeBinary, nullable=False),
    Column("moment_counts", LargeBinary, nullable=False),
    Column("newest_article_id", BigId, nullable=False),
    Index(None, "newest_article_id"),
)

story_postings = Table(
    "story_postings",
    metadata,
    Column("term", BigId, primary_key=True, autoincrement=False),
    Column("period", Integer, primary_key=True, autoincrement=False),
    Column("story_ids", LargeBinary, nullable=False),
    Column("newest_article_id", BigId, nullable=False),
    sqlite_with_rowid=False,
)

# What the newest articles post, a row a batch, before it goes into story_postings together. As with
# story_band_log, no id is used twice.
story_posting_log = Table(
    "story_posting_log",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("posts", LargeBinary, nullable=False),  # term, period, story id in 4 bytes each
    sqlite_autoincrement=True,
)

story_frequencies = Table(
    "story_frequencies",
    metadata,
    # 0 is the snapshot; the others are the log of what was counted since, one row a batch.
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("article_id", BigId, nullable=False),  # the newest article that was counted
    Column("articles", Float, nullable=False),
    Column("terms", LargeBinary, nullable=False),
    Column("counts", LargeBinary, nullable=False),
)
