"""The tables of site memory: the blocks that recur on a site, and where each was seen.

docs/schema.md tells what each column means; a test holds the two equal.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, Table, Text

from newscrawl.store.metadata import metadata
from newscrawl.store.types import BigId, CleanText, UtcDateTime

site_boilerplate = Table(
    "site_boilerplate",
    metadata,
    Column("id", BigId, primary_key=True, autoincrement=True),
    Column("site", CleanText, nullable=False),
    # A hash of the site and the block's words (`newscrawl.clean.site_memory_page.block_key`).
    Column("block_key", BigInteger, nullable=False),
    Column("kind", Text, nullable=False),
    Column("text", CleanText, nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("state", Text, nullable=False),
    Column("first_seen_at", UtcDateTime, nullable=False),
    Column("last_seen_at", UtcDateTime, nullable=False),
    Column("state_changed_at", UtcDateTime, nullable=False),
    Column("note", CleanText),
    Index(None, "block_key", unique=True),
    Index(None, "site", "state"),
)

site_sightings = Table(
    "site_sightings",
    metadata,
    # Two numbers a row, since nearly every paragraph of every recent article has one.
    Column("block_key", BigInteger, primary_key=True, autoincrement=False),
    Column("article_id", BigId, primary_key=True, autoincrement=False),
    # The kind of block as which a rule of the cleaner cut it there; NULL: it stood in the text.
    Column("cut_kind", Text),
    Index(None, "article_id"),
    sqlite_with_rowid=False,
)

site_memory = Table(
    "site_memory",
    metadata,
    Column("site", CleanText, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("applied_version", Integer, nullable=False),
    Column("article_count", Integer, nullable=False),
    Column("trimmed_count", Integer, nullable=False),
    Column("trimmed_article_id", BigId, nullable=False),
)
