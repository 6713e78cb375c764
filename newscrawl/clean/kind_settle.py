"""The kind of one cut in its surroundings: a date in a teaser is the teaser's, a menu's label the menu's."""

import re
from typing import Final

from newscrawl.clean.blocks import Block, Inside
from newscrawl.clean.kind_lines import cut_by_form
from newscrawl.clean.kind_links import cut_by_target
from newscrawl.clean.kind_surroundings import HEADLINE_WORDS, MIN_LIST_LINKS, Surroundings, WholePage
from newscrawl.clean.kinds import BY_PLACE, LEGAL_WORDS, LINE_WORDS, Cut, kind_without
from newscrawl.clean.labels import label_of, opening_label
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.line_forms import COPYRIGHT
from newscrawl.clean.link_targets import NO_HEADLINE, Target
from newscrawl.clean.words import has_date, is_date_line, looks_like_names
from newscrawl.model import BlockKind

_K = BlockKind
# Words. A list whose links are on average shorter than the first figure is a menu or a list of topics,
# longer than the second one a list of teasers.
_TOPIC_WORDS: Final = 3.6
_TEASER_WORDS: Final = 4.5
_TITLE_WORDS: Final = 3
_KICKER_BLOCKS: Final = 6  # a section's name in a card so small is the card's kicker
_NAME_WORDS: Final = 4
_SHORT_HEADLINE_WORDS: Final = 4  # where the address is an article's
_MENU_WORDS: Final = 2.5  # the entries of a menu are shorter than topics
# Share of the page's blocks. What stands below and in an element named footer is the site's.
_FOOTER_FROM: Final = 0.8
# Words. What is longer in a list of cards is no part of a card.
_MAX_CARD_PART_WORDS: Final = 45
# Blocks per headline in a list of cards: kicker, headline, excerpt, author, date and a count.
_MAX_CARD_BLOCKS: Final = 6
# Blocks from the nearest kept paragraph. Farther away a picture's line is not the article's.
_CAPTION_REACH: Final = 6
_TRAIL_LINKS: Final = 2  # in a line before the article that is half links
# Words, and blocks from the nearest kept paragraph: a line of rights without a year is a picture's.
_CREDIT_WORDS: Final = 6
_CREDIT_REACH: Final = 2
_MAX_SYMBOL_CHARS: Final = 5
_TOPIC_LINK_WORDS: Final = 6  # a longer link is no network's name
_INLINE_CARD_BLOCKS: Final = 4  # a card among the paragraphs
_WEATHER: Final = re.compile(r"^\W*-?\d{1,2}\s?(?:°|℃|º|[CF]$)")
_LETTER_SIZE: Final = re.compile(r"^(?:[AaАα]{1,3}[+-]{0,2}|[+-])$")
_CREDIT_MARK: Final = re.compile(r"[©/|:(]|images|photo|foto|reuters|archiv", re.I)
_PLAYING_TIME: Final = re.compile(r"\b\d{1,2}:\d\d\b")
_RIGHTS: Final = re.compile(
    r"(?:©|\(c\)|copyright)\D{0,80}(?:19|20)\d\d|all rights reserved|alle rechte|tous droits"
    r"|derechos reservados|direitos reservados|diritti riservati|prawa zastrzeżone|prawa autorskie"
    r"|права защищены|rettigheder|med ensamrätt|版权所有|版權所有|無断転載|무단|حقوق محفوظة"
    r"|πνευματικά δικαιώματα|subject to copyright|be reproduced without",
    re.I,
)
_COMMENTS: Final = group_bits("comments")
_SHARE: Final = group_bits("share")
_NO_CAPTION: Final = group_bits("byline", "author", "title", "date")
_FOOTER: Final = group_bits("footer")
_NEWSLETTER: Final = group_bits("newsletter")
_TAGS: Final = group_bits("tags")
_NAV: Final = group_bits("nav", "tags")
# Kinds that a label or a class name gives to entries of a menu ("Staff", "Forum", "Subscribe").
_MENU_ENTRIES: Final = frozenset(
    (_K.RELATED, _K.NEWSLETTER, _K.PROMO, _K.LEGAL, _K.COMMENTS, _K.PAYWALL, _K.BYLINE, _K.CAPTION, _K.BIO)
)
# What nothing but cards around a link may change.
_PLAIN_NAVIGATION: Final = frozenset(("navigation:class", "navigation:label"))
# Class names that say little of a link as long as a headline.
_NO_HEADLINE_CLASSES: Final = frozenset(("share:class", "legal:class", "paywall:class"))
# Sections of buttons and fields: no headline belongs to one.
_SHORT_SECTIONS: Final = frozenset((_K.SHARE, _K.NEWSLETTER, _K.PROMO, _K.BIO))
# What a card is made of, as it looks where it stands alone.
_CARD_PARTS: Final = frozenset((_K.NAVIGATION, _K.DATELINE, _K.BYLINE, _K.CAPTION, _K.OTHER, _K.SOURCE))
_THREAD_PARTS: Final = frozenset((_K.DATELINE, _K.BYLINE, _K.CAPTION, _K.BIO, _K.OTHER, _K.NEWSLETTER))
_NO_ROWS: Final = frozenset(("caption:class", "promo:opening", "legal:opening", "newsletter:opening"))
# Guesses at lists of links: what has no headline around is part of none.
_LINK_LISTS: Final = frozenset(("related:sidebar", "related:cards", "related:aside"))
_WIDGET_WORDS: Final = 4
# Rules by the name of an element far around, which the name of a widget nearby outweighs.
_WIDGET_RULES: Final = frozenset(
    (
        "byline:class",
        "caption:picture",
        "caption:class",
        "caption:media",
        "paywall:class",
        "other:form",
        "other:symbols",
        "legal:class",
        "related:after-article",
        "navigation:label",
        "byline:label",
    )
)
_CAPTION_GUESSES: Final = frozenset(("caption:picture", "caption:media", "caption:figure", "caption:credit"))


def settle(block: Block, cut: Cut, whole: WholePage, place: str, distance: int) -> Cut:
    """Return the kind of one cut in its surroundings."""
    kind, rule = cut
    if rule == "navigation:tag" and "©" not in block.text:
        return cut
    text = block.text
    box = block.box
    words = whole.structure.words[block.index]
    linked = whole.structure.link_density[block.index] > 0.5
    around = whole.around(block)
    if around.network:
        return _K.AD, "ad:network"
    if rule in _PLAIN_NAVIGATION and around.cards is None and text[0] != "#":
        return cut
    part = kind in _THREAD_PARTS or rule in BY_PLACE or rule in ("share:label", "related:label")
    early = kind is _K.DATELINE and place == "before" and distance <= _CAPTION_REACH
    if around.thread and part and not (early or whole.heads[block.index]):
        return _K.COMMENTS, "comments:thread"
    formed = cut_by_form(
        text,
        cut,
        words=words,
        linked=linked,
        by_place=rule in BY_PLACE,
        before=place == "before",
        after=place == "after",
        distance=distance,
    )
    if formed is not None:
        return formed
    if (rule in BY_PLACE or rule in _WIDGET_RULES) and (widget := whole.widget(block)) is not None:
        return widget
    if linked and (led := cut_by_target(block, cut, around, whole, words)) is not None:
        return led
    if rule == "title:repeated" and linked and place == "after":
        return _K.RELATED, "related:headline"
    if rule.endswith(":heading") and text[0] in "©Cc(" and COPYRIGHT.search(text):
        return _K.LEGAL, "legal:copyright"
    if rule == "caption:credit" and place == "before" and has_date(text) and not whole.shows_picture(box):
        return _K.DATELINE, "dateline:line"
    if kind is _K.SHARE and not linked and box.inside & Inside.FIGCAPTION and label_of(text) is not kind:
        return _K.CAPTION, "caption:figcaption"
    if rule.endswith(":heading") and kind in _SHORT_SECTIONS and whole.heads[block.index]:
        return _K.RELATED, "related:headline"
    network = rule == "share:heading" and any(label_of(word) is kind for word in (text, *text.split()[:8]))
    if rule == "share:heading" and not around.groups & _SHARE and not network:
        if linked:
            return _K.NAVIGATION, "navigation:links"
        opening = opening_label(text)
        return (opening[0], f"{opening[0]}:opening") if opening else (_K.OTHER, "other:tool")
    if len(text) <= _MAX_SYMBOL_CHARS and _LETTER_SIZE.match(text):
        button = box.inside & Inside.BUTTON
        return (_K.NAVIGATION, "navigation:button") if button else (_K.OTHER, "other:tool")
    if rule == "share:label" and _PLAYING_TIME.search(text):
        return _K.OTHER, "other:player"
    credit = rule == "legal:copyright" and words <= _CREDIT_WORDS and distance <= _CREDIT_REACH
    if (
        credit
        and place != "before"
        and not bool(box.inside & Inside.FOOTER)
        and not any(map(str.isdigit, text))
    ):
        return _K.CAPTION, "caption:credit"
    if rule in ("caption:figcaption", "bio:heading") and is_date_line(text):
        return _K.DATELINE, "dateline:date"
    if words <= 4 and not text[0].isalpha() and _WEATHER.match(text):
        return _K.OTHER, "other:weather"
    if text.startswith(("http://", "https://")) and " " not in text:
        return _K.OTHER, "other:address"
    unlinked_line = not linked and words <= 60 and not box.inside & Inside.FIGURE
    bottom = bool(around.groups & _FOOTER) and block.index > _FOOTER_FROM * whole.count
    bottom = bottom or bool(box.inside & Inside.FOOTER and place == "after")
    may_be_legal = unlinked_line and kind in (_K.CAPTION, _K.RELATED, _K.NAVIGATION)
    owner = (
        kind is _K.NAVIGATION and "©" in text and words <= LINE_WORDS and block.link_count < MIN_LIST_LINKS
    )
    if owner and place == "after":
        return _K.LEGAL, "legal:copyright"
    if may_be_legal and ((bottom and "©" in text) or _RIGHTS.search(text)):
        if distance <= _CAPTION_REACH and not bottom and whole.shows_picture(box):
            return _K.CAPTION, "caption:credit"
        return _K.LEGAL, "legal:rights"
    if rule == "navigation:breadcrumb":
        if "©" in text:
            return _K.CAPTION, "caption:credit"
        if has_date(text):
            return _K.DATELINE, "dateline:line"
    if kind is _K.NEWSLETTER and words <= 2 and around.groups & _SHARE and label_of(text) is not kind:
        return _K.SHARE, "share:class"
    entry = kind in _MENU_ENTRIES and not around.thread and rule != "byline:author-name"
    if entry and kind is _K.COMMENTS and any(map(str.isdigit, text)):
        entry = False
    if entry and _in_menu(block, around, whole, place, words, linked):
        return _K.NAVIGATION, "navigation:menu"
    account = kind in (_K.NEWSLETTER, _K.PAYWALL) and rule.endswith(":label") and words <= 2
    if account and place != "within" and not around.groups & _NEWSLETTER:
        return _K.NAVIGATION, "navigation:account"
    if rule == "dateline:class" and not any(map(str.isdigit, text)):
        kind, rule = kind_without(block, whole.structure, place, _K.DATELINE)
    if rule == "share:class" and linked and words >= _TITLE_WORDS and whole.target(block) is Target.ARTICLE:
        return _K.RELATED, "related:headline"
    if rule in _NO_HEADLINE_CLASSES and whole.heads[block.index] and words > _TOPIC_LINK_WORDS:
        return _K.RELATED, "related:headline"
    if rule == "caption:class" and not linked and _is_no_caption(block, whole, words):
        kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
        if words <= LINE_WORDS and has_date(text):
            return _K.DATELINE, "dateline:line"
    dated = place == "before" and rule == "caption:picture" and not box.inside & Inside.FIGURE
    if dated and words <= LINE_WORDS and has_date(text) and not text.endswith("."):
        return _K.DATELINE, "dateline:line"
    if rule == "caption:picture" and place == "before" and distance > 1 and block.link_count >= _TRAIL_LINKS:
        return _K.NAVIGATION, "navigation:breadcrumb"
    row = linked and block.link_count > MIN_LIST_LINKS and not whole.heads[block.index]
    if row and rule in _NO_ROWS:
        return _K.NAVIGATION, "navigation:links"
    far = rule == "caption:picture" and not (block.after_image or whole.shows_picture(box))
    if far and not linked and (place != "within" or words < HEADLINE_WORDS):
        kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
    elif rule in _CAPTION_GUESSES or (kind is _K.CAPTION and linked and not box.inside & Inside.FIGCAPTION):
        if linked and words >= HEADLINE_WORDS:
            return _K.RELATED, "related:card"
        if linked or distance > _CAPTION_REACH:
            kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
    by_place = rule in BY_PLACE or rule == "related:after-article"
    signs = (
        rule == "navigation:footer" and place == "within" and box.inside & Inside.ARTICLE and distance <= 1
    )
    if signs and words <= _NAME_WORDS and looks_like_names(text):
        return _K.BYLINE, "byline:footer"
    if by_place and words <= 8 and (block.groups | box.groups) & _SHARE:
        return _K.SHARE, "share:class"
    if by_place and (bottom or box.inside & Inside.FOOTER) and not whole.heads[block.index]:
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
    if (kind in _CARD_PARTS or counted) and _in_cards(block, cut, around, whole, words, linked):
        return _K.RELATED, "related:card"
    if by_place and linked:
        return _of_links(block, (kind, rule), around, whole, words)
    if rule == "related:after-article" and words <= LINE_WORDS and has_date(text):
        return _K.DATELINE, "dateline:line"
    if rule.endswith((":class", ":heading")) and kind is not _K.OTHER and not is_date_line(text):
        bare = not (text[0].isalpha() or any(map(str.isalpha, text)))
        bare = bare or (rule == "related:heading" and len(text) <= 2)
        if bare and around.cards is None and not linked and not around.groups & _SHARE:
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


def _is_no_caption(block: Block, whole: WholePage, words: float) -> bool:
    """Tell whether a line with the class name of captions is none: without a picture or credit."""
    box = block.box
    named = block.groups | box.groups | (box.parent.groups if box.parent is not None else 0)
    unlike = named & _NO_CAPTION or (words <= HEADLINE_WORDS and not _CREDIT_MARK.search(block.text))
    return bool(unlike) and not whole.shows_picture(box)


def _of_links(block: Block, cut: Cut, around: Surroundings, whole: WholePage, words: float) -> Cut:
    """Return what links are that only their place spoke of: topics and menus, or headlines."""
    kind, rule = cut
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
    if kind is _K.NAVIGATION and whole.heads[block.index] and words > HEADLINE_WORDS and not footer:
        return _K.RELATED, "related:headline"
    return kind, rule


def _leads_to_list(block: Block, whole: WholePage) -> bool:
    """Tell whether the address of a link is that of a section, a topic or a place on the page."""
    return whole.target(block) in NO_HEADLINE


def _in_menu(
    block: Block, around: Surroundings, whole: WholePage, place: str, words: float, linked: bool
) -> bool:
    """Tell whether the block is an entry of a menu."""
    if words > HEADLINE_WORDS or block.box.inside & Inside.FORM:
        return False
    if words >= _SHORT_HEADLINE_WORDS and linked and whole.target(block) is Target.ARTICLE:
        return False
    if block.box.inside & Inside.NAV:
        return True
    if linked and around.groups & _NAV:
        return True
    entries = around.link_list
    return (
        place != "within"
        and linked
        and entries is not None
        and whole.links(entries) >= MIN_LIST_LINKS
        and whole.mean_link(entries) <= _MENU_WORDS
        and not whole.headlines(entries)
    )


def _in_cards(
    block: Block, cut: Cut, around: Surroundings, whole: WholePage, words: float, linked: bool
) -> bool:
    """Tell whether the block is a part of one card in a list of cards."""
    cards, card = around.cards, around.card
    if cards is None or card is None or words > _MAX_CARD_PART_WORDS or cut[1] == "navigation:breadcrumb":
        return False
    if whole.size(cards) > _MAX_CARD_BLOCKS * whole.headlines(cards):
        return False
    if linked and block.link_count >= MIN_LIST_LINKS:
        return False
    if cut[1] == "navigation:class" and linked and around.groups & _TAGS:
        return False
    kicker = whole.size(card) <= _KICKER_BLOCKS
    if cut[0] is _K.NAVIGATION and linked and not kicker and _leads_to_list(block, whole):
        return False
    if card is not cards:
        return True
    # Flat markup: the parts of all cards side by side. A line of names or a picture's before a list ("More
    # from ...") is not a card's own.
    parent = block.box.parent
    beside = cards is block.box or cards is parent or (parent is not None and cards is parent.parent)
    return beside and cut[0] not in (_K.BYLINE, _K.CAPTION)
