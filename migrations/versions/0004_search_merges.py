"""SQLite's full-text index merges sixteen of its parts at a time instead of four.

Each batch adds a part. Merging by four writes every word about six times on the way to a hundred thousand
articles, by sixteen three times; a search looks into up to four times as many parts, 10 us each.

Revision ID: 0004
Revises: 0003
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set the option; FTS5 keeps it in the database."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO article_search (article_search, rank) VALUES ('automerge', 16)")


def downgrade() -> None:
    """Set FTS5's default."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute("INSERT INTO article_search (article_search, rank) VALUES ('automerge', 4)")
