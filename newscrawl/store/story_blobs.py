"""Arrays as bytes in a column, little-endian on every machine."""

import numpy as np

from newscrawl.stories.background import Floats
from newscrawl.stories.index import Ids
from newscrawl.stories.shingles import Hashes
from newscrawl.stories.vectors import Vector

_TERM_BYTES = 4
_WEIGHT_BYTES = 2


def pack_hashes(hashes: Hashes) -> bytes:
    """Return 4 bytes for each 32-bit hash."""
    return hashes.astype("<u4", copy=False).tobytes()


def unpack_hashes(packed: bytes) -> Hashes:
    """Return what `pack_hashes` packed."""
    return np.frombuffer(packed, "<u4")


def pack_vector(vector: Vector) -> bytes:
    """Return 6 bytes a term: its id, and its weight as a half-precision float (3 digits)."""
    return vector.ids.astype("<u4", copy=False).tobytes() + vector.weights.astype("<f2").tobytes()


def unpack_vector(packed: bytes) -> Vector:
    """Return what `pack_vector` packed."""
    count = len(packed) // (_TERM_BYTES + _WEIGHT_BYTES)
    ids = np.frombuffer(packed, "<u4", count)
    return Vector(ids, np.frombuffer(packed, "<f2", count, count * _TERM_BYTES).astype(np.float32))


def pack_ids(ids: Ids) -> bytes:
    """Return 4 bytes for each story id; ids beyond 2**32 are no use that is foreseen."""
    return ids.astype("<u4").tobytes()


def unpack_ids(packed: bytes) -> Ids:
    """Return what `pack_ids` packed."""
    return np.frombuffer(packed, "<u4").astype(np.int64)


def pack_floats(values: Floats) -> bytes:
    """Return 4 bytes for each float."""
    return values.astype("<f4", copy=False).tobytes()


def unpack_floats(packed: bytes) -> Floats:
    """Return what `pack_floats` packed."""
    return np.frombuffer(packed, "<f4")
