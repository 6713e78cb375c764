"""What the class names of small containers tell of the blocks in them."""

from functools import reduce
from operator import or_
from typing import Final

from newscrawl.clean.blocks import Box, Inside
from newscrawl.clean.evidence import CERTAIN, LIKELY, Evidence
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

_K = BlockKind

# A container with more words, or a larger share of the page's good ones, is not judged by its class name
# alone: it may hold the article, and short articles are small.
SMALL_CONTAINER_WORDS: Final = 130
SMALL_CONTAINER_SHARE: Final = 0.35
# Words. A pitch or a notice is short; a longer block under such a name needs other votes too.
MAX_PITCH_WORDS: Final = 25
_COMMENTS: Final = group_bits("comments")
# How surely a class name tells, on an element of its own or a small container (share of article text
# among such blocks of up to 40 words on the DEV pages: newsletter .004, comments .003, paywall .008,
# consent .006, legal .013, share .05, related .07, popular .04; it is the longer ones that need votes).
_CLASS_RULES: Final = (
    (group_bits("comments"), _K.COMMENTS, CERTAIN),
    (group_bits("newsletter"), _K.NEWSLETTER, CERTAIN),
    (group_bits("paywall"), _K.PAYWALL, CERTAIN),
    (group_bits("consent", "legal"), _K.LEGAL, CERTAIN),
    (group_bits("share"), _K.SHARE, LIKELY),
    (group_bits("bio"), _K.BIO, LIKELY),
    (group_bits("promo"), _K.PROMO, LIKELY),
    (group_bits("related", "popular"), _K.RELATED, LIKELY),
)
_CLASS_RULE_GROUPS: Final = reduce(or_, (mask for mask, _, _ in _CLASS_RULES))


def groups_of_small_containers(boxes: list[Box], structure: Structure) -> list[int]:
    """Return per box its groups and those of the boxes around it that are too small to hold the article."""
    groups = [0] * len(boxes)
    most = SMALL_CONTAINER_SHARE * structure.total_good
    for box in boxes[1:]:  # parents stand before their children
        at = box.index
        if (
            structure.box_words[at] <= SMALL_CONTAINER_WORDS
            and structure.box_good[at] <= most
            and box is not structure.main
        ):
            groups[at] = box.groups | (groups[box.parent.index] if box.parent is not None else 0)
        elif box.groups & _COMMENTS and structure.box_good[at] < 0.3 * structure.total_good:
            groups[at] = _COMMENTS
    return groups


def class_evidence(box: Box, words: float, near: int) -> Evidence | None:
    """Return what class names tell of a block of `box`; `near` are the groups of names on and around it."""
    if box.inside & (Inside.HEADER | Inside.FOOTER | Inside.NAV):
        return None  # the site's own bars: what they hold is told by where they stand
    if not near & _CLASS_RULE_GROUPS:
        return None
    for mask, kind, strength in _CLASS_RULES:
        if near & mask:
            surest = 60 if kind is _K.COMMENTS else MAX_PITCH_WORDS
            sure = strength if words <= surest else min(strength, LIKELY)
            return Evidence(kind, f"{kind}:class", sure)
    return None
