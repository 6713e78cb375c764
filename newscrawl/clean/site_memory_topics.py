"""Site memory, the part that compares: what articles are about beside the blocks that they share."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log, sqrt
from typing import Protocol

from newscrawl.clean.site_memory_page import (
    HEADING_WORDS,
    SHORT_WORDS,
    MemoryPage,
    block_key,
    count_words,
    examined_places,
)


class TopicTerms(Protocol):
    """Words as numbers, and how rare each is: `newscrawl.store` gives the story engine's."""

    def terms(self, text: str) -> Sequence[int]:
        """Return the term of each word of `text`, in order."""
        ...

    def rarity(self, terms: Iterable[int], language: str | None) -> Mapping[int, float]:
        """Return a weight for each of `terms` (and perhaps others), more for rarer ones, none below 0."""
        ...


EDGE_TITLE_COSINE, EDGE_TOPIC_COSINE, EDGE_NAME_COSINE, EDGE_COHESION = 0.3, 0.6, 0.3, 0.25
"""What is asked instead of `MAX_TOPIC_COSINE` and `MAX_COHESION` where the block stands first or last in its
article, as bios, promos and notices do: other titles, other names (words in less than 1 % of articles), a
text that is no version of the other. On sites whose articles are all about alike 65 % of the pairs pass
(.3 % by `MAX_TOPIC_COSINE`); of articles on one event 34 % (14 %), hence the stricter cohesion."""

NAME_RARITY = 5.0
"""ln(idf) from which on a word counts as a name: it is in fewer than 1 % of articles."""

MAX_SHARED_SHARE = 0.75
"""Share of the shorter article's words that two articles may share and still be two."""

MIN_REST_WORDS = 12
"""Words beside the shared blocks, title included, without which no topic can be told."""

TOPIC_WORDS = 300
"""Words of an article, beside its title, that tell its topic. All of its words cost three times as much and
tell articles on one event from others no better (bench/stories fulltext)."""

TITLE_WEIGHT = 3
"""A word of the title counts as three of the text, as in the story engine."""


@dataclass(frozen=True, slots=True)
class _Rest:
    """What remains of a page without some of its blocks."""

    terms: Mapping[int, float]
    names: Mapping[int, float]  # those of the terms that are rare


class EvidencePage:
    """A page as evidence. It keeps what it measured, so that many blocks can be weighed on the same pages."""

    def __init__(self, site: str, page: MemoryPage, topic_terms: TopicTerms) -> None:
        texts = [page.paragraphs[i] for i in examined_places(len(page.paragraphs))]
        keyed = ((block_key(site, text), text) for text in texts)
        self.blocks = {key: text for key, text in keyed if key is not None}
        self.words = {key: count_words(text) for key, text in self.blocks.items()}
        self.word_count = count_words(page.title) + sum(self.words.values())
        self._page = page
        self._topic_terms = topic_terms
        self._block_terms: dict[int, Sequence[int]] = {}
        self._rests: dict[frozenset[int], _Rest] = {}

    def without(self, keys: frozenset[int]) -> _Rest:
        """Return the page without the blocks `keys`."""
        rest = self._rests.get(keys)
        if rest is None:
            terms: list[int] = []
            for key in self.blocks:
                # Lines of a few words are bylines, dates and headings: not what an article says.
                if key not in keys and self.words[key] >= SHORT_WORDS:
                    terms += self._terms_of(key)
                    if len(terms) >= TOPIC_WORDS:
                        break
            counts = Counter(terms[:TOPIC_WORDS])
            for term in self._topic_terms.terms(self._page.title):
                counts[term] += TITLE_WEIGHT
            weights = self._weigh(counts)
            rarity = self._topic_terms.rarity(counts, self._page.language)
            names = {term: weight for term, weight in weights.items() if rarity[term] >= NAME_RARITY}
            rest = self._rests[keys] = _Rest(weights, names)
        return rest

    def title_weights(self) -> Mapping[int, float]:
        """Return the weighted terms of the title."""
        return self._weigh(Counter(self._topic_terms.terms(self._page.title)))

    def place(self, key: int) -> int:
        """Return the place of a block among the page's blocks."""
        return list(self.blocks).index(key)

    def opens_with(self, key: int, shared: Set[int]) -> bool:
        """Tell whether the block opens the text: before it are `shared` blocks and lines, after it text."""
        keys, place = list(self.blocks), self.place(key)
        before = {other for other in keys[:place] if self.words[other] > HEADING_WORDS}
        return shared >= before and not shared >= set(keys[place:])

    def is_at_edge(self, key: int, shared: Set[int]) -> bool:
        """Tell whether only `shared` blocks stand before the block, or only such after it."""
        keys, place = list(self.blocks), self.place(key)
        return shared >= set(keys[:place]) or shared >= set(keys[place:])

    def weights_of(self, key: int) -> Mapping[int, float]:
        """Return the weighted terms of one block, without the authors' names: a bio repeats a byline."""
        names = {term for author in self._page.authors for term in self._topic_terms.terms(author)}
        return self._weigh(Counter(term for term in self._terms_of(key) if term not in names))

    def _terms_of(self, key: int) -> Sequence[int]:
        terms = self._block_terms.get(key)
        if terms is None:
            terms = self._block_terms[key] = self._topic_terms.terms(self.blocks[key])
        return terms

    def _weigh(self, counts: Mapping[int, int]) -> dict[int, float]:
        rarity = self._topic_terms.rarity(counts, self._page.language)
        return {term: (1 + log(count)) * rarity[term] for term, count in counts.items()}


def cohesion(block: Mapping[int, float], rest: Mapping[int, float]) -> float:
    """Return the weighted share, from 0 to 1, of a block's terms that the rest of its article repeats."""
    total = sum(block.values())
    if total <= 0:
        return 0.0
    return sum(weight for term, weight in block.items() if term in rest) / total


def are_copies(one: EvidencePage, other: EvidencePage) -> bool:
    """Tell whether too little remains beside what two pages share to call them two articles."""
    shared = sum(words for key, words in one.words.items() if key in other.words)
    least = min(one.word_count, other.word_count)
    return least - shared < MIN_REST_WORDS or shared > MAX_SHARED_SHARE * least


def topic_cosine(one: EvidencePage, other: EvidencePage, without: Set[int] = frozenset()) -> float:
    """Return how alike two pages are beside the blocks that they share and the blocks `without`."""
    rests = _rests(one, other, without)
    return _cosine(rests[0].terms, rests[1].terms)


def tell_different_things(one: EvidencePage, other: EvidencePage) -> bool:
    """Tell whether two pages have other titles and other names, though perhaps many words in common."""
    rests = _rests(one, other)
    return (
        _cosine(rests[0].terms, rests[1].terms) < EDGE_TOPIC_COSINE
        and _cosine(rests[0].names, rests[1].names) < EDGE_NAME_COSINE
        and _cosine(one.title_weights(), other.title_weights()) < EDGE_TITLE_COSINE
    )


def _rests(one: EvidencePage, other: EvidencePage, without: Set[int] = frozenset()) -> tuple[_Rest, _Rest]:
    shared = frozenset((one.blocks.keys() & other.blocks.keys()) | without)
    return one.without(shared), other.without(shared)


def _cosine(one: Mapping[int, float], other: Mapping[int, float]) -> float:
    small, large = sorted((one, other), key=len)
    product = sum(weight * large.get(term, 0.0) for term, weight in small.items())
    return product / (_length(small) * _length(large)) if product else 0.0


def _length(vector: Mapping[int, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))
