"""A cleaning worker that is killed: its page gets a second try, then a status; its siblings live."""

import os
import signal
import sys
from pathlib import Path

import pytest
from whole import failing_checks, until

from crawl_run import outcomes, rows, start_crawl, stored
from processes import Usage, descendants
from sites import Site, article, respond

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="finds the workers in /proc")

SLOW_PATH = "/2026/11/20/a-page-that-takes-long-to-clean"
GOOD_PATHS = [f"/2026/11/20/a-good-page-number-{number}" for number in range(12)]
AT_WORK_CPU_S = 0.8
"""What the worker of the slow page uses soon, and one that cleans all of the good pages never does."""


def slow_page() -> bytes:
    """7 MB that take more than two seconds of work."""
    return b"<html><body>" + b"".join(
        b"<p>Word %d <i>or</i> two, and <b>no</b> more.</p>" % n for n in range(150_000)
    )


def at_work(crawl_pid: int, since: dict[int, float]) -> Usage | None:
    """Return the worker that has used `AT_WORK_CPU_S` more than `since`. Workers are grandchildren."""
    for process in descendants(crawl_pid):
        used_s = process.cpu_s - since.get(process.pid, 0.0)
        if process.parent != crawl_pid and used_s > AT_WORK_CPU_S:
            return process
    return None


def kill_worker_at_work(crawl_pid: int) -> None:
    since = {process.pid: process.cpu_s for process in descendants(crawl_pid)}
    until(lambda: at_work(crawl_pid, since))
    found = at_work(crawl_pid, since)
    assert found is not None
    os.kill(found.pid, signal.SIGKILL)


def test_a_page_whose_worker_is_killed_twice_gets_a_status_and_its_siblings_are_stored(
    sqlite_url: str, tmp_path: Path
) -> None:
    site = Site({SLOW_PATH: respond(slow_page())})
    site.paths |= {path: respond(article(number)) for number, path in enumerate(GOOD_PATHS)}
    settings = {"NEWSCRAWL_CLEAN_WORKERS": "2", "NEWSCRAWL_CLEAN_TIMEOUT": "60"}
    with site.serve():
        file = tmp_path / "urls.txt"
        file.write_text("".join(f"{site.url}{path}\n" for path in site.paths))
        process = start_crawl("pages", sqlite_url, settings, file=str(file))
        try:
            for _ in range(2):
                kill_worker_at_work(process.pid)
            _, log = process.communicate(timeout=180)
        finally:
            process.kill()
    assert (process.returncode, "Traceback" in log) == (0, False), log
    assert stored(sqlite_url) == sorted(site.url + path for path in GOOD_PATHS)
    assert outcomes(sqlite_url)[site.url + SLOW_PATH] == "timeout"
    notes = rows(sqlite_url, "select notes from articles where status = 'timeout'")
    assert "clean:worker-died" in str(notes)
    assert failing_checks(sqlite_url) == []
