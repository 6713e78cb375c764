"""A feed's validators are kept only when all that it listed is in the database."""

from datetime import UTC, datetime

from newscrawl.spiders.feed_ledger import FeedLedger
from newscrawl.store.feed_state import FeedState

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def feed(url: str) -> FeedState:
    return FeedState(url=url, polled_at=NOW, status="ok", etag='"a"')


def test_a_feed_with_nothing_to_fetch_keeps_its_validators_at_once() -> None:
    assert FeedLedger().enter(feed("/f"), ()).etag == '"a"'


def test_others_get_theirs_when_the_last_page_is_settled() -> None:
    ledger = FeedLedger()
    assert ledger.enter(feed("/f"), ["/1", "/2"]).etag is None
    ledger.settle("/1")
    assert ledger.settled_states() == []
    ledger.settle("/2")
    assert [state.etag for state in ledger.settled_states()] == ['"a"']


def test_a_page_counts_for_every_listing_that_names_it() -> None:
    ledger = FeedLedger()
    ledger.enter(feed("/front"), ["/1"])
    ledger.enter(feed("/f"), ["/1"])
    assert ledger.settled_states() == []
    ledger.settle("/1")
    states = ledger.settled_states()
    assert len(states) == 2
    ledger.forget(states)
    assert ledger.settled_states() == []
    assert ledger.enter(feed("/late"), ["/1"]).etag == '"a"'


def test_what_the_budget_left_out_keeps_the_feed_open() -> None:
    ledger = FeedLedger()
    assert ledger.enter(feed("/f"), ["/1"], is_whole=False).etag is None
    ledger.settle("/1")
    assert ledger.settled_states() == []
