"""One number for a text, whatever its white space, case, punctuation and paragraphs: equal means copied."""

from collections.abc import Sequence
from hashlib import blake2b

LEAST_TOKENS = 30
"""A shorter text (a teaser, "Video" and a cookie line) is no evidence of copying: it gets no hash."""


def text_hash(tokens: Sequence[str]) -> int | None:
    """Return a signed 64-bit hash of the words of a text, or None where they are too few to tell."""
    if len(tokens) < LEAST_TOKENS:
        return None
    digest = blake2b(" ".join(tokens).encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
