"""How well an article fits a story: the average cosine to its members, for what, when and how much."""

import math
from collections.abc import Sequence

import numpy as np

from newscrawl.stories.background import Floats
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.vectors import Table, channels_of, dots, dots_by_channel

THRESHOLD = 0.18
"""Least score of a member, one for all kinds of text (docs/stories.md has the curve)."""

LINK_LIKENESS = 0.25
"""Least average cosine, days aside, of an article that points back to the story that it follows up."""

SIGMA_DAYS = 2.0
"""Width of the Gaussian over the days from a story's mean day of publication."""

UNDATED_FACTOR = 0.58
"""What a pair without two dates is worth: articles of one day are more often about one event than any two."""

MOMENT_GAIN = np.array([0.6, 0.6, 0.6, 0.7], np.float32)
MOMENT_MEAN = np.array([0.2, 0.1, 0.15, 0.1], np.float32)
"""Weekdays, months, years and numbers: a score grows by gain x (cosine - mean), where both name some.

Measured on bench/stories: fulltext B3 F .866 -> .889, allsides2021 .906 -> .916 (all pairs compared).
"""


def time_factor(day: float | None, other: float | None) -> float:
    """Return 1 for the same day down to 0 for weeks apart, and `UNDATED_FACTOR` where either has no date.

    >>> time_factor(10.0, 10.0), round(time_factor(10.0, 12.0), 2)
    (1.0, 0.61)
    """
    if day is None or other is None:
        return UNDATED_FACTOR
    return math.exp(-((day - other) ** 2) / (2 * SIGMA_DAYS**2))


def fit(article: IndexedArticle, stories: Sequence[IndexedStory]) -> list[float]:
    """Return how well an article fits each of `stories`, 0 to about 1."""
    if article.vector is None or not stories:
        return [0.0] * len(stories)
    sizes = np.array([max(story.size, 1) for story in stories], np.float32)
    counts = np.array([story.moment_counts for story in stories], np.float32)
    cosines = dots(article.vector, [story.vector for story in stories]) / sizes
    moments = dots_by_channel(article.moments, [story.moments for story in stories])
    named = np.zeros(counts.shape[1], np.float32)
    named[channels_of(article.moments)] = 1
    factors = cosines * moment_factors(moments, counts * named)
    times = [time_factor(article.day, story.mean_day) for story in stories]
    return [factor * time for factor, time in zip(factors.tolist(), times, strict=True)]


def likeness(article: IndexedArticle, stories: Sequence[IndexedStory]) -> list[float]:
    """Return the average cosine of an article to the members of each story, whenever they were told."""
    if article.vector is None or not stories:
        return [0.0] * len(stories)
    products = dots(article.vector, [story.vector for story in stories]).tolist()
    return [product / max(story.size, 1) for product, story in zip(products, stories, strict=True)]


def moment_factors(products: Table, pairs: Table) -> Floats:
    """Return the factor of each row: sums of cosines by channel, and how many pairs each is the sum of."""
    cosines = products / np.maximum(pairs, 1)
    gains = np.where(pairs > 0, 1 + MOMENT_GAIN * (cosines - MOMENT_MEAN), np.float32(1))
    factors: Floats = gains.prod(axis=1)
    return factors


def fit_without_itself(article: IndexedArticle, story: IndexedStory) -> float:
    """Return how well a member fits the others of its story; 0 where it is alone."""
    if article.vector is None or story.size < 2:
        return 0.0
    others = IndexedStory(
        story_id=story.story_id,
        size=story.size - 1,
        day_sum=story.day_sum - (article.day or 0.0),
        day_count=story.day_count - (article.day is not None),
        vector=story.vector.minus(article.vector),
        moments=story.moments.minus(article.moments),
        moment_counts=[*story.moment_counts],
    )
    for channel in channels_of(article.moments):
        others.moment_counts[channel] -= 1
    return fit(article, [others])[0]


def fit_of_stories(left: IndexedStory, right: IndexedStory) -> float:
    """Return how well two stories fit: the average cosine of their members, with the same factors."""
    if not left.size or not right.size:
        return 0.0
    cosine = left.vector.dot(right.vector) / (left.size * right.size)
    moments = dots_by_channel(left.moments, [right.moments])
    pairs = np.array([left.moment_counts], np.float32) * np.array([right.moment_counts], np.float32)
    factor = float(moment_factors(moments, pairs)[0])
    return cosine * factor * time_factor(left.mean_day, right.mean_day)
