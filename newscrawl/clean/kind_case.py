"""One cut as the rules of kinds see it: the block, and what stands around it."""

from typing import Final, NamedTuple

from newscrawl.clean.blocks import Block, Box, Inside
from newscrawl.clean.kind_surroundings import Surroundings, WholePage
from newscrawl.clean.lexicon import group_bits

# Blocks from the nearest kept paragraph. Farther away a picture's line is not the article's.
CAPTION_REACH: Final = 6
# Blocks. A section's name in a card so small is the card's kicker.
KICKER_BLOCKS: Final = 6
SHARE_GROUPS: Final = group_bits("share")
_FOOTER_GROUPS: Final = group_bits("footer")
# Share of the page's blocks. What stands below and in an element named footer is the site's.
_FOOTER_FROM: Final = 0.8


class Case(NamedTuple):
    """One block that does not stay, beside the page's other blocks."""

    block: Block
    box: Box
    text: str
    words: float
    linked: bool
    around: Surroundings
    whole: WholePage
    place: str
    """`before`, `within` or `after` the kept paragraphs."""
    distance: int
    """Blocks from the nearest kept paragraph."""


def at_bottom(case: Case) -> bool:
    """Tell whether a line stands at the bottom of the page, in what is the site's."""
    below = case.block.index > _FOOTER_FROM * case.whole.count
    if case.around.groups & _FOOTER_GROUPS and below:
        return True
    return bool(case.box.inside & Inside.FOOTER and case.place == "after")
