"""Site memory, the part that acts: how blocks that are known of a site are cut from an article of it.

A crawler sees many pages of a site. A paragraph that recurs word for word on several different articles
of one site is boilerplate, whatever it says (`site_memory_evidence` tells when it counts as known). What
this file does to an article it can undo: a cut block goes to `removed` with its position, and
`undo_memory` puts it back. `apply_memory` always begins with the text as the cleaner gave it. So the
result depends only on the cleaned page and on what is known, never on the order in which either came.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from newscrawl.clean.site_memory_page import (
    MemoryPage,
    block_key,
    count_words,
    examined_places,
    learnable_places,
)
from newscrawl.model import Article, BlockKind, RemovedBlock

LEARNED_RULE = "learned:repeated-block"
"""The rule of a block that recurred on different articles of the site."""
DENIED_RULE = "learned:denied-block"
"""The rule of a block that a person denied."""

MAX_CUT_SHARE = 0.6
"""Share of an article's words that what was learned may cut; the last blocks first. A bio and two promos
under a note of three sentences stay below it; an article made of a template's sentences stays an article."""


class BlockState(StrEnum):
    """What is known of a block that recurs on a site. A person's word (the last two) is never overruled."""

    LEARNING = "learning"  # seen on different articles, not often enough
    ACTIVE = "active"  # boilerplate: cut
    ALLOWED = "allowed"  # a person said: it may stay in articles
    DENIED = "denied"  # a person said: always cut


CUT_STATES = frozenset((BlockState.ACTIVE, BlockState.DENIED))


@dataclass(frozen=True, slots=True)
class KnownBlock:
    """A block that is to be cut from the articles of its site."""

    kind: BlockKind
    state: BlockState

    @property
    def rule(self) -> str:
        """The rule that stands on the removed block."""
        return DENIED_RULE if self.state is BlockState.DENIED else LEARNED_RULE


@dataclass(frozen=True, slots=True)
class CutText:
    """An article's paragraphs and removed blocks after memory was applied, both in the page's order."""

    paragraphs: tuple[str, ...]
    removed: tuple[RemovedBlock, ...]


def kept_positions(count: int, removed: Iterable[RemovedBlock]) -> list[int]:
    """Return the positions on the page of the `count` paragraphs kept: those that no removed block has."""
    taken = {block.position for block in removed}
    positions: list[int] = []
    position = 0
    while len(positions) < count:
        if position not in taken:
            positions.append(position)
        position += 1
    return positions


def is_from_memory(block: RemovedBlock) -> bool:
    """Tell whether it was site memory that cut this block."""
    return block.rule in (LEARNED_RULE, DENIED_RULE)


def undo_memory(paragraphs: Sequence[str], removed: Sequence[RemovedBlock]) -> CutText:
    """Return the text as the cleaner gave it: what memory had cut is back at its place."""
    cut = [block for block in removed if is_from_memory(block)]
    by_rules = tuple(block for block in removed if not is_from_memory(block))
    if not cut:
        return CutText(tuple(paragraphs), by_rules)
    placed = list(zip(kept_positions(len(paragraphs), removed), paragraphs, strict=True))
    placed += [(block.position, block.text) for block in cut]
    placed.sort(key=lambda item: item[0])
    return CutText(tuple(text for _, text in placed), by_rules)


def apply_memory(
    site: str, page: MemoryPage, removed: Sequence[RemovedBlock], known: Mapping[int, KnownBlock]
) -> CutText:
    """Return the text of `page` without the blocks of `known` (by key), and all removed blocks.

    Blocks of `removed` that memory had cut before are in `page.paragraphs` already and are cut anew, or not.
    What was learned takes at most `MAX_CUT_SHARE` of the words, the last blocks first; the word of a
    person has no such bound. A text never becomes empty.
    """
    by_rules = tuple(block for block in removed if not is_from_memory(block))
    cuts = _choose_cuts(site, page, known) if known else {}
    if not cuts:
        return CutText(page.paragraphs, by_rules)
    positions = kept_positions(len(page.paragraphs), by_rules)
    blocks = [
        RemovedBlock(block.kind, block.rule, page.paragraphs[i], path="", position=positions[i])
        for i, block in cuts.items()
    ]
    kept = tuple(text for i, text in enumerate(page.paragraphs) if i not in cuts)
    return CutText(kept, tuple(sorted((*by_rules, *blocks), key=lambda block: block.position)))


def recall(site: str, article: Article, known: Mapping[int, KnownBlock]) -> Article:
    """Return `article` with what is known of its site applied; the same object where nothing changes."""
    result = apply_memory(site, memory_page(article), article.removed, known)
    if result.removed == article.removed:
        return article
    return replace(article, text="\n\n".join(result.paragraphs), removed=result.removed)


def memory_page(article: Article) -> MemoryPage:
    """Return site memory's view of an article."""
    base = undo_memory(article.paragraphs, article.removed)
    return MemoryPage(article.url, article.title, article.language, article.authors, base.paragraphs)


def _choose_cuts(site: str, page: MemoryPage, known: Mapping[int, KnownBlock]) -> dict[int, KnownBlock]:
    found: dict[int, KnownBlock] = {}
    for i in examined_places(len(page.paragraphs)):
        key = block_key(site, page.paragraphs[i])
        block = known.get(key) if key is not None else None
        if block is not None and block.state in CUT_STATES:
            found[i] = block
    if not found:
        return {}
    learnable = set(learnable_places(page))
    words = [count_words(text) for text in page.paragraphs]
    left = MAX_CUT_SHARE * sum(words)
    chosen: dict[int, KnownBlock] = {}
    for i in sorted(found, reverse=True):
        if len(chosen) == len(words) - 1:
            break
        if found[i].state is not BlockState.DENIED:
            if i not in learnable or words[i] > left:
                continue
            left -= words[i]
        chosen[i] = found[i]
    return dict(sorted(chosen.items()))
