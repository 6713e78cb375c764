"""The log of bands: what waits in it is found, by every process, until it goes into the tree."""

from collections.abc import Iterator

import numpy as np
import pytest
from sqlalchemy import Engine, func, select

from newscrawl.store import begin_write, open_engine, story_bands
from newscrawl.store.story_bands import add_bands, articles_with_bands, forget_bands, trim_bands
from newscrawl.store.story_tables import story_band_log
from newscrawl.store.story_tables import story_bands as tree


@pytest.fixture
def other_process(engine: Engine) -> Iterator[Engine]:
    """An engine of its own on the same database: it shares nothing with `engine`, as in another process."""
    other = open_engine(engine.url.render_as_string(hide_password=False))
    yield other
    other.dispose()


def add(engine: Engine, article_id: int, *bands: int) -> None:
    with begin_write(engine) as connection:
        add_bands(connection, [(article_id, bands)])


def find(engine: Engine, *bands: int) -> dict[int, list[int]]:
    with begin_write(engine) as connection:
        return {band: list(ids) for band, ids in articles_with_bands(connection, bands).items()}


def rows(engine: Engine) -> tuple[int, int]:
    """Rows that wait, and rows in the tree."""
    with begin_write(engine) as connection:
        counts = [connection.scalar(select(func.count()).select_from(t)) for t in (story_band_log, tree)]
    return counts[0] or 0, counts[1] or 0


def test_bands_are_found_while_they_wait_and_in_the_tree(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_bands, "MOST_WAITING", 3)
    add(engine, 1, -5, 7)
    add(engine, 2, 7, 9)
    assert rows(engine) == (2, 0)
    assert find(engine, -5, 7, 8) == {-5: [1], 7: [1, 2]}
    add(engine, 3, 7)
    assert rows(engine) == (0, 5)
    add(engine, 4, 9)
    assert find(engine, -5, 7, 9) == {-5: [1], 7: [1, 2, 3], 9: [2, 4]}


def test_another_process_sees_what_comes_and_what_goes(
    engine: Engine, other_process: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_bands, "MOST_WAITING", 4)
    add(engine, 1, 7)
    assert find(other_process, 7) == {7: [1]}
    add(engine, 2, 7)
    assert find(other_process, 7) == {7: [1, 2]}
    with begin_write(engine) as connection:
        forget_bands(connection, [2])
    add(engine, 3, 7)
    assert find(other_process, 7) == {7: [1, 3]}
    add(engine, 4, 7)
    add(engine, 5, 7)
    assert rows(engine) == (0, 4)
    add(engine, 6, 7)
    assert find(other_process, 7) == {7: [1, 3, 4, 5, 6]}


def test_bands_that_wait_go_into_the_tree_when_others_leave_it(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_bands, "ROWS_AT_ONCE", dict.fromkeys(story_bands.ROWS_AT_ONCE, 2))
    least, most = -(1 << 31), (1 << 31) - 1
    add(engine, 1, least, -7, 7, most)
    with begin_write(engine) as connection:
        trim_bands(connection, [])
    add(engine, 2, least, 7, most)
    with begin_write(engine) as connection:
        trim_bands(connection, [(1, np.array([-7, most], np.int32)), (2, np.array([7], np.int32))])
    assert rows(engine) == (0, 4)
    assert find(engine, least, -7, 7, most) == {least: [1, 2], 7: [1], most: [2]}


def test_what_was_rolled_back_is_not_found(engine: Engine) -> None:
    add(engine, 1, 7)
    with pytest.raises(LookupError), begin_write(engine) as connection:
        add_bands(connection, [(2, [7])])
        assert articles_with_bands(connection, [7]) == {7: [1, 2]}
        raise LookupError
    assert find(engine, 7) == {7: [1]}
    add(engine, 3, 7)
    assert find(engine, 7) == {7: [1, 3]}
