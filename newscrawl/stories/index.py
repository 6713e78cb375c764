"""What the engine needs to look up and keep: in SQL for good, or in memory for an experiment."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from newscrawl.stories.background import written_language
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.meanings import StoredMeanings
from newscrawl.stories.moments import CHANNELS
from newscrawl.stories.shingles import Hashes
from newscrawl.stories.vectors import MOMENTS_PER_STORY, ArticleTerms, Vector, channels_of

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
    terms: ArticleTerms | None  # None once it is too old to be moved
    vector: Vector | None  # the terms, weighed
    moments: Vector
    bands: tuple[int, ...] = ()  # of articles of the running batch only
    is_pinned: bool = False  # a person put it where it is
    _heaviest: list[tuple[int, float]] | None = None

    @property
    def told_day(self) -> float:
        """The day of publication, or of the first sight where the page has no date."""
        return self.seen_day if self.day is None else self.day

    @property
    def language(self) -> str:
        """The language it is written in, "und" where that is not known."""
        return written_language(self.terms.language if self.terms else None)

    def heaviest(self, count: int) -> list[tuple[int, float]]:
        """Return the article's `count` heaviest terms with their weights, heaviest first."""
        if self._heaviest is None or len(self._heaviest) < count:
            self._heaviest = self.vector.heaviest(count) if self.vector else []
        return self._heaviest[:count]


@dataclass(slots=True)
class IndexedStory:
    """A story as the engine knows it: the sum of its articles' vectors, and when they were published."""

    story_id: int
    size: int
    day_sum: float
    day_count: int
    vector: Vector
    moments: Vector
    moment_counts: list[int]  # members that name a weekday, a month, a year, a number
    languages: Counter[str] | None = None  # members in each; None where languages play no part
    sides: dict[str, "IndexedStory"] = field(
        default_factory=dict
    )  # by language, as far as they were asked for

    @property
    def mean_day(self) -> float | None:
        """The mean day of publication of the members that have a date."""
        return self.day_sum / self.day_count if self.day_count else None

    @classmethod
    def empty(cls, story_id: int) -> "IndexedStory":
        """A story without articles."""
        return cls(story_id, 0, 0.0, 0, Vector.zero(), Vector.zero(), [0] * len(CHANNELS))

    def add(self, article: IndexedArticle) -> None:
        """Take an article in."""
        if article.vector is None:
            return
        self.vector = self.vector.plus(article.vector)
        self.moments = self.moments.plus(article.moments, MOMENTS_PER_STORY)
        self._count(article, 1)
        if self.sides:
            self.sides.pop(article.language, None)

    def remove(self, article: IndexedArticle) -> None:
        """Let an article go. Terms that were cut from the sum before stay cut."""
        if article.vector is None or not self.size:
            return
        self.vector = self.vector.minus(article.vector)
        self.moments = self.moments.minus(article.moments, MOMENTS_PER_STORY)
        self._count(article, -1)
        if self.sides:
            self.sides.pop(article.language, None)

    def absorb(self, other: "IndexedStory") -> None:
        """Take all articles of another story in."""
        self.vector = self.vector.plus(other.vector)
        self.moments = self.moments.plus(other.moments, MOMENTS_PER_STORY)
        self.size += other.size
        self.day_sum += other.day_sum
        self.day_count += other.day_count
        if self.languages is not None:
            self.languages.update(other.languages or {})
        self.sides.clear()
        for channel, count in enumerate(other.moment_counts):
            self.moment_counts[channel] += count

    def _count(self, article: IndexedArticle, sign: int) -> None:
        self.size += sign
        if self.languages is not None:
            self.languages[article.language] += sign
        if article.day is not None:
            self.day_sum += sign * article.day
            self.day_count += sign
        for channel in channels_of(article.moments):
            self.moment_counts[channel] += sign


class IndexedText(NamedTuple):
    """What tells whether another article's text is a copy of this one's."""

    article_id: int
    text_hash: int | None
    shingle_count: int
    shingles: Hashes


class StoryIndex(Protocol):
    """Look-ups come in batches, and see nothing of what the running batch has not yet flushed.

    Articles come without a vector: it is weighed from their terms, with the frequencies of the day.
    """

    def frequencies(self) -> DocumentFrequencies:
        """Return the snapshot of document frequencies."""

    def next_story_id(self) -> int:
        """Return the first story id that was never used."""

    def articles_with_hash(self, hashes: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return text hash -> ids of articles with that text, ascending."""

    def articles_with_bands(self, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
        """Return MinHash band -> ids of articles in it, ascending."""

    def postings(
        self, terms: Iterable[int], periods: Iterable[int] | None
    ) -> Mapping[PostingKey, Sequence[int]]:
        """Return the stories posted under each term in the periods (in all, if None), oldest first."""

    def texts(self, article_ids: Iterable[int]) -> Mapping[int, IndexedText]:
        """Return the texts of the articles that are known."""

    def articles(self, article_ids: Iterable[int]) -> Mapping[int, IndexedArticle]:
        """Return the articles that are known; the others are left out."""

    def members(self, story_ids: Iterable[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        """Return story id -> its articles, ascending by id."""

    def window(self) -> Iterable[IndexedArticle]:
        """Return all articles that still have terms, ascending by id."""

    def stories(self, story_ids: Iterable[int]) -> Mapping[int, IndexedStory]:
        """Return the stories that are still in the window; merged and old ones are left out."""

    def canonical_article(self, story_id: int) -> int | None:
        """Return the article that stands for the story; None where that is not known yet."""

    def kept_apart(self) -> frozenset[frozenset[int]]:
        """Return the pairs of stories that a person split."""

    def languages(self, story_ids: Iterable[int]) -> Mapping[int, Counter[str]]:
        """Return story id -> how many of its articles are written in each language."""

    def meanings(self, model: str, days: Iterable[int]) -> StoredMeanings:
        """Return the embeddings of this model of articles told on these days, ascending by article."""


@dataclass(frozen=True, slots=True)
class Move:
    """From one story to another, with the score that spoke for it."""

    source: int
    target: int
    score: float


@dataclass(slots=True)
class Changes:
    """What a batch changed in the index: the caller writes it in the same transaction."""

    articles: dict[int, IndexedArticle] = field(default_factory=dict)  # new ones and changed ones
    posts: dict[PostingKey, list[int]] = field(default_factory=dict)  # stories to post, the newest last
    stories: dict[int, IndexedStory] = field(default_factory=dict)
    new_stories: list[int] = field(default_factory=list)  # some may be merged again by the end of the batch
    merged: dict[int, Move] = field(default_factory=dict)  # story id -> the story that took it in
    moved: dict[int, Move] = field(default_factory=dict)  # article id -> its last move
    parted: dict[int, Move] = field(default_factory=dict)  # new story id -> from the story it was part of
    links: list[tuple[int, int, float]] = field(default_factory=list)  # follow-up story, earlier story, score
    unlinked: set[int] = field(default_factory=set)  # articles whose groups of copies are made anew
    # Stories that may tell one event in two languages, with the score.
    translations: dict[tuple[int, int], float] = field(default_factory=dict)
    copy_links: list[tuple[int, int]] = field(default_factory=list)  # pairs that are copies of one another

    def current(self, story_id: int) -> int:
        """Return the story that stands for `story_id` now."""
        while story_id in self.merged:
            story_id = self.merged[story_id].target
        return story_id

    def unborn(self) -> set[int]:
        """Return the new stories that were merged again before anyone saw them."""
        return {story_id for story_id in self.new_stories if story_id in self.merged}

    def touched(self) -> set[int]:
        """Return the stories that live and whose articles changed."""
        return {self.current(story_id) for story_id in self.stories}

    def touched_by_repair(self) -> set[int]:
        """Return the stories that live and whose articles were moved or merged."""
        moved = [story_id for move in self.moved.values() for story_id in (move.source, move.target)]
        return {self.current(story_id) for story_id in (*moved, *self.merged)}
