"""A crawl waits for its database: what has to be done is done as soon as the database is back."""

import asyncio
import logging
from collections.abc import Callable
from time import monotonic
from typing import TypeVar

from newscrawl.errors import StoreError
from newscrawl.store.errors import DatabaseUnavailable

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
LOOK_EVERY_S = 1.0
STOP_WAIT_S = 5.0
"""How long a crawl that was asked to stop waits on: what it holds is fetched again by the next run, and
whoever asked may kill it soon (Docker after 10 s)."""


class Patience:
    """Runs work in a thread, again and again while the database is away, for up to `wait_s` seconds.

    `on_waiting` is told when the first of several waits begins (True) and the last one ends (False).
    """

    def __init__(
        self, wait_s: float, on_waiting: Callable[[bool], None], is_stopping: Callable[[], bool]
    ) -> None:
        self._wait_s = wait_s
        self._on_waiting = on_waiting
        self._is_stopping = is_stopping
        self._waiting_count = 0

    async def do(self, work: Callable[[], Result]) -> Result:
        """Return `work()`. Raises StoreError where the database cannot be used, or stays away."""
        try:
            return await asyncio.to_thread(work)
        except DatabaseUnavailable as error:
            first = error
        self._note_waiting(1)
        try:
            return await self._try_again(work, first)
        finally:
            self._note_waiting(-1)

    async def _try_again(self, work: Callable[[], Result], error: DatabaseUnavailable) -> Result:
        began = monotonic()
        pause_s = FIRST_PAUSE_S
        while (left_s := began + self._wait_s - monotonic()) > 0 and not self._is_stopping():
            pause_s = min(pause_s, left_s)
            logger.warning("%s; trying again in %.0f s", error, pause_s)
            await self._pause(pause_s)
            pause_s = min(pause_s * 2, LONGEST_PAUSE_S)
            try:
                return await asyncio.to_thread(work)
            except DatabaseUnavailable as again:
                error = again
        raise StoreError(f"{error} (waited {monotonic() - began:.0f} s)") from error

    async def _pause(self, pause_s: float) -> None:
        """Sleep; when the crawl is asked to stop meanwhile, for `STOP_WAIT_S` more at most."""
        end = monotonic() + pause_s
        is_cut = False
        while (left_s := end - monotonic()) > 0:
            await asyncio.sleep(min(left_s, LOOK_EVERY_S))
            if not is_cut and self._is_stopping():
                end = min(end, monotonic() + STOP_WAIT_S)
                is_cut = True

    def _note_waiting(self, change: int) -> None:
        was_waiting = self._waiting_count > 0
        self._waiting_count += change
        if was_waiting != (self._waiting_count > 0):
            self._on_waiting(self._waiting_count > 0)
