"""A crawl and what it used: processor time and memory of its process and its workers (Linux)."""

import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass

from crawl_run import CrawlRun, start_crawl
from processes import Usage, descendants, usage

LOOK_EVERY_S = 0.05


@dataclass(frozen=True)
class MeasuredRun(CrawlRun):
    """`cpu_s` and `peak_bytes` are sums over all processes of the crawl; a process counts with its peak."""

    cpu_s: float
    peak_bytes: int


def measured_crawl(
    spider: str,
    database: str,
    settings: Mapping[str, str] | None = None,
    timeout_s: float = 180,
    **arguments: str,
) -> MeasuredRun:
    """Run a crawl as `crawl` does, and look at what its processes use while it runs."""
    process = start_crawl(spider, database, settings, **arguments)
    seen: dict[int, Usage] = {}
    ended = threading.Event()

    def look() -> None:
        while not ended.is_set():
            own = usage(process.pid)
            seen.update((found.pid, found) for found in descendants(process.pid))
            if own is not None and own.peak_bytes:  # a process that has ended has no memory
                seen[own.pid] = own
            time.sleep(LOOK_EVERY_S)

    watcher = threading.Thread(target=look, daemon=True)
    watcher.start()
    try:
        _, log = process.communicate(timeout=timeout_s)
    finally:
        process.kill()
        ended.set()
        watcher.join()
    used = seen.values()
    return MeasuredRun(process.returncode, log, sum(u.cpu_s for u in used), sum(u.peak_bytes for u in used))
