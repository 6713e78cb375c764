"""Which articles are copies of which: candidates share MinHash bands, verified ones share 3-word runs."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from newscrawl.stories.index import IndexedArticle, IndexedText
from newscrawl.stories.shingles import Hashes, containment

NEAR_COPY_CONTAINMENT = 0.38
"""Share of the shorter text's 3-word shingles that a near-copy shares (findings: .35 to .40)."""

LEAST_SHINGLES = 12
"""Shingles below which containment proves nothing."""

VERIFIED = 12
"""Candidates verified for an article, those with most shared bands first (findings: 10 are enough)."""


@dataclass(frozen=True, slots=True)
class CopyMatch:
    """An article with the same or nearly the same text, and how much of it: 1 means letter for letter."""

    article: IndexedArticle
    score: float
    is_same_text: bool


def rank_candidates(
    bands: Iterable[int], found: Mapping[int, Sequence[int]], limit: int = VERIFIED
) -> list[int]:
    """Return the ids that share most bands, most first; of equals the newest first."""
    shared = Counter(chain.from_iterable(found[band] for band in bands if band in found))
    return sorted(shared, key=lambda article_id: (-shared[article_id], -article_id))[:limit]


def shared_text(shingles: Hashes, shingle_count: int, other: IndexedArticle | IndexedText) -> float | None:
    """Return how much of the shorter text the longer one holds, or None where that proves no copying."""
    if min(shingle_count, other.shingle_count) < LEAST_SHINGLES:
        return None
    score = containment(shingles, other.shingles, shingle_count, other.shingle_count)
    return score if score >= NEAR_COPY_CONTAINMENT else None


def is_copy(article: IndexedArticle, other: IndexedText) -> bool:
    """Tell whether one of two articles is a copy of the other."""
    same = article.text_hash is not None and article.text_hash == other.text_hash
    return same or shared_text(article.shingles, article.shingle_count, other) is not None


def verify(
    text_hash: int | None, shingles: Hashes, shingle_count: int, candidates: Iterable[IndexedArticle]
) -> list[CopyMatch]:
    """Return the candidates that are copies, best first; of equals the earliest published."""
    matches = []
    for article in candidates:
        if text_hash is not None and article.text_hash == text_hash:
            matches.append(CopyMatch(article, 1.0, is_same_text=True))
        elif (score := shared_text(shingles, shingle_count, article)) is not None:
            matches.append(CopyMatch(article, score, is_same_text=False))
    return sorted(
        matches, key=lambda m: (not m.is_same_text, -m.score, m.article.told_day, m.article.article_id)
    )
