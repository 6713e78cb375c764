"""What the story engine keeps of an article's words: small, picklable, the same on every machine."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """An article's words as numbers. Made by `newscrawl.stories.fingerprint_article`.

    The `bytes` fields are packed little-endian arrays, so that a fingerprint crosses a process boundary
    as a handful of strings: `*_ids` of unsigned 32-bit term ids, ascending; `*_tf` of 32-bit float term
    frequencies, in the order of the ids; `shingles` of unsigned 32-bit hashes of 3-word shingles,
    ascending (a fixed sample of them when the text is long); `bands` of signed 64-bit MinHash band keys.
    """

    version: int  # fingerprints of different versions cannot be compared
    language: str | None
    token_count: int
    text_hash: int | None  # signed 64-bit hash of the normalised text; None where it is too short to tell
    bands: bytes
    shingles: bytes
    shingle_count: int  # of the whole text, before sampling
    word_ids: bytes
    word_tf: bytes
    prefix_ids: bytes
    prefix_tf: bytes
    moment_ids: bytes  # weekdays, months, years and numbers; see newscrawl/stories/moments.py
    moment_tf: bytes
    lead_ids: bytes  # word ids of the title and the first sentences: what the article says is new
    cues: tuple[str, ...] = ()  # stable slugs of what points back to earlier news, such as `back:days-after`
