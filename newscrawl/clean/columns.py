"""A page's blocks and boxes as columns: what more than one part of the features is computed from."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.structure import Structure

Floats = npt.NDArray[np.float32]
Doubles = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class PageColumns:
    """One entry a block, or a box where the name says so. `parents` are numbers, the root's its own."""

    page: BlockPage
    structure: Structure
    box_of: Ints
    parents: list[int]

    @cached_property
    def parent(self) -> Ints:
        """The number of each box's parent."""
        return np.array(self.parents, np.int64)

    @cached_property
    def around(self) -> tuple[Ints, Ints, Ints]:
        """The three boxes around the one that a block stands in, from the inside out."""
        up1 = self.parent[self.box_of]
        up2 = self.parent[up1]
        return up1, up2, self.parent[up2]

    @cached_property
    def depth_of_box(self) -> Floats:
        """How many boxes stand around each box."""
        return np.array([box.depth for box in self.page.boxes], np.float32)


def page_columns(page: BlockPage, structure: Structure) -> PageColumns:
    """Return the columns of a page."""
    box_of = np.array([block.box.index for block in page.blocks], np.int64)
    parents = [box.parent.index if box.parent is not None else 0 for box in page.boxes]
    return PageColumns(page, structure, box_of, parents)


def as_matrix(columns: Sequence[npt.NDArray[Any] | float], rows: int) -> Floats:
    """Return the columns side by side, each with one entry a row; a number stands in every row."""
    matrix = np.empty((len(columns), rows), np.float32)
    for at, column in enumerate(columns):
        matrix[at] = column
    return matrix.T
