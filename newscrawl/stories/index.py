"""What the engine needs to look up and keep: in SQL for good, or in memory for an experiment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.shingles import Hashes
from newscrawl.stories.vectors import Vector

Ids = np.ndarray[tuple[int], np.dtype[np.int64]]
PostingKey = tuple[int, int]  # (term id, period)


@dataclass(slots=True)
class IndexedArticle:
    """An article as the engine knows it. Days are counted from 1970 in UTC; `day` is None without a date."""

    article_id: int
    story_id: int
    copy_of_id: int | None
    day: float | None
    seen_day: float
    text_hash: int | None
    token_count: int
    shingle_count: int
    cues: tuple[str, ...]
    shingles: Hashes
    vector: Vector | None  # None once it is too old to be moved
    is_pinned: bool = False  # a person put it where it is

    @property
    def told_day(self) -> float:
        """The day of publication, or of the first sight where the page has no date."""
        return self.seen_day if self.day is None else self.day


@dataclass(slots=True)
class IndexedStory:
    """A story as the engine knows it: the sum of its articles' vectors, and when they were published."""

    story_id: int
    size: int
    day_sum: float
    day_count: int
    vector: Vector

    @property
    def mean_day(self) -> float | None:
        """The mean day of publication of the members that have a date."""
        return self.day_sum / self.day_count if self.day_count else None


class StoryIndex(Protocol):
    """Look-ups come in batches, and see nothing of what the running batch has not yet flushed."""

    def frequencies(self) -> DocumentFrequencies:
        """Return the snapshot of document frequencies."""

    def next_story_id(self) -> int:
        """Return the first story id that was never used."""

    def articles_with_hash(self, hashes: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return text hash -> ids of articles with that text, ascending."""

    def articles_with_bands(self, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return MinHash band -> ids of articles in it, ascending."""

    def postings(self, terms: Iterable[int], periods: Iterable[int] | None) -> Mapping[PostingKey, Ids]:
        """Return the stories posted under each term in the periods (in all, if None), oldest first."""

    def articles(self, article_ids: Iterable[int]) -> Mapping[int, IndexedArticle]:
        """Return the articles that are known; the others are left out."""

    def members(self, story_ids: Iterable[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        """Return story id -> its articles, ascending by id."""

    def stories(self, story_ids: Iterable[int]) -> Mapping[int, IndexedStory]:
        """Return the stories that are still in the window; merged and old ones are left out."""

    def kept_apart(self, story_ids: Iterable[int]) -> frozenset[frozenset[int]]:
        """Return the pairs of stories that a person split."""


@dataclass(slots=True)
class Changes:
    """What a batch changed in the index: the caller writes it in the same transaction."""

    articles: dict[int, IndexedArticle]
    bands: dict[int, tuple[int, ...]]  # article id -> its bands, for articles that are to be found by them
    postings: dict[PostingKey, Ids]
    stories: dict[int, IndexedStory]
    new_stories: list[int]
    copy_links: list[tuple[int, int]]  # pairs of articles that are copies of one another
    merged: dict[int, int]  # story id -> the story that took it in
