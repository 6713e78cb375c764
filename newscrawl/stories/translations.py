"""The same event in other languages: what words cannot tell, embeddings can.

Whenever an article has come into a story, the articles of other languages that lie nearest to it, told
within a few days, lead to their stories. Two stories fit as well as their articles do on average, pairs of
different languages only. From `JOINED_LIKENESS` on they are one; from `LINKED_LIKENESS` on they stay apart
and are linked.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from newscrawl.model import Embedding
from newscrawl.stories.background import UNKNOWN
from newscrawl.stories.index import IndexedArticle, IndexedStory, StoryIndex
from newscrawl.stories.meanings import Meanings, StoredMeanings
from newscrawl.stories.same_event import SIGMA_DAYS
from newscrawl.stories.two_events import tell_two_events
from newscrawl.stories.workspace import Workspace

JOINED_LIKENESS = 0.44
"""Least average cosine, days included, of two stories that are one event in several languages."""

LINKED_LIKENESS = 0.36
"""Least average cosine of two stories that are linked as likely translations."""

CONTRADICTED_LIKENESS = 0.30
"""Average cosine of an article to a story's articles in other languages below which it is not put there for
its words."""

NEAR_DAYS = 3
"""Days before and after an article in which its translations are looked for."""

NEAREST = 8
"""Articles of other languages that lead to their stories."""

COMPARED_MEMBERS = 40
"""Newest articles of a story that are compared."""


@dataclass(frozen=True, slots=True)
class Translated:
    """What an article's story was merged with: how well they fit, and the nearest article there."""

    score: float
    article_id: int


class Translations:
    """The embeddings around one batch, and the merges they bring. Inert where the batch has none."""

    def __init__(
        self,
        workspace: Workspace,
        index: StoryIndex,
        batch: Sequence[IndexedArticle],
        embeddings: Mapping[int, Embedding],
    ) -> None:
        self._workspace = workspace
        told = [a for a in batch if a.article_id in embeddings and a.language != UNKNOWN]
        model = embeddings[told[0].article_id].model if told else ""
        told = [a for a in told if embeddings[a.article_id].model == model]
        self._column = {article.article_id: number for number, article in enumerate(told)}
        if not told:
            return
        days = {_day(article) + shift for article in told for shift in range(-NEAR_DAYS, NEAR_DAYS + 1)}
        own = StoredMeanings(
            [a.article_id for a in told],
            [_day(a) for a in told],
            [a.language for a in told],
            [embeddings[a.article_id].vector for a in told],
        )
        known = index.meanings(model, days).without(set(own.article_ids))
        self._meanings = Meanings(model, known.plus(own))
        first = len(known.article_ids)
        self._cosines = self._meanings.cosines(range(first, first + len(told)))
        self._is_told = np.arange(len(self._meanings.article_ids)) < first

    def contradict(self, article: IndexedArticle, story: IndexedStory) -> bool:
        """Tell whether what the story tells in other languages is not what the article says."""
        if article.article_id not in self._column:
            return False
        row = self._meanings.row(article.article_id)
        languages = self._meanings.languages
        rows = [other for other in self._rows_of(story) if languages[other] != languages[row]]
        if not rows:
            return False
        cosines = self._cosines[rows, self._column[article.article_id]]
        return float(cosines.mean()) < CONTRADICTED_LIKENESS

    def join(self, article: IndexedArticle, story: IndexedStory) -> Translated | None:
        """Merge `story`, which just took `article` in, with what tells it in other languages.

        Returns the best of those. Stories that a person split stay apart, and so do those whose articles of
        one language tell two events.
        """
        if article.article_id not in self._column:
            return None
        row = self._meanings.row(article.article_id)
        assert row is not None
        self._is_told[row] = True
        near = self._near(article, row)
        best: Translated | None = None
        others = [
            o for o in self._workspace.known_stories(near) if o is not story and self._workspace.is_alive(o)
        ]
        scored = sorted(((self._fit(story, o), o) for o in others), key=lambda s: (-s[0], s[1].story_id))
        for _, other in scored:
            score = self._fit(story, other)  # once more: the story may have grown
            if score < LINKED_LIKENESS or self._workspace.kept_apart(story, [other]):
                continue
            if score < JOINED_LIKENESS or self._differ(story, other):
                later, earlier = sorted((story.story_id, other.story_id), reverse=True)
                self._workspace.changes.translations[later, earlier] = score
                continue
            story = self._workspace.merge(story, other, score)
            best = best or Translated(score, near[other.story_id])
        return best

    def _near(self, article: IndexedArticle, row: int) -> dict[int, int]:
        """Return the stories of the nearest articles in other languages, each with its nearest one."""
        meanings = self._meanings
        scores = self._cosines[:, self._column[article.article_id]].copy()
        far = np.abs(meanings.days - _day(article)) > NEAR_DAYS
        scores[far | ~self._is_told | (meanings.languages == meanings.languages[row])] = -1
        nearest = np.argsort(-scores, kind="stable")[:NEAREST]
        ids = meanings.article_ids[nearest[scores[nearest] >= LINKED_LIKENESS]].tolist()
        return self._workspace.stories_of(ids)

    def _fit(self, left: IndexedStory, right: IndexedStory) -> float:
        ours, theirs = self._rows_of(left), self._rows_of(right)
        if not ours or not theirs:
            return 0.0
        languages = self._meanings.languages
        pairs = languages[ours][:, None] != languages[theirs]
        if not pairs.any():
            return 0.0
        cosines = self._meanings.rows(ours) @ self._meanings.rows(theirs).T
        return float(cosines[pairs].mean()) * _time_factor(left.mean_day, right.mean_day)

    def _rows_of(self, story: IndexedStory) -> list[int]:
        members = self._workspace.members(story)[-COMPARED_MEMBERS:]
        rows = (self._meanings.row(member.article_id) for member in members)
        return [row for row in rows if row is not None]

    def _differ(self, left: IndexedStory, right: IndexedStory) -> bool:
        return tell_two_events(
            self._workspace.members(left), self._workspace.members(right), by_language=True
        )


def _day(article: IndexedArticle) -> int:
    return math.floor(article.told_day)


def _time_factor(day: float | None, other: float | None) -> float:
    """Return 1 for the same day down to .32 for three days; 1 without dates, which say nothing."""
    if day is None or other is None:
        return 1.0
    return math.exp(-((day - other) ** 2) / (2 * SIGMA_DAYS**2))
