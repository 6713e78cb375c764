"""The decision for one article after the other: a copy of, the same event as, or the first of its story.

A batch looks up everything it may need at once, then decides in order, each article seeing those before it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from newscrawl.model import MatchKind, StoryInput
from newscrawl.stories.copies import CopyMatch, rank_candidates, verify
from newscrawl.stories.index import Changes, Ids, IndexedArticle, IndexedStory, PostingKey, StoryIndex
from newscrawl.stories.postings import ASKED_TERMS, POSTED_TERMS, asked_periods, period_of, posted
from newscrawl.stories.same_event import THRESHOLD, fit
from newscrawl.stories.vectors import Vector, article_vector

SCORED_STORIES = 20
"""Candidate stories scored for an article (findings: at most .001 B3 F is lost)."""

SECONDS_PER_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Decision:
    """Where an article belongs and why. `copies` are all its verified copies, best first."""

    article_id: int
    story_id: int
    kind: MatchKind
    score: float | None
    match_article_id: int | None


@dataclass(slots=True)
class _Candidate:
    """An article of the batch with what its look-ups need."""

    article: StoryInput
    known: IndexedArticle
    vector: Vector
    bands: tuple[int, ...]
    heaviest: list[tuple[int, float]]


class StoryEngine:
    """Decides for one batch. Make a new one for each; its `changes` are to be written when it is done."""

    def __init__(self, index: StoryIndex) -> None:
        self._index = index
        self._frequencies = index.frequencies()
        self._next_story_id = index.next_story_id()
        self._articles: dict[int, IndexedArticle] = {}
        self._stories: dict[int, IndexedStory] = {}
        self._hashes: dict[int, list[int]] = {}
        self._bands: dict[int, list[int]] = {}
        self._postings: dict[PostingKey, Ids] = {}
        self._periods: dict[int, set[int]] = {}
        self.changes = Changes({}, {}, {}, {}, [], [], {})

    def place(self, batch: Sequence[StoryInput]) -> list[Decision]:
        """Return a decision for each new article of `batch`, in its order."""
        candidates = [self._candidate(article) for article in batch]
        self._look_up(candidates)
        return [self._decide(candidate) for candidate in candidates]

    def reindex(self, batch: Sequence[StoryInput]) -> None:
        """Take the changed texts of known articles in; each stays in its story."""
        known = self._index.articles(article.article_id for article in batch)
        self._stories.update(self._index.stories(article.story_id for article in known.values()))
        for article in batch:
            if before := known.get(article.article_id):
                candidate = self._candidate(article)
                candidate.known.copy_of_id = before.copy_of_id
                self._leave(before)
                self._join(candidate, self._story(before.story_id))

    # -- look-ups ------------------------------------------------------------------------------------

    def _candidate(self, article: StoryInput) -> _Candidate:
        fingerprint = article.fingerprint
        vector = article_vector(fingerprint, self._frequencies)
        known = IndexedArticle(
            article_id=article.article_id,
            story_id=0,
            copy_of_id=None,
            day=article.published_at.timestamp() / SECONDS_PER_DAY if article.published_at else None,
            seen_day=article.first_seen_at.timestamp() / SECONDS_PER_DAY,
            text_hash=fingerprint.text_hash,
            token_count=fingerprint.token_count,
            shingle_count=fingerprint.shingle_count,
            cues=fingerprint.cues,
            shingles=np.frombuffer(fingerprint.shingles, np.uint32),
            vector=vector,
        )
        bands = tuple(np.frombuffer(fingerprint.bands, np.int32).tolist())
        return _Candidate(article, known, vector, bands, vector.heaviest(POSTED_TERMS))

    def _look_up(self, batch: Sequence[_Candidate]) -> None:
        hashes = {c.known.text_hash for c in batch if c.known.text_hash is not None}
        for text_hash, ids in self._index.articles_with_hash(hashes).items():
            self._hashes[text_hash] = list(ids)
        for band, ids in self._index.articles_with_bands({band for c in batch for band in c.bands}).items():
            self._bands[band] = list(ids)
        wanted = {article_id for c in batch for article_id in self._copy_candidates(c)}
        self._articles.update(self._index.articles(wanted))
        dated = {asked_periods(c.known.day) for c in batch} - {None}
        periods = sorted({period for asked in dated for period in asked or ()})
        self._take_postings([c for c in batch if c.known.day is not None], periods)
        self._take_postings([c for c in batch if c.known.day is None], None)
        stories = {story for c in batch for story in self._story_candidates(c)}
        stories |= {article.story_id for article in self._articles.values()}
        self._stories.update(self._index.stories(stories))

    def _take_postings(self, batch: Sequence[_Candidate], periods: Sequence[int] | None) -> None:
        terms = {term for c in batch for term, _ in c.heaviest}
        if not terms:
            return
        for (term, period), ring in self._index.postings(terms, periods).items():
            self._postings[term, period] = ring
            self._periods.setdefault(term, set()).add(period)

    def _copy_candidates(self, candidate: _Candidate) -> list[int]:
        same = self._hashes.get(candidate.known.text_hash or 0, [])[:4]
        ranked = rank_candidates(candidate.bands, self._bands)
        return [*same, *(article_id for article_id in ranked if article_id not in same)]

    def _story_candidates(self, candidate: _Candidate) -> list[int]:
        periods = asked_periods(candidate.known.day)
        weight: Counter[int] = Counter()
        for term, term_weight in candidate.heaviest[:ASKED_TERMS]:
            known = self._periods.get(term, ())
            seen: set[int] = set()
            for period in sorted(known) if periods is None else periods:
                if period in known:
                    seen.update(self._postings[term, period].tolist())
            for story_id in seen:
                weight[story_id] += term_weight * term_weight  # type: ignore[assignment]
        return sorted(weight, key=lambda story_id: (-weight[story_id], -story_id))[:SCORED_STORIES]

    # -- decisions -----------------------------------------------------------------------------------

    def _decide(self, candidate: _Candidate) -> Decision:
        copies = self._copies(candidate)
        if copies:
            best = copies[0]
            story = self._story(best.article.story_id)
            kind = MatchKind.TEXT_HASH if best.is_same_text else MatchKind.NEAR_COPY
            self._join_copies(candidate.known, [c for c in copies if c.article.story_id == story.story_id])
            self._join(candidate, story)
            return self._decision(candidate, kind, best.score, best.article.article_id)
        scored = self._scored(candidate)
        if scored and scored[0][0] >= THRESHOLD:
            score, story = scored[0]
            self._join(candidate, story)
            return self._decision(candidate, MatchKind.SAME_EVENT, score, None)
        self._join(candidate, self._new_story())
        return self._decision(candidate, MatchKind.NEW, scored[0][0] if scored else None, None)

    def _decision(
        self, candidate: _Candidate, kind: MatchKind, score: float | None, match: int | None
    ) -> Decision:
        known = candidate.known
        return Decision(known.article_id, known.story_id, kind, score, match)

    def _copies(self, candidate: _Candidate) -> list[CopyMatch]:
        ids = self._copy_candidates(candidate)
        found = [self._articles[article_id] for article_id in ids if article_id in self._articles]
        known = candidate.known
        return verify(known.text_hash, known.shingles, known.shingle_count, found)

    def _scored(self, candidate: _Candidate) -> list[tuple[float, IndexedStory]]:
        ids = self._story_candidates(candidate)
        stories = [self._stories[story_id] for story_id in ids if story_id in self._stories]
        scores = fit(candidate.vector, candidate.known.day, stories)
        return sorted(zip(scores, stories, strict=True), key=lambda pair: (-pair[0], pair[1].story_id))

    # -- the workspace -------------------------------------------------------------------------------

    def _story(self, story_id: int) -> IndexedStory:
        """Return a story; one that left the window comes back empty and takes its newest article in."""
        if story_id not in self._stories:
            self._stories[story_id] = IndexedStory(story_id, 0, 0.0, 0, Vector.zero())
        return self._stories[story_id]

    def _new_story(self) -> IndexedStory:
        story_id, self._next_story_id = self._next_story_id, self._next_story_id + 1
        self.changes.new_stories.append(story_id)
        return self._story(story_id)

    def _join_copies(self, known: IndexedArticle, copies: Sequence[CopyMatch]) -> None:
        """Join the article's groups of copies into one; the record picks the group's original later."""
        known.copy_of_id = copies[0].article.copy_of_id or copies[0].article.article_id
        self.changes.copy_links.extend((known.article_id, c.article.article_id) for c in copies)

    def _join(self, candidate: _Candidate, story: IndexedStory) -> None:
        known = candidate.known
        known.story_id = story.story_id
        story.vector = story.vector.plus(candidate.vector)
        story.size += 1
        if known.day is not None:
            story.day_sum += known.day
            story.day_count += 1
        self._post(candidate, story.story_id)
        self._articles[known.article_id] = known
        if known.text_hash is not None:
            self._hashes.setdefault(known.text_hash, []).append(known.article_id)
        for band in candidate.bands:
            self._bands.setdefault(band, []).append(known.article_id)
        self.changes.articles[known.article_id] = known
        self.changes.bands[known.article_id] = candidate.bands
        self.changes.stories[story.story_id] = story

    def _leave(self, known: IndexedArticle) -> None:
        story = self._story(known.story_id)
        if known.vector is None or not story.size:
            return
        story.vector = story.vector.minus(known.vector)
        story.size -= 1
        if known.day is not None:
            story.day_sum -= known.day
            story.day_count -= 1

    def _post(self, candidate: _Candidate, story_id: int) -> None:
        period = period_of(candidate.known.day)
        for term, _ in candidate.heaviest:
            key = (term, period)
            ring = posted(self._postings.get(key, np.empty(0, np.int64)), story_id)
            self._postings[key] = self.changes.postings[key] = ring
            self._periods.setdefault(term, set()).add(period)
