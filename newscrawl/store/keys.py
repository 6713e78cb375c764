"""Keys that fit into a unique index, whatever the web sends."""

from hashlib import blake2b

from newscrawl.store.types import storable

LONGEST_KEY_BYTES = 2_083
"""Bytes. Postgres refuses B-tree entries over 2,704 bytes; a crawl follows no URL longer than this."""
_DIGEST_BYTES = 16


def index_key(text: str) -> str:
    """Return `text` as it is stored, or, over `LONGEST_KEY_BYTES`, its beginning and a digest of the whole.

    >>> index_key("https://example.com/a")
    'https://example.com/a'
    >>> len(index_key("https://example.com/" + "a" * 5_000))
    2083
    """
    text = storable(text)
    raw = text.encode()
    if len(raw) <= LONGEST_KEY_BYTES:
        return text
    digest = blake2b(raw, digest_size=_DIGEST_BYTES).hexdigest()
    head = raw[: LONGEST_KEY_BYTES - len(digest) - 1].decode("utf-8", "ignore")
    return f"{head}#{digest}"


def text_digest(*texts: str) -> str:
    """Return 32 hexadecimal digits that differ wherever one of the texts does."""
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for text in texts:
        digest.update(text.encode("utf-8", "replace"))
        digest.update(b"\0")
    return digest.hexdigest()


def bytes_digest(data: bytes) -> str:
    """Return 32 hexadecimal digits that tell one body from another."""
    return blake2b(data, digest_size=_DIGEST_BYTES).hexdigest()
