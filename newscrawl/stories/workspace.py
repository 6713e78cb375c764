"""What one batch knows: looked up in the index once, then changed in memory as its articles are decided.

Every change is noted in `changes`, which the caller writes when the batch is done.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from newscrawl.stories.copies import is_copy, rank_candidates
from newscrawl.stories.index import Changes, IndexedArticle, IndexedStory, Move, StoryIndex
from newscrawl.stories.known_postings import KnownPostings
from newscrawl.stories.postings import ASKED_TERMS, POSTED_TERMS, asked_periods
from newscrawl.stories.vectors import weigh

SAME_TEXTS = 4
"""Articles with the very same text that are looked at; they are all in one story."""


class Workspace:
    """The articles and stories around one batch. Unknown ones are fetched when they are asked for.

    `by_language`: stories tell one event in several languages, and words are compared within one of them.
    """

    def __init__(self, index: StoryIndex, *, by_language: bool = False) -> None:
        self.frequencies = index.frequencies()
        self.changes = Changes()
        self.by_language = by_language
        self._index = index
        self._apart: frozenset[frozenset[int]] | None = None
        self._next_story_id = index.next_story_id()
        self._articles: dict[int, IndexedArticle] = {}
        self._stories: dict[int, IndexedStory] = {}
        self._members: dict[int, list[IndexedArticle]] = {}
        self._hashes: dict[int, list[int]] = {}
        self._bands: dict[int, list[int]] = {}
        self._postings = KnownPostings(index, self.changes.posts)

    def look_up(self, batch: Sequence[IndexedArticle]) -> None:
        """Fetch at once what the decisions on `batch` will most likely ask for."""
        hashes = {a.text_hash for a in batch if a.text_hash is not None}
        for text_hash, ids in self._index.articles_with_hash(hashes).items():
            self._hashes[text_hash] = list(ids)
        for band, ids in self._index.articles_with_bands({band for a in batch for band in a.bands}).items():
            self._bands[band] = list(ids)
        self._fetch_copied(batch)
        dated = [a for a in batch if a.day is not None]
        periods = {period for a in dated for period in asked_periods(a.day) or ()}
        self._postings.fetch({term for a in dated for term, _ in a.heaviest(POSTED_TERMS)}, sorted(periods))
        undated = {term for a in batch if a.day is None for term, _ in a.heaviest(POSTED_TERMS)}
        self._postings.fetch(undated, None)
        stories = {story_id for a in batch for story_id in self.story_candidates(a)}
        self.fetch_stories(stories | {article.story_id for article in self._articles.values()})

    def fetch_stories(self, story_ids: Iterable[int]) -> None:
        """Fetch those of the stories that are not at hand."""
        found = self._index.stories(set(story_ids) - self._stories.keys())
        if self.by_language:
            languages = self._index.languages(found)
            for story_id, story in found.items():
                story.languages = Counter(languages.get(story_id))
        self._stories.update(found)

    def look_up_all(self, articles: Iterable[IndexedArticle]) -> list[IndexedStory]:
        """Weigh all articles of the window anew, sum their stories up, and return those, oldest first."""
        self._take_in(articles)
        for article in map(self.weighed, self._articles.values()):
            if article.story_id not in self._members:
                self._members[article.story_id] = []
                self._stories[article.story_id] = self._empty_story(article.story_id)
            self._members[article.story_id].append(article)
            self._stories[article.story_id].add(article)
        self.changes.stories.update(self._stories)
        terms = {term for story in self._stories.values() for term, _ in story.vector.heaviest(POSTED_TERMS)}
        self._postings.fetch(terms, None)
        return [self._stories[story_id] for story_id in sorted(self._stories)]

    def look_up_stories(self, story_ids: Iterable[int]) -> list[IndexedStory]:
        """Fetch these stories; of one that left the window comes what is left of its articles."""
        for story_id in story_ids:
            self._stories.update(self._index.stories([story_id]))
            if story_id not in self._stories:
                story = self.story(story_id)
                for article in self.members(story):
                    story.add(article)
        return [self._stories[story_id] for story_id in story_ids]

    # -- candidates ----------------------------------------------------------------------------------

    def copy_candidates(self, article: IndexedArticle) -> list[int]:
        """Return ids of articles that may be copies: first those with its very text, then by bands."""
        same = self._hashes.get(article.text_hash, [])[:SAME_TEXTS] if article.text_hash is not None else []
        ranked = rank_candidates(article.bands, self._bands)
        return [*same, *(i for i in ranked if i not in same and i != article.article_id)]

    def story_candidates(self, article: IndexedArticle) -> list[int]:
        """Return ids of the stories that share most of the article's heaviest terms around its day."""
        return self._postings.sharing(article.heaviest(ASKED_TERMS), article.day)

    def stories_of_any_day(self, article: IndexedArticle) -> list[IndexedStory]:
        """Return the stories that share most of the article's heaviest terms, whenever they were told."""
        terms = article.heaviest(ASKED_TERMS)
        self._postings.fetch((term for term, _ in terms), None)
        ids = self._postings.sharing(terms, None)
        self.fetch_stories(ids)
        return self.known_stories(ids)

    def stories_of(self, article_ids: Sequence[int]) -> dict[int, int]:
        """Return the ids of the stories that these articles stand in, each with the first of its articles."""
        self._fetch_articles(article_ids)
        first: dict[int, int] = {}
        for article in self.known_articles(article_ids):
            first.setdefault(article.story_id, article.article_id)
        self.fetch_stories(first)
        return first

    def stories_near(self, story: IndexedStory) -> list[int]:
        """Return ids of the stories that share most of the story's heaviest terms around its mean day."""
        return self._postings.sharing(story.vector.heaviest(ASKED_TERMS), story.mean_day)

    def known_articles(self, article_ids: Iterable[int]) -> list[IndexedArticle]:
        """Return the articles that are at hand, in the order of their ids given."""
        return [self._articles[i] for i in article_ids if i in self._articles]

    def known_stories(self, story_ids: Iterable[int]) -> list[IndexedStory]:
        """Return the stories that are at hand, in the order of their ids given."""
        return [self._stories[i] for i in story_ids if i in self._stories]

    def kept_apart(self, story: IndexedStory, others: Iterable[IndexedStory]) -> set[int]:
        """Return the ids of those `others` that a person split from `story`."""
        if self._apart is None:
            self._apart = self._index.kept_apart()
        pairs = {frozenset(map(self.changes.current, pair)) for pair in self._apart}
        return {other.story_id for other in others if frozenset((story.story_id, other.story_id)) in pairs}

    def canonical_article(self, story: IndexedStory) -> int | None:
        """Return the article that stood for the story when the batch began."""
        return self._index.canonical_article(story.story_id)

    # -- stories and their members -------------------------------------------------------------------

    def story(self, story_id: int) -> IndexedStory:
        """Return a story; one that left the window comes back empty and takes its newest article in."""
        if story_id not in self._stories:
            self._stories[story_id] = self._empty_story(story_id)
        return self._stories[story_id]

    def new_story(self) -> IndexedStory:
        """Return a new story under an id of its own."""
        story_id, self._next_story_id = self._next_story_id, self._next_story_id + 1
        self.changes.new_stories.append(story_id)
        self._members[story_id] = []
        return self.story(story_id)

    def is_alive(self, story: IndexedStory) -> bool:
        """Tell whether the story still has articles and was not merged."""
        return self._stories.get(story.story_id) is story and story.size > 0

    def members(self, story: IndexedStory) -> list[IndexedArticle]:
        """Return the story's articles as they are now, ascending by id."""
        self.look_up_members([story])
        return sorted(self._members[story.story_id], key=lambda article: article.article_id)

    def look_up_members(self, stories: Iterable[IndexedStory]) -> None:
        """Fetch at once the members of stories whose `members` will be asked for."""
        found: dict[int, list[IndexedArticle]] = {
            story.story_id: [] for story in stories if story.story_id not in self._members
        }
        if not found:
            return
        lost = [i for i in self.changes.merged if self.changes.current(i) in found]
        for members in self._index.members([*found, *lost]).values():
            self._take_in(members)
        for article in self._articles.values():
            if article.story_id in found:
                found[article.story_id].append(self.weighed(article))
        self._members |= found

    def weighed(self, article: IndexedArticle) -> IndexedArticle:
        """Return the article with its vector, where it still has terms."""
        if article.vector is None and article.terms is not None:
            article.vector = weigh(article.terms, self.frequencies)
        return article

    def fetch_members(self, stories: Sequence[IndexedStory]) -> None:
        """Fetch the members of many stories at once."""
        wanted = [story.story_id for story in stories if story.story_id not in self._members]
        for found in self._index.members(wanted).values() if wanted else ():
            self._take_in(found)

    def members_at_hand(self, story_ids: set[int]) -> Mapping[int, Sequence[IndexedArticle]]:
        """Return those articles of the stories that were fetched already, ascending by id."""
        found: dict[int, list[IndexedArticle]] = {story_id: [] for story_id in story_ids}
        for article_id in sorted(self._articles):
            article = self._articles[article_id]
            if article.story_id in found:
                found[article.story_id].append(self.weighed(article))
        return found

    def join(self, article: IndexedArticle, story: IndexedStory) -> None:
        """Put a new article into a story and make it findable."""
        article.story_id = story.story_id
        story.add(article)
        self._articles[article.article_id] = article
        if story.story_id in self._members:
            self._members[story.story_id].append(article)
        if article.text_hash is not None:
            self._hashes.setdefault(article.text_hash, []).append(article.article_id)
        for band in article.bands:
            self._bands.setdefault(band, []).append(article.article_id)
        self._postings.post(article.heaviest(POSTED_TERMS), article.day, story.story_id)
        self.changes.articles[article.article_id] = article
        self.changes.stories[story.story_id] = story

    def replace(self, known: IndexedArticle, article: IndexedArticle) -> IndexedArticle:
        """Put an article with its new text in the place of what was known of it; return that."""
        before = self.weighed(self._articles.get(known.article_id, known))
        article.is_pinned, article.copy_of_id = before.is_pinned, before.copy_of_id
        story = self.story(self.changes.current(before.story_id))
        if story.story_id in self._members:
            self._members[story.story_id] = [m for m in self._members[story.story_id] if m is not before]
        story.remove(before)
        self.join(article, story)
        return before

    def move(self, article: IndexedArticle, source: IndexedStory, target: IndexedStory, score: float) -> None:
        """Put a known article into another story."""
        self._members[source.story_id] = [m for m in self.members(source) if m is not article]
        self._members[target.story_id] = [*self.members(target), article]
        source.remove(article)
        target.add(article)
        article.story_id = target.story_id
        self._postings.post(article.heaviest(POSTED_TERMS), article.day, target.story_id)
        self.changes.moved[article.article_id] = Move(source.story_id, target.story_id, score)
        self.changes.stories |= {source.story_id: source, target.story_id: target}

    def part(self, story: IndexedStory, leaving: Sequence[IndexedArticle], score: float) -> None:
        """Put these members of a story, which fit it with `score`, into a new one."""
        new = self.new_story()
        for article in leaving:
            self.move(article, story, new, score)
        self.changes.parted[new.story_id] = Move(story.story_id, new.story_id, score)

    def merge(self, one: IndexedStory, other: IndexedStory, score: float) -> IndexedStory:
        """Join two stories under the older id and return it."""
        winner, loser = sorted((one, other), key=lambda story: story.story_id)
        self.absorb(winner, loser, score)
        return winner

    def absorb(self, winner: IndexedStory, loser: IndexedStory, score: float) -> None:
        """Let `winner` take all articles of `loser` in."""
        both = [*self.members(winner), *self.members(loser)]
        heaviest = loser.vector.heaviest(POSTED_TERMS)
        winner.absorb(loser)
        for article in self._members.pop(loser.story_id):
            article.story_id = winner.story_id
        self._members[winner.story_id] = both
        del self._stories[loser.story_id]
        self.changes.merged[loser.story_id] = Move(loser.story_id, winner.story_id, score)
        self.changes.stories.pop(loser.story_id, None)
        self.changes.stories[winner.story_id] = winner
        self._postings.post(heaviest, loser.mean_day, winner.story_id)

    # -- fetching ------------------------------------------------------------------------------------

    def _fetch_copied(self, batch: Sequence[IndexedArticle]) -> None:
        """Fetch the articles of which those of `batch` are copies: of most candidates the text shows that
        they are none."""
        candidates = {article.article_id: self.copy_candidates(article) for article in batch}
        texts = self._index.texts({i for found in candidates.values() for i in found})
        self._fetch_articles(
            i
            for article in batch
            for i in candidates[article.article_id]
            if (text := texts.get(i)) and is_copy(article, text)
        )

    def _empty_story(self, story_id: int) -> IndexedStory:
        story = IndexedStory.empty(story_id)
        story.languages = Counter() if self.by_language else None
        return story

    def _fetch_articles(self, article_ids: Iterable[int]) -> None:
        self._take_in(self._index.articles(set(article_ids) - self._articles.keys()).values())

    def _take_in(self, found: Iterable[IndexedArticle]) -> None:
        for article in found:
            if article.article_id not in self._articles:
                article.story_id = self.changes.current(article.story_id)
                self._articles[article.article_id] = article
