"""The learned scorer: boosted trees over the block features, evaluated with numpy alone.

The trees are data (`data/first_look.npz` and `data/second_look.npz`, written by
`benchmarks/cleaning/train.py`; `data/scorer.md` is their card). All trees have their nodes side by side in
flat arrays, so that one step down is one gather for all blocks and all trees at once.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

# Blocks scored at once: keeps the work of a page with 80,000 blocks within a few MB.
_CHUNK_BLOCKS = 512


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees as arrays over all their nodes. A leaf is a node that leads to itself.

    `children` holds two nodes for each: where a value at most `threshold` goes, and where the others
    go. `value` is the leaf's share of the log-odds. `roots` holds each tree's first node; `depth` the
    longest way down.
    """

    columns: Ints
    feature: Ints
    threshold: Floats
    children: Ints
    value: Floats
    roots: Ints
    depth: int

    def probabilities(self, features: Floats) -> Floats:
        """Return the probability per row that it is article text."""
        parts = [
            self._log_odds(features[at : at + _CHUNK_BLOCKS]) for at in range(0, len(features), _CHUNK_BLOCKS)
        ]
        log_odds = np.concatenate(parts) if parts else np.zeros(0, np.float32)
        return (1.0 / (1.0 + np.exp(-log_odds))).astype(np.float32)

    def _log_odds(self, features: Floats) -> Floats:
        rows = np.ascontiguousarray(features[:, self.columns])
        width = rows.shape[1]
        flat = rows.ravel()
        offset = (np.arange(len(rows), dtype=np.int32) * width)[:, None]
        node = np.broadcast_to(self.roots, (len(rows), len(self.roots))).copy()
        for _ in range(self.depth):
            high = flat.take(offset + self.feature.take(node)) > self.threshold.take(node)
            node = self.children.take(2 * node + high)
        total: Floats = self.value.take(node).sum(axis=1)
        return total


@lru_cache(maxsize=4)
def load_forest(name: str) -> Forest:
    """Read a forest from the package's data; the file holds nothing but arrays (no pickles)."""
    with as_file(files("newscrawl.clean").joinpath(f"data/{name}.npz")) as path, np.load(path) as arrays:
        return Forest(
            columns=arrays["columns"].astype(np.int32),
            feature=arrays["feature"].astype(np.int32),
            threshold=arrays["threshold"].astype(np.float32),
            children=np.stack((arrays["left"], arrays["right"]), axis=1).ravel().astype(np.int32),
            value=arrays["value"].astype(np.float32),
            roots=arrays["roots"].astype(np.int32),
            depth=int(arrays["depth"]),
        )
