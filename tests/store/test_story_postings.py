"""The log of postings: what waits in it is found, by every process, until it goes into the lists."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, func, select

from newscrawl.store import begin_write, open_engine, story_postings
from newscrawl.store.story_postings import add_postings, find_postings
from newscrawl.store.story_tables import story_posting_log
from newscrawl.store.story_tables import story_postings as lists
from newscrawl.stories.postings import RING, UNDATED, posted_all

HIGH = (1 << 32) - 1  # the highest term id


@pytest.fixture
def other_process(engine: Engine) -> Iterator[Engine]:
    """An engine of its own on the same database: it shares nothing with `engine`, as in another process."""
    other = open_engine(engine.url.render_as_string(hide_password=False))
    yield other
    other.dispose()


def post(engine: Engine, *posts: tuple[int, int, int]) -> None:
    """Post stories, given as (term, period, story), in one batch."""
    batch: dict[tuple[int, int], list[int]] = {}
    for term, period, story_id in posts:
        batch.setdefault((term, period), []).append(story_id)
    with begin_write(engine) as connection:
        add_postings(connection, batch, newest=posts[-1][2])


def find(engine: Engine, *terms: int, periods: tuple[int, ...] | None = None) -> dict[object, list[int]]:
    with begin_write(engine) as connection:
        return {key: list(ids) for key, ids in find_postings(connection, terms, periods).items()}


def rows(engine: Engine) -> tuple[int, int]:
    """Batches that wait, and lists in the tree."""
    with begin_write(engine) as connection:
        counts = [connection.scalar(select(func.count()).select_from(t)) for t in (story_posting_log, lists)]
    return counts[0] or 0, counts[1] or 0


def test_postings_are_found_while_they_wait_and_in_their_lists(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_postings, "MOST_WAITING", 6)
    post(engine, (7, UNDATED, 1), (HIGH, -3, 1), (7, 4000, 2))
    post(engine, (7, 4000, 3), (7, 4000, 2))
    assert rows(engine) == (2, 0)
    waiting = {(7, UNDATED): [1], (7, 4000): [3, 2]}
    assert find(engine, 7, 8) == waiting
    assert find(engine, 7, HIGH, periods=(4000, -3, 5)) == {(7, 4000): [3, 2], (HIGH, -3): [1]}
    post(engine, (7, 4000, 4), (8, 0, 4))
    assert rows(engine) == (0, 4)
    assert find(engine, 7, 8) == {(7, UNDATED): [1], (7, 4000): [3, 2, 4], (8, 0): [4]}
    post(engine, (7, 4000, 3))
    assert find(engine, 7, periods=(4000,)) == {(7, 4000): [2, 4, 3]}


def test_a_full_list_lets_its_oldest_stories_go_wherever_they_are(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_postings, "MOST_WAITING", RING)
    posted = list(range(1, RING + 1))
    post(engine, *((7, 0, story_id) for story_id in posted))
    assert rows(engine) == (0, 1)
    for story_id in (500, 3, 501):
        post(engine, (7, 0, story_id))
    assert find(engine, 7) == {(7, 0): list(posted_all((), [*posted, 500, 3, 501]))}


def test_another_process_sees_what_comes_and_what_goes(
    engine: Engine, other_process: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_postings, "MOST_WAITING", 3)
    post(engine, (7, 0, 1))
    assert find(other_process, 7) == {(7, 0): [1]}
    post(engine, (7, 0, 2))
    assert find(other_process, 7) == {(7, 0): [1, 2]}
    post(other_process, (7, 1, 3))
    assert rows(engine) == (0, 2)
    post(engine, (7, 0, 4))
    assert find(other_process, 7) == find(engine, 7) == {(7, 0): [1, 2, 4], (7, 1): [3]}


def test_what_was_rolled_back_is_not_found(engine: Engine) -> None:
    post(engine, (7, 0, 1))
    with pytest.raises(LookupError), begin_write(engine) as connection:
        add_postings(connection, {(7, 0): [2]}, newest=2)
        assert find_postings(connection, [7], None) == {(7, 0): [1, 2]}
        raise LookupError
    assert find(engine, 7) == {(7, 0): [1]}
    post(engine, (7, 0, 3))
    assert find(engine, 7) == {(7, 0): [1, 3]}
