"""The first schema: articles, crawl state, stories, the search index, and the views.

Revision ID: 0001
Revises: nothing
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from newscrawl.store.search_schema import create_search_index, drop_search_index

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

# SQLite numbers the rows of a table by itself only where the key is spelled INTEGER.
BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")

# As newscrawl/store/views.py had them at this revision.
VIEWS = {
    "latest_stories": """
SELECT
    s.id AS story_id,
    s.title,
    s.first_published_at,
    s.last_published_at,
    s.article_count,
    s.site_count,
    a.id AS canonical_article_id,
    a.site AS canonical_site,
    a.url AS canonical_url,
    a.language
FROM stories AS s
LEFT JOIN articles AS a ON a.id = s.canonical_article_id
WHERE s.merged_into_id IS NULL
ORDER BY s.last_published_at DESC, s.id DESC
""",
    "story_articles": """
SELECT
    a.story_id,
    s.title AS story_title,
    a.id AS article_id,
    CASE WHEN a.id = s.canonical_article_id THEN 1 ELSE 0 END AS is_canonical,
    a.relation,
    a.copy_of_id,
    a.match_kind,
    a.match_score,
    a.match_article_id,
    a.site,
    a.url,
    a.title,
    a.language,
    a.published_at,
    a.first_seen_at,
    a.word_count
FROM articles AS a
JOIN stories AS s ON s.id = a.story_id
""",
    "story_timeline": """
SELECT
    a.story_id,
    ROW_NUMBER() OVER (
        PARTITION BY a.story_id ORDER BY COALESCE(a.published_at, a.first_seen_at), a.id
    ) AS place,
    COALESCE(a.published_at, a.first_seen_at) AS told_at,
    a.site,
    a.relation,
    c.site AS copied_from_site,
    a.title,
    a.url,
    a.id AS article_id
FROM articles AS a
LEFT JOIN articles AS c ON c.id = a.copy_of_id
WHERE a.story_id IS NOT NULL
""",
    "removed_by_site": """
SELECT
    a.site,
    r.kind,
    r.rule,
    COUNT(*) AS block_count,
    COUNT(DISTINCT r.article_id) AS article_count,
    SUM(LENGTH(r.text)) AS character_count
FROM removed_blocks AS r
JOIN articles AS a ON a.id = r.article_id
GROUP BY a.site, r.kind, r.rule
""",
}


def upgrade() -> None:
    op.create_table(
        "crawls",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("spider", sa.Text(), nullable=False),
        sa.Column("args", JSON, nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finish_reason", sa.Text(), nullable=True),
        sa.Column("stats", JSON, nullable=True),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("host", sa.Text(), nullable=False),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crawls"),
    )
    op.create_index("ix_crawls_started_at", "crawls", ["started_at"])

    op.create_table(
        "feeds",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("first_polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("polled_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_poll_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("poll_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("item_count", sa.Integer(), nullable=True),
        sa.Column("new_count", sa.Integer(), nullable=True),
        sa.Column("last_new_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("url", name="pk_feeds"),
    )
    op.create_index("ix_feeds_next_poll_at", "feeds", ["next_poll_at"])
    op.create_index("ix_feeds_outlet", "feeds", ["outlet"])
    op.create_index("ix_feeds_site", "feeds", ["site"])

    op.create_table(
        "site_boilerplate",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("block_key", sa.BigInteger(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("page_count", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_site_boilerplate"),
    )
    op.create_index("ix_site_boilerplate_block_key", "site_boilerplate", ["block_key"], unique=True)
    op.create_index("ix_site_boilerplate_site_state", "site_boilerplate", ["site", "state"])

    op.create_table(
        "site_memory",
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("applied_version", sa.Integer(), nullable=False),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("trimmed_count", sa.Integer(), nullable=False),
        sa.Column("trimmed_article_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_site_memory"),
    )
    op.create_table(
        "site_sightings",
        sa.Column("block_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("article_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("cut_kind", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("block_key", "article_id", name="pk_site_sightings"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_site_sightings_article_id", "site_sightings", ["article_id"])

    op.create_table(
        "stories",
        sa.Column("id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("canonical_article_id", BIG_ID, nullable=True),
        sa.Column("first_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("article_count", sa.Integer(), nullable=False),
        sa.Column("site_count", sa.Integer(), nullable=False),
        sa.Column("languages", JSON, nullable=False),
        sa.Column("merged_into_id", BIG_ID, nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["merged_into_id"], ["stories.id"], name="fk_stories_merged_into_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_stories"),
    )
    op.create_index("ix_stories_last_published_at", "stories", ["last_published_at"])
    op.create_index("ix_stories_merged_into_id", "stories", ["merged_into_id"])

    op.create_table(
        "story_bands",
        sa.Column("band", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("article_id", BIG_ID, autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("band", "article_id", name="pk_story_bands"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_frequencies",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("articles", sa.Float(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=False),
        sa.Column("counts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_frequencies"),
    )
    op.create_table(
        "story_postings",
        sa.Column("term", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("period", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("story_ids", sa.LargeBinary(), nullable=False),
        sa.Column("newest_article_id", BIG_ID, nullable=False),
        sa.PrimaryKeyConstraint("term", "period", name="pk_story_postings"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "articles",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("authors", JSON, nullable=False),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("modified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("first_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text_changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("story_id", BIG_ID, nullable=True),
        sa.Column("relation", sa.Text(), nullable=True),
        sa.Column("copy_of_id", BIG_ID, nullable=True),
        sa.Column("match_kind", sa.Text(), nullable=True),
        sa.Column("match_score", sa.Float(), nullable=True),
        sa.Column("match_article_id", BIG_ID, nullable=True),
        sa.Column("site_name", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("image_url", sa.Text(), nullable=True),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("paywalled", sa.Boolean(), nullable=False),
        sa.Column("robots", JSON, nullable=False),
        sa.Column("notes", JSON, nullable=False),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("cleaner_version", sa.Text(), nullable=False),
        sa.Column("crawl_id", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(["copy_of_id"], ["articles.id"], name="fk_articles_copy_of_id_articles"),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_articles_crawl_id_crawls"),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_articles_story_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("ix_articles_copy_of_id", "articles", ["copy_of_id"])
    op.create_index("ix_articles_first_seen_at", "articles", ["first_seen_at"])
    op.create_index("ix_articles_published_at", "articles", ["published_at"])
    op.create_index("ix_articles_site_published_at", "articles", ["site", "published_at"])
    op.create_index("ix_articles_status", "articles", ["status"])
    op.create_index("ix_articles_story_id", "articles", ["story_id"])

    op.create_table(
        "fetches",
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("site", sa.Text(), nullable=False),
        sa.Column("first_fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("next_fetch_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("http_status", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("fetch_count", sa.Integer(), nullable=False),
        sa.Column("error_count", sa.Integer(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("crawl_id", BIG_ID, nullable=True),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_fetches_crawl_id_crawls"),
        sa.PrimaryKeyConstraint("url", name="pk_fetches"),
    )
    op.create_index("ix_fetches_next_fetch_at", "fetches", ["next_fetch_at"])
    op.create_index("ix_fetches_site_status", "fetches", ["site", "status"])

    op.create_table(
        "outlet_claims",
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("crawl_id", BIG_ID, nullable=False),
        sa.Column("claimed_until", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["crawl_id"], ["crawls.id"], name="fk_outlet_claims_crawl_id_crawls"),
        sa.PrimaryKeyConstraint("outlet", name="pk_outlet_claims"),
    )
    op.create_table(
        "story_decisions",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("story_id", BIG_ID, nullable=False),
        sa.Column("other_story_id", BIG_ID, nullable=False),
        sa.Column("article_ids", JSON, nullable=False),
        sa.Column("score", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(
            ["other_story_id"], ["stories.id"], name="fk_story_decisions_other_story_id_stories"
        ),
        sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name="fk_story_decisions_story_id_stories"),
        sa.PrimaryKeyConstraint("id", name="pk_story_decisions"),
    )
    op.create_index("ix_story_decisions_kind", "story_decisions", ["kind"])
    op.create_index("ix_story_decisions_other_story_id", "story_decisions", ["other_story_id"])
    op.create_index("ix_story_decisions_story_id", "story_decisions", ["story_id"])

    op.create_table(
        "story_links",
        sa.Column("from_story_id", BIG_ID, nullable=False),
        sa.Column("to_story_id", BIG_ID, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["from_story_id"], ["stories.id"], name="fk_story_links_from_story_id_stories", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["to_story_id"], ["stories.id"], name="fk_story_links_to_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("from_story_id", "to_story_id", "kind", name="pk_story_links"),
    )
    op.create_index("ix_story_links_to_story_id", "story_links", ["to_story_id"])

    op.create_table(
        "story_vectors",
        sa.Column("story_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("day_sum", sa.Float(), nullable=False),
        sa.Column("day_count", sa.Integer(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.Column("moments", sa.LargeBinary(), nullable=False),
        sa.Column("moment_counts", sa.LargeBinary(), nullable=False),
        sa.Column("newest_article_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name="fk_story_vectors_story_id_stories", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", name="pk_story_vectors"),
    )
    op.create_index("ix_story_vectors_newest_article_id", "story_vectors", ["newest_article_id"])

    op.create_table(
        "article_revisions",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("cleaner_version", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_article_revisions_article_id_articles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_article_revisions"),
    )
    op.create_index("ix_article_revisions_article_id_seen_at", "article_revisions", ["article_id", "seen_at"])

    op.create_table(
        "article_urls",
        sa.Column("url_key", sa.Text(), nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_urls_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("url_key", name="pk_article_urls"),
    )
    op.create_index("ix_article_urls_article_id", "article_urls", ["article_id"])

    op.create_table(
        "raw_pages",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("requested_url", sa.Text(), nullable=False),
        sa.Column("fetched_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("http_status", sa.Integer(), nullable=False),
        sa.Column("encoding", sa.Text(), nullable=True),
        sa.Column("headers", JSON, nullable=False),
        sa.Column("body_size", sa.Integer(), nullable=False),
        sa.Column("body_hash", sa.Text(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_raw_pages_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_raw_pages"),
    )
    op.create_index("ix_raw_pages_article_id_fetched_at", "raw_pages", ["article_id", "fetched_at"])

    op.create_table(
        "removed_blocks",
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_removed_blocks_article_id_articles", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("article_id", "number", name="pk_removed_blocks"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_article_index",
        sa.Column("article_id", BIG_ID, autoincrement=False, nullable=False),
        sa.Column("text_hash", BIG_ID, nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("day", sa.Float(), nullable=True),
        sa.Column("seen_day", sa.Float(), nullable=False),
        sa.Column("token_count", sa.Integer(), nullable=False),
        sa.Column("shingle_count", sa.Integer(), nullable=False),
        sa.Column("cues", JSON, nullable=False),
        sa.Column("shingles", sa.LargeBinary(), nullable=False),
        sa.Column("terms", sa.LargeBinary(), nullable=True),
        sa.Column("moments", sa.LargeBinary(), nullable=False),
        sa.Column("bands", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name="fk_story_article_index_article_id_articles",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_article_index"),
    )
    op.create_index("ix_story_article_index_text_hash", "story_article_index", ["text_hash"])
    op.create_index(
        "ix_story_article_index_window",
        "story_article_index",
        ["article_id"],
        sqlite_where=sa.text("terms IS NOT NULL"),
        postgresql_where=sa.text("terms IS NOT NULL"),
    )
    create_search_index(op.get_bind())
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    drop_search_index(op.get_bind())

    op.drop_table("story_article_index")
    op.drop_table("removed_blocks")

    op.drop_table("raw_pages")

    op.drop_table("article_urls")

    op.drop_table("article_revisions")

    op.drop_table("story_vectors")

    op.drop_table("story_links")

    op.drop_table("story_decisions")
    op.drop_table("outlet_claims")

    op.drop_table("fetches")

    op.drop_table("articles")
    op.drop_table("story_postings")
    op.drop_table("story_frequencies")
    op.drop_table("story_bands")

    op.drop_table("stories")

    op.drop_table("site_sightings")
    op.drop_table("site_memory")

    op.drop_table("site_boilerplate")

    op.drop_table("feeds")

    op.drop_table("crawls")
