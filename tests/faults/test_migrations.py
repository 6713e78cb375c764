"""Migrations of a database that holds a crawl's rows: down, up, broken off in the middle, and on."""

import os
import signal
import subprocess
import sys
from typing import Any

from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from whole import assert_whole, failing_checks

from crawl_run import ROOT, crawl, rows
from newscrawl.store import open_engine
from newscrawl.store.schema import alembic_config, migration_connection
from outlet import outlet

PAGES = 6
CORE = {
    "articles": "id, url, site, title, text, language, published_at, first_seen_at, status, relation",
    "stories": "id, title, canonical_article_id, article_count, site_count",
    "removed_blocks": "article_id, position, kind, rule, text",
    "fetches": "url, fetched_at, status, body_hash",
    "raw_pages": "article_id",
    "feeds": "url, etag, status",
    "crawls": "id, spider, started_at, finish_reason",
}
"""What no migration may lose: tables and columns of the first schema."""


def core_rows(database: str) -> dict[str, list[tuple[Any, ...]]]:
    return {
        table: sorted(rows(database, f"select {columns} from {table}"), key=repr)
        for table, columns in CORE.items()
    }


def alembic(database: str, *words: str) -> "subprocess.CompletedProcess[str]":
    """Run `alembic` as docs/schema.md tells people to."""
    return run(["alembic", "-x", f"url={database}", *words])


def run(words: list[str], **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )


def move(engine: Engine, revision: str) -> None:
    config = alembic_config()
    step = command.upgrade if revision == "head" else command.downgrade
    with migration_connection(engine) as connection:
        config.attributes["connection"] = connection
        step(config, revision)


def test_down_and_up_again_each_step_keeps_the_rows_of_a_crawl(database_url: str) -> None:
    site = outlet(0, pages=PAGES)
    with site.serve():
        assert crawl("news", database_url, url=site.url).status == 0
        before = core_rows(database_url)
        engine = open_engine(database_url)
        for script in ScriptDirectory.from_config(alembic_config()).walk_revisions():
            assert core_rows(database_url) == before, f"lost on the way down to {script.revision}"
            if script.down_revision is not None:
                move(engine, str(script.down_revision))
        move(engine, "head")
        engine.dispose()
        assert core_rows(database_url) == before
        check = alembic(database_url, "check")
        assert (check.returncode, "No new upgrade operations" in check.stdout) == (0, True), check
    assert_whole(database_url, PAGES)


def test_a_set_up_that_is_killed_in_the_middle_is_done_by_the_next_command(empty_url: str) -> None:
    upgrade = ["scrapy", "db", "upgrade", "--database", empty_url]
    injected = str(ROOT / "tests" / "faults" / "injected")
    killed = run(upgrade, PYTHONPATH=injected, FAULT_KILL_AT="CREATE TABLE removed_blocks")
    assert killed.returncode == -signal.SIGKILL, killed
    done = run(upgrade)
    assert (done.returncode, done.stderr) == (0, ""), done
    assert failing_checks(empty_url) == []
