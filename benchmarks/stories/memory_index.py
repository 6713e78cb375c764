"""The story index in plain dictionaries: for experiments, and for a test that SQL answers the same."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from newscrawl.model import Embedding, StoryInput
from newscrawl.stories.background import UNKNOWN
from newscrawl.stories.copy_groups import root_of
from newscrawl.stories.engine import Decision, StoryEngine
from newscrawl.stories.frequencies import (
    REWEIGHED_BELOW,
    DocumentFrequencies,
    count_weight,
    snapshot_due,
    terms_of,
)
from newscrawl.stories.index import Changes, IndexedArticle, IndexedStory, IndexedText, PostingKey
from newscrawl.stories.meanings import StoredMeanings
from newscrawl.stories.postings import posted_all
from newscrawl.stories.relations import Member, relations
from newscrawl.stories.vectors import Vector


def rounded(vector: Vector) -> Vector:
    """Return the vector as it comes back from SQL: with weights of half precision."""
    return Vector(vector.ids, vector.weights.astype(np.float16).astype(np.float32))


class MemoryStoryIndex:
    """Implements `newscrawl.stories.index.StoryIndex`; `place` runs one batch and keeps what changed."""

    def __init__(self) -> None:
        self.known: dict[int, IndexedArticle] = {}
        self.urls: dict[int, str] = {}
        self._stories: dict[int, IndexedStory] = {}
        self._hashes: dict[int, list[int]] = defaultdict(list)
        self._bands: dict[int, list[int]] = defaultdict(list)
        self._postings: dict[int, dict[int, Sequence[int]]] = defaultdict(dict)
        self._snapshot = DocumentFrequencies.empty()
        self._log: list[DocumentFrequencies] = []
        self._snapshot_at = 0
        self._next_story = 1
        self._embeddings: dict[int, Embedding | None] = {}
        self._by_language = False
        self.links: list[tuple[int, int]] = []

    def place(self, batch: Sequence[StoryInput]) -> list[Decision]:
        embedded = [article for article in batch if article.embedding]
        self._by_language |= bool(embedded)
        engine = StoryEngine(self, by_language=self._by_language)
        decisions = engine.place(batch)
        self._keep(engine.changes)
        self._embeddings.update((a.article_id, a.embedding) for a in embedded)
        for article in batch:
            self.urls[article.article_id] = article.url
            if weight := count_weight(article.article_id):
                self._log.append(DocumentFrequencies.counted([terms_of(article.fingerprint)], weight))
        newest = max(article.article_id for article in batch)
        if snapshot_due(newest, self._snapshot_at):
            self._snapshot, self._log, self._snapshot_at = self._snapshot.plus(self._log), [], newest
            if newest <= REWEIGHED_BELOW:
                engine = StoryEngine(self, by_language=self._by_language)
                engine.reweigh()
                self._keep(engine.changes)
        return decisions

    def relations(self) -> dict[int, tuple[str, int | None]]:
        stories: dict[int, list[Member]] = defaultdict(list)
        for article in self.known.values():
            stories[article.story_id].append(
                Member(
                    article_id=article.article_id,
                    url=self.urls[article.article_id],
                    site="",
                    day=article.day,
                    seen_day=article.seen_day,
                    copy_of_id=None,
                    text_hash=article.text_hash,
                    token_count=article.token_count,
                    paywalled=False,
                    cues=article.cues,
                )
            )
        answer: dict[int, tuple[str, int | None]] = {}
        for members in stories.values():
            ids = {member.article_id for member in members}
            answer.update(relations(members, [link for link in self.links if ids.issuperset(link)]))
        return answer

    def _keep(self, changes: Changes) -> None:
        self.known.update(changes.articles)
        self.links.extend(changes.copy_links)
        for left, right in changes.copy_links:
            low, high = sorted((root_of(self.known[left]), root_of(self.known[right])))
            for article in self.known.values():
                if root_of(article) == high and article.article_id != low:
                    article.copy_of_id = low
        for article in changes.articles.values():
            if article.text_hash is not None:
                self._hashes[article.text_hash].append(article.article_id)
        for article in changes.articles.values():
            for band in article.bands:
                self._bands[band].append(article.article_id)
        for article_id, move in changes.moved.items():
            self.known[article_id].story_id = move.target
        for article in self.known.values() if changes.merged else ():
            while article.story_id in changes.merged:
                article.story_id = changes.merged[article.story_id].target
        for (term, period), story_ids in changes.posts.items():
            rings = self._postings[term]
            rings[period] = posted_all(rings.get(period, ()), story_ids)
        for story in changes.stories.values():
            story.vector, story.moments = rounded(story.vector), rounded(story.moments)
            self._stories[story.story_id] = story
        for story_id in changes.merged:
            self._stories.pop(story_id, None)
        self._next_story = max([self._next_story, *(story + 1 for story in changes.new_stories)])

    # -- StoryIndex ----------------------------------------------------------------------------------

    def frequencies(self) -> DocumentFrequencies:
        return self._snapshot

    def next_story_id(self) -> int:
        return self._next_story

    def articles_with_hash(self, hashes: Iterable[int]) -> Mapping[int, Sequence[int]]:
        return {h: self._hashes[h] for h in hashes if h in self._hashes}

    def articles_with_bands(self, bands: Iterable[int]) -> Mapping[int, Sequence[int]]:
        return {band: self._bands[band] for band in bands if band in self._bands}

    def postings(
        self, terms: Iterable[int], periods: Iterable[int] | None
    ) -> Mapping[PostingKey, Sequence[int]]:
        wanted = None if periods is None else set(periods)
        return {
            (term, period): ring
            for term in terms
            for period, ring in self._postings.get(term, {}).items()
            if wanted is None or period in wanted
        }

    def texts(self, article_ids: Iterable[int]) -> Mapping[int, IndexedText]:
        return {
            i: IndexedText(i, known.text_hash, known.shingle_count, known.shingles)
            for i in article_ids
            if (known := self.known.get(i))
        }

    def articles(self, article_ids: Iterable[int]) -> Mapping[int, IndexedArticle]:
        return {i: replace(self.known[i], vector=None) for i in article_ids if i in self.known}

    def window(self) -> Iterable[IndexedArticle]:
        return [replace(article, vector=None) for article in self.known.values()]

    def members(self, story_ids: Iterable[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        found: dict[int, list[IndexedArticle]] = {story_id: [] for story_id in story_ids}
        for article in self.known.values():
            if article.story_id in found:
                found[article.story_id].append(replace(article, vector=None))
        return found

    def canonical_article(self, story_id: int) -> int | None:
        return None

    def stories(self, story_ids: Iterable[int]) -> Mapping[int, IndexedStory]:
        return {
            i: replace(
                self._stories[i], moment_counts=[*self._stories[i].moment_counts], languages=None, sides={}
            )
            for i in story_ids
            if i in self._stories
        }

    def kept_apart(self) -> frozenset[frozenset[int]]:
        return frozenset()

    def languages(self, story_ids: Iterable[int]) -> Mapping[int, Counter[str]]:
        return {i: Counter(a.language for a in found) for i, found in self.members(story_ids).items()}

    def meanings(self, model: str, days: Iterable[int]) -> StoredMeanings:
        wanted = set(days)
        found = [
            (self.known[i], embedding.vector)
            for i, embedding in self._embeddings.items()
            if embedding and embedding.model == model and math.floor(self.known[i].told_day) in wanted
        ]
        found = [(article, vector) for article, vector in found if article.language != UNKNOWN]
        return StoredMeanings(
            [article.article_id for article, _ in found],
            [math.floor(article.told_day) for article, _ in found],
            [article.language for article, _ in found],
            [vector for _, vector in found],
        )
