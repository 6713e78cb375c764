"""Worker processes for work on hostile input: each task has its time, and a dead worker costs one task.

Workers come from a fork server that is started before the crawl's threads are: a fork of a process that
runs threads can hang. The server has the cleaner loaded, so a new worker is ready in milliseconds.
"""

import asyncio
import multiprocessing
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from typing import Any, TypeVar

from pebble import ProcessExpired, ProcessPool

Result = TypeVar("Result")

TASKS_PER_WORKER = 2_000
"""Tasks after which a worker is replaced, so that no leak of a C library grows for days."""


MOST_STARTS_IN_VAIN = 3
"""Pools in a row that break before they have done anything; then it is no accident."""


class WorkerTimeoutError(Exception):
    """The task took too long; its worker was killed."""


class WorkerDiedError(Exception):
    """The worker that ran the task died (killed from outside, out of memory, a crash in a C library)."""


class WorkersBrokenError(Exception):
    """No worker can be started: this is no page's fault, and no page can be cleaned."""


class WorkerPool:
    """A pool of `workers` processes. `preload` names the modules that every worker starts with."""

    def __init__(self, workers: int, preload: tuple[str, ...] = ()) -> None:
        self._workers = max(1, workers)
        # Windows has no fork server.
        methods = multiprocessing.get_all_start_methods()
        self._context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(list(preload))
        self._pool = self._start()
        self._starts_in_vain = 0

    async def run(self, function: Callable[..., Result], *args: Any, timeout_s: float) -> Result:
        """Return `function(*args)` as run by a worker.

        Raises `WorkerTimeoutError`, `WorkerDiedError`, `WorkersBrokenError`, or whatever the function
        raised. `timeout_s` counts from when a worker begins.
        """
        while True:
            pool = self._pool
            try:
                result = await asyncio.wrap_future(
                    pool.schedule(function, args=list(args), timeout=timeout_s)
                )
            except TimeoutError as error:
                raise WorkerTimeoutError(f"took longer than {timeout_s:g} s") from error
            except ProcessExpired as error:
                raise WorkerDiedError(f"the worker died ({error})") from error
            except (BrokenExecutor, RuntimeError) as error:
                # pebble gives a whole pool up when an idle worker is killed. RuntimeError is its word for
                # a pool that was given up before; the function's own comes from a pool that is well.
                if isinstance(error, RuntimeError) and not isinstance(error, BrokenExecutor) and pool.active:
                    raise
                self._replace(pool, error)
                continue
            self._starts_in_vain = 0
            return result

    def close(self) -> None:
        """Stop the workers; tasks that are not done are given up."""
        _stop(self._pool)

    def _start(self) -> ProcessPool:
        return ProcessPool(max_workers=self._workers, max_tasks=TASKS_PER_WORKER, context=self._context)

    def _replace(self, broken: ProcessPool, error: Exception) -> None:
        if self._pool is not broken:
            return  # another task has seen to it
        if self._starts_in_vain >= MOST_STARTS_IN_VAIN:
            raise WorkersBrokenError(str(error) or "no worker process can be started") from error
        self._starts_in_vain += 1
        _stop(broken)
        self._pool = self._start()


def _stop(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()
