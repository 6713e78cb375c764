"""What is known of each feed."""

from cleaned_pages import EVENING, MORNING, NOON, row
from sqlalchemy import Engine

from newscrawl.store import FeedState, begin_read, begin_write, feed_states, save_feed_states
from newscrawl.store.tables import feeds

URL = "https://harbour.example.com/rss.xml"


def test_a_feed_state_comes_back_as_it_was_saved(engine: Engine) -> None:
    state = FeedState(
        url=URL, polled_at=MORNING, status="ok", kind="rss", etag='"a"', item_count=20, new_count=3,
        next_poll_at=NOON, last_new_at=MORNING, http_status=200, detail="recovered",
    )  # fmt: skip
    with begin_write(engine) as connection:
        save_feed_states(connection, [state])
    with begin_read(engine) as connection:
        assert feed_states(connection, [URL, "https://harbour.example.com/other"]) == {URL: state}


def test_a_second_poll_writes_over_the_first(engine: Engine) -> None:
    for status, polled_at in [("ok", MORNING), ("unreachable", EVENING)]:
        with begin_write(engine) as connection:
            save_feed_states(connection, [FeedState(url=URL, polled_at=polled_at, status=status)])
    state = row(engine, feeds)
    assert (state["status"], state["poll_count"]) == ("unreachable", 2)
    assert (state["first_polled_at"], state["polled_at"]) == (MORNING, EVENING)
    assert state["site"] == "example.com"


def test_a_poll_whose_state_is_written_twice_counts_once(engine: Engine) -> None:
    for new_count in (None, 3):
        with begin_write(engine) as connection:
            save_feed_states(
                connection, [FeedState(url=URL, polled_at=MORNING, status="ok", new_count=new_count)]
            )
    state = row(engine, feeds)
    assert (state["poll_count"], state["new_count"]) == (1, 3)
