"""The full-text index as tables: FTS5 on SQLite, a tsvector with GIN on Postgres.

These are no `Table` objects: what SQLite calls a virtual table brings its own shadow tables, which Alembic's
autogenerate must leave alone (`is_search_table`). Migrations call `create_search_index`.
"""

from sqlalchemy import Connection, text

# The words come folded and cut (`search_words`), so FTS5's own folding is off; combining marks of Indic
# scripts belong to their word. content='': the index alone, no second copy of the texts. A contentless table
# of SQLite before 3.43 cannot delete a row: `article_search_rows` tells which row of the index stands for an
# article now; the rows of texts that have changed since stand for none.
_SQLITE = (
    """
    CREATE VIRTUAL TABLE article_search USING fts5(
        title, text, content='', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
    )
    """,
    """
    CREATE TABLE article_search_rows (
        id INTEGER PRIMARY KEY,
        article_id INTEGER UNIQUE REFERENCES articles (id) ON DELETE SET NULL
    )
    """,
)
_POSTGRES = (
    """
    CREATE TABLE article_search (
        article_id BIGINT NOT NULL PRIMARY KEY REFERENCES articles (id) ON DELETE CASCADE,
        words TSVECTOR NOT NULL
    )
    """,
    "CREATE INDEX ix_article_search_words ON article_search USING gin (words)",
)


def create_search_index(connection: Connection) -> None:
    """Create the index's tables, empty."""
    for statement in _POSTGRES if connection.dialect.name == "postgresql" else _SQLITE:
        connection.execute(text(statement))


def drop_search_index(connection: Connection) -> None:
    """Drop the index's tables."""
    connection.execute(text("DROP TABLE article_search"))
    if connection.dialect.name != "postgresql":
        connection.execute(text("DROP TABLE article_search_rows"))


def is_search_table(name: str | None) -> bool:
    """Return whether `name` belongs to the index: such tables are none of autogenerate's business."""
    return (name or "").removeprefix("ix_").startswith("article_search")
