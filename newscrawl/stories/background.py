"""How common a term is in a language before any article was seen: the prior of document frequencies.

Without it a young corpus takes "said" and "minister" for rare words and merges unlike events. The data
file is made by `benchmarks/stories/make_background.py` from wordfreq (CC BY-SA 4.0, see data/README.md).
"""

from functools import lru_cache
from importlib import resources

import numpy as np

from newscrawl.stories.shingles import Hashes

BACKGROUND_ARTICLES = 500
"""Imagined articles whose term counts are added to those seen (findings, "Stories")."""

ARTICLE_WORDS = 400
"""Words of an imagined article: about the median of news pages."""

LEVELS_PER_E = 40
"""Steps of the stored logarithm: 40 levels to a factor of e, so a level is 2.5 %."""

UNKNOWN = "und"

Floats = np.ndarray[tuple[int], np.dtype[np.float32]]

# Standards and macro-languages whose written words are counted under another code.
_SAME_WORDS = {
    "no": "nb",
    "nn": "nb",
    "hr": "sh",
    "sr": "sh",
    "bs": "sh",
    "tl": "fil",
    "iw": "he",
    "in": "id",
}


@lru_cache(maxsize=512)
def background_language(language: str | None) -> str:
    """Return the code under which the background of a BCP 47 tag is kept, or "und".

    >>> background_language("pt-BR"), background_language("hr"), background_language(None)
    ('pt', 'sh', 'und')
    """
    primary = written_language(language)
    return primary if primary in _languages() else UNKNOWN


def written_language(language: str | None) -> str:
    """Return one code for what is read as one language: without region and script, standards taken together.

    >>> written_language("zh-Hant-TW"), written_language("nb"), written_language("no"), written_language(None)
    ('zh', 'nb', 'nb', 'und')
    """
    primary = (language or UNKNOWN).split("-")[0].split("_")[0].lower()
    return _SAME_WORDS.get(primary, primary)


@lru_cache(maxsize=1)
def _languages() -> frozenset[str]:
    with (
        resources.as_file(resources.files(__package__) / "data" / "background.npz") as path,
        np.load(path) as data,
    ):
        return frozenset(name.split(".")[0] for name in data.files)


@lru_cache(maxsize=8)
def _table(language: str) -> tuple[Hashes, Floats]:
    with (
        resources.as_file(resources.files(__package__) / "data" / "background.npz") as path,
        np.load(path) as data,
    ):
        ids = np.cumsum(data[f"{language}.ids"], dtype=np.uint32)
        counts = np.exp(data[f"{language}.levels"].astype(np.float32) / LEVELS_PER_E)
    return ids, counts.astype(np.float32)


def background_frequencies(ids: Hashes, language: str | None) -> Floats:
    """Return, for each term id, in how many of `BACKGROUND_ARTICLES` articles it is expected."""
    known, counts = _table(background_language(language))
    places = np.minimum(np.searchsorted(known, ids), len(known) - 1)
    return np.where(known[places] == ids, counts[places], np.float32(0.0)).astype(np.float32)
