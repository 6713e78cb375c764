import csv
import io
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from command_run import MATCH, Scrapy, Telling, write_lines
from newscrawl.store import open_engine


def reserve(url: str, article_id: int, robots: str) -> None:
    """Have the page of an article ask for something of machines."""
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE articles SET robots = :robots WHERE id = :id"), {"robots": robots, "id": article_id}
        )
    engine.dispose()


def test_articles_come_out_as_they_went_in(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("export", database=loaded_url)
    assert (done.status, done.err) == (0, "3 articles written\n")
    first, copy, other = done.rows
    assert (first["url"], first["relation"]) == ("https://post.example/news/flood", "original")
    assert first["published_at"] == "2026-11-20T18:00:00+00:00"
    assert (copy["copy_of_id"], copy["story_id"]) == (first["id"], first["story_id"])
    assert other["text"] == MATCH


def test_what_is_exported_can_be_loaded_again(
    scrapy: Scrapy, loaded_url: str, tmp_path: Path, empty_url: str
) -> None:
    out = tmp_path / "out.jsonl"
    assert scrapy("export", "--out", str(out), database=loaded_url).err == f"3 articles written to {out}\n"
    done = scrapy("load", str(out), database=empty_url)
    assert done.out == "3 lines: 3 new, 0 changed, 0 known, 0 bad\n"
    wanted = ("url", "title", "text", "published_at", "language", "relation")
    again = scrapy("export", database=empty_url).rows
    assert [[row[name] for name in wanted] for row in again] == [
        [row[name] for name in wanted] for row in scrapy("export", database=loaded_url).rows
    ]


def test_pages_that_ask_not_to_be_kept_are_left_out_and_counted(scrapy: Scrapy, loaded_url: str) -> None:
    reserve(loaded_url, 1, '["noarchive", "index"]')
    reserve(loaded_url, 2, '["bingbot:noarchive"]')
    done = scrapy("export", database=loaded_url)
    assert [row["id"] for row in done.rows] == [2, 3]
    assert done.err == (
        "2 articles written\n1 left out as their pages ask for (noarchive 1); --all writes them\n"
    )
    assert len(scrapy("export", "--all", database=loaded_url).rows) == 3


def test_a_csv_file_holds_no_formula(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> None:
    title = '=HYPERLINK("https://evil.example","x")'
    file = write_lines(tmp_path / "f.jsonl", [Telling("https://x.example/1", title, MATCH)])
    scrapy("load", str(file), database=sqlite_url)
    out = scrapy("export", "--format", "csv", database=sqlite_url).out
    (row,) = csv.DictReader(io.StringIO(out, newline=""))
    assert row["title"] == "'" + title
    assert row["text"] == MATCH
    assert row["published_at"] == ""


def test_stories_have_their_articles_in_the_order_of_telling(scrapy: Scrapy, loaded_url: str) -> None:
    flood, match = scrapy("export", "--what", "stories", database=loaded_url).rows
    assert flood["article_ids"] == [1, 2]
    assert flood["sites"] == ["post.example", "mail.example"]
    assert flood["canonical_url"] == "https://post.example/news/flood"
    assert (match["article_count"], match["site_count"]) == (1, 1)


def test_an_export_can_be_narrowed(scrapy: Scrapy, loaded_url: str) -> None:
    def ids(*words: str) -> list[int]:
        return [row["id"] for row in scrapy("export", *words, database=loaded_url).rows]

    assert ids("--site", "post.example") == [1, 3]
    assert ids("--since", "2026-11-20T19:00") == [2, 3]
    assert ids("--until", "2026-11-20T19:00Z") == [1]
    assert ids("--what", "stories", "--site", "mail.example") == [1]
    assert ids("--what", "stories", "--since", "2026-11-21") == [2]


def test_parquet_keeps_times_and_lists(scrapy: Scrapy, loaded_url: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="Parquet needs the extra of that name")
    for what, count in (("articles", 3), ("stories", 2)):
        out = tmp_path / f"{what}.parquet"
        done = scrapy("export", "--what", what, "--format", "parquet", "--out", str(out), database=loaded_url)
        assert (done.status, done.err) == (0, f"{count} {what} written to {out}\n")
    table = parquet.read_table(tmp_path / "articles.parquet")
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"
    row = table.to_pylist()[0]
    assert row["published_at"].isoformat() == "2026-11-20T18:00:00+00:00"
    assert parquet.read_table(tmp_path / "stories.parquet").to_pylist()[0]["article_ids"] == [1, 2]


def test_without_pyarrow_parquet_says_what_to_install(
    scrapy: Scrapy, loaded_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    out = tmp_path / "x.parquet"
    done = scrapy("export", "--format", "parquet", "--out", str(out), database=loaded_url)
    assert done.status == 1
    assert done.err == (
        "scrapy export: --format parquet needs pyarrow: pip install 'newscrawl[parquet]' "
        "(or pip install pyarrow)\n"
    )
    assert list(tmp_path.glob("x.parquet*")) == []


def test_a_failed_export_leaves_the_old_file(scrapy: Scrapy, loaded_url: str, tmp_path: Path) -> None:
    done = scrapy("export", "--out", str(tmp_path / "no" / "x.jsonl"), database=loaded_url)
    assert (done.status, done.out) == (1, "")
    assert done.err.count("\n") == 1


def test_a_site_that_nobody_knows_is_an_error(scrapy: Scrapy, loaded_url: str) -> None:
    done = scrapy("export", "--site", "pots.example", database=loaded_url)
    assert (done.status, done.out) == (1, "")
    assert "no site 'pots.example' is known here" in done.err
