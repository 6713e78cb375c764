"""The posting lists that one batch asked for, and what its own articles post in them."""

from collections import Counter
from collections.abc import Iterable, Sequence

from newscrawl.stories.index import PostingKey, StoryIndex
from newscrawl.stories.postings import asked_periods, period_of, posted

SCORED_STORIES = 20
"""Candidate stories scored for an article (findings: at most .001 B3 F is lost)."""

Terms = Sequence[tuple[int, float]]  # with their weights, heaviest first


class KnownPostings:
    """Posting lists, fetched from the index when they are first asked for.

    `posts` takes what is posted, term and period -> stories, the newest last: it is the caller's to write.
    """

    def __init__(self, index: StoryIndex, posts: dict[PostingKey, list[int]]) -> None:
        self._index = index
        self._posts = posts
        self._lists: dict[PostingKey, Sequence[int]] = {}
        self._periods: dict[int, set[int]] = {}
        self._asked: set[PostingKey] = set()
        self._asked_for_all: set[int] = set()

    def fetch(self, terms: Iterable[int], periods: Sequence[int] | None) -> None:
        """Fetch the lists of these terms in the periods, or in all periods (None) those not at hand so."""
        wanted = set(terms)
        if periods is None:
            wanted -= self._asked_for_all
        if not wanted:
            return
        if periods is None:
            self._asked_for_all |= wanted
        else:
            self._asked.update((term, period) for term in wanted for period in periods)
        for (term, period), stories in self._index.postings(wanted, periods).items():
            if (term, period) not in self._lists:
                self._lists[term, period] = stories
                self._periods.setdefault(term, set()).add(period)

    def sharing(self, terms: Terms, day: float | None) -> list[int]:
        """Return ids of the stories at hand that share most of the terms around a day (None: on any)."""
        asked = asked_periods(day)
        weights: Counter[int] = Counter()
        for term, weight in terms:
            known = self._periods.get(term, set())
            found: set[int] = set()
            for period in known if asked is None else known.intersection(asked):
                found.update(self._lists[term, period])
            for story_id in found:
                weights[story_id] += weight * weight  # type: ignore[assignment]
        return sorted(weights, key=lambda story_id: (-weights[story_id], -story_id))[:SCORED_STORIES]

    def post(self, terms: Terms, day: float | None, story_id: int) -> None:
        """Post a story under these terms in the period of `day`, as the newest of each list."""
        period = period_of(day)
        unknown = [t for t, _ in terms if (t, period) not in self._asked and t not in self._asked_for_all]
        self.fetch(unknown, [period])
        for term, _ in terms:
            self._lists[term, period] = posted(self._lists.get((term, period), ()), story_id)
            self._posts.setdefault((term, period), []).append(story_id)
            self._periods.setdefault(term, set()).add(period)
