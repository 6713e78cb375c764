"""`fingerprint_article` for generated articles, whose words are known by number: an eighth of its cost.

A million articles would otherwise cost as much to generate as to write. The result is the same, byte for
byte (`tests/stories/test_quick_fingerprint.py`); what it rests on is that the words are plain ASCII, that
none of them is a cue of a follow-up, and that the title has one part.
"""

from collections.abc import Sequence

import numpy as np

from newscrawl.model.fingerprint import Fingerprint
from newscrawl.stories.fingerprint import FINGERPRINT_VERSION, LEAD_TOKENS, count_terms
from newscrawl.stories.moments import count_moments
from newscrawl.stories.shingles import minhash_bands, sample, word_shingles
from newscrawl.stories.terms import term_ids
from newscrawl.stories.text_key import LEAST_TOKENS, text_hash

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


class QuickFingerprints:
    """Makes fingerprints of texts whose words are all of one list."""

    def __init__(self, words: Sequence[str], language: str) -> None:
        self._words, self._language = words, language
        self._terms = np.array([term_ids(word) for word in words], np.uint32)
        moments = [next(iter(count_moments([word], language)), None) for word in words]
        self._has_moment = np.array([moment is not None for moment in moments])
        self._moments = np.array([moment or 0 for moment in moments], np.uint32)

    def of(self, title: Numbers, text: Numbers) -> Fingerprint:
        """Return the fingerprint of the article with these words, numbers of the list."""
        both = np.concatenate([title, text])
        terms = self._terms[both]
        ids = terms[len(title) :, 0]
        enough = len(text) >= LEAST_TOKENS
        triples = word_shingles(ids, 3) if enough else np.empty(0, np.uint32)
        bands = minhash_bands(word_shingles(ids, 2)) if enough else np.empty(0, np.int32)
        word_ids, word_tf = count_terms(terms[:, 0], len(title))
        prefix_ids, prefix_tf = count_terms(terms[:, 1], len(title))
        moment_ids, moment_tf = count_terms(self._moments[both[self._has_moment[both]]], 0)
        return Fingerprint(
            version=FINGERPRINT_VERSION,
            language=self._language,
            token_count=len(text),
            text_hash=text_hash([self._words[number] for number in text.tolist()]),
            bands=bands.tobytes(),
            shingles=sample(triples).tobytes(),
            shingle_count=len(triples),
            word_ids=word_ids,
            word_tf=word_tf,
            prefix_ids=prefix_ids,
            prefix_tf=prefix_tf,
            moment_ids=moment_ids,
            moment_tf=moment_tf,
            lead_ids=np.unique(terms[: len(title) + LEAD_TOKENS, 0]).tobytes(),
        )
