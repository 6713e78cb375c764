"""The votes on each block become one decision: it stays, or it goes with a kind and a rule."""

from dataclasses import dataclass

from newscrawl.clean.blocks import BlockPage, Inside
from newscrawl.clean.evidence import CERTAIN, LIKELY, Evidence
from newscrawl.clean.structure import Structure

# A score (0 to 1) above which a block stays although a rule finds it likely to be boilerplate.
SURE_PARAGRAPH = 0.85
KEEP_SCORE = 0.5


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one block. `score` is the scorer's probability that it is article text."""

    kept: bool
    score: float


def structure_scores(page: BlockPage, structure: Structure) -> list[float]:
    """Return a score per block by structure alone: good text in the main container scores high."""
    main = structure.main.index
    first, last = structure.box_first[main], structure.box_last[main]
    scores = []
    for block in page.blocks:
        good = structure.good_words[block.index]
        words = structure.words[block.index]
        density = structure.link_density[block.index]
        if first <= block.index <= last and not block.box.inside & (
            Inside.HIDDEN | Inside.NAV | Inside.FORM | Inside.BUTTON
        ):
            if good:
                score = 0.95 if good >= 0.5 * words else 0.4
            elif block.box.level or block.bold_chars > 0.8 * len(block.text):
                score = 0.55 if density < 0.5 else 0.2
            elif words >= 3 and density < 0.3:
                score = 0.6
            else:
                score = 0.3
        else:
            score = 0.45 if good >= 20 else 0.05
        scores.append(score)
    return scores


def decide(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], scores: list[float]
) -> list[Verdict]:
    """Weigh the rules and the score of each block."""
    kept = []
    for block in page.blocks:
        rule = evidence[block.index]
        score = scores[block.index]
        stays = score >= KEEP_SCORE and any(char.isalnum() for char in block.text)
        if (
            stays
            and rule is not None
            and (rule.strength >= CERTAIN or (rule.strength == LIKELY and score < SURE_PARAGRAPH))
        ):
            stays = False
        kept.append(stays)
    _drop_headings_without_text(page, structure, kept)
    return [Verdict(stays, score) for stays, score in zip(kept, scores, strict=True)]


def _drop_headings_without_text(page: BlockPage, structure: Structure, kept: list[bool]) -> None:
    """A heading stays only with text under it."""
    follows = False
    for block in reversed(page.blocks):
        at = block.index
        if not kept[at]:
            continue
        if block.box.level:
            if not follows:
                kept[at] = False
        else:
            follows = True
