"""How well an article fits a story: the average cosine to its members, fading with days between them."""

import math
from collections.abc import Sequence

from newscrawl.stories.index import IndexedStory
from newscrawl.stories.vectors import Vector, dots

THRESHOLD = 0.18
"""Least score of a member, one for all kinds of text (findings, "Stories")."""

SIGMA_DAYS = 2.0
"""Width of the Gaussian over the days from a story's mean day of publication."""


def time_factor(day: float | None, other: float | None) -> float:
    """Return 1 for the same day down to 0 for weeks apart; 1 where either has no date.

    >>> time_factor(10.0, 10.0), round(time_factor(10.0, 12.0), 2), time_factor(None, 3.0)
    (1.0, 0.61, 1.0)
    """
    if day is None or other is None:
        return 1.0
    return math.exp(-((day - other) ** 2) / (2 * SIGMA_DAYS**2))


def fit(vector: Vector, day: float | None, stories: Sequence[IndexedStory]) -> list[float]:
    """Return how well an article fits each of `stories`, 0 to 1."""
    products = dots(vector, [story.vector for story in stories]).tolist()
    return [
        product / story.size * time_factor(day, story.mean_day)
        for product, story in zip(products, stories, strict=True)
    ]


def fit_of_stories(left: IndexedStory, right: IndexedStory) -> float:
    """Return how well two stories fit: the average cosine of their members, fading with days."""
    product = left.vector.dot(right.vector) / (left.size * right.size)
    return product * time_factor(left.mean_day, right.mean_day)
