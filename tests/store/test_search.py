"""Full-text search, the same on both databases."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert, text

from newscrawl.model import Article, ArticleStatus, CleanedPage
from newscrawl.store import begin_read, begin_write, write_batch
from newscrawl.store.article_rows import article_row
from newscrawl.store.article_tables import articles
from newscrawl.store.search import SearchText, index_articles, search_articles

DOCUMENTS = (
    ("Łódź tram strike", "100% of trams stand, says C++ fan a_b."),
    ("1000 trams", "aXb OR NOT x; the C word"),
    ("新闻报道今天", "地震 in Tokyo"),
    ("हिन्दी समाचार", "Crème brûlée for ΟΔΥΣΣΕΎΣ"),
    ("سَيَّارَة", "서울에서 열린 STRASSE"),
    ("Tram", "trams trams trams"),
)


@pytest.fixture
def searched(engine: Engine) -> Engine:
    """The documents, numbered from 1, put into the index by hand: most tests here are not the writer's."""
    now = datetime.now(UTC)
    with begin_write(engine) as connection:
        for n, (title, body) in enumerate(DOCUMENTS, 1):
            cleaned = page(f"https://a.example/{n}", title, body)
            row = article_row(cleaned.article, cleaned.article.url)
            seen = dict.fromkeys(("first_seen_at", "last_seen_at", "text_changed_at"), now)
            connection.execute(insert(articles).values(**row, **seen))
        index_articles(connection, [SearchText(n, *texts) for n, texts in enumerate(DOCUMENTS, 1)])
    return engine


def page(url: str, title: str, text: str, status: ArticleStatus = ArticleStatus.OK) -> CleanedPage:
    article = Article(
        url=url, canonical_url=url, status=status, cleaner_version="t", title=title, text=text, language="en"
    )
    return CleanedPage(page=None, article=article, fingerprint=None)


def found(engine: Engine, words: str) -> list[str]:
    """The titles of what is found, best first."""
    with begin_read(engine) as connection:
        ids = [hit.article_id for hit in search_articles(connection, words)]
    return [DOCUMENTS[article_id - 1][0] for article_id in ids]


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("lodz", ["Łódź tram strike"]),
        ("ŁÓDŹ strike", ["Łódź tram strike"]),
        ("lodz tokyo", []),
        ("creme BRULEE", ["हिन्दी समाचार"]),
        ("οδυσσευς", ["हिन्दी समाचार"]),
        ("हिन्दी", ["हिन्दी समाचार"]),
        ("straße", ["سَيَّارَة"]),
        ("سيارة", ["سَيَّارَة"]),
        ("新闻", ["新闻报道今天"]),
        ("今天 地震", ["新闻报道今天"]),
        ("天", ["新闻报道今天"]),
        ("闻今", []),
        ("서울", ["سَيَّارَة"]),
        ("", []),
        (" \t", []),
    ],
)
def test_any_language_and_spelling(searched: Engine, words: str, titles: list[str]) -> None:
    assert found(searched, words) == titles


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("100%", ["Łódź tram strike"]),
        ("a_b", ["Łódź tram strike"]),
        ("%", ["Łódź tram strike"]),
        ("_", ["Łódź tram strike"]),
        ("c++", ["Łódź tram strike"]),
        ("or not", ["1000 trams"]),
        ("tr*", []),
        ("tra", []),
        ("strike NOT lodz", []),
        ("title:strike", []),
        ("NEAR(lodz strike)", []),
        ("-strike", ["Łódź tram strike"]),
        ('"strike', ["Łódź tram strike"]),
        ("'strike'", ["Łódź tram strike"]),
        ("(strike) & | ! <-> :*", []),
        ("strike; DROP TABLE articles", []),
        ("\\", []),
        ("nul\x00 \ud800", []),
        ("x" * 100_000, []),
    ],
)
def test_what_a_person_types_is_literal(searched: Engine, words: str, titles: list[str]) -> None:
    assert found(searched, words) == titles


def test_a_word_in_the_title_weighs_more(searched: Engine) -> None:
    assert set(found(searched, "trams")) == {"Łódź tram strike", "1000 trams", "Tram"}
    assert found(searched, "tram")[0] == "Tram"


def test_the_writer_keeps_the_index_in_step(engine: Engine) -> None:
    now = datetime.now(UTC)
    pages = [page(f"https://a.example/{n}", *texts) for n, texts in enumerate(DOCUMENTS, 1)]
    write_batch(engine, pages, crawl_id=None, now=now)
    assert found(engine, "fan") == ["Łódź tram strike"]
    changed = page("https://a.example/1", "Łódź tram strike", "All ends well.")
    write_batch(engine, [changed], crawl_id=None, now=now)
    assert found(engine, "well") == ["Łódź tram strike"]
    assert found(engine, "fan") == []
    assert found(engine, "lodz") == ["Łódź tram strike"]


def test_a_hundred_thousand_different_words_are_indexed(searched: Engine) -> None:
    body = " ".join(f"w{n}" for n in range(120_000)) + " 語" * 2
    with begin_write(searched) as connection:
        index_articles(connection, [SearchText(1, "Long", body)])
    assert found(searched, "long w4711") == ["Łódź tram strike"]


def documented_sql(dialect: str) -> str:
    """The search in plain SQL as docs/commands.md gives it."""
    docs = (Path(__file__).resolve().parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    name = {"sqlite": "-- SQLite", "postgresql": "-- Postgres"}[dialect]
    return docs.partition(name)[2].partition(";")[0].strip()


def test_the_documented_sql_finds_the_same(searched: Engine) -> None:
    statement = documented_sql(searched.dialect.name).replace("night ferry", "lodz tram")
    with begin_read(searched) as connection:
        titles = [row.title for row in connection.execute(text(statement))]
    assert titles == found(searched, "Łódź tram") == ["Łódź tram strike"]
