"""Articles' embeddings side by side, compared across languages.

A model puts what is written in one language close together, whatever it says, so that plain cosines say much
of the languages and little of the news. Take each language's mean away and the cosines of unrelated articles
lie around 0, in every pair of languages; one threshold does for all.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import pairwise

import numpy as np

from newscrawl.stories.background import Floats
from newscrawl.stories.embedding import Rows

CENTRE_WEIGHT = 5
"""Articles that the model's own centre counts as in a language's mean. Best F1 over pairs of translations in
bench wmt21_parallel, one batch at a time: nothing taken away .85, the model's centre alone .89, the mean of
the language with weight 5 .94, 20 .93, 50 .91."""

ROWS_AT_ONCE = 8_192
"""Embeddings that are unpacked together: 12 MB of floats, however many there are."""

LEAST_LENGTH = np.float32(1e-9)
"""Stands for the length of a row of zeros, which is like nothing."""

Bytes = np.ndarray[tuple[int, int], np.dtype[np.int8]]


@dataclass(frozen=True, slots=True)
class StoredMeanings:
    """Embeddings of one model as they are kept: of each article its id, its day, its language, its vector."""

    article_ids: Sequence[int]
    days: Sequence[int]
    languages: Sequence[str]
    vectors: Sequence[bytes]

    def without(self, article_ids: set[int]) -> "StoredMeanings":
        """Return the others."""
        kept = [number for number, i in enumerate(self.article_ids) if i not in article_ids]
        if len(kept) == len(self.article_ids):
            return self
        return StoredMeanings(
            [self.article_ids[n] for n in kept],
            [self.days[n] for n in kept],
            [self.languages[n] for n in kept],
            [self.vectors[n] for n in kept],
        )

    def plus(self, other: "StoredMeanings") -> "StoredMeanings":
        """Return both, `other` last."""
        return StoredMeanings(
            [*self.article_ids, *other.article_ids],
            [*self.days, *other.days],
            [*self.languages, *other.languages],
            [*self.vectors, *other.vectors],
        )


class Meanings:
    """Comparable embeddings of one model: rows of length 1 around the mean of their language."""

    def __init__(self, model: str, stored: StoredMeanings) -> None:
        self.article_ids = np.array(stored.article_ids, np.int64)
        self.days = np.array(stored.days, np.int64)
        names = sorted(set(stored.languages))
        codes = {name: code for code, name in enumerate(names)}
        self.languages = np.array([codes[name] for name in stored.languages], np.int32)
        width = len(stored.vectors[0]) if stored.vectors else 0
        self._packed: Bytes = np.frombuffer(b"".join(stored.vectors), np.int8).reshape(-1, width)
        self._row = {article_id: row for row, article_id in enumerate(stored.article_ids)}
        self._means = self._language_means(len(names), centre_of(model, width))

    def row(self, article_id: int) -> int | None:
        """Return where the article stands, or None where it has no embedding here."""
        return self._row.get(article_id)

    def rows(self, numbers: Sequence[int]) -> Rows:
        """Return these rows, of length 1 around the mean of their language."""
        places = np.array(numbers, np.int64)
        return self._centred(self._packed[places], self.languages[places])

    def cosines(self, numbers: Sequence[int]) -> Rows:
        """Return a column for each of these rows: its cosines with all rows."""
        asked = self.rows(numbers).T
        answer = np.empty((len(self._packed), len(numbers)), np.float32)
        for start, end in _parts(len(self._packed)):
            answer[start:end] = self._centred(self._packed[start:end], self.languages[start:end]) @ asked
        return answer

    def _language_means(self, count: int, centre: Floats) -> Rows:
        sums = np.tile(centre * CENTRE_WEIGHT, (count, 1)).astype(np.float32)
        for start, end in _parts(len(self._packed)):
            part, languages = _unit(self._packed[start:end].astype(np.float32)), self.languages[start:end]
            for code in np.unique(languages).tolist():
                sums[code] += part[languages == code].sum(axis=0)
        counts = np.bincount(self.languages, minlength=count) + CENTRE_WEIGHT
        return (sums / counts[:, None]).astype(np.float32)

    def _centred(self, packed: Bytes, languages: np.ndarray[tuple[int], np.dtype[np.int32]]) -> Rows:
        return _unit(_unit(packed.astype(np.float32)) - self._means[languages])


def centre_of(model: str, width: int) -> Floats:
    """Return the mean of unrelated texts in many languages, as far as it is known for `NAME@VERSION`."""
    centre = _centres().get(model.partition("@")[0])
    return centre if centre is not None and len(centre) == width else np.zeros(width, np.float32)


@lru_cache(maxsize=1)
def _centres() -> Mapping[str, Floats]:
    path = files("newscrawl.stories") / "data" / "embedding_centres.npz"
    with path.open("rb") as stream, np.load(stream) as data:
        return {name: data[name].astype(np.float32) for name in data.files}


def _unit(rows: Rows) -> Rows:
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))
    unit: Rows = rows / np.maximum(lengths, LEAST_LENGTH)[:, None]
    return unit


def _parts(count: int) -> list[tuple[int, int]]:
    return [*pairwise([*range(0, count, ROWS_AT_ONCE), count])] if count else []
