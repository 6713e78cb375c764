"""Embeddings of articles, by which stories are told across languages.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add the table, empty: it fills as articles come while NEWSCRAWL_MULTILINGUAL is on."""
    op.create_table(
        "story_embeddings",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"],
            ["articles.id"],
            name=op.f("fk_story_embeddings_article_id_articles"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_embeddings")),
    )
    op.create_index(op.f("ix_story_embeddings_day"), "story_embeddings", ["day"])


def downgrade() -> None:
    """Drop it again."""
    op.drop_table("story_embeddings")
