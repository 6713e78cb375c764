"""In how many articles each term was seen: a sorted snapshot, cheap to keep in SQL and to look up.

Counting every term of every article in its own row would cost more than all other writes together. So
articles leave their term ids in a log, and the log is folded into the snapshot when the number of
articles has grown by two fifths. A snapshot is two arrays: a look-up is one binary search for all terms.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from newscrawl.model.fingerprint import Fingerprint
from newscrawl.stories.background import (
    BACKGROUND_ARTICLES,
    Floats,
    background_frequencies,
    background_language,
)
from newscrawl.stories.remembered_idf import RememberedIdf
from newscrawl.stories.shingles import Hashes

FIRST_SNAPSHOT = 50
GROWTH = 1.4
"""A snapshot is due when the articles have grown by this factor. Live counts give the same B3 F +-.001."""

COUNT_ALL_BELOW = 5_000
SAMPLE_EVERY = 8
"""From 5,000 articles on one in eight is counted: the error of ln(df) is below 0.1 for common terms."""

MOST_TERMS = 400_000
"""Terms in a snapshot (3 MB); the rarest are left out, which makes them count as never seen."""


LANGUAGES_REMEMBERED = 4
"""Languages whose terms' weights are remembered, 4 MB each."""


@dataclass(frozen=True, slots=True, eq=False)
class DocumentFrequencies:
    """A snapshot: term ids ascending, the number of counted articles with each, counted articles in all."""

    ids: Hashes
    counts: Floats
    articles: float
    _remembered: dict[str, RememberedIdf] = field(default_factory=dict, repr=False)

    @classmethod
    def empty(cls) -> "DocumentFrequencies":
        """A corpus of which nothing is known yet."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.float32), 0.0)

    def idf(self, ids: Hashes, language: str | None) -> Floats:
        """Return the inverse document frequency of each term, the background of `language` included."""
        name = background_language(language)
        remembered = self._remembered.get(name)
        if remembered is None:
            if len(self._remembered) >= LANGUAGES_REMEMBERED:
                self._remembered.clear()
            remembered = self._remembered[name] = RememberedIdf()
        weights, unknown = remembered.get(ids)
        if len(unknown):
            # In order: a search for neighbours finds what it needs in the processor's cache.
            missing, where = np.unique(ids[unknown], return_inverse=True)
            found = self._looked_up(missing, language)
            weights[unknown] = found[where]
            remembered.put(missing, found)
        return weights

    def _looked_up(self, ids: Hashes, language: str | None) -> Floats:
        seen = background_frequencies(ids, language)
        if len(self.ids):
            places = np.minimum(np.searchsorted(self.ids, ids), len(self.ids) - 1)
            seen = seen + np.where(self.ids[places] == ids, self.counts[places], np.float32(0.0))
        weights = np.log((self.articles + BACKGROUND_ARTICLES + 2.0) / (seen + 1.0))
        floored: Floats = np.maximum(weights, 0.0).astype(np.float32)
        return floored

    @classmethod
    def counted(cls, terms_of_articles: Sequence[Hashes], weight: float) -> "DocumentFrequencies":
        """Count articles, given the distinct term ids of each; each stands for `weight` articles."""
        if not terms_of_articles:
            return cls.empty()
        ids, counts = np.unique(np.concatenate(terms_of_articles), return_counts=True)
        return cls(ids, counts.astype(np.float32) * np.float32(weight), len(terms_of_articles) * weight)

    def plus(self, others: Sequence["DocumentFrequencies"]) -> "DocumentFrequencies":
        """Return the sum of all counts, without the rarest terms where it would hold too many."""
        parts = [self, *others]
        ids = np.concatenate([part.ids for part in parts])
        # The parts are in order: a sort that makes use of it takes half the time of np.unique.
        order = np.argsort(ids, kind="stable")
        first = np.flatnonzero(np.diff(ids[order], prepend=~ids[order[:1]]))
        ids = ids[order[first]]
        weights = np.concatenate([part.counts for part in parts]).astype(np.float64)[order]
        summed = np.add.reduceat(weights, first) if len(first) else weights
        counts: Floats = summed.astype(np.float32)
        if len(ids) > MOST_TERMS:
            kept = np.sort(np.lexsort((ids, -counts))[:MOST_TERMS])
            ids, counts = ids[kept], counts[kept]
        return DocumentFrequencies(ids.astype(np.uint32), counts, sum(part.articles for part in parts))


def terms_of(fingerprint: Fingerprint) -> Hashes:
    """Return the distinct term ids of an article, of both channels."""
    return np.frombuffer(fingerprint.word_ids + fingerprint.prefix_ids, np.uint32)


REWEIGHED_BELOW = 3_000
"""Articles up to which a new snapshot weighs all of the window anew (see `StoryEngine.reweigh`)."""


def count_weight(article_id: int) -> int:
    """Return for how many articles this one is counted: 0 where it is not part of the sample."""
    if article_id <= COUNT_ALL_BELOW:
        return 1
    return SAMPLE_EVERY if article_id % SAMPLE_EVERY == 0 else 0


def snapshot_due(article_id: int, last_snapshot: int) -> bool:
    """Tell whether the log is to be folded into the snapshot now, which last was done at `last_snapshot`."""
    return article_id >= max(FIRST_SNAPSHOT, last_snapshot * GROWTH)
