"""Sparse vectors of weighted terms: an article's, and the sum of a story's."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newscrawl.model.fingerprint import Fingerprint
from newscrawl.stories.background import Floats
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.shingles import Hashes

TERMS_PER_CHANNEL = 120
"""Heaviest words, and heaviest prefixes, kept of an article. 100 and 200 do alike; 60 costs .009 B3 F."""

TERMS_PER_STORY = 480
"""Heaviest terms kept of a story's sum."""


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


def article_vector(fingerprint: Fingerprint, frequencies: DocumentFrequencies) -> Vector:
    """Return an article's vector of length 1: words and prefixes carry half of every cosine each."""
    language = fingerprint.language
    words = _channel(fingerprint.word_ids, fingerprint.word_tf, language, frequencies)
    prefixes = _channel(fingerprint.prefix_ids, fingerprint.prefix_tf, language, frequencies)
    ids = np.concatenate([words.ids, prefixes.ids])
    weights = np.concatenate([words.weights, prefixes.weights]) * np.float32(math.sqrt(0.5))
    order = np.argsort(ids, kind="stable")
    return Vector(ids[order], weights[order])


def dots(left: Vector, rights: Sequence[Vector]) -> Floats:
    """Return the scalar product of `left` with each of `rights`, in one pass over all their terms."""
    products = np.zeros(len(rights), np.float32)
    if not len(left.ids) or not rights:
        return products
    ids = np.concatenate([r.ids for r in rights])
    if not len(ids):
        return products
    owner = np.repeat(np.arange(len(rights)), [len(r.ids) for r in rights])
    places = np.minimum(np.searchsorted(left.ids, ids), len(left.ids) - 1)
    shared = left.ids[places] == ids
    weights = np.concatenate([r.weights for r in rights])[shared] * left.weights[places[shared]]
    return np.bincount(owner[shared], weights=weights, minlength=len(rights)).astype(np.float32)


def _channel(ids_: bytes, tf_: bytes, language: str | None, frequencies: DocumentFrequencies) -> Vector:
    ids, tf = np.frombuffer(ids_, np.uint32), np.frombuffer(tf_, np.float32)
    if not len(ids):
        return Vector.zero()
    weights = (1 + np.log(tf)) * frequencies.idf(ids, language)
    if len(ids) > TERMS_PER_CHANNEL:
        kept = np.sort(np.lexsort((ids, -weights))[:TERMS_PER_CHANNEL])
        ids, weights = ids[kept], weights[kept]
    length = float(np.sqrt((weights * weights).sum()))
    return Vector(ids, (weights / length if length else weights).astype(np.float32))


def _summed(left: Vector, right: Vector, sign: float, limit: int) -> Vector:
    ids = np.concatenate([left.ids, right.ids])
    weights = np.concatenate([left.weights, right.weights * np.float32(sign)])
    merged, where = np.unique(ids, return_inverse=True)
    total = np.bincount(where, weights=weights, minlength=len(merged)).astype(np.float32)
    kept = np.flatnonzero(total > 1e-6)
    if len(kept) > limit:
        kept = np.sort(kept[np.lexsort((merged[kept], -total[kept]))[:limit]])
    return Vector(merged[kept].astype(np.uint32), total[kept])
