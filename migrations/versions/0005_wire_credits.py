"""Whose text an article is: the agency that it credits, and the source of each text; sources are counted.

Revision ID: 0005
Revises: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

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
    a.language,
    s.source_count
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
    a.word_count,
    a.agency,
    a.source
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
    a.id AS article_id,
    a.agency,
    a.source
FROM articles AS a
LEFT JOIN articles AS c ON c.id = a.copy_of_id
WHERE a.story_id IS NOT NULL
""",
    "story_sources": """
SELECT
    a.story_id,
    a.source,
    MAX(CASE WHEN a.agency IS NOT NULL THEN 1 ELSE 0 END) AS is_agency,
    COUNT(*) AS article_count,
    COUNT(DISTINCT a.site) AS site_count,
    MIN(COALESCE(a.published_at, a.first_seen_at)) AS first_told_at,
    MAX(COALESCE(a.published_at, a.first_seen_at)) AS last_told_at
FROM articles AS a
WHERE a.story_id IS NOT NULL
GROUP BY a.story_id, a.source
""",
}
# As they were before.
FORMER = {
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
}


def upgrade() -> None:
    """Add the columns. What is stored counts as its sites' own: `scrapy reclean` finds its agencies."""
    for name in FORMER:
        op.execute(f"DROP VIEW {name}")
    op.add_column("articles", sa.Column("agency", sa.Text))
    op.add_column("articles", sa.Column("source", sa.Text))
    op.add_column("stories", sa.Column("source_count", sa.Integer, server_default="0", nullable=False))
    op.execute(
        "UPDATE articles SET source = COALESCE("
        "(SELECT c.site FROM articles AS c WHERE c.id = articles.copy_of_id), articles.site)"
        " WHERE story_id IS NOT NULL"
    )
    op.execute(
        "UPDATE stories SET source_count ="
        " (SELECT COUNT(DISTINCT a.source) FROM articles AS a WHERE a.story_id = stories.id)"
    )
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")


def downgrade() -> None:
    """Drop the columns again."""
    for name in VIEWS:
        op.execute(f"DROP VIEW {name}")
    op.drop_column("stories", "source_count")
    op.drop_column("articles", "source")
    op.drop_column("articles", "agency")
    for name, query in FORMER.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
