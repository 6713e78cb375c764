"""The kind of a cut in lists: cards, teasers, links below the article."""

from typing import Final

from newscrawl.clean.blocks import Block, Inside
from newscrawl.clean.kind_case import KICKER_BLOCKS, SHARE_GROUPS, Case, at_bottom
from newscrawl.clean.kind_surroundings import HEADLINE_WORDS, MIN_LIST_LINKS, WholePage
from newscrawl.clean.kinds import BY_PLACE, LEGAL_WORDS, LINE_WORDS, Cut
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.link_targets import NO_HEADLINE
from newscrawl.clean.words import has_date, is_date_line, looks_like_names
from newscrawl.model import BlockKind

_K = BlockKind
# Words. A list whose links are on average shorter than the first figure is a menu or a list of topics,
# longer than the second one a list of teasers.
_TOPIC_WORDS: Final = 3.6
_TEASER_WORDS: Final = 4.5
_NAME_WORDS: Final = 4
# Words. What is longer in a list of cards is no part of a card.
_MAX_CARD_PART_WORDS: Final = 45
# Blocks per headline in a list of cards: kicker, headline, excerpt, author, date and a count.
_MAX_CARD_BLOCKS: Final = 6
_INLINE_CARD_BLOCKS: Final = 4  # a card among the paragraphs
_TAGS: Final = group_bits("tags")
# What a card is made of, as it looks where it stands alone.
_CARD_PARTS: Final = frozenset((_K.NAVIGATION, _K.DATELINE, _K.BYLINE, _K.CAPTION, _K.OTHER, _K.SOURCE))
# Guesses at lists of links: what has no headline around is part of none.
_LINK_LISTS: Final = frozenset(("related:sidebar", "related:cards", "related:aside"))
_WIDGET_WORDS: Final = 4


def settle_in_list(case: Case, cut: Cut) -> Cut:
    """Return the kind of what only its place or a weak rule told, by the list it stands in."""
    kind, rule = cut
    block = case.block
    box = case.box
    text = case.text
    words = case.words
    linked = case.linked
    around = case.around
    whole = case.whole
    place = case.place
    distance = case.distance
    by_place = rule in BY_PLACE or rule == "related:after-article"
    signs = (
        rule == "navigation:footer" and place == "within" and box.inside & Inside.ARTICLE and distance <= 1
    )
    if signs and words <= _NAME_WORDS and looks_like_names(text):
        return _K.BYLINE, "byline:footer"
    if by_place and words <= 8 and (block.groups | box.groups) & SHARE_GROUPS:
        return _K.SHARE, "share:class"
    if by_place and (at_bottom(case) or box.inside & Inside.FOOTER) and not whole.heads[block.index]:
        if linked:
            return _K.NAVIGATION, "navigation:footer"
        if words >= LEGAL_WORDS and not box.inside & Inside.ARTICLE:
            return _K.LEGAL, "legal:imprint"
    if box.inside & Inside.NAV:
        return (_K.NAVIGATION, "navigation:tag") if rule == "other:symbols" else (kind, rule)
    teasers = around.link_list is not None and whole.mean_link(around.link_list) >= _TEASER_WORDS
    if teasers and rule.endswith(":opening") and kind is not _K.COMMENTS and whole.heads[block.index]:
        return _K.RELATED, "related:list"
    small = around.card is not None and whole.size(around.card) <= _INLINE_CARD_BLOCKS
    if small and place == "within" and kind in _CARD_PARTS and kind is not _K.CAPTION:
        return _K.RELATED, "related:card"
    counted = rule == "comments:class" and place == "after" and not around.thread
    if (kind in _CARD_PARTS or counted) and _in_cards(case, cut):
        return _K.RELATED, "related:card"
    if by_place and linked:
        return _of_links(case, cut)
    if rule == "related:after-article" and words <= LINE_WORDS and has_date(text):
        return _K.DATELINE, "dateline:line"
    if rule.endswith((":class", ":heading")) and kind is not _K.OTHER and not is_date_line(text):
        bare = not (text[0].isalpha() or any(map(str.isalpha, text)))
        bare = bare or (rule == "related:heading" and len(text) <= 2)
        if bare and around.cards is None and not linked and not around.groups & SHARE_GROUPS:
            return _K.OTHER, "other:symbols"
    if (
        kind is _K.RELATED
        and rule in _LINK_LISTS
        and not linked
        and around.card is None
        and words <= _WIDGET_WORDS
    ):
        return _K.OTHER, "other:widget"
    return kind, rule


def _of_links(case: Case, cut: Cut) -> Cut:
    """Return what links are that only their place spoke of: topics and menus, or headlines."""
    kind, rule = cut
    block = case.block
    around = case.around
    whole = case.whole
    footer = block.box.inside & Inside.FOOTER
    if block.link_count >= MIN_LIST_LINKS and not whole.heads[block.index]:
        return _K.NAVIGATION, "navigation:links"
    if around.link_list is not None:
        mean = whole.mean_link(around.link_list)
        if kind is _K.RELATED and mean <= _TOPIC_WORDS and not whole.headlines(around.link_list):
            return _K.NAVIGATION, "navigation:topics"
        if (
            kind is _K.NAVIGATION
            and mean >= _TEASER_WORDS
            and not footer
            and not _leads_to_list(block, whole)
        ):
            return _K.RELATED, "related:list"
    if kind is _K.NAVIGATION and whole.heads[block.index] and case.words > HEADLINE_WORDS and not footer:
        return _K.RELATED, "related:headline"
    return kind, rule


def _in_cards(case: Case, cut: Cut) -> bool:
    """Tell whether the block is a part of one card in a list of cards."""
    block = case.block
    linked = case.linked
    whole = case.whole
    cards, card = case.around.cards, case.around.card
    if (
        cards is None
        or card is None
        or case.words > _MAX_CARD_PART_WORDS
        or cut[1] == "navigation:breadcrumb"
    ):
        return False
    if whole.size(cards) > _MAX_CARD_BLOCKS * whole.headlines(cards):
        return False
    if linked and block.link_count >= MIN_LIST_LINKS:
        return False
    if cut[1] == "navigation:class" and linked and case.around.groups & _TAGS:
        return False
    kicker = whole.size(card) <= KICKER_BLOCKS
    if cut[0] is _K.NAVIGATION and linked and not kicker and _leads_to_list(block, whole):
        return False
    if card is not cards:
        return True
    # Flat markup: the parts of all cards side by side. A line of names or a picture's before a list ("More
    # from ...") is not a card's own.
    parent = block.box.parent
    beside = cards is block.box or cards is parent or (parent is not None and cards is parent.parent)
    return beside and cut[0] not in (_K.BYLINE, _K.CAPTION)


def _leads_to_list(block: Block, whole: WholePage) -> bool:
    """Tell whether the address of a link is that of a section, a topic or a place on the page."""
    return whole.target(block) in NO_HEADLINE
