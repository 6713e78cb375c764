"""Which feeds may be asked "anything new since?" next time.

A feed's ETag may be kept only when everything that it listed is in the database: after a crawl that was
killed half way, "not modified" would hide for ever what was not fetched yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from newscrawl.store.feed_state import FeedState


class FeedLedger:
    """Keeps what each listing brought until all of it is settled (stored, or recorded as failed)."""

    def __init__(self) -> None:
        self._states: dict[str, FeedState] = {}
        self._open: dict[str, set[str]] = {}  # listing -> URLs that are not settled
        self._listed_in: dict[str, set[str]] = {}  # URL -> listings
        self._settled: set[str] = set()

    def enter(self, state: FeedState, urls: Iterable[str], *, is_whole: bool = True) -> FeedState:
        """Note what a listing brought; return its state as it may be stored now.

        `urls` are all pages of it that this run fetches, whichever listing named them first. The validators
        are left out while any of them is open, and for good where the budget left some (`is_whole` False).
        """
        wanted = set(urls) - self._settled
        if is_whole and not wanted:
            return state
        if is_whole:
            self._states[state.url] = state
            self._open[state.url] = wanted
            for url in wanted:
                self._listed_in.setdefault(url, set()).add(state.url)
        return replace(state, etag=None, last_modified=None, body_hash=None)

    def settle(self, url: str) -> None:
        """Note that a page is in the database."""
        self._settled.add(url)
        for listing in self._listed_in.pop(url, ()):
            self._open[listing].discard(url)

    def settled_states(self) -> Sequence[FeedState]:
        """Return the states, validators included, of the listings whose pages have all been settled."""
        return [state for url, state in self._states.items() if not self._open[url]]

    def forget(self, states: Iterable[FeedState]) -> None:
        """Note that these states are written."""
        for state in states:
            self._states.pop(state.url, None)
