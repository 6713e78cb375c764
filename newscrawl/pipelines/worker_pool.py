"""Worker processes for work on hostile input: each task has its time, and a dead worker costs one task.

Workers come from a fork server that is started before the crawl's threads are: a fork of a process that
runs threads can hang. The server has the cleaner loaded, so a new worker is ready in milliseconds.
"""

import asyncio
import multiprocessing
from collections.abc import Callable
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

Result = TypeVar("Result")

TASKS_PER_WORKER = 2_000
"""Tasks after which a worker is replaced, so that no leak of a C library grows for days."""


class WorkerTimeoutError(Exception):
    """The task took too long; its worker was killed."""


class WorkerDiedError(Exception):
    """The worker that ran the task died (killed from outside, out of memory, a crash in a C library)."""


class WorkerPool:
    """A pool of `workers` processes. `preload` names the modules that every worker starts with."""

    def __init__(self, workers: int, preload: tuple[str, ...] = ()) -> None:
        # Windows has no fork server.
        methods = multiprocessing.get_all_start_methods()
        context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            context.set_forkserver_preload(list(preload))
        self._pool = ProcessPool(max_workers=max(1, workers), max_tasks=TASKS_PER_WORKER, context=context)

    async def run(self, function: Callable[..., Result], *args: Any, timeout_s: float) -> Result:
        """Return `function(*args)` as run by a worker.

        Raises `WorkerTimeoutError`, `WorkerDiedError`, or whatever the function raised. `timeout_s` counts
        from when a worker begins.
        """
        future = self._pool.schedule(function, args=list(args), timeout=timeout_s)
        try:
            return await asyncio.wrap_future(future)
        except TimeoutError as error:
            raise WorkerTimeoutError(f"took longer than {timeout_s:g} s") from error
        except ProcessExpired as error:
            raise WorkerDiedError(f"the worker died ({error})") from error

    def close(self) -> None:
        """Stop the workers; tasks that are not done are given up."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
