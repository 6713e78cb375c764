"""The votes on each block become one decision: it stays, or it goes with a kind and a rule."""

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import Block, BlockPage, Inside
from newscrawl.clean.evidence import CERTAIN, LIKELY, Evidence
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

Floats = npt.NDArray[np.float32]

# A score (0 to 1) from which a block stays although a rule finds it likely to be boilerplate: a running
# paragraph of so many words with few links that but its place or a class name speaks against, and any other.
SURE_PARAGRAPH: Final = 0.4
SURE_LINE: Final = 0.7
PARAGRAPH_WORDS: Final = 20
MAX_PARAGRAPH_LINKS: Final = 0.3
# The same against a certain rule, and only for a running paragraph of so many words.
OVERRULES_CERTAIN: Final = 0.95
LONG_PARAGRAPH_WORDS: Final = 45
# The cut lies where the expected F1 of the page is best, within these bounds.
LOWEST_CUT: Final = 0.3
HIGHEST_CUT: Final = 0.6
# Where no block reaches the lowest cut, the page's best ones stand for its text, down to this.
LAST_RESORT: Final = 0.04
# A paragraph or sub-heading between two that stay, in the same element, stays from this score on.
BETWEEN_KEPT: Final = 0.2
# A quotation within the text stays from this score on (on the DEV pages 7 of 12 such are gold).
QUOTE_WITHIN: Final = 0.3
# A run of paragraphs of one path: so many, such a share of them kept, and the least score of the rest.
RUN_BLOCKS: Final = 5
RUN_SHARE: Final = 0.8
REST_OF_A_RUN: Final = 0.06
# Characters. A shorter line may be a refrain.
REPEATED_CHARS: Final = 60
# Link densities of bars and of lone links, and the words of these, that no score is asked for.
BAR_LINKS: Final = 0.5
ALL_LINKS: Final = 0.95
LINK_WORDS: Final = 3
_RULES_OF_PLACE: Final = (":class", ":picture")
_STANDFIRST: Final = group_bits("standfirst")
STANDFIRST_WORDS: Final = 6
STANDFIRST_CUT: Final = 0.2
# Words from which a sentence right below the headline is one, whatever the markup calls it.
LONG_STANDFIRST_WORDS: Final = 8
_BESIDE_A_HEADLINE: Final = (
    BlockKind.TITLE,
    BlockKind.BYLINE,
    BlockKind.DATELINE,
    BlockKind.NAVIGATION,
    BlockKind.SHARE,
    BlockKind.COMMENTS,
)


def open_blocks(page: BlockPage, structure: Structure, evidence: list[Evidence | None]) -> list[int]:
    """Return the blocks whose fate is open: those that no certain rule cuts whatever their score.

    Links in bars and menus, and single linked words beside the main container, are not worth a score either
    (a third of all blocks; they hold .1 % of the gold text of the DEV pages).
    """
    main = structure.main.index
    first, last = structure.box_first[main], structure.box_last[main]
    rows = []
    for block in page.blocks:
        rule = evidence[block.index]
        links = structure.link_density[block.index]
        if links > BAR_LINKS and block.box.inside & (Inside.NAV | Inside.FOOTER):
            continue
        if (
            links > ALL_LINKS
            and structure.words[block.index] <= LINK_WORDS
            and not first <= block.index <= last
        ):
            continue
        if rule is not None and rule.strength >= CERTAIN:
            if structure.words[block.index] < LONG_PARAGRAPH_WORDS:
                continue
        elif len(block.text) < 4 and not any(map(str.isalnum, block.text)):
            continue
        rows.append(block.index)
    return rows


def decide(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], scores: Floats
) -> list[bool]:
    """Return per block whether it stays."""
    if not page.blocks:
        return []
    words = np.asarray(structure.words, np.float32)
    cut = best_cut(scores, words)
    kept: list[bool] = (scores >= cut).tolist()
    for block in page.blocks:
        if (
            not kept[block.index]
            and scores[block.index] >= STANDFIRST_CUT
            and _is_standfirst(block, structure)
        ):
            kept[block.index] = True
    for block in page.blocks:
        at = block.index
        rule = evidence[at]
        if kept[at] and not any(map(str.isalnum, block.text)):
            kept[at] = False
        if kept[at] and rule is not None:
            if rule.strength >= CERTAIN:
                kept[at] = bool(scores[at] >= OVERRULES_CERTAIN and words[at] >= LONG_PARAGRAPH_WORDS)
            elif rule.strength == LIKELY:
                runs = (
                    words[at] >= PARAGRAPH_WORDS
                    and structure.link_density[at] < MAX_PARAGRAPH_LINKS
                    and rule.rule.endswith(_RULES_OF_PLACE)
                )
                kept[at] = bool(scores[at] >= (SURE_PARAGRAPH if runs else SURE_LINE))
    _keep_the_standfirst(page, structure, evidence, scores, kept)
    _keep_what_stands_between(page, structure, evidence, scores, kept)
    _keep_quotations(page, evidence, scores, kept)
    _keep_who_said_it(page, kept)
    _keep_the_rest_of_a_run(page, structure, evidence, scores, kept)
    _drop_repeats(page, kept)
    _drop_headings_without_text(page, kept)
    return kept


def _is_standfirst(block: Block, structure: Structure) -> bool:
    """Tell whether the markup calls the block a standfirst: the best cut is drawn without it."""
    return bool(
        block.box.groups & _STANDFIRST
        and structure.words[block.index] >= STANDFIRST_WORDS
        and structure.link_density[block.index] < 0.3
    )


def _keep_the_standfirst(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    scores: Floats,
    kept: list[bool],
) -> None:
    """Keep the sentence between the headline and the text, if but who, when and tools stand beside it."""
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
        if rule is None and structure.words[block.index] < LONG_STANDFIRST_WORDS:
            continue  # a section's name, a count of readers
        if (
            rule is None
            and not block.after_image
            and scores[block.index] >= STANDFIRST_CUT
            and structure.link_density[block.index] < 0.1
        ):
            kept[block.index] = True
        return


def best_cut(scores: Floats, words: Floats) -> float:
    """Return the score from which blocks stay: the one with the best expected F1 over words.

    Rescues pages on which all scores are low (fundus_tests .967 -> .974 in the prototype).
    """
    order = np.argsort(-scores, kind="stable")
    sorted_scores, sorted_words = scores[order], words[order]
    true = np.cumsum(sorted_scores * sorted_words)
    kept = np.cumsum(sorted_words)
    total = float((scores * words)[scores > 0.05].sum())
    best = float(sorted_scores[int(np.argmax(2 * true / (kept + total + 1e-9)))])
    if sorted_scores[0] < LOWEST_CUT:
        return max(LAST_RESORT, best)
    return min(max(best, LOWEST_CUT), HIGHEST_CUT)


def _keep_what_stands_between(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    scores: Floats,
    kept: list[bool],
) -> None:
    blocks = page.blocks
    first = next((at for at, stays in enumerate(kept) if stays), len(blocks))
    for at in range(first + 1, len(blocks) - 1):
        if kept[at] or scores[at] < BETWEEN_KEPT or not kept[at + 1]:
            continue
        if evidence[at] is not None or structure.link_density[at] > 0.3:
            continue
        if blocks[at].box.level > 1:
            kept[at] = True  # a sub-heading, whatever stands between it and the paragraph before
            continue
        if not kept[at - 1]:
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


def _keep_the_rest_of_a_run(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    scores: Floats,
    kept: list[bool],
) -> None:
    """Where nearly all elements of one path stay, so do those next to them that no rule speaks against."""
    total: dict[int, int] = {}
    stay: dict[int, int] = {}
    for block in page.blocks:
        path = block.box.path_id
        total[path] = total.get(path, 0) + 1
        stay[path] = stay.get(path, 0) + kept[block.index]
    last = -1  # the block before, past advertisements, captions and the like
    for at in range(len(page.blocks)):
        box = page.blocks[at].box
        rule = evidence[at]
        if (
            last >= 0
            and not kept[at]
            and kept[last]
            and rule is None
            and scores[at] >= REST_OF_A_RUN
            and box.tag == "p"
            and box.path_id == page.blocks[last].box.path_id
            and total[box.path_id] >= RUN_BLOCKS
            and stay[box.path_id] >= RUN_SHARE * total[box.path_id]
            and structure.link_density[at] <= 0.3
            and any(map(str.isalnum, page.blocks[at].text))
        ):
            kept[at] = True
        if kept[at] or rule is None or rule.strength < CERTAIN:
            last = at


def _drop_repeats(page: BlockPage, kept: list[bool]) -> None:
    """Of a paragraph that stands twice (a print version, a pull quote) the first stays."""
    seen: set[str] = set()
    for block in page.blocks:
        if kept[block.index] and len(block.text) >= REPEATED_CHARS:
            if block.text in seen:
                kept[block.index] = False
            seen.add(block.text)


def _drop_headings_without_text(page: BlockPage, kept: list[bool]) -> None:
    """A heading stays only with text under it."""
    follows = False
    for block in reversed(page.blocks):
        at = block.index
        if kept[at]:
            if block.box.level and not follows:
                kept[at] = False
            else:
                follows = True
