"""The headline in a comparable form: what a block that repeats it is told by."""

import re
from typing import Final

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.metadata import Metadata

_WORDS: Final = re.compile(r"\w+")
# Titles often carry the site's or the section's name: "Site: Headline", "Headline | Site".
_TITLE_PARTS: Final = re.compile(r"(?<![:|»–—-])[:|»–—-]+\s+")
_TITLE_PART_WORDS: Final = 4
_TITLE_KEY_CHARS: Final = 8


def title_keys(metadata: Metadata, page: BlockPage) -> frozenset[str]:
    """Return the comparable forms of the headline: the metadata's title, and each h1 that resembles it."""
    keys = {squeeze(metadata.title)} if metadata.title else set()
    words = set(_WORDS.findall(metadata.title.casefold()))
    for block in page.blocks:
        if block.box.level == 1 and len(block.text) < 400:
            own = set(_WORDS.findall(block.text.casefold()))
            if own and (not words or 2 * len(own & words) >= min(len(own), len(words))):
                keys.add(squeeze(block.text))
    for edge in _TITLE_PARTS.finditer(metadata.title):
        for part in (metadata.title[: edge.start()], metadata.title[edge.end() :]):
            if len(part.split()) >= _TITLE_PART_WORDS:
                keys.add(squeeze(part))
    return frozenset(key for key in keys if len(key) >= _TITLE_KEY_CHARS)


def squeeze(text: str) -> str:
    """Return the letters and digits of `text` in lower case: equal for the same words.

    >>> squeeze("Ada Berg, 3rd")
    'adaberg3rd'
    """
    if text.isascii():
        return text.encode().translate(_LOWER_CASE, _NOT_IN_WORDS).decode()
    return "".join(_WORDS.findall(text.casefold()))


_LOWER_CASE: Final = bytes(range(256)).lower()
_NOT_IN_WORDS: Final = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))
