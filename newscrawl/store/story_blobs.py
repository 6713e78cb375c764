"""Arrays as bytes in a column, little-endian on every machine."""

from collections.abc import Sequence
from struct import pack, unpack

import numpy as np

from newscrawl.stories.background import Floats
from newscrawl.stories.newest_kept import NewestKept
from newscrawl.stories.shingles import Hashes
from newscrawl.stories.vectors import WEIGHED_KEPT, ArticleTerms, Vector

Bands = np.ndarray[tuple[int], np.dtype[np.int32]]

BAND_BYTES = 4
_TERM_BYTES = 4
_WEIGHT_BYTES = 2
_COUNT_BYTES = 2
_ID_BYTES = 4


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


def pack_terms(terms: ArticleTerms) -> bytes:
    """Return the number of words in 2 bytes, then 5 bytes for each word and prefix: its id, its frequency."""
    count = np.array([len(terms.words.ids)], "<u2").tobytes()
    packed = count + _pack_counted(terms.words) + _pack_counted(terms.prefixes)
    _unpacked.put((packed, terms.language), terms)
    return packed


def unpack_terms(packed: bytes, language: str | None) -> ArticleTerms:
    """Return what `pack_terms` packed: of the same bytes the same object, which is weighed only once."""
    terms = _unpacked.get((packed, language))
    if terms is None:
        words = int(np.frombuffer(packed, "<u2", 1)[0])
        cut = _COUNT_BYTES + words * (_TERM_BYTES + 1)
        terms = ArticleTerms(
            language, _unpack_counted(packed[_COUNT_BYTES:cut]), _unpack_counted(packed[cut:])
        )
        _unpacked.put((packed, language), terms)
    return terms


_unpacked: NewestKept[tuple[bytes, str | None], ArticleTerms] = NewestKept(WEIGHED_KEPT)


def _pack_counted(terms: Vector) -> bytes:
    return terms.ids.astype("<u4", copy=False).tobytes() + terms.weights.astype("u1").tobytes()


def _unpack_counted(packed: bytes) -> Vector:
    count = len(packed) // (_TERM_BYTES + 1)
    ids = np.frombuffer(packed, "<u4", count)
    return Vector(ids, np.frombuffer(packed, "u1", count, count * _TERM_BYTES).astype(np.float32))


def pack_bands(bands: Sequence[int]) -> bytes:
    """Return 4 bytes for each signed 32-bit band."""
    return np.array(bands, "<i4").tobytes()


def unpack_bands(packed: bytes) -> Bands:
    """Return what `pack_bands` packed."""
    return np.frombuffer(packed, "<i4")


def pack_ids(ids: Sequence[int]) -> bytes:
    """Return 4 bytes for each story id; ids beyond 2**32 are no use that is foreseen."""
    return pack(f"<{len(ids)}I", *ids)


def unpack_ids(packed: bytes) -> tuple[int, ...]:
    """Return what `pack_ids` packed."""
    return unpack(f"<{len(packed) // _ID_BYTES}I", packed)


def pack_floats(values: Floats) -> bytes:
    """Return 4 bytes for each float."""
    return values.astype("<f4", copy=False).tobytes()


def unpack_floats(packed: bytes) -> Floats:
    """Return what `pack_floats` packed."""
    return np.frombuffer(packed, "<f4")
