"""In how many articles each term was seen: a sorted snapshot, cheap to keep in SQL and to look up.

Counting every term of every article in its own row would cost more than all other writes together. So
articles leave their term ids in a log, and the log is folded into the snapshot when the number of
articles has grown by a fifth. A snapshot is two arrays: a look-up is one binary search for all terms.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newscrawl.stories.background import BACKGROUND_ARTICLES, Floats, background_frequencies
from newscrawl.stories.shingles import Hashes

FIRST_SNAPSHOT = 50
GROWTH = 1.2
"""A snapshot is due when the articles have grown by this factor. Live counts give the same B3 F +-.001."""

COUNT_ALL_BELOW = 5_000
SAMPLE_EVERY = 8
"""From 5,000 articles on one in eight is counted: the error of ln(df) is below 0.1 for common terms."""


@dataclass(frozen=True, slots=True)
class DocumentFrequencies:
    """A snapshot: term ids ascending, the number of counted articles with each, counted articles in all."""

    ids: Hashes
    counts: Floats
    articles: float

    @classmethod
    def empty(cls) -> "DocumentFrequencies":
        """A corpus of which nothing is known yet."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.float32), 0.0)

    def idf(self, ids: Hashes, language: str | None) -> Floats:
        """Return the inverse document frequency of each term, the background of `language` included."""
        seen = background_frequencies(ids, language)
        if len(self.ids):
            places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            seen = seen + np.where(self.ids[places] == ids, self.counts[places], np.float32(0.0))
        weights = np.log((self.articles + BACKGROUND_ARTICLES + 2.0) / (seen + 1.0))
        floored: Floats = np.maximum(weights, 0.0).astype(np.float32)
        return floored

    def grown(self, logs: Sequence[Hashes], articles: float, weight: float) -> "DocumentFrequencies":
        """Return the snapshot with the logged articles counted in, each for `weight` articles."""
        if not logs:
            return self
        new_ids, new_counts = np.unique(np.concatenate(logs), return_counts=True)
        ids = np.concatenate([self.ids, new_ids])
        counts = np.concatenate([self.counts, new_counts.astype(np.float32) * np.float32(weight)])
        merged, where = np.unique(ids, return_inverse=True)
        total = np.bincount(where, weights=counts, minlength=len(merged)).astype(np.float32)
        return DocumentFrequencies(merged.astype(np.uint32), total, self.articles + articles)


def is_counted(arrival: int) -> bool:
    """Tell whether the article that arrived as number `arrival` (from 0) is counted."""
    return arrival < COUNT_ALL_BELOW or arrival % SAMPLE_EVERY == 0


def snapshot_due(arrivals: int, at_last_snapshot: int) -> bool:
    """Tell whether the log is to be folded into the snapshot now."""
    return arrivals >= max(FIRST_SNAPSHOT, at_last_snapshot * GROWTH)
