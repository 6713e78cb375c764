"""Embeddings of the articles of the window: one row each, read by the day that the article was told on."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Select,
    Table,
    Text,
    bindparam,
    delete,
    select,
)

from newscrawl.model import StoryInput
from newscrawl.store.bulk import execute_rows, insert_of
from newscrawl.store.metadata import metadata
from newscrawl.store.story_sets import in_set, numbers_for, one_of
from newscrawl.store.types import BigId
from newscrawl.stories.background import UNKNOWN, written_language
from newscrawl.stories.index import IndexedArticle
from newscrawl.stories.meanings import StoredMeanings

story_embeddings = Table(
    "story_embeddings",
    metadata,
    Column(
        "article_id",
        BigId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("day", Integer, nullable=False),  # days since 1970 of the publication, or of the first sight
    Column("language", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("vector", LargeBinary, nullable=False),
    Index(None, "day"),
)


def write_embeddings(
    connection: Connection, batch: Sequence[StoryInput], known: Mapping[int, IndexedArticle]
) -> None:
    """Keep the embeddings of these articles. A text that changed without a new one keeps its old one."""
    embedded = [
        (article.article_id, language, article.embedding)
        for article in batch
        if article.embedding and (language := written_language(article.language)) != UNKNOWN
    ]
    if not embedded:
        return
    table = story_embeddings
    ids = [article.article_id for article in batch if not article.is_new and article.embedding]
    if ids:
        connection.execute(delete(table).where(in_set(connection, table.c.article_id, ids)))
    execute_rows(
        connection,
        insert_of(table),
        [
            {
                "article_id": article_id,
                "day": math.floor(known[article_id].told_day),
                "language": language,
                "model": embedding.model,
                "vector": embedding.vector,
            }
            for article_id, language, embedding in embedded
        ],
    )


def has_embeddings(connection: Connection) -> bool:
    """Tell whether any article of the window has an embedding."""
    return connection.scalar(_ANY) is not None


def read_embeddings(connection: Connection, model: str, days: Iterable[int]) -> StoredMeanings:
    """Return the embeddings of this model of articles told on these days, ascending by article.

    Costs about 2 us a row. The transaction's own rows are seen as well.
    """
    given = numbers_for(connection, days)
    rows = connection.execute(_of_days(connection.dialect.name), {"days": given, "model": model}).all()
    columns: tuple[Sequence[Any], ...] = tuple(zip(*sorted(rows), strict=True)) if rows else ((), (), (), ())
    return StoredMeanings(*columns)


def forget_embeddings(connection: Connection, last: int) -> None:
    """Delete the embeddings of articles up to `last`, which left the window."""
    connection.execute(delete(story_embeddings).where(story_embeddings.c.article_id <= last))


_ANY = select(story_embeddings.c.article_id).limit(1)


@lru_cache(maxsize=2)
def _of_days(dialect: str) -> Select[Any]:
    table = story_embeddings.c
    return select(table.article_id, table.day, table.language, table.vector).where(
        one_of(dialect, table.day, "days"), table.model == bindparam("model")
    )
