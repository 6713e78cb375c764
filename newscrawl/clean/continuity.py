"""What stays, or goes, because of what stands around it: the last word on a block after scores and rules."""

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage, Inside
from newscrawl.clean.evidence import CERTAIN, Evidence
from newscrawl.clean.runs import keep_the_last_lines, keep_the_rest_of_a_run, keep_what_is_like_the_text
from newscrawl.clean.structure import Structure
from newscrawl.clean.votes import Votes
from newscrawl.model import BlockKind

Floats = npt.NDArray[np.float32]

# A paragraph or sub-heading between two that stay, in the same element, stays from this score on.
BETWEEN_KEPT: Final = 0.2
# A sub-heading from whose text an advertisement or a box parts it (on the DEV pages 21 of 38 such are gold).
HEADING_OVER_TEXT: Final = 0.3
# A heading without text under it stays from this score on (fundus_tests .9754 -> .9773, others as before).
HEADING_BY_ITSELF: Final = 0.8
# A quotation within the text stays from this score on (on the DEV pages 7 of 12 such are gold).
QUOTE_WITHIN: Final = 0.3
# Characters. A shorter line may be a refrain, and so is what stands more often than this.
REPEATED_CHARS: Final = 60
MAX_REPEATS: Final = 3
# Words from which a sentence right below the headline is one, whatever the markup calls it.
STANDFIRST_WORDS: Final = 8
STANDFIRST_CUT: Final = 0.2
_BESIDE_A_HEADLINE: Final = (
    BlockKind.TITLE,
    BlockKind.BYLINE,
    BlockKind.DATELINE,
    BlockKind.NAVIGATION,
    BlockKind.SHARE,
    BlockKind.COMMENTS,
)


def settle_by_context(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    scores: Floats,
    kept: list[bool],
) -> None:
    """Change `kept` (one a block) where the text around a block tells more than the block itself."""
    votes = Votes(page, structure, evidence, scores)
    _keep_the_standfirst(votes, kept)
    _keep_what_stands_between(votes, kept)
    _keep_quotations(page, evidence, scores, kept)
    _keep_who_said_it(page, kept)
    keep_the_rest_of_a_run(votes, kept)
    keep_the_last_lines(votes, kept)
    keep_what_is_like_the_text(votes, kept)
    _settle_repeats(page, evidence, kept)
    _drop_headings_without_text(page, scores, kept)


def _keep_the_standfirst(votes: Votes, kept: list[bool]) -> None:
    """Keep the sentence between the headline and the text, if but who, when and tools stand beside it."""
    page, structure, evidence, scores = votes
    first = next((at for at, stays in enumerate(kept) if stays), 0)
    for at in range(first - 1, -1, -1):
        rule = evidence[at]
        if rule is not None:
            if rule.kind is BlockKind.TITLE:
                break
            continue
    else:
        return
    for block in page.blocks[at + 1 : first]:
        rule = evidence[block.index]
        if rule is not None and rule.kind in _BESIDE_A_HEADLINE:
            continue
        if rule is None and structure.words[block.index] < STANDFIRST_WORDS:
            continue  # a section's name, a count of readers
        if (
            rule is None
            and not block.after_image
            and scores[block.index] >= STANDFIRST_CUT
            and structure.link_density[block.index] < 0.1
        ):
            kept[block.index] = True
        return


def _keep_what_stands_between(votes: Votes, kept: list[bool]) -> None:
    page, structure, evidence, scores = votes
    blocks = page.blocks
    first = next((at for at, stays in enumerate(kept) if stays), len(blocks))
    text_follows = False  # past advertisements, captions and the like
    for at in range(len(blocks) - 2, first, -1):
        rule = evidence[at + 1]
        if kept[at + 1] or rule is None or rule.strength < CERTAIN:
            text_follows = kept[at + 1]
        if kept[at] or evidence[at] is not None or structure.link_density[at] > 0.3:
            continue
        if blocks[at].box.level > 1:  # a sub-heading, whatever stands between it and the paragraph before
            kept[at] = (kept[at + 1] and scores[at] >= BETWEEN_KEPT) or (
                text_follows and scores[at] >= HEADING_OVER_TEXT
            )
            continue
        if scores[at] < BETWEEN_KEPT or not kept[at + 1] or not kept[at - 1]:
            continue
        around = blocks[at - 1].box.parent
        if blocks[at].box.parent is around and blocks[at + 1].box.parent is around:
            kept[at] = any(map(str.isalnum, blocks[at].text))


def _keep_quotations(
    page: BlockPage, evidence: list[Evidence | None], scores: Floats, kept: list[bool]
) -> None:
    """Keep the quotations that stand within the text."""
    stay = [at for at, stays in enumerate(kept) if stays]
    if stay:
        for block in page.blocks[stay[0] : stay[-1]]:
            if (
                block.box.inside & Inside.QUOTE
                and evidence[block.index] is None
                and scores[block.index] >= QUOTE_WITHIN
            ):
                kept[block.index] = True


def _keep_who_said_it(page: BlockPage, kept: list[bool]) -> None:
    """The dash and the name under a quotation ("— Name (@name) date") go with the quotation."""
    for before, block in pairwise(page.blocks):
        if kept[before.index] and block.text[0] in "—–" and block.box.inside & Inside.QUOTE:
            kept[block.index] = kept[block.index] or before.box.inside & Inside.QUOTE != 0


def _settle_repeats(page: BlockPage, evidence: list[Evidence | None], kept: list[bool]) -> None:
    """Of a paragraph that stands twice (a print version, a pull quote) the first stays; a refrain all."""
    places: dict[str, list[int]] = {}
    for block in page.blocks:
        if len(block.text) >= REPEATED_CHARS and evidence[block.index] is None:
            places.setdefault(block.text, []).append(block.index)
    for ats in places.values():
        stay = [at for at in ats if kept[at]]
        if len(ats) > MAX_REPEATS and stay:
            path = page.blocks[stay[0]].box.path_id
            for at in ats:
                kept[at] = kept[at] or page.blocks[at].box.path_id == path
        else:
            for at in stay[1:]:
                kept[at] = False


def _drop_headings_without_text(page: BlockPage, scores: Floats, kept: list[bool]) -> None:
    """A heading stays only with text under it, unless it is surely text itself (a list of headings)."""
    follows = False
    for block in reversed(page.blocks):
        at = block.index
        if kept[at]:
            if block.box.level and not follows and scores[at] < HEADING_BY_ITSELF:
                kept[at] = False
            else:
                follows = True
