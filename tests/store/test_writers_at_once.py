"""Several processes on one database give the rows of one, also when they are killed and started again."""

import subprocess
import sys
import time
from pathlib import Path

from cleaned_pages import rows
from sqlalchemy import Engine, func, inspect, select

from newscrawl.store import begin_read, open_engine
from newscrawl.store.checks import check_database
from newscrawl.store.tables import article_revisions, article_urls, articles, fetches, raw_pages

PROGRAM = Path(__file__).with_name("writing_process.py")
PAGES = 300


def start(url: str, first: int, count: int = PAGES, pause_s: float = 0.0) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), url, str(first), str(count), str(pause_s)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def assert_done(process: "subprocess.Popen[str]") -> None:
    output, errors = process.communicate(timeout=120)
    assert (process.returncode, output.strip(), errors) == (0, "done", "")


def assert_rows_of_one(engine: Engine, count: int = PAGES) -> None:
    assert len(rows(engine, articles)) == count
    assert len(rows(engine, raw_pages)) == count
    assert len(rows(engine, article_urls)) == count
    assert len(rows(engine, fetches)) == 2 * count
    assert rows(engine, article_revisions) == []
    with begin_read(engine) as connection:
        assert [check for check in check_database(connection) if not check.ok] == []


def test_four_processes_that_write_the_same_300_urls_store_300_articles(empty_url: str) -> None:
    processes = [start(empty_url, first) for first in (0, 7, 150, 290)]
    for process in processes:
        assert_done(process)
    engine = open_engine(empty_url)
    assert_rows_of_one(engine)
    engine.dispose()


def stored_articles(engine: Engine) -> int:
    with begin_read(engine) as connection:
        if not inspect(connection).has_table("articles"):
            return 0
        return connection.scalar(select(func.count()).select_from(articles)) or 0


def test_a_killed_writer_leaves_whole_batches_and_the_next_run_completes_them(empty_url: str) -> None:
    engine = open_engine(empty_url)
    process = start(empty_url, 0, 100, pause_s=0.01)
    while stored_articles(engine) < 30 and process.poll() is None:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    assert 30 <= stored_articles(engine) < 100
    assert stored_articles(engine) % 10 == 0
    with begin_read(engine) as connection:
        assert [check for check in check_database(connection) if not check.ok] == []
    assert_done(start(empty_url, 0, 100))
    assert_rows_of_one(engine, 100)
    engine.dispose()
