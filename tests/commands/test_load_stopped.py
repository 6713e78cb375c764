"""A load that is stopped in the middle: what is committed stays, and loading again brings the rest."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from sqlalchemy import text

from command_run import Scrapy
from crawl_run import heed_interrupts
from newscrawl.store import open_engine

ROOT = Path(__file__).resolve().parents[2]
LINES = 400


def count(url: str, statement: str) -> int:
    engine = open_engine(url)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text(statement)).scalar_one())
    finally:
        engine.dispose()


def write_many(path: Path) -> Path:
    with path.open("w", encoding="utf-8") as out:
        for n in range(LINES):
            row = {"url": f"https://s{n % 9}.example/{n}", "title": f"Zone {n}", "text": f"word{n} " * 9}
            out.write(json.dumps(row) + "\n")
    return path


def stop_in_the_middle(file: Path, url: str, how: signal.Signals) -> subprocess.CompletedProcess[str]:
    """Load the first part of a file from a pipe that stays open, so that the load cannot end by itself."""
    words = [sys.executable, "-m", "scrapy", "load", "-", "--database", url]
    process = subprocess.Popen(
        words,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=heed_interrupts,
    )
    try:
        assert process.stdin is not None
        process.stdin.writelines(file.read_text("utf-8").splitlines(keepends=True)[: LINES * 3 // 4])
        process.stdin.flush()
        deadline = time.monotonic() + 60
        while not count(url, "SELECT count(*) FROM articles") and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(how)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    return subprocess.CompletedProcess(words, process.returncode, out, err)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_what_was_stored_stays_and_the_rest_comes_with_the_next_run(
    scrapy: Scrapy, tmp_path: Path, sqlite_url: str, how: signal.Signals
) -> None:
    file = write_many(tmp_path / "many.jsonl")
    stopped = stop_in_the_middle(file, sqlite_url, how)
    stored = count(sqlite_url, "SELECT count(*) FROM articles")
    assert 0 < stored < LINES
    if how is signal.SIGINT:
        assert (stopped.returncode, stopped.stdout, stopped.stderr) == (130, "", "scrapy load: stopped\n")
    done = scrapy("load", str(file), "--json", "--workers", "0", database=sqlite_url)
    assert done.rows == [{"lines": LINES, "new": LINES - stored, "changed": 0, "known": stored, "bad": 0}]
    assert count(sqlite_url, "SELECT count(DISTINCT url) FROM articles") == LINES


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_load_that_is_killed_leaves_no_worker_behind(
    tmp_path: Path, sqlite_url: str, how: signal.Signals
) -> None:
    lines = write_many(tmp_path / "many.jsonl").read_text("utf-8").splitlines(keepends=True)
    words = [sys.executable, "-m", "scrapy", "load", "-", "--database", sqlite_url, "--workers", "1"]
    process = subprocess.Popen(
        words, cwd=ROOT, stdin=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, start_new_session=True
    )
    try:
        assert process.stdin is not None
        process.stdin.writelines(lines * 3)  # beyond the lines that are read without a worker
        process.stdin.flush()
        assert waited_for(lambda: processes_of(process.pid) > 1)
        process.send_signal(how)
        process.wait(timeout=60)
        assert waited_for(lambda: processes_of(process.pid) == 0)
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def waited_for(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    return condition()


def processes_of(group: int) -> int:
    """Processes of a group that have not ended."""
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    rows = [line.split() for line in listed.splitlines()]
    return sum(int(pgid) == group and not state.startswith("Z") for pgid, state in rows)
