"""Entries of menus, and headlines among what class names call buttons."""

from typing import Final

from newscrawl.clean.blocks import Inside
from newscrawl.clean.kind_case import Case
from newscrawl.clean.kind_surroundings import HEADLINE_WORDS, MIN_LIST_LINKS
from newscrawl.clean.kinds import Cut
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.link_targets import Target
from newscrawl.model import BlockKind

_K = BlockKind
_TITLE_WORDS: Final = 3
_SHORT_HEADLINE_WORDS: Final = 4  # where the address is an article's
_MENU_WORDS: Final = 2.5  # the entries of a menu are shorter than topics
_TOPIC_LINK_WORDS: Final = 6  # a longer link is no network's name
_NEWSLETTER: Final = group_bits("newsletter")
_NAV: Final = group_bits("nav", "tags")
# Kinds that a label or a class name gives to entries of a menu ("Staff", "Forum", "Subscribe").
_MENU_ENTRIES: Final = frozenset(
    (_K.RELATED, _K.NEWSLETTER, _K.PROMO, _K.LEGAL, _K.COMMENTS, _K.PAYWALL, _K.BYLINE, _K.CAPTION, _K.BIO)
)
# Class names that say little of a link as long as a headline.
_NO_HEADLINE_CLASSES: Final = frozenset(("share:class", "legal:class", "paywall:class"))


def cut_of_menu(case: Case, cut: Cut) -> Cut | None:
    """Return the kind of a menu's entry that a label or a class name took for something else, or None."""
    kind, rule = cut
    around = case.around
    entry = kind in _MENU_ENTRIES and not around.thread and rule != "byline:author-name"
    if entry and kind is _K.COMMENTS and any(map(str.isdigit, case.text)):
        entry = False
    if entry and _in_menu(case):
        return _K.NAVIGATION, "navigation:menu"
    account = kind in (_K.NEWSLETTER, _K.PAYWALL) and rule.endswith(":label") and case.words <= 2
    if account and case.place != "within" and not around.groups & _NEWSLETTER:
        return _K.NAVIGATION, "navigation:account"
    return None


def headline_by_class(case: Case, cut: Cut) -> Cut | None:
    """Return the kind of a headline that a class name around it calls something else, or None."""
    _, rule = cut
    block = case.block
    words = case.words
    linked = case.linked
    whole = case.whole
    if rule == "share:class" and linked and words >= _TITLE_WORDS and whole.target(block) is Target.ARTICLE:
        return _K.RELATED, "related:headline"
    if rule in _NO_HEADLINE_CLASSES and whole.heads[block.index] and words > _TOPIC_LINK_WORDS:
        return _K.RELATED, "related:headline"
    return None


def _in_menu(case: Case) -> bool:
    """Tell whether the block is an entry of a menu."""
    block = case.block
    words = case.words
    linked = case.linked
    whole = case.whole
    if words > HEADLINE_WORDS or block.box.inside & Inside.FORM:
        return False
    if words >= _SHORT_HEADLINE_WORDS and linked and whole.target(block) is Target.ARTICLE:
        return False
    if block.box.inside & Inside.NAV:
        return True
    if linked and case.around.groups & _NAV:
        return True
    entries = case.around.link_list
    return (
        case.place != "within"
        and linked
        and entries is not None
        and whole.links(entries) >= MIN_LIST_LINKS
        and whole.mean_link(entries) <= _MENU_WORDS
        and not whole.headlines(entries)
    )
