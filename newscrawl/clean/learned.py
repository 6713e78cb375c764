"""The learned votes: two looks at the blocks whose fate is open, by trees that training wrote."""

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.features import block_features
from newscrawl.clean.justext_vote import JustextVote
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.scorer import load_forest
from newscrawl.clean.second_look import look_columns
from newscrawl.clean.structure import Structure

Floats = npt.NDArray[np.float32]

# Blocks with a lower first score (half of all; they hold .25 % of the gold text of the DEV pages) keep it.
WORTH_A_LOOK = 0.01


def learned_scores(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    vote: JustextVote,
    metadata: Metadata,
    rows: list[int],
) -> Floats:
    """Return per block the probability that it is article text; 0 outside `rows`, the open blocks."""
    scores = np.zeros(len(page.blocks), np.float32)
    if rows:
        features = block_features(page, structure, evidence, vote, metadata, rows)
        scores[rows] = load_forest("first_look").probabilities(features)
        again = scores[rows] >= WORTH_A_LOOK
        if again.any():
            looked = np.array(rows)[again]
            columns = look_columns(page, structure, scores)[looked]
            features = np.concatenate((features[again], columns), axis=1)
            scores[looked] = load_forest("second_look").probabilities(features)
    return scores
