"""Sparse vectors of weighted terms: an article's, and the sum of a story's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from newscrawl.model.fingerprint import Fingerprint
from newscrawl.stories.background import Floats
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.moments import CHANNEL_SHIFT, CHANNELS
from newscrawl.stories.newest_kept import NewestKept
from newscrawl.stories.shingles import Hashes

TERMS_PER_CHANNEL = 120
"""Heaviest words, and heaviest prefixes, kept of an article. 100 and 200 do alike; 60 costs .009 B3 F."""

TERMS_KEPT = 160
"""Words, and prefixes, kept of an article for weighing it again when more is known of the corpus."""

MOST_TIMES = 255
"""A term's frequency is kept in one byte."""

TERMS_PER_STORY = 480
"""Heaviest terms kept of a story's sum."""

WEIGHED_KEPT = 4_096
"""Articles whose terms and vectors a process keeps, 5 kB each: members of stories that go on are asked for
again and again."""

MOMENTS_PER_ARTICLE = 60
MOMENTS_PER_STORY = 120
"""Moments kept of an article, most frequent first, and of a story's sum."""

LEAST_WEIGHT = 1e-6
"""What a difference leaves below this is a rounding error."""

Table = np.ndarray[tuple[int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Vector:
    """Term ids, ascending, and their weights."""

    ids: Hashes
    weights: Floats

    @classmethod
    def zero(cls) -> "Vector":
        """The vector without terms."""
        return cls(np.empty(0, np.uint32), np.empty(0, np.float32))

    def heaviest(self, count: int) -> list[tuple[int, float]]:
        """Return the `count` heaviest terms with their weights, heaviest first; ties by id."""
        order = np.lexsort((self.ids, -self.weights))[:count]
        return list(zip(self.ids[order].tolist(), self.weights[order].tolist(), strict=True))

    def dot(self, other: "Vector") -> float:
        """Return the scalar product."""
        return float(dots(self, [other])[0])

    def plus(self, other: "Vector", limit: int = TERMS_PER_STORY) -> "Vector":
        """Return the sum, cut to its `limit` heaviest terms."""
        return _summed(self, other, 1.0, limit)

    def minus(self, other: "Vector", limit: int = TERMS_PER_STORY) -> "Vector":
        """Return the difference, without the terms that it leaves at nothing."""
        return _summed(self, other, -1.0, limit)


@dataclass(frozen=True, slots=True, eq=False)
class ArticleTerms:
    """An article's words and prefixes with their frequencies: what a vector is weighed from, at any time."""

    language: str | None
    words: Vector
    prefixes: Vector


def article_terms(
    fingerprints: Sequence[Fingerprint], frequencies: DocumentFrequencies
) -> list[tuple[ArticleTerms, Vector]]:
    """Return the terms of each article that are worth keeping, as far as can be told now, and its vector.

    All words of a batch are weighed at once: arrays of 200 terms cost what calling numpy costs.
    """
    answer: list[tuple[ArticleTerms, Vector] | None] = [None] * len(fingerprints)
    for language in dict.fromkeys(fingerprint.language for fingerprint in fingerprints):
        places = [i for i, fingerprint in enumerate(fingerprints) if fingerprint.language == language]
        channels = [
            channel
            for i in places
            for channel in (
                (fingerprints[i].word_ids, fingerprints[i].word_tf),
                (fingerprints[i].prefix_ids, fingerprints[i].prefix_tf),
            )
        ]
        ids = np.frombuffer(b"".join(ids for ids, _ in channels), np.uint32)
        tf = np.minimum(np.frombuffer(b"".join(tf for _, tf in channels), np.float32), MOST_TIMES)
        weights = ((1 + np.log(tf)) * frequencies.idf(ids, language)).astype(np.float32)
        cuts = np.cumsum([0, *(len(ids) // 4 for ids, _ in channels)]).tolist()
        parts = [_kept(ids[start:end], tf[start:end], weights[start:end]) for start, end in pairwise(cuts)]
        for number, i in enumerate(places):
            (words, heavy_words), (prefixes, heavy_prefixes) = parts[2 * number : 2 * number + 2]
            terms, vector = ArticleTerms(language, words, prefixes), _joined(heavy_words, heavy_prefixes)
            _weighed.put((terms, frequencies), vector)
            answer[i] = terms, vector
    return [terms for terms in answer if terms is not None]


def _kept(ids: Hashes, tf: Floats, weights: Floats) -> tuple[Vector, Vector]:
    """Return a channel's terms with their frequencies, and, heavier ones only, with their weights."""
    if len(ids) > TERMS_KEPT:
        heaviest = np.sort(np.lexsort((ids, -weights))[:TERMS_KEPT])
        ids, tf, weights = ids[heaviest], tf[heaviest], weights[heaviest]
    return Vector(ids, tf), _unit(ids, weights)


def weigh(terms: ArticleTerms, frequencies: DocumentFrequencies) -> Vector:
    """Return an article's vector of length 1: words and prefixes carry half of every cosine each."""
    vector = _weighed.get((terms, frequencies))
    if vector is None:
        channels = [
            _unit(channel.ids, (1 + np.log(channel.weights)) * frequencies.idf(channel.ids, terms.language))
            for channel in (terms.words, terms.prefixes)
        ]
        vector = _joined(*channels)
        _weighed.put((terms, frequencies), vector)
    return vector


_weighed: NewestKept[tuple[ArticleTerms, DocumentFrequencies], Vector] = NewestKept(WEIGHED_KEPT)


def moment_vector(fingerprint: Fingerprint) -> Vector:
    """Return an article's moments, each channel of length 1 of its own."""
    ids, tf = (
        np.frombuffer(fingerprint.moment_ids, np.uint32),
        np.frombuffer(fingerprint.moment_tf, np.float32),
    )
    if len(ids) > MOMENTS_PER_ARTICLE:
        kept = np.sort(np.lexsort((ids, -tf))[:MOMENTS_PER_ARTICLE])
        ids, tf = ids[kept], tf[kept]
    weights = 1 + np.log(tf)
    channel = ids >> CHANNEL_SHIFT
    lengths = np.sqrt(np.bincount(channel, weights=weights * weights, minlength=len(CHANNELS)))
    return Vector(ids, (weights / lengths[channel]).astype(np.float32))


def channels_of(moments: Vector) -> list[int]:
    """Return the channels that the moments are of, ascending."""
    channels: list[int] = np.unique(moments.ids >> CHANNEL_SHIFT).tolist()
    return channels


def dots_by_channel(left: Vector, rights: Sequence[Vector]) -> Table:
    """Return the scalar products channel by channel: one row for each of `rights`."""
    ids, weights, owner = _stacked(rights)
    products = np.zeros(len(rights) * len(CHANNELS), np.float32)
    if len(left.ids) and len(ids):
        places = np.minimum(np.searchsorted(left.ids, ids), len(left.ids) - 1)
        shared = np.flatnonzero(left.ids[places] == ids)
        slot = owner[shared] * len(CHANNELS) + (ids[shared] >> CHANNEL_SHIFT)
        values = weights[shared] * left.weights[places[shared]]
        products = np.bincount(slot, weights=values, minlength=len(products)).astype(np.float32)
    return products.reshape(len(rights), len(CHANNELS))


def dots(left: Vector, rights: Sequence[Vector]) -> Floats:
    """Return the scalar product of `left` with each of `rights`, in one pass over all their terms."""
    products = np.zeros(len(rights), np.float32)
    if not len(left.ids) or not rights:
        return products
    ids, all_weights, owner = _stacked(rights)
    if not len(ids):
        return products
    places = np.minimum(np.searchsorted(left.ids, ids), len(left.ids) - 1)
    shared = left.ids[places] == ids
    weights = all_weights[shared] * left.weights[places[shared]]
    return np.bincount(owner[shared], weights=weights, minlength=len(rights)).astype(np.float32)


def _unit(ids: Hashes, weights: Floats) -> Vector:
    """Return the heaviest terms of one channel, of length 1 together."""
    if len(ids) > TERMS_PER_CHANNEL:
        kept = np.sort(np.lexsort((ids, -weights))[:TERMS_PER_CHANNEL])
        ids, weights = ids[kept], weights[kept]
    length = float(np.sqrt((weights * weights).sum()))
    return Vector(ids, (weights / length if length else weights).astype(np.float32))


def _joined(words: Vector, prefixes: Vector) -> Vector:
    ids = np.concatenate([words.ids, prefixes.ids])
    weights = np.concatenate([words.weights, prefixes.weights]) * np.float32(math.sqrt(0.5))
    order = np.argsort(ids, kind="stable")
    return Vector(ids[order], weights[order])


def _stacked(vectors: Sequence[Vector]) -> tuple[Hashes, Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
    """Return all terms, their weights, and the number of the vector that each is of."""
    ids = np.concatenate([v.ids for v in vectors])
    weights = np.concatenate([v.weights for v in vectors])
    return ids, weights, np.repeat(np.arange(len(vectors)), [len(v.ids) for v in vectors])


def _summed(left: Vector, right: Vector, sign: float, limit: int) -> Vector:
    """Add two vectors. Both have ascending ids, so one binary search tells what they share."""
    if not len(left.ids):
        ids, total = right.ids, right.weights * np.float32(sign)
    elif not len(right.ids):
        ids, total = left.ids, left.weights
    else:
        signed = right.weights * np.float32(sign)
        places = np.searchsorted(left.ids, right.ids)
        shared = left.ids[np.minimum(places, len(left.ids) - 1)] == right.ids
        sums = left.weights.copy()
        sums[places[shared]] += signed[shared]
        own = ~shared
        ids = np.concatenate([left.ids, right.ids[own]])
        order = np.argsort(ids, kind="stable")
        ids, total = ids[order], np.concatenate([sums, signed[own]])[order]
    kept = np.flatnonzero(total > LEAST_WEIGHT)
    if len(kept) > limit:
        kept = np.sort(kept[np.lexsort((ids[kept], -total[kept]))[:limit]])
    return Vector(ids[kept].astype(np.uint32, copy=False), total[kept])
