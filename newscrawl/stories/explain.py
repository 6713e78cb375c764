"""Why an article stands in its story: the factors of its score, the words that made it, and what lost.

Worked out anew from the texts, so it can be told of articles that were decided long ago; with the word
frequencies and the other articles of today, so the score may differ from the one that decided then.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from newscrawl.model import StoryInput
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.same_event import fit, likeness, time_factor
from newscrawl.stories.shingles import containment
from newscrawl.stories.terms import term_ids
from newscrawl.stories.tokens import tokenize
from newscrawl.stories.vectors import Vector

WORDS_SHOWN = 8
"""Shared words of a score that are told, those that carry most of it first."""

LOSERS_SHOWN = 3
"""Other stories of an article that are told, best first."""


@dataclass(frozen=True, slots=True)
class SharedWord:
    """A word that an article has in common with the others of its story, and its part of the cosine."""

    word: str
    share: float


@dataclass(frozen=True, slots=True)
class Losing:
    """Another story that the article could have joined, and how well it fits that."""

    story_id: int
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """How well an article fits the others of its story now: `score` = `cosine` x `days` x `moments`.

    `gap_days` is to the mean day of the others, None without dates. `copied` is the share of 3-word runs that
    it has in common with the article that it copies. `score` is None where it is alone.
    """

    article_id: int
    score: float | None
    cosine: float | None
    days: float | None
    gap_days: float | None
    moments: float | None
    nearest_article_id: int | None
    words: tuple[SharedWord, ...]
    copied: float | None
    lost: tuple[Losing, ...]


def explain(
    told: StoryInput,
    article: IndexedArticle,
    others: Sequence[IndexedArticle],
    copied: IndexedArticle | None,
    rivals: Sequence[IndexedStory],
) -> Explanation:
    """Return why `article` stands with `others`, and how well it fits the `rivals`. Pure; about 2 ms."""
    story = IndexedStory.empty(0)
    for other in others:
        story.add(other)
    scored = sorted(
        zip(fit(article, rivals), rivals, strict=True), key=lambda pair: (-pair[0], pair[1].story_id)
    )
    lost = tuple(Losing(rival.story_id, score) for score, rival in scored[:LOSERS_SHOWN] if score > 0)
    share = None
    if copied is not None:
        share = containment(article.shingles, copied.shingles, article.shingle_count, copied.shingle_count)
        share = 1.0 if article.text_hash == copied.text_hash is not None else share
    if not story.size or article.vector is None:
        return Explanation(
            article_id=article.article_id,
            score=None,
            cosine=None,
            days=None,
            gap_days=None,
            moments=None,
            nearest_article_id=None,
            words=(),
            copied=share,
            lost=lost,
        )
    (score,), (cosine,) = fit(article, [story]), likeness(article, [story])
    days, mean = time_factor(article.day, story.mean_day), story.mean_day
    nearest = max(others, key=lambda other: _cosine(article, other))
    return Explanation(
        article_id=article.article_id,
        score=score,
        cosine=cosine,
        days=days,
        gap_days=abs(article.day - mean) if article.day is not None and mean is not None else None,
        moments=score / (cosine * days) if cosine * days else None,
        nearest_article_id=nearest.article_id,
        words=shared_words(told, article.vector, story.vector),
        copied=share,
        lost=lost,
    )


def shared_words(told: StoryInput, article: Vector, others: Vector) -> tuple[SharedWord, ...]:
    """Return the words that carry most of the cosine, with the inflected forms that share a prefix as one."""
    weight_of = dict(zip(others.ids.tolist(), others.weights.tolist(), strict=True))
    product_of = {
        term: weight * weight_of.get(term, 0.0)
        for term, weight in zip(article.ids.tolist(), article.weights.tolist(), strict=True)
    }
    total = sum(product_of.values())
    if not total:
        return ()
    carried: dict[int, float] = defaultdict(float)
    forms: dict[int, str] = {}
    for word in dict.fromkeys(tokenize(f"{told.title}\n{told.text}")):
        word_id, prefix_id = term_ids(word)
        if prefix_id not in forms:
            carried[prefix_id] += product_of.get(prefix_id, 0.0)
        forms.setdefault(prefix_id, word)
        carried[prefix_id] += product_of.get(word_id, 0.0)
    best = sorted(carried, key=lambda term: (-carried[term], forms[term]))[:WORDS_SHOWN]
    return tuple(SharedWord(forms[term], carried[term] / total) for term in best if carried[term] > 0)


def _cosine(article: IndexedArticle, other: IndexedArticle) -> float:
    return article.vector.dot(other.vector) if article.vector and other.vector else 0.0
