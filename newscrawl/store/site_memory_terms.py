"""The topic of a text for site memory: the story engine's terms, weighted by the background alone.

The background never changes, so the same articles give the same verdict on every machine and at any time
(document frequencies of the database at hand would not).
"""

from collections import Counter
from collections.abc import Mapping

import numpy as np

from newscrawl.stories.background import BACKGROUND_ARTICLES, background_frequencies
from newscrawl.stories.terms import term_ids
from newscrawl.stories.tokens import tokenize

TOPIC_TOKENS = 400
"""Words that tell an article's topic, its title three times included. All of a text costs four times as
much and tells articles on one event from others no better (bench/stories fulltext)."""


def topic_terms(text: str, language: str | None) -> Mapping[int, float]:
    """Return word id -> (1 + ln tf) * ln(idf) of the first `TOPIC_TOKENS` words of `text`."""
    counts = Counter(term_ids(token)[0] for token in tokenize(text, TOPIC_TOKENS))
    if not counts:
        return {}
    ids = np.fromiter(counts, np.uint32, len(counts))
    frequencies = np.fromiter(counts.values(), np.float32, len(counts))
    articles = background_frequencies(ids, language)
    rarity = np.log((BACKGROUND_ARTICLES + 2) / (articles + 1))
    weights = (1 + np.log(frequencies)) * np.maximum(rarity, 0)
    return dict(zip(ids.tolist(), weights.tolist(), strict=True))
