"""Articles keep the agencies, desks and outlets that their byline names, beside the people.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

JSON = sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")


def upgrade() -> None:
    """Add `articles.credits`, empty for what is stored: `scrapy reclean` fills it from the raw pages."""
    op.add_column("articles", sa.Column("credits", JSON, server_default=sa.text("'[]'"), nullable=False))


def downgrade() -> None:
    """Drop it again."""
    op.drop_column("articles", "credits")
