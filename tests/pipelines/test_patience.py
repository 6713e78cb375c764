"""Waiting for a database that is away: how long, and what the crawl is told meanwhile."""

import asyncio
from collections.abc import Callable

import pytest

from newscrawl.errors import StoreError
from newscrawl.pipelines import patience
from newscrawl.pipelines.patience import Patience
from newscrawl.store import DatabaseUnavailable


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE_S", 0.02)
    monkeypatch.setattr(patience, "LOOK_EVERY_S", 0.02)
    monkeypatch.setattr(patience, "STOP_WAIT_S", 0.05)


def away(times: int) -> Callable[[], str]:
    left = [times]

    def work() -> str:
        left[0] -= 1
        if left[0] >= 0:
            raise DatabaseUnavailable("away")
        return "done"

    return work


def test_what_waits_is_done_when_the_database_is_back_and_the_crawl_is_held_meanwhile() -> None:
    held: list[bool] = []
    patient = Patience(5, held.append, lambda: False)

    async def both() -> list[str]:
        return await asyncio.gather(patient.do(away(3)), patient.do(away(1)))

    assert asyncio.run(both()) == ["done", "done"]
    assert held == [True, False]


def test_nobody_is_held_where_nothing_is_wrong() -> None:
    held: list[bool] = []
    assert asyncio.run(Patience(5, held.append, lambda: False).do(away(0))) == "done"
    assert held == []


def test_a_database_that_stays_away_is_given_up() -> None:
    held: list[bool] = []
    with pytest.raises(StoreError, match=r"away \(waited"):
        asyncio.run(Patience(0.2, held.append, lambda: False).do(away(1000)))
    assert held == [True, False]


def test_a_crawl_that_is_to_stop_waits_no_longer() -> None:
    with pytest.raises(StoreError, match="away"):
        asyncio.run(Patience(600, lambda _: None, lambda: True).do(away(1000)))


def test_another_error_is_raised_at_once() -> None:
    def work() -> None:
        raise StoreError("not yours")

    with pytest.raises(StoreError, match="not yours"):
        asyncio.run(Patience(600, lambda _: None, lambda: False).do(work))
