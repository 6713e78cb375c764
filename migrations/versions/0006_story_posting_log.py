"""A log of what the newest articles post, which goes into story_postings many articles at once.

Revision ID: 0006
Revises: 0005
"""

import struct

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
LONGEST_LIST = 100


def upgrade() -> None:
    """Create the log, empty."""
    op.create_table(
        "story_posting_log",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("posts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_posting_log"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Put what is in the log where the older code looks for it, and drop the log."""
    connection = op.get_bind()
    log = sa.table("story_posting_log", sa.column("id"), sa.column("posts"))
    table = sa.table(
        "story_postings",
        *(sa.column(name) for name in ("term", "period", "story_ids", "newest_article_id")),
    )
    newest = connection.scalar(sa.text("SELECT coalesce(max(id), 0) FROM articles"))
    for (posts,) in connection.execute(sa.select(log.c.posts).order_by(log.c.id)).all():
        for term, period, story_id in struct.iter_unpack("<IiI", posts):
            place = (table.c.term == term) & (table.c.period == period)
            packed = connection.scalar(sa.select(table.c.story_ids).where(place))
            ids = [id_ for (id_,) in struct.iter_unpack("<I", packed or b"") if id_ != story_id]
            ids = [*ids, story_id][-LONGEST_LIST:]
            values = {"story_ids": struct.pack(f"<{len(ids)}I", *ids), "newest_article_id": newest}
            if packed is None:
                connection.execute(sa.insert(table).values(term=term, period=period, **values))
            else:
                connection.execute(sa.update(table).where(place).values(values))
    op.drop_table("story_posting_log")
