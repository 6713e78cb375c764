"""What the first scores say of a block's surroundings: the features of the second look.

A table of which half the cells stay, a list that loses every third line, a paragraph with a low score
between two sure ones: the first look judges each block by itself, the second one knows what it found around.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.context import shifted
from newscrawl.clean.structure import Structure

Columns = npt.NDArray[np.float32]

_LOOK_NAMES_TEXT: Final = (
    "score score_prev1 score_prev2 score_prev3 score_next1 score_next2 score_next3 path_score path_rest "
    "parent_score parent_rest grand_score grand_rest mass_before mass_after since_sure until_sure mass "
    "best_score near_score3 near_mass7"
)
LOOK_NAMES: Final = tuple(_LOOK_NAMES_TEXT.split())
# A block that is surely text: this score and so many words.
_SURE_SCORE, _SURE_WORDS = 0.5, 8
_FAR: Final = 60


def look_columns(page: BlockPage, structure: Structure, scores: Columns) -> Columns:
    """Return, for all blocks, the columns that follow from the first scores (0 to 1, one a block)."""
    n = len(page.blocks)
    words = np.asarray(structure.words, np.float32)
    boxes = page.boxes
    parent = np.fromiter((box.parent.index if box.parent else 0 for box in boxes), np.int64, len(boxes))
    box_of = np.fromiter((block.box.index for block in page.blocks), np.int64, n)
    path_of = np.fromiter((block.box.path_id for block in page.blocks), np.int64, n)
    mass = scores * words
    total = float(mass.sum()) + 1e-6
    until = np.cumsum(mass)
    order = np.arange(n)
    sure = (scores > _SURE_SCORE) & (words >= _SURE_WORDS)
    last_sure = np.maximum.accumulate(np.where(sure, order, -99))
    next_sure = np.minimum.accumulate(np.where(sure, order, n + 99)[::-1])[::-1]
    out: list[npt.NDArray[Any]] = [scores]
    out += [shifted(scores, by) for by in (1, 2, 3, -1, -2, -3)]
    up1 = parent[box_of]
    for group in (path_of, up1, parent[up1]):
        out += _of_the_others(group, mass, words)
    out += [
        (until - mass) / total,
        1 - until / total,
        np.minimum(order - last_sure, _FAR),
        np.minimum(next_sure - order, _FAR),
        np.full(n, total),
        np.full(n, scores.max(initial=0)),
        _around(scores, 3) / _around(np.ones(n, np.float32), 3),
        _around(mass, 7) / np.maximum(_around(words, 7), 1),
    ]
    stacked: Columns = np.stack([np.asarray(column, np.float32) for column in out], axis=1)
    return stacked


def _of_the_others(
    group: npt.NDArray[np.int64], mass: Columns, words: Columns
) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return the mean score over the words of the other blocks in a block's group, and their number."""
    rest = np.bincount(group, words)[group] - words
    found = np.bincount(group, mass)[group] - mass
    return np.clip(found / np.maximum(rest, 1e-3), -1, 2), rest


def _around(column: Columns, reach: int) -> npt.NDArray[np.float64]:
    """Sum over `reach` blocks on both sides, the block itself included."""
    sums = np.concatenate(([0.0], np.cumsum(column, dtype=np.float64)))
    at = np.arange(len(column))
    total: npt.NDArray[np.float64] = (
        sums[np.minimum(len(column), at + reach + 1)] - sums[np.maximum(0, at - reach)]
    )
    return total
