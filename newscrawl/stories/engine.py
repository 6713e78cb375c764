"""The decision for one article after the other: a copy of, the same event as, or the first of its story.

A batch looks up everything it may need at once, then decides in order, each article seeing those before it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from newscrawl.model import MatchKind, StoryInput
from newscrawl.stories.changed_texts import decide_again
from newscrawl.stories.copies import CopyMatch, verify
from newscrawl.stories.copy_groups import bring_together
from newscrawl.stories.follow_up import is_follow_up
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.index import Changes, IndexedArticle, IndexedStory, StoryIndex
from newscrawl.stories.repair import repair
from newscrawl.stories.same_event import LINK_LIKENESS, THRESHOLD, fit, fit_of_stories, likeness
from newscrawl.stories.translations import Translations
from newscrawl.stories.vectors import ArticleTerms, Vector, article_terms, dots, moment_vector
from newscrawl.stories.workspace import Workspace

SECONDS_PER_DAY = 86_400.0

COMPARED_MEMBERS = 40
"""Articles of a story up to which the nearest one is looked for among all of them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an article is where `changes` puts it: by which level, to what, with which score."""

    article_id: int
    kind: MatchKind
    score: float | None
    match_article_id: int | None


class StoryEngine:
    """Decides for one batch. Make a new one for each; its `changes` are to be written when it is done.

    `by_language`: the batch or the index has embeddings, so that stories tell an event in several languages.
    """

    def __init__(self, index: StoryIndex, *, by_language: bool = False) -> None:
        self._index = index
        self._workspace = Workspace(index, by_language=by_language)
        self._translations = Translations(self._workspace, index, [], {})

    @property
    def changes(self) -> Changes:
        """What the batch changed so far."""
        return self._workspace.changes

    def place(self, batch: Sequence[StoryInput]) -> list[Decision]:
        """Find a story for each of these new articles; return why, in the order of `batch`."""
        articles = indexed(batch, self._workspace.frequencies)
        self._workspace.look_up(articles)
        embeddings = {a.article_id: a.embedding for a in batch if a.embedding}
        self._translations = Translations(self._workspace, self._index, articles, embeddings)
        return self._matched([self._decide(article) for article in articles])

    def reindex(self, batch: Sequence[StoryInput]) -> list[Decision]:
        """Decide anew on known articles whose texts have changed; return why each is where it is now."""
        known = self._index.articles([article.article_id for article in batch])
        changed = indexed(
            [article for article in batch if article.article_id in known], self._workspace.frequencies
        )
        self._workspace.look_up(changed)
        self._workspace.fetch_stories(before.story_id for before in known.values())
        decisions = []
        for article in changed:
            before = self._workspace.replace(known[article.article_id], article)
            scored = self._scored(article)
            found = decide_again(self._workspace, before, article, self._copies(article), scored)
            decisions.append(Decision(article.article_id, *found))
        return decisions

    def reweigh(self) -> None:
        """Weigh the whole window anew with the frequencies of the day, and repair what that brings to light.

        For a young corpus: what its first articles were weighed with knew nothing of its topics. Costs about
        0.3 ms for each article of the window.
        """
        workspace = self._workspace
        for story in workspace.look_up_all(self._index.window()):
            if workspace.is_alive(story):
                near = workspace.known_stories(workspace.stories_near(story))
                scored = [(fit_of_stories(story, other), other) for other in near if other is not story]
                repair(workspace, None, story, sorted(scored, key=lambda pair: (-pair[0], pair[1].story_id)))

    def _decide(self, article: IndexedArticle) -> Decision:
        copies = self._copies(article)
        if copies:
            best = copies[0]
            self._workspace.join(article, bring_together(self._workspace, article, copies))
            self._translations.join(article, self._workspace.story(article.story_id))
            kind = MatchKind.TEXT_HASH if best.is_same_text else MatchKind.NEAR_COPY
            return Decision(article.article_id, kind, best.score, best.article.article_id)
        scored = self._scored(article)
        score = scored[0][0] if scored else None
        scored = [x for x in scored if x[0] < THRESHOLD or not self._translations.contradict(article, x[1])]
        if not scored or scored[0][0] < THRESHOLD:
            self._workspace.join(article, story := self._workspace.new_story())
            if translated := self._translations.join(article, story):
                return Decision(
                    article.article_id, MatchKind.TRANSLATION, translated.score, translated.article_id
                )
            self._link(article)
            return Decision(article.article_id, MatchKind.NEW, score, None)
        score, story = scored[0]
        self._workspace.join(article, story)
        repair(self._workspace, article, story, scored)
        self._translations.join(article, self._workspace.story(article.story_id))
        return Decision(article.article_id, MatchKind.SAME_EVENT, score, None)

    def _link(self, article: IndexedArticle) -> None:
        """Note which earlier story the article follows up, where it says so and opened a story of its own."""
        if article.day is None or not article.cues:
            return
        earlier = [
            story
            for story in self._workspace.stories_of_any_day(article)
            if story.mean_day is not None and is_follow_up(article.cues, article.day - story.mean_day)
        ]
        scores = likeness(article, earlier)
        if scores and (best := max(scores)) >= LINK_LIKENESS:
            self.changes.links.append((article.story_id, earlier[scores.index(best)].story_id, best))

    def _matched(self, decisions: list[Decision]) -> list[Decision]:
        """Return the decisions with the nearest earlier article of the story, where the event decided."""
        by_event = {d.article_id for d in decisions if d.kind is MatchKind.SAME_EVENT}
        stories = {self.changes.articles[i].story_id for i in by_event}
        at_hand = self._workspace.known_stories(sorted(stories))
        self._workspace.fetch_members([story for story in at_hand if story.size <= COMPARED_MEMBERS])
        members_of = self._workspace.members_at_hand(stories)
        place = {decision.article_id: number for number, decision in enumerate(decisions)}
        matched = []
        for number, decision in enumerate(decisions):
            if decision.article_id in by_event:
                article = self.changes.articles[decision.article_id]
                members = members_of[article.story_id]
                others = [m for m in members if m.vector and place.get(m.article_id, -1) < number]
                decision = replace(decision, match_article_id=_nearest(article, others))
            matched.append(decision)
        return matched

    def _copies(self, article: IndexedArticle) -> list[CopyMatch]:
        found = self._workspace.known_articles(self._workspace.copy_candidates(article))
        others = [other for other in found if other.article_id != article.article_id]
        return verify(article.text_hash, article.shingles, article.shingle_count, others)

    def _scored(self, article: IndexedArticle) -> list[tuple[float, IndexedStory]]:
        stories = self._workspace.known_stories(self._workspace.story_candidates(article))
        scores = fit(article, stories)
        return sorted(zip(scores, stories, strict=True), key=lambda pair: (-pair[0], pair[1].story_id))


def _nearest(article: IndexedArticle, others: Sequence[IndexedArticle]) -> int | None:
    vectors = [other.vector for other in others if other.vector is not None]
    if article.vector is None or not vectors:
        return None
    return others[int(dots(article.vector, vectors).argmax())].article_id


def indexed(batch: Sequence[StoryInput], frequencies: DocumentFrequencies) -> list[IndexedArticle]:
    """Return articles as the engine compares them, weighed with these frequencies."""
    weighed = article_terms([article.fingerprint for article in batch], frequencies)
    return [_indexed(article, terms, vector) for article, (terms, vector) in zip(batch, weighed, strict=True)]


def _indexed(article: StoryInput, terms: ArticleTerms, vector: Vector) -> IndexedArticle:
    fingerprint = article.fingerprint
    return IndexedArticle(
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
        terms=terms,
        vector=vector,
        moments=moment_vector(fingerprint),
        bands=tuple(sorted(set(np.frombuffer(fingerprint.bands, np.int32).tolist()))),
    )
