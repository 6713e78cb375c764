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
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from newscrawl.clean.site_memory import is_from_memory, kept_positions
from newscrawl.clean.site_memory_page import (
    MAX_EXAMINED,
    MemoryPage,
    block_key,
    is_learnable_text,
    learnable_places,
)
from newscrawl.clean.site_memory_topics import (
    EDGE_COHESION,
    EvidencePage,
    are_copies,
    cohesion,
    tell_different_things,
    topic_cosine,
)
from newscrawl.model import BlockKind, RemovedBlock

ENOUGH_ARTICLES = 3
"""Articles, the one at hand included: nothing of a block stays from the third page on. With two, 12 % of
the pairs of articles on one event would pass for independent; of three, all pairs must."""

MAX_TOPIC_COSINE = 0.15
"""Cosine of two articles' terms up to which they are independent. Of articles on one event 14 % are below
it, of articles on different events in the same outlet 2.5 % above (bench/stories fulltext, 300 words)."""

MAX_TOPIC_COSINE_OF_CUT = 0.25
"""The same where a rule cut the block from one of the two: two witnesses of different kinds. Of articles on
one event 26 % are below it, of others 0.3 % above."""

MAX_COHESION = 0.30
"""Weighted share of the block's terms that its article may repeat. Of real paragraphs 20 % are below, of
recurring boilerplate 4 % above (bench/extraction, 9,315 and 431 blocks of six words and more)."""

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
        and not are_copies(page, cut)
        and topic_cosine(page, cut, {key}) < MAX_TOPIC_COSINE_OF_CUT
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
        if topic_cosine(apart[i], apart[j]) < MAX_TOPIC_COSINE
        or (at_edge >= {apart[i], apart[j]} and tell_different_things(apart[i], apart[j]))
    }
    if any((i, k) in pairs and (j, k) in pairs for i, j in pairs for k in range(j + 1, len(apart))):
        return Evidence(ENOUGH_ARTICLES)
    return Evidence(2 if pairs else min(1, len(apart)))


def _plausible_pairs(pages: Sequence[EvidencePage]) -> list[tuple[int, int]]:
    return [(i, j) for i, j in combinations(range(len(pages)), 2) if not are_copies(pages[i], pages[j])]
