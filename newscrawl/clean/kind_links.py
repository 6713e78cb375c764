"""The kind of a cut link by what it leads to: a topic, a section, a place on the page, a network."""

from typing import Final

from newscrawl.clean.kind_case import KICKER_BLOCKS, Case
from newscrawl.clean.kind_surroundings import HEADLINE_WORDS
from newscrawl.clean.kinds import BY_PLACE, Cut
from newscrawl.clean.link_targets import Target
from newscrawl.model import BlockKind

_K = BlockKind
# Words. A longer link says more than the name of a section.
_MAX_SECTION_WORDS: Final = 8
_MAX_SHARE_WORDS: Final = 40
_MAX_SECTION_LINKS: Final = 2  # of one line; more are a bar
# Kinds that the class name of something around, or a heading above, gives to links of any kind.
_GIVEN: Final = frozenset(
    (_K.RELATED, _K.SHARE, _K.LEGAL, _K.PAYWALL, _K.NEWSLETTER, _K.CAPTION, _K.OTHER, _K.DATELINE)
)
_GUESSED: Final = (
    ":class",
    ":heading",
    ":cards",
    ":card",
    ":media",
    ":picture",
    ":between",
    ":list",
    ":low-score",
)


def cut_by_target(case: Case, cut: Cut) -> Cut | None:
    """Return the kind that the address of a linked block tells, or None."""
    kind, rule = cut
    block, whole, words = case.block, case.whole, case.words
    guessed = rule in BY_PLACE or rule.endswith(_GUESSED)
    known = kind is _K.NAVIGATION and words < HEADLINE_WORDS
    if not guessed or known or words > _MAX_SHARE_WORDS:
        return None
    target = whole.target(block)
    if target is Target.SHARE:
        return (_K.SHARE, "share:link") if kind is not _K.SHARE and block.link_count == 1 else None
    if target is Target.ON_PAGE:
        return (_K.NAVIGATION, "navigation:on-page") if kind in _GIVEN or kind is _K.NAVIGATION else None
    if target not in (Target.TOPIC, Target.SECTION) or words > _MAX_SECTION_WORDS:
        return None
    if kind not in _GIVEN and kind is not _K.NAVIGATION:
        return None
    if kind is _K.SHARE and block.link_count > _MAX_SECTION_LINKS:
        return None
    card = case.around.card
    if card is not None and whole.size(card) <= KICKER_BLOCKS:
        return None
    return _K.NAVIGATION, rule if kind is _K.NAVIGATION else "navigation:section-link"
