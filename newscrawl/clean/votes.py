"""What was found out of a page's blocks, as the rules on what stands around a block look at it."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.structure import Structure


class Votes(NamedTuple):
    """A page and what each vote says of it; `evidence` and `scores` have one entry a block."""

    page: BlockPage
    structure: Structure
    evidence: list[Evidence | None]
    scores: npt.NDArray[np.float32]
