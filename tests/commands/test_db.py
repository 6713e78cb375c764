"""`scrapy db`, as it is typed."""

import json
from pathlib import Path

import pytest
from sqlalchemy import text

from command_run import Scrapy
from newscrawl.store import begin_write, open_engine


def test_upgrade_makes_the_database_and_check_and_stats_read_it(scrapy: Scrapy, empty_url: str) -> None:
    made = scrapy("db", "upgrade", "--json", database=empty_url)
    assert (made.status, made.err) == (0, "")
    assert json.loads(made.out)["from"] is None
    checked = scrapy("db", "check", "--json", database=empty_url)
    assert checked.status == 0
    assert all(line["ok"] for line in checked.rows)
    counted = scrapy("db", "stats", "--json", database=empty_url)
    assert counted.status == 0
    assert counted.rows[0]["rows"]["articles"] == 0


def test_the_tables_for_people_say_the_same(scrapy: Scrapy, sqlite_url: str) -> None:
    assert "is up to date" in scrapy("db", "upgrade", database=sqlite_url).out
    assert "article counts" in scrapy("db", "check", database=sqlite_url).out
    assert "rows in articles" in scrapy("db", database=sqlite_url).out


def test_stats_count_what_is_stored(scrapy: Scrapy, loaded_url: str) -> None:
    (stats,) = scrapy("db", "stats", "--json", database=loaded_url).rows
    assert (stats["rows"]["articles"], stats["rows"]["stories"], stats["site_count"]) == (3, 2, 2)
    assert stats["articles_by_status"] == {"ok": 3}
    assert stats["articles_by_relation"] == {"original": 2, "copy": 1}
    assert stats["size_bytes"] > 0


def test_a_check_that_fails_gives_a_status_and_one_line(scrapy: Scrapy, sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    with begin_write(engine) as connection:
        connection.execute(text("DROP INDEX ix_articles_story_id"))
    checked = scrapy("db", "check", database=sqlite_url)
    assert checked.status == 1
    assert checked.err.splitlines() == [f"scrapy db: {sqlite_url} fails: schema"]


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (("stats", "--database", "sqlite:///none-here.db"), "no newscrawl database"),
        (("check", "--database", "sqlite:///none-here.db"), "no newscrawl database"),
        (("upgrade", "--database", "sqlite:////proc/none/news.db"), "unable to open database file"),
        (("upgrade", "--database", "postgresql://me@127.0.0.1:9/news"), "cannot reach"),
        (("upgrade", "--database", "oracle://me@host/news"), "not supported"),
        (("drop",), "unknown action 'drop'"),
    ],
)
def test_what_cannot_be_done_is_one_line_and_a_status(
    scrapy: Scrapy, words: tuple[str, ...], line: str
) -> None:
    done = scrapy("db", *words)
    assert done.status != 0
    assert len((done.err + done.out).splitlines()) == 1
    assert line in done.err + done.out
    assert not Path("none-here.db").exists()


def test_help_has_an_example(scrapy: Scrapy) -> None:
    shown = scrapy("db", "--help")
    assert shown.status == 0
    assert "example:\n  scrapy db upgrade" in shown.out
