"""Full-text search over titles and texts: kept in step by the writer, asked by `scrapy stories search`.

Every word of a query must be in the article; nothing that a person types is an operator.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

from newscrawl.store.search_words import fold, index_text, index_words, query_words
from newscrawl.store.types import storable

TITLE_WEIGHT = 5.0
"""How much more a word counts in the title than in the text (BM25 on SQLite)."""

FIELD_GAP = 8
"""Positions between title and text, so that no run of words reaches from one into the other (Postgres)."""

MAX_POSITION = 16_383
MAX_POSITIONS = 256
"""What a tsvector keeps: https://www.postgresql.org/docs/current/textsearch-limitations.html"""

MAX_VECTOR_BYTES = 700_000
"""Bytes of words; a tsvector ends at 1 MB with positions (where each word takes up to 8 bytes more)."""

# In a query these are meant as they are ("100%", "a_b", "C++"); other punctuation only parts words.
_LITERAL_PUNCTUATION = frozenset("%_#@&*")


@dataclass(frozen=True, slots=True)
class SearchText:
    """What the index takes of an article."""

    article_id: int
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SearchHit:
    """An article that holds all words; a higher `score` fits better (comparable within one search only)."""

    article_id: int
    score: float


# -- writing ---------------------------------------------------------------------------------------------


def index_articles(connection: Connection, articles: Sequence[SearchText]) -> None:
    """Put new and changed articles into the index, within the caller's write transaction.

    An article that is in it already is replaced. The caller holds the write lock (SQLite numbers its rows
    by it). About 0.1 ms per 1,000 words in Python, the database's own work beside it.
    """
    if not articles:
        return
    if connection.dialect.name == "postgresql":
        rows = [{"id": a.article_id, "words": text_vector(a.title, a.text)} for a in articles]
        connection.execute(_PG_PUT, rows)
        return
    connection.execute(_SQLITE_RELEASE, [{"id": a.article_id} for a in articles])
    last = connection.execute(_SQLITE_LAST).scalar_one()
    numbered = list(enumerate(articles, start=last + 1))
    connection.execute(_SQLITE_ROW, [{"row": row, "id": a.article_id} for row, a in numbered])
    connection.execute(
        _SQLITE_PUT,
        [{"row": row, "title": index_text(a.title), "text": index_text(a.text)} for row, a in numbered],
    )


_SQLITE_RELEASE = text("UPDATE article_search_rows SET article_id = NULL WHERE article_id = :id")
_SQLITE_LAST = text("SELECT coalesce(max(id), 0) FROM article_search_rows")
_SQLITE_ROW = text("INSERT INTO article_search_rows (id, article_id) VALUES (:row, :id)")
_SQLITE_PUT = text("INSERT INTO article_search (rowid, title, text) VALUES (:row, :title, :text)")
_PG_PUT = text(
    """
    INSERT INTO article_search (article_id, words) VALUES (:id, CAST(:words AS tsvector))
    ON CONFLICT (article_id) DO UPDATE SET words = excluded.words
    """
)


def text_vector(title: str, body: str) -> str:
    """Return a tsvector as Postgres reads it: title words with weight A, then the text's.

    >>> text_vector("Two trains", "Trains: two.")
    "'two':1A,12 'trains':2A,11"
    """
    positions: dict[str, list[str]] = {}
    size = 0
    title_words = index_words(title)
    start = len(title_words) + FIELD_GAP
    weighed = [(word, at, "A") for at, word in enumerate(title_words, start=1)]
    weighed += [(word, at, "") for at, word in enumerate(index_words(body), start=start + 1)]
    for word, at, weight in weighed:
        places = positions.get(word)
        if places is None:
            size += len(word.encode()) + 1
            if size > MAX_VECTOR_BYTES:
                break
            places = positions[word] = []
        if len(places) < MAX_POSITIONS:
            places.append(f"{min(at, MAX_POSITION)}{weight}")
    return " ".join(f"'{word}':{','.join(places)}" for word, places in positions.items())


# -- searching -------------------------------------------------------------------------------------------


def search_articles(connection: Connection, words: str) -> Iterator[SearchHit]:
    """Yield the `OK` articles that hold all of `words`, best first, newest first among equals.

    Case, accents and width do not matter. A word with a symbol in it (`100%`, `a_b`) has to stand in the
    article just so; a query of punctuation alone looks through all articles. Blank `words` find nothing.
    """
    parts = storable(words).split()
    groups = [group for group in map(query_words, parts) if group]
    literal = [fold(part) for part in parts if _is_literal(part) or not groups]
    if groups:
        if connection.dialect.name == "postgresql":
            found = connection.execute(_PG_FIND, {"query": _pg_query(groups)})
        else:
            found = connection.execute(_SQLITE_FIND, {"query": _fts5_query(groups), "title": TITLE_WEIGHT})
        hits = (SearchHit(row.id, row.score) for row in found)
    elif literal:
        hits = (SearchHit(row.id, 0.0) for row in connection.execute(_ALL))
    else:
        return
    for hit in hits:
        if not literal or _holds(connection, hit.article_id, literal):
            yield hit


# bm25() is negative: the smaller, the better.
_SQLITE_FIND = text(
    """
    SELECT articles.id AS id, -bm25(article_search, :title, 1.0) AS score
    FROM article_search
    JOIN article_search_rows ON article_search_rows.id = article_search.rowid
    JOIN articles ON articles.id = article_search_rows.article_id
    WHERE article_search MATCH :query AND articles.status = 'ok'
    ORDER BY score DESC, articles.published_at DESC, articles.id DESC
    """
)
# 1: divided by 1 + the logarithm of the length, as long texts hold any word more often.
_PG_FIND = text(
    """
    SELECT articles.id AS id, ts_rank(article_search.words, query.query, 1) AS score
    FROM article_search
    JOIN articles ON articles.id = article_search.article_id
    CROSS JOIN (SELECT CAST(:query AS tsquery) AS query) AS query
    WHERE article_search.words @@ query.query AND articles.status = 'ok'
    ORDER BY score DESC, articles.published_at DESC NULLS LAST, articles.id DESC
    """
)
_ALL = text("SELECT id FROM articles WHERE status = 'ok' ORDER BY published_at DESC, id DESC")
_TEXTS = text("SELECT title, text FROM articles WHERE id = :id")


def _fts5_query(groups: Sequence[Sequence[tuple[str, bool]]]) -> str:
    # Quoted strings are never operators; the words hold letters, digits and marks only.
    return " ".join(
        '"' + " ".join(word for word, _ in group) + '"' + ("*" if group[-1][1] else "") for group in groups
    )


def _pg_query(groups: Sequence[Sequence[tuple[str, bool]]]) -> str:
    return " & ".join(
        "(" + " <-> ".join(f"'{word}'" + (":*" if prefix else "") for word, prefix in group) + ")"
        for group in groups
    )


def _is_literal(word: str) -> bool:
    return any(c in _LITERAL_PUNCTUATION or unicodedata.category(c).startswith("S") for c in word)


def _holds(connection: Connection, article_id: int, literal: Sequence[str]) -> bool:
    row = connection.execute(_TEXTS, {"id": article_id}).one()
    # A blank stands for any white space: a literal word never holds one.
    whole = re.sub(r"\s+", " ", fold(row.title) + " " + fold(row.text))
    return all(word in whole for word in literal)
