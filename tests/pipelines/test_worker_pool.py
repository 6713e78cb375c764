"""Worker processes: limits of time, deaths, and going on."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator

import pytest

from newscrawl.pipelines.worker_pool import (
    WorkerDiedError,
    WorkerPool,
    WorkerTimeoutError,
)


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    pool = WorkerPool(2)
    yield pool
    pool.close()


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail() -> None:
    raise RuntimeError("my own")


def test_a_task_that_takes_too_long_is_stopped_and_its_siblings_live(pool: WorkerPool) -> None:
    async def work() -> None:
        slow = asyncio.ensure_future(pool.run(time.sleep, 60, timeout_s=1.0))
        quick = await asyncio.gather(*(pool.run(abs, -n, timeout_s=10) for n in range(20)))
        assert quick == list(range(20))
        with pytest.raises(WorkerTimeoutError):
            await slow

    asyncio.run(work())


def test_a_worker_that_dies_costs_its_task_alone(pool: WorkerPool) -> None:
    async def work() -> None:
        results = await asyncio.gather(
            *(pool.run(abs, -n, timeout_s=10) for n in range(5)),
            pool.run(die, timeout_s=10),
            *(pool.run(abs, -n, timeout_s=10) for n in range(5)),
            return_exceptions=True,
        )
        assert [isinstance(result, WorkerDiedError) for result in results] == [False] * 5 + [True] + [
            False
        ] * 5
        assert await pool.run(abs, -7, timeout_s=10) == 7

    asyncio.run(work())


def test_the_pool_goes_on_when_idle_workers_are_killed(pool: WorkerPool) -> None:
    async def work() -> None:
        for _ in range(2):
            worker = await pool.run(os.getpid, timeout_s=10)
            os.kill(worker, signal.SIGKILL)
            await asyncio.sleep(0.5)
            assert await pool.run(abs, -7, timeout_s=10) == 7

    asyncio.run(work())


def test_what_a_task_raises_is_raised(pool: WorkerPool) -> None:
    with pytest.raises(RuntimeError, match="my own"):
        asyncio.run(pool.run(fail, timeout_s=10))
