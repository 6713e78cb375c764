"""The votes on each block become one decision: it stays, or it goes with a kind and a rule."""

from typing import Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage, Inside
from newscrawl.clean.continuity import settle_by_context
from newscrawl.clean.evidence import CERTAIN, LIKELY, Evidence
from newscrawl.clean.structure import Structure

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
# Link densities of bars and of lone links, and the words of these, that no score is asked for.
BAR_LINKS: Final = 0.5
ALL_LINKS: Final = 0.95
LINK_WORDS: Final = 3
_RULES_OF_PLACE: Final = (":class", ":picture")


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
        elif block.text[0] == "<" and block.box.inside & Inside.NOSCRIPT:
            continue  # markup for browsers without scripts, escaped once too often
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
    settle_by_context(page, structure, evidence, scores, kept)
    return kept


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
