"""What kind of boilerplate a recurring block is, told by its words alone: the page it stood on is gone."""

import re
from collections.abc import Sequence

from newscrawl.clean.labels import label_of, opening_label
from newscrawl.model import BlockKind

_LEGAL = re.compile(r"^\W{0,3}(?:©|\(c\)\s|copyright\b)|\ball rights reserved\b", re.IGNORECASE)
# Openings such as "by" and "from" begin any sentence; in a recurring block they say nothing.
_TELLING = frozenset(BlockKind) - {BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.CAPTION, BlockKind.BIO}


def kind_of_words(text: str, authors: Sequence[str]) -> BlockKind:
    """Return the kind of a recurring block; `authors` are those of the articles that hold it.

    >>> kind_of_words("Anna Berg has covered courts since 2011.", ["Anna Berg"]).value
    'bio'
    """
    whole = label_of(text)
    if whole is not None:
        return whole
    folded = text.casefold()
    if any(len(author) > 3 and author.casefold() in folded for author in authors):
        return BlockKind.BIO
    if _LEGAL.search(text):
        return BlockKind.LEGAL
    opening = opening_label(text)
    if opening is not None and opening[0] in _TELLING:
        return opening[0]
    return BlockKind.PROMO
