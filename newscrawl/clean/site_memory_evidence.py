"""Site memory, the part that judges: when a recurring block counts as boilerplate of its site.

The evidence is three articles that each hold the block and have nothing else to do with one another or
with it; or two, where the cleaner's rules cut the block from one of them.

*Nothing else to do with one another*: without the blocks they share, their titles and texts have no topic
in common; where the block is the first or last of its articles, titles and names that differ are enough.
A re-crawl, a copy, a follow-up, a live blog of the same event or the next issue of a template (weather,
market report) fails this. *Nothing to do with it*: the block's rare words do not occur in the rest of its
article. A quoted statement or a background paragraph names what its article is about; a bio, a promo or
a notice does not.

Both tests look at pairs or at single articles, so that more articles can only add evidence: whether a
block is known depends on which articles were seen, not on their order.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from math import log, sqrt
from typing import Protocol

from newscrawl.clean.site_memory import is_from_memory, kept_positions
from newscrawl.clean.site_memory_page import (
    HEADING_WORDS,
    MAX_EXAMINED,
    SHORT_WORDS,
    MemoryPage,
    block_key,
    count_words,
    examined_places,
    is_learnable_text,
    learnable_places,
)
from newscrawl.model import BlockKind, RemovedBlock


class TopicTerms(Protocol):
    """Words as numbers, and how rare each is: `newscrawl.store` gives the story engine's."""

    def terms(self, text: str) -> Sequence[int]:
        """Return the term of each word of `text`, in order."""
        ...

    def rarity(self, terms: Iterable[int], language: str | None) -> Mapping[int, float]:
        """Return a weight for each of `terms` (and perhaps others), more for rarer ones, none below 0."""
        ...


ENOUGH_ARTICLES = 3
"""Articles, the one at hand included: nothing of a block stays from the third page on. With two, 12 % of
the pairs of articles on one event would pass for independent; of three, all pairs must."""

MAX_TOPIC_COSINE = 0.15
"""Cosine of two articles' terms up to which they are independent. Of articles on one event 14 % are below
it, of articles on different events in the same outlet 2.5 % above (bench/stories fulltext, 300 words)."""

MAX_TOPIC_COSINE_OF_CUT = 0.25
"""The same where a rule cut the block from one of the two: two witnesses of different kinds. Of articles on
one event 26 % are below it, of others 0.3 % above."""

EDGE_TITLE_COSINE, EDGE_TOPIC_COSINE, EDGE_NAME_COSINE, EDGE_COHESION = 0.3, 0.6, 0.3, 0.25
"""What is asked instead of `MAX_TOPIC_COSINE` and `MAX_COHESION` where the block stands first or last in its
article, as bios, promos and notices do: other titles, other names (words in less than 1 % of articles), a
text that is no version of the other. On sites whose articles are all about alike 65 % of the pairs pass
(.3 % by `MAX_TOPIC_COSINE`); of articles on one event 34 % (14 %), hence the stricter cohesion."""

NAME_RARITY = 5.0
"""ln(idf) from which on a word counts as a name: it is in fewer than 1 % of articles."""

MAX_COHESION = 0.30
"""Weighted share of the block's terms that its article may repeat. Of real paragraphs 20 % are below, of
recurring boilerplate 4 % above (bench/extraction, 9,315 and 431 blocks of six words and more)."""

MAX_SHARED_SHARE = 0.75
"""Share of the shorter article's words that two articles may share and still be two."""

MIN_REST_WORDS = 12
"""Words beside the shared blocks, title included, without which no topic can be told."""

MAX_SIGHTINGS = 8
"""Articles per block that are compared. Where 8 hold no three that are independent, the block belongs to a
topic; bounds the cost."""

MAX_CUT_SIGHTINGS = 3
"""Articles per block from which a rule cut it that are compared."""

LEAD_ARTICLES, LEAD_SHARE = 8, 0.8
"""Articles, and share of the site's articles, that must hold a block which opens their texts. A sentence that
opens some articles of a series ("The trial of … continues") is part of them, whatever follows; a notice
of the house opens them all."""

LEAD_BLOCKS = 2
"""Blocks at the beginning of an article for which a rule's cut on another page is no evidence: that page may
have shown this article's first sentences as a teaser."""

BODY_MARGIN = 8
"""Blocks before the first and after the last paragraph in which a rule's cuts are remembered: what is cut
further away is a page's frame, which is not mistaken for text."""

SPEAKS_FOR_SITE = frozenset(
    {
        BlockKind.AD,
        BlockKind.BIO,
        BlockKind.SHARE,
        BlockKind.NEWSLETTER,
        BlockKind.COMMENTS,
        BlockKind.LEGAL,
        BlockKind.PAYWALL,
        BlockKind.PROMO,
    }
)
"""Kinds whose cuts are evidence. Teasers (related, navigation) and captions repeat other articles' words."""

TOPIC_WORDS = 300
"""Words of an article, beside its title, that tell its topic. All of its words cost three times as much and
tell articles on one event from others no better (bench/stories fulltext)."""

TITLE_WEIGHT = 3
"""A word of the title counts as three of the text, as in the story engine."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a block: `independent_count` articles (counted up to `ENOUGH_ARTICLES`)."""

    independent_count: int

    @property
    def is_enough(self) -> bool:
        """Whether the block is boilerplate."""
        return self.independent_count >= ENOUGH_ARTICLES


def evidence_keys(site: str, page: MemoryPage) -> dict[int, int]:
    """Return key -> place of the blocks of `page` that the memory of `site` may learn."""
    keys: dict[int, int] = {}
    for i in learnable_places(page):
        key = block_key(site, page.paragraphs[i])
        if key is not None:
            keys.setdefault(key, i)
    return keys


def cut_kinds(site: str, page: MemoryPage, removed: Sequence[RemovedBlock]) -> dict[int, BlockKind]:
    """Return key -> kind of the blocks near the text of `page` that a rule cut and that others might keep."""
    by_rules = [block for block in removed if not is_from_memory(block)]
    positions = kept_positions(len(page.paragraphs), by_rules)
    if not positions:
        return {}
    body = range(positions[0] - BODY_MARGIN, positions[-1] + BODY_MARGIN + 1)
    kinds: dict[int, BlockKind] = {}
    for block in by_rules[:MAX_EXAMINED]:
        if block.kind in SPEAKS_FOR_SITE and block.position in body and is_learnable_text(block.text):
            key = block_key(site, block.text)
            if key is not None:
                kinds.setdefault(key, block.kind)
    return kinds


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


def weigh_evidence(
    key: int,
    pages: Sequence[EvidencePage],
    cut_from: Sequence[EvidencePage] = (),
    site_articles: int | None = None,
) -> Evidence:
    """Return the evidence that the block `key` is boilerplate of the site that `pages` belong to.

    `cut_from` are pages of which the cleaner's rules cut it, `site_articles` the number of articles that are
    known of the site (None: no more than `pages`).
    Cost: about 0.3 ms a page the first time that it is weighed. At most `MAX_SIGHTINGS` pages are compared.
    """
    held = [page for page in pages if key in page.blocks][:MAX_SIGHTINGS]
    cut_from = [page for page in cut_from if key not in page.blocks][:MAX_CUT_SIGHTINGS]
    if not _plausible_pairs(held) and not cut_from:
        return Evidence(min(1, len(held)))
    counts = Counter(other for page in held for other in page.blocks)
    shared = frozenset(other for other, count in counts.items() if count > 1) | {key}
    ties = {page: cohesion(page.weights_of(key), page.without(shared).terms) for page in held}
    apart = [page for page in held if ties[page] < MAX_COHESION]
    if any(
        page.place(key) >= LEAD_BLOCKS
        and not _are_copies(page, cut)
        and _topic_cosine(page, cut, {key}) < MAX_TOPIC_COSINE_OF_CUT
        for page in apart
        for cut in cut_from
    ):
        return Evidence(ENOUGH_ARTICLES)
    opening = [page for page in apart if page.opens_with(key, shared)]
    if opening and (len(pages) < LEAD_ARTICLES or len(pages) < LEAD_SHARE * (site_articles or 0)):
        apart = [page for page in apart if page not in opening]
    at_edge = {page for page in apart if ties[page] < EDGE_COHESION and page.is_at_edge(key, shared)}
    pairs = {
        (i, j)
        for i, j in _plausible_pairs(apart)
        if _topic_cosine(apart[i], apart[j]) < MAX_TOPIC_COSINE
        or (at_edge >= {apart[i], apart[j]} and _tell_different_things(apart[i], apart[j]))
    }
    if any((i, k) in pairs and (j, k) in pairs for i, j in pairs for k in range(j + 1, len(apart))):
        return Evidence(ENOUGH_ARTICLES)
    return Evidence(2 if pairs else min(1, len(apart)))


def cohesion(block: Mapping[int, float], rest: Mapping[int, float]) -> float:
    """Return the weighted share, from 0 to 1, of a block's terms that the rest of its article repeats."""
    total = sum(block.values())
    if total <= 0:
        return 0.0
    return sum(weight for term, weight in block.items() if term in rest) / total


def _plausible_pairs(pages: Sequence[EvidencePage]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(pages)), 2) if not _are_copies(pages[i], pages[j])]


def _are_copies(one: EvidencePage, other: EvidencePage) -> bool:
    """Tell whether too little remains beside what two pages share to call them two articles."""
    shared = sum(words for key, words in one.words.items() if key in other.words)
    least = min(one.word_count, other.word_count)
    return least - shared < MIN_REST_WORDS or shared > MAX_SHARED_SHARE * least


def _topic_cosine(one: EvidencePage, other: EvidencePage, without: Set[int] = frozenset()) -> float:
    """Return how alike two pages are beside the blocks that they share and the blocks `without`."""
    rests = _rests(one, other, without)
    return _cosine(rests[0].terms, rests[1].terms)


def _tell_different_things(one: EvidencePage, other: EvidencePage) -> bool:
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
