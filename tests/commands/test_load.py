import gzip
import io
import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from command_run import TELLINGS, Scrapy, write_lines
from newscrawl.store import open_engine

TABLES = ("articles", "stories", "article_urls", "article_revisions")


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(text(statement))]
    engine.dispose()
    return found


def test_loaded_articles_take_the_road_of_crawled_ones(
    scrapy: Scrapy, tmp_path: Path, database_url: str
) -> None:
    done = scrapy("load", str(write_lines(tmp_path / "f.jsonl")), database=database_url)
    assert (done.status, done.out, done.err) == (0, "3 lines: 3 new, 0 changed, 0 known, 0 bad\n", "")
    found = rows(database_url, "SELECT url, site, relation, copy_of_id, language FROM articles ORDER BY id")
    assert found == [
        ("https://post.example/news/flood", "post.example", "original", None, "en"),
        ("https://mail.example/a/17", "mail.example", "copy", 1, "en"),
        ("https://post.example/sport/1", "post.example", "original", None, "en"),
    ]
    assert rows(database_url, "SELECT spider, finish_reason FROM crawls") == [("load", "finished")]


def test_loading_again_changes_nothing(scrapy: Scrapy, tmp_path: Path, database_url: str) -> None:
    file = str(write_lines(tmp_path / "f.jsonl"))
    scrapy("load", file, database=database_url)
    before = [rows(database_url, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]
    done = scrapy("load", file, "--json", database=database_url)
    assert done.rows == [{"lines": 3, "new": 0, "changed": 0, "known": 3, "bad": 0}]
    assert before == [rows(database_url, f"SELECT * FROM {table} ORDER BY 1") for table in TABLES]


def test_bad_lines_are_skipped_and_told_with_their_number(
    scrapy: Scrapy, tmp_path: Path, sqlite_url: str
) -> None:
    file = write_lines(tmp_path / "f.jsonl", TELLINGS[:1])
    file.write_text("oops\n\n" + file.read_text() + '{"url": "x", "title": "a", "text": "b"}\n')
    done = scrapy("load", str(file), database=sqlite_url)
    assert (done.status, done.out) == (0, "4 lines: 1 new, 0 changed, 0 known, 2 bad\n")
    assert done.err == (
        "line 1: not JSON: Expecting value at character 1 (skipped)\n"
        "line 4: url is no http(s) address: 'x' (skipped)\n"
    )
    done = scrapy("load", str(file), "--json", database=sqlite_url)
    assert [row.get("line") for row in done.rows] == [1, 4, None]


def test_a_changed_text_becomes_a_revision(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> None:
    file = write_lines(tmp_path / "f.jsonl", TELLINGS[:1])
    scrapy("load", str(file), database=sqlite_url)
    file.write_text(file.read_text().replace("until Monday", "until Tuesday"))
    done = scrapy("load", str(file), database=sqlite_url)
    assert done.out == "1 line: 0 new, 1 changed, 0 known, 0 bad\n"
    assert rows(sqlite_url, "SELECT count(*) FROM article_revisions") == [(1,)]


def test_standard_input_and_gzip(
    scrapy: Scrapy, tmp_path: Path, sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = gzip.compress(write_lines(tmp_path / "f.jsonl").read_bytes())
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(packed))))
    assert scrapy("load", "-", database=sqlite_url).out == "3 lines: 3 new, 0 changed, 0 known, 0 bad\n"


def test_a_large_file_is_read_in_workers_and_keeps_its_order(
    scrapy: Scrapy, tmp_path: Path, sqlite_url: str
) -> None:
    file = tmp_path / "large.jsonl"
    with file.open("w", encoding="utf-8") as out:
        for n in range(700):
            line = {"url": f"https://s{n % 7}.example/{n}", "title": f"Zone {n}", "text": f"word{n} " * 9}
            out.write(("broken" if n == 650 else json.dumps(line)) + "\n")
    done = scrapy("load", str(file), "--workers", "2", database=sqlite_url)
    assert (done.status, done.out) == (0, "700 lines: 699 new, 0 changed, 0 known, 1 bad\n")
    assert done.err == "line 651: not JSON: Expecting value at character 1 (skipped)\n"
    urls = rows(sqlite_url, "SELECT url FROM articles ORDER BY id")
    assert urls == [(f"https://s{n % 7}.example/{n}",) for n in range(700) if n != 650]


def test_a_file_without_any_article_is_an_error(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> None:
    (tmp_path / "f.csv").write_text("url,title,text\n")
    assert scrapy("load", str(tmp_path / "f.csv"), database=sqlite_url).status == 1
    (tmp_path / "f.csv").write_text("url,title,text\n" * 5_000)
    done = scrapy("load", str(tmp_path / "f.csv"), database=sqlite_url)
    assert done.status == 1
    assert done.err.endswith("scrapy load: the first 1,000 lines hold no article: no JSON Lines?\n")
    reasons = rows(sqlite_url, "SELECT finish_reason FROM crawls ORDER BY id")
    assert reasons == [("finished",), ("interrupted",)]


def test_a_wrong_name_makes_no_database(scrapy: Scrapy, tmp_path: Path) -> None:
    done = scrapy("load", "nowhere.jsonl", database=f"sqlite:///{tmp_path}/new.db")
    assert done.status == 1
    assert done.err == "scrapy load: cannot read 'nowhere.jsonl': No such file or directory\n"
    assert not (tmp_path / "new.db").exists()
