"""Make newscrawl/stories/data/background.npz from the word frequencies of the `wordfreq` wheel.

    pip download wordfreq==3.1.1 --no-deps && pip install msgpack
    python -m benchmarks.stories.make_background wordfreq-3.1.1-py3-none-any.whl

The frequencies are wordfreq's, CC BY-SA 4.0 (see newscrawl/stories/data/README.md); what is kept of
them is, for each language, the number of 500 imagined articles that a term would stand in.
"""

import argparse
import gzip
import math
import re
import zipfile
from collections import defaultdict
from pathlib import Path

import numpy as np

from newscrawl.stories.background import ARTICLE_WORDS, BACKGROUND_ARTICLES, LEVELS_PER_E
from newscrawl.stories.terms import term_ids
from newscrawl.stories.tokens import tokenize

TARGET = Path(__file__).parents[2] / "newscrawl" / "stories" / "data" / "background.npz"
LEAST_FREQUENCY = 2.0
"""A term in fewer of the 500 articles than this is left out: at most 1.1 in ln((n+2)/(df+1))."""

_LIST = re.compile(r"wordfreq/data/small_([a-z]+)\.msgpack\.gz$")


def frequencies(packed: bytes) -> list[tuple[str, float]]:
    """Read wordfreq's cBpack: a header, then bucket i holds the words of frequency 10 ** (-i / 100)."""
    import msgpack

    _, *buckets = msgpack.unpackb(gzip.decompress(packed), raw=False)
    return [(word, 10 ** (-i / 100)) for i, bucket in enumerate(buckets) for word in bucket]


def document_frequencies(words: list[tuple[str, float]]) -> dict[int, float]:
    """Return term id -> expected number of the 500 articles that hold the term."""
    share: dict[int, float] = defaultdict(float)
    for word, frequency in words:
        tokens = tokenize(word)
        if len(tokens) > 1 and word.isascii():
            continue  # "don't" and such come as one token; a phrase is no term
        for token in tokens:
            for term in term_ids(token):
                share[term] += frequency
    return {
        t: BACKGROUND_ARTICLES * -math.expm1(ARTICLE_WORDS * math.log1p(-min(p, 0.5)))
        for t, p in share.items()
    }


def pack(frequency: dict[int, float]) -> tuple[np.ndarray, np.ndarray]:
    """Return (differences of the ascending ids, one byte each for the frequency's logarithm)."""
    kept = sorted(t for t, df in frequency.items() if df >= LEAST_FREQUENCY)
    levels = np.array([round(LEVELS_PER_E * math.log(frequency[t])) for t in kept], np.uint8)
    return np.diff(np.array(kept, np.uint32), prepend=np.uint32(0)).astype(np.uint32), levels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("wheel", type=Path)
    wheel = zipfile.ZipFile(parser.parse_args().wheel)
    arrays: dict[str, np.ndarray] = {}
    everywhere: dict[int, float] = defaultdict(float)
    names = sorted(n for n in wheel.namelist() if _LIST.search(n))
    for name in names:
        language = _LIST.search(name)[1]
        frequency = document_frequencies(frequencies(wheel.read(name)))
        for term, df in frequency.items():
            everywhere[term] = max(everywhere[term], df)
        arrays[f"{language}.ids"], arrays[f"{language}.levels"] = pack(frequency)
    # An article of unknown language: what is common in any language says little.
    arrays["und.ids"], arrays["und.levels"] = pack({t: df for t, df in everywhere.items() if df >= 8})
    np.savez_compressed(TARGET, **arrays)
    terms = sum(len(a) for a in arrays.values()) // 2
    print(f"{len(names)} languages, {terms} terms, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
