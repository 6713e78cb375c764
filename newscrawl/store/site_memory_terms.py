"""The topic of a text for site memory: the story engine's terms, weighted by the background alone.

The background never changes, so the same articles give the same verdict on every machine and at any time
(document frequencies of the database at hand would not).
"""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from newscrawl.stories.background import BACKGROUND_ARTICLES, background_frequencies, background_language
from newscrawl.stories.terms import term_ids
from newscrawl.stories.tokens import tokenize

MAX_CACHED = 100_000
"""Terms of one language whose rarity is kept: about 10 MB."""


class BackgroundTerms:
    """`newscrawl.clean.site_memory_topics.TopicTerms` from the story engine's words and background."""

    def __init__(self) -> None:
        self._rarity: dict[str, dict[int, float]] = {}

    def terms(self, text: str) -> Sequence[int]:
        """Return the word id of each word of `text`, in order."""
        return [term_ids(token)[0] for token in tokenize(text)]

    def rarity(self, terms: Iterable[int], language: str | None) -> Mapping[int, float]:
        """Return ln(idf) by the background of `language`, for each of `terms` and others."""
        known = self._rarity.setdefault(background_language(language), {})
        missing = [term for term in terms if term not in known]
        if missing:
            if len(known) > MAX_CACHED:
                known.clear()
                missing = list(terms)
            articles = background_frequencies(np.array(missing, np.uint32), language)
            rarity = np.maximum(np.log((BACKGROUND_ARTICLES + 2) / (articles + 1)), 0)
            known.update(zip(missing, rarity.tolist(), strict=True))
        return known


topic_terms = BackgroundTerms()
"""The one of this process."""
