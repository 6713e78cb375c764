"""The weights of terms that were looked up a moment ago.

News repeats its words, and a binary search among 400,000 terms is a dozen cache misses.
"""

import numpy as np

from newscrawl.stories.background import Floats
from newscrawl.stories.shingles import Hashes

SLOTS = 1 << 19
"""Terms remembered, in 4 MB. In a quarter of that a third of generated news is looked up anew."""

_SLOT_MASK = np.uint32(SLOTS - 1)


class RememberedIdf:
    """A direct-mapped cache: each term has one slot, the newest of several terms stays in it."""

    def __init__(self) -> None:
        self._ids = np.zeros(SLOTS, np.uint32)
        self._ids[0] = 1  # term 0 is at home here, term 1 is not: no slot holds a term of its own yet
        self._weights = np.zeros(SLOTS, np.float32)

    def get(self, ids: Hashes) -> tuple[Floats, np.ndarray[tuple[int], np.dtype[np.int64]]]:
        """Return the weights of `ids`, and the places of those that are not known."""
        slots = ids & _SLOT_MASK
        return self._weights[slots], np.flatnonzero(self._ids[slots] != ids)

    def put(self, ids: Hashes, weights: Floats) -> None:
        """Remember the weights of `ids`."""
        # Of two terms of one slot only one may stay, with its own weight.
        slots, first = np.unique(ids & _SLOT_MASK, return_index=True)
        self._ids[slots], self._weights[slots] = ids[first], weights[first]
