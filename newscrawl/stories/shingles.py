"""Shingles of words and their MinHash bands: how near-copies find one another.

Broder, "On the resemblance and containment of documents" (1997). A spun or reworded copy keeps few long
runs of words, so candidates come from 2-word shingles with many short bands, and each is verified by the
share of 3-word shingles of the shorter text that the longer one holds.
"""

import numpy as np
import numpy.typing as npt

BANDS = 64
ROWS = 2
"""64 bands of 2 rows find a pair of resemblance 0.2 with p .93; 32 x 4 misses heavy rewording (findings)."""

MAX_SHINGLES = 1024
"""3-word shingles kept of an article (4 kB). Longer texts keep the smallest hashes: a fair sample."""

Hashes = npt.NDArray[np.uint32]

_MIX_A = np.uint64(0x9E3779B97F4A7C15)
_MIX_B = np.uint64(0xC2B2AE3D27D4EB4F)
_MIX_C = np.uint64(0x165667B19E3779F9)

_HIGHEST = np.uint32(0xFFFFFFFF)


def _mixed(values: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """Spread the bits (the finaliser of splitmix64, https://prng.di.unimi.it/splitmix64.c)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


_SEEDS = _mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * _MIX_A)
_MULTIPLIERS = (_SEEDS | np.uint64(1))[:, None]


def word_shingles(word_ids: Hashes, width: int) -> Hashes:
    """Return the distinct hashes of all runs of `width` (2 or 3) words, ascending."""
    if len(word_ids) < width:
        return np.empty(0, np.uint32)
    ids = word_ids.astype(np.uint64)
    mixed = ids[: len(ids) - width + 1] * _MIX_A + ids[1 : len(ids) - width + 2] * _MIX_B
    if width == 3:
        mixed = mixed + ids[2:] * _MIX_C
    return np.unique((_mixed(mixed) >> np.uint64(32)).astype(np.uint32))


def minhash_bands(shingles: Hashes) -> npt.NDArray[np.int32]:
    """Return the 64 band keys of a set of shingle hashes, or none for an empty set.

    A key holds its band's number, so that all bands share one index.
    """
    if not len(shingles):
        return np.empty(0, np.int32)
    base = shingles.astype(np.uint64) + np.uint64(1)
    minima = (_mixed(base[None, :] * _MIX_B) * _MULTIPLIERS >> np.uint64(32)).min(axis=1)
    pairs = minima.reshape(BANDS, ROWS)
    keys = pairs[:, 0] * _MIX_A + pairs[:, 1] * _MIX_B + np.arange(BANDS, dtype=np.uint64) * _MIX_C
    return (_mixed(keys) >> np.uint64(32)).astype(np.uint32).view(np.int32)


def sample(shingles: Hashes, limit: int = MAX_SHINGLES) -> Hashes:
    """Return at most `limit` shingles: the smallest hashes, which are a random sample of the text."""
    return shingles[:limit]


def containment(left: Hashes, right: Hashes, left_count: int, right_count: int) -> float:
    """Return the share of the smaller text's shingles that the other one holds, 0 to 1.

    `*_count` are the shingles of the whole texts: where fewer are at hand, they are a sample of the smallest
    hashes, and the two are compared over the range that both samples cover in full.
    """
    if not len(left) or not len(right):
        return 0.0
    if len(left) < left_count or len(right) < right_count:
        top = min(
            left[-1] if len(left) < left_count else _HIGHEST,
            right[-1] if len(right) < right_count else _HIGHEST,
        )
        left, right = left[left <= top], right[right <= top]
    smaller = min(len(left), len(right))
    if not smaller:
        return 0.0
    places = np.minimum(np.searchsorted(left, right), len(left) - 1)
    return int(np.count_nonzero(left[places] == right)) / smaller
