"""A log of the newest articles' MinHash bands, which go into story_bands many at once.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the log, empty."""
    op.create_table(
        "story_band_log",
        sa.Column("id", BIG_ID, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG_ID, nullable=False),
        sa.Column("bands", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_story_band_log"),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    """Put what is in the log where the older code looks for it, and drop the log."""
    connection = op.get_bind()
    log = sa.table("story_band_log", sa.column("article_id"), sa.column("bands"))
    bands = sa.table("story_bands", sa.column("band"), sa.column("article_id"))
    for article_id, packed in connection.execute(sa.select(log)).all():
        values = memoryview(packed).cast("i")  # little-endian, as every machine that runs this is
        connection.execute(sa.insert(bands), [{"band": band, "article_id": article_id} for band in values])
    op.drop_table("story_band_log")
