"""An article's words as numbers: made once, in the worker process that cleaned the page."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from newscrawl.model.fingerprint import Fingerprint
from newscrawl.stories.follow_up import backward_cues
from newscrawl.stories.moments import count_moments
from newscrawl.stories.shingles import minhash_bands, sample, word_shingles
from newscrawl.stories.terms import term_ids
from newscrawl.stories.text_key import LEAST_TOKENS, text_hash
from newscrawl.stories.tokens import tokenize

FINGERPRINT_VERSION = 1
TITLE_WEIGHT = 3
"""A word of the title counts as three of the text (findings, "Stories")."""

LEAD_TOKENS = 60
"""Words of the text that count as its lead: the first two or three sentences say what is new."""


def fingerprint_article(title: str, text: str, language: str | None) -> Fingerprint:
    """Return what the story engine keeps of an article. Pure; about 1.5 ms for 400 words."""
    title_tokens, tokens = tokenize(title), tokenize(text)
    ids = np.array([term_ids(token)[0] for token in tokens], np.uint32)
    # Teasers and bare titles share their few words with every report: they prove no copying.
    enough = len(tokens) >= LEAST_TOKENS
    triples = word_shingles(ids, 3) if enough else np.empty(0, np.uint32)
    bands = minhash_bands(word_shingles(ids, 2)) if enough else np.empty(0, np.int32)
    word_ids, word_tf = _counted(title_tokens, tokens, 0)
    prefix_ids, prefix_tf = _counted(title_tokens, tokens, 1)
    moment_ids, moment_tf = _arrays(count_moments((*title_tokens, *tokens), language))
    lead = {term_ids(token)[0] for token in (*title_tokens, *tokens[:LEAD_TOKENS])}
    return Fingerprint(
        version=FINGERPRINT_VERSION,
        language=language,
        token_count=len(tokens),
        text_hash=text_hash(tokens),
        bands=bands.tobytes(),
        shingles=sample(triples).tobytes(),
        shingle_count=len(triples),
        word_ids=word_ids,
        word_tf=word_tf,
        prefix_ids=prefix_ids,
        prefix_tf=prefix_tf,
        moment_ids=moment_ids,
        moment_tf=moment_tf,
        lead_ids=_packed(lead),
        cues=backward_cues(title, text, language),
    )


def _counted(title: Sequence[str], text: Sequence[str], channel: int) -> tuple[bytes, bytes]:
    """Return (ids, term frequencies) of one channel: 0 words, 1 prefixes; ascending ids."""
    counts: Counter[int] = Counter(term_ids(token)[channel] for token in text)
    for token in title:
        counts[term_ids(token)[channel]] += TITLE_WEIGHT
    return _arrays(counts)


def _arrays(counts: Mapping[int, int]) -> tuple[bytes, bytes]:
    ids = np.array(sorted(counts), np.uint32)
    frequencies = np.array([counts[i] for i in ids.tolist()], np.float32)
    return ids.tobytes(), frequencies.tobytes()


def _packed(ids: Iterable[int]) -> bytes:
    return np.array(sorted(ids), np.uint32).tobytes()
