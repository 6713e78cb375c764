"""The kinds of a page's cuts, seen together: a date in a teaser is the teaser's, a menu's label the menu's.

`kinds_of_cut` names each block by itself. Here its answer is checked against what stands around the block:
the list of links, the cards, the thread of comments or the advertiser's widget that it is part of.
Nothing here decides what is cut.
"""

import re
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.kind_lines import cut_by_form
from newscrawl.clean.kinds import kind_of_cut, kind_without
from newscrawl.clean.labels import label_of, opening_label
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.structure import Structure
from newscrawl.clean.words import has_date, is_date_line
from newscrawl.model import BlockKind

_K = BlockKind
Cut = tuple[BlockKind, str]

# Words. A link this long reads like a headline; a list whose links are on average shorter than the
# second figure is a menu or a list of topics, longer than the third one a list of teasers.
_HEADLINE_WORDS: Final = 5
_TOPIC_WORDS: Final = 3.6
_TEASER_WORDS: Final = 4.5
_MENU_WORDS: Final = 2.5  # the entries of a menu are shorter than topics
_MIN_LIST_LINKS: Final = 3
# Links in one headline: on the picture and on the title. A line with more is a row of links.
_LINKS_OF_A_CARD: Final = 1
# Share of the page's blocks. What stands below and in an element named footer is the site's.
_FOOTER_FROM: Final = 0.8
# Words. What is longer in a list of cards is no part of a card.
_MAX_CARD_PART_WORDS: Final = 45
# Blocks per headline in a list of cards: kicker, headline, excerpt, author, date and a count.
_MAX_CARD_BLOCKS: Final = 6
# Blocks from the nearest kept paragraph. Farther away a picture's line is not the article's.
_CAPTION_REACH: Final = 6
_MAX_SYMBOL_CHARS: Final = 5
_MAX_ROLE_CHARS: Final = 60
_PICTURE_LEVELS: Final = 4
_LINE_WORDS: Final = 14  # a longer text with a date in it is no line of dates
_TOPIC_LINK_WORDS: Final = 6  # a longer link is no network's name
_INLINE_CARD_BLOCKS: Final = 4  # a card among the paragraphs
_LEGAL_WORDS: Final = 8  # a longer unlinked line in the site's footer says who publishes it

_AD_NETWORKS: Final = (
    *("taboola", "outbrain", "revcontent", "mgid", "marketgid", "mgbox"),
    *("zergnet", "dianomi", "plista", "ligatus", "engageya", "adnow"),
)
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
# Kinds that a label or a class name gives to entries of a menu ("Staff", "Forum", "Subscribe").
_MENU_ENTRIES: Final = frozenset(
    (_K.RELATED, _K.NEWSLETTER, _K.PROMO, _K.LEGAL, _K.COMMENTS, _K.PAYWALL, _K.BYLINE, _K.CAPTION, _K.BIO)
)
# Class names that say little of a link as long as a headline.
_NO_HEADLINE_CLASSES: Final = frozenset(("share:class", "legal:class", "paywall:class"))
# Sections of buttons and fields: no headline belongs to one.
_SHORT_SECTIONS: Final = frozenset((_K.SHARE, _K.NEWSLETTER, _K.PROMO, _K.BIO))
# What a card is made of, as it looks where it stands alone.
_CARD_PARTS: Final = frozenset((_K.NAVIGATION, _K.DATELINE, _K.BYLINE, _K.CAPTION, _K.OTHER, _K.SOURCE))
_THREAD_PARTS: Final = frozenset((_K.DATELINE, _K.BYLINE, _K.CAPTION, _K.BIO, _K.OTHER, _K.NEWSLETTER))
# Rules that go by the place alone.
_BY_PLACE: Final = frozenset(
    (
        "navigation:before-article",
        "navigation:section-label",
        "navigation:links",
        "navigation:footer",
        "navigation:header",
        "related:sidebar",
        "related:cards",
        "related:links",
        "related:aside",
        "other:low-score",
    )
)
# A heading that was named by these is named anew by what it heads.
_WEAK_HEADINGS: Final = frozenset(("related:card", "share:class", "byline:class", "caption:class"))
# Kinds that come in runs: an "and" between two authors, a button among the fields of a form.
_RUNS: Final = frozenset((_K.BYLINE, _K.NEWSLETTER, _K.COMMENTS, _K.AD))
_PERSONS: Final = (_K.BYLINE, _K.BIO)
_BETWEEN_SHARES: Final = frozenset(
    (_K.NAVIGATION, _K.OTHER, _K.RELATED, _K.CAPTION, _K.LEGAL, _K.NEWSLETTER, _K.PROMO)
)
# Rules for a single line that a row of links only resembles.
_NO_ROWS: Final = frozenset(("caption:class", "promo:opening", "legal:opening", "newsletter:opening"))
_CAPTION_GUESSES: Final = frozenset(("caption:picture", "caption:media", "caption:figure", "caption:credit"))


class _Surroundings(NamedTuple):
    """What stands around one block, up to the element that holds the article. Boxes may be missing."""

    groups: int  # of the boxes around that hold nothing of the article
    network: bool  # one of them is an advertiser's widget
    thread: bool  # one of them holds comments
    link_list: Box | None  # the smallest with several links
    card: Box | None  # the smallest with a headline
    cards: Box | None  # the smallest with several headlines


_NOTHING: Final = _Surroundings(0, False, False, None, None, None)


class _Page:
    """Sums over the blocks, so that each box is asked in constant time."""

    def __init__(self, page: BlockPage, structure: Structure, cuts: list[Cut | None]) -> None:
        self.structure = structure
        words, density = structure.words, structure.link_density
        own, links, link_words, heads = [], [], [], []
        for block, cut in zip(page.blocks, cuts, strict=True):
            at = block.index
            linked = density[at] > 0.5
            own.append(cut is None or (cut[0] is _K.TITLE and block.box.level == 1))
            links.append(linked)
            link_words.append(words[at] if linked else 0.0)
            heads.append(
                linked and words[at] >= _HEADLINE_WORDS * max(1, block.link_count - _LINKS_OF_A_CARD)
            )
        self._own = _sums(own)
        self._links = _sums(links)
        self._link_words = _sums(link_words)
        self._heads = _sums(heads)
        self.heads = heads
        self.count = len(page.blocks)
        self._around: dict[int, _Surroundings] = {}

    def _within(self, sums: list[float], box: Box) -> float:
        first = self.structure.box_first[box.index]
        return sums[self.structure.box_last[box.index] + 1] - sums[first] if first >= 0 else 0.0

    def shows_picture(self, box: Box) -> bool:
        """Tell whether a picture stands in `box` or right around it."""
        at: Box | None = box
        for _ in range(_PICTURE_LEVELS):
            if at is None or at is self.structure.main:
                return False
            if self.structure.box_images[at.index] or at.inside & Inside.FIGURE:
                return True
            at = at.parent
        return False

    def links(self, box: Box) -> float:
        return self._within(self._links, box)

    def mean_link(self, box: Box) -> float:
        return self._within(self._link_words, box) / max(1.0, self.links(box))

    def headlines(self, box: Box) -> float:
        return self._within(self._heads, box)

    def size(self, box: Box) -> int:
        return self.structure.box_last[box.index] - self.structure.box_first[box.index] + 1

    def around(self, block: Block) -> _Surroundings:
        """Return what stands around `block`; the same for all blocks of one box."""
        unknown: list[Box] = []
        box: Box | None = block.box
        while box is not None and box.index not in self._around:
            unknown.append(box)
            box = box.parent
        found = self._around[box.index] if box is not None else _NOTHING
        for box in reversed(unknown):
            found = self._around[box.index] = self._look(box, found)
        return found

    def _look(self, box: Box, outer: _Surroundings) -> _Surroundings:
        """Return what stands around the blocks of `box`, which has some, from its parent's surroundings."""
        first, end = self.structure.box_first[box.index], self.structure.box_last[box.index] + 1
        if box.parent is None or self._own[end] != self._own[first]:
            return _NOTHING
        heads = self._heads[end] - self._heads[first]
        groups = box.groups
        return _Surroundings(
            outer.groups | groups,
            outer.network or (box.names != "" and _is_ad_network(box.names)),
            outer.thread or (groups & _COMMENTS != 0 and not groups & _SHARE and end - first >= 3),
            box if self._links[end] - self._links[first] >= _MIN_LIST_LINKS else outer.link_list,
            box if heads else outer.card,
            box if heads >= 2 else outer.cards,
        )


@lru_cache(maxsize=1 << 11)
def _is_ad_network(names: str) -> bool:
    lower = names.lower()
    return any(network in lower for network in _AD_NETWORKS)


def _sums(values: list[bool] | list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def kinds_by_themselves(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], kept: list[bool]
) -> list[Cut | None]:
    """Return (kind, rule) per block, None where it stays, without a look at the blocks around it."""
    first, last = _ends(kept)
    return [
        None
        if kept[block.index]
        else kind_of_cut(block, structure, evidence[block.index], _place(block.index, first, last))
        for block in page.blocks
    ]


def kinds_of_cuts(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], kept: list[bool]
) -> list[Cut | None]:
    """Return (kind, rule) per block, None where it stays. Cost: linear in the blocks."""
    cuts = kinds_by_themselves(page, structure, evidence, kept)
    first, last = _ends(kept)
    whole = _Page(page, structure, cuts)
    near = _distances(kept)
    settled: list[Cut | None] = []
    for block, cut in zip(page.blocks, cuts, strict=True):
        unseen = block.box.inside & (Inside.HIDDEN | Inside.NOSCRIPT)
        if cut is None or unseen or (cut[0] is _K.TITLE and cut[1] != "title:repeated"):
            settled.append(cut)
            continue
        at = block.index
        settled.append(_settle(block, cut, whole, _place(at, first, last), near[at]))
    for block in page.blocks:
        cut = settled[block.index]
        if cut is not None and 0 < block.index < len(settled) - 1:
            before, after = settled[block.index - 1], settled[block.index + 1]
            named = before is not None and before[0] in _PERSONS and block.index > last
            if named and _may_be_role(block, cut):
                settled[block.index] = (_K.BIO, "bio:role")
            else:
                settled[block.index] = _between(block, cut, before, after, whole)
    return settled


def _may_be_role(block: Block, cut: Cut) -> bool:
    """Tell whether a line under an author's name below the article may say what the author is."""
    guessed = cut[1] in ("caption:picture", "caption:class", "other:low-score")
    return guessed and not block.link_chars and len(block.text) <= _MAX_ROLE_CHARS


def _between(block: Block, cut: Cut, before: Cut | None, after: Cut | None, whole: _Page) -> Cut:
    """Return the kind of a cut between its neighbours' ones: an unknown network, a count, a heading."""
    kind, rule = cut
    words = whole.structure.words[block.index]
    linked = whole.structure.link_density[block.index] > 0.5
    shares = (before is not None and before[0] is _K.SHARE, after is not None and after[0] is _K.SHARE)
    between = all(shares) or (any(shares) and not any(map(str.isalpha, block.text)))
    if between and words <= 2 and kind in _BETWEEN_SHARES and not rule.endswith(":label"):
        return _K.SHARE, "share:between"
    entries = before is not None and after is not None and before[0] is after[0] is _K.NAVIGATION
    if rule == "related:label" and entries and words <= 2 and linked:
        return _K.NAVIGATION, "navigation:menu"  # "All news" between two arrows
    if rule == "share:label" and entries and not whole.around(block).groups & _SHARE:
        return _K.NAVIGATION, "navigation:menu"  # "Print", "Feedback", "Mobile"
    unknown = rule in _BY_PLACE or rule in ("other:symbols", "other:form", "related:card")
    same = before is not None and after is not None and before[0] is after[0]
    longest = _LINE_WORDS if before is not None and before[0] is _K.COMMENTS else 3
    if unknown and same and before is not None and before[0] in _RUNS and words <= longest:
        return before[0], f"{before[0]}:between"
    heading = not linked and block.box.level and words <= _LEGAL_WORDS
    if heading and after is not None and (rule in _BY_PLACE or rule in _WEAK_HEADINGS):
        if after[0] is _K.RELATED and not block.box.inside & Inside.NAV:
            return _K.RELATED, "related:list-heading"
        if after[0] is _K.NAVIGATION and kind is _K.RELATED:
            return _K.NAVIGATION, "navigation:list-heading"
    return cut


def _ends(kept: list[bool]) -> tuple[int, int]:
    """Return the places of the first and last block that stays, or two beyond the end."""
    if True not in kept:
        return len(kept), len(kept)
    return kept.index(True), len(kept) - 1 - kept[::-1].index(True)


def _place(at: int, first: int, last: int) -> str:
    return "before" if at < first else "after" if at > last else "within"


def _distances(kept: list[bool]) -> list[int]:
    """Return per block how many blocks away the nearest kept one stands."""
    far = len(kept) + 1
    distances = [far] * len(kept)
    for order in (range(len(kept)), range(len(kept) - 1, -1, -1)):
        since = far
        for at in order:
            since = 0 if kept[at] else since + 1
            distances[at] = min(distances[at], since)
    return distances


def _settle(block: Block, cut: Cut, whole: _Page, place: str, distance: int) -> Cut:
    """Return the kind of one cut in its surroundings."""
    kind, rule = cut
    text = block.text
    box = block.box
    words = whole.structure.words[block.index]
    linked = whole.structure.link_density[block.index] > 0.5
    around = whole.around(block)
    if around.network:
        return _K.AD, "ad:network"
    part = kind in _THREAD_PARTS or rule in _BY_PLACE or rule in ("share:label", "related:label")
    if around.thread and part and not whole.heads[block.index]:
        return _K.COMMENTS, "comments:thread"
    formed = cut_by_form(
        text,
        cut,
        words=words,
        linked=linked,
        by_place=rule in _BY_PLACE,
        before=place == "before",
        distance=distance,
    )
    if formed is not None:
        return formed
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
    if rule == "caption:figcaption" and is_date_line(text):
        return _K.DATELINE, "dateline:date"
    if words <= 4 and not text[0].isalpha() and _WEATHER.match(text):
        return _K.OTHER, "other:weather"
    if text.startswith(("http://", "https://")) and " " not in text:
        return _K.OTHER, "other:address"
    unlinked_line = not linked and words <= 60 and not box.inside & Inside.FIGURE
    bottom = bool(around.groups & _FOOTER) and block.index > _FOOTER_FROM * whole.count
    bottom = bottom or bool(box.inside & Inside.FOOTER and place == "after")
    may_be_legal = unlinked_line and kind in (_K.CAPTION, _K.RELATED, _K.NAVIGATION)
    if may_be_legal and ((bottom and "©" in text) or _RIGHTS.search(text)):
        return _K.LEGAL, "legal:rights"
    if rule == "navigation:breadcrumb":
        if "©" in text:
            return _K.CAPTION, "caption:credit"
        if has_date(text):
            return _K.DATELINE, "dateline:line"
    if kind is _K.NEWSLETTER and words <= 2 and around.groups & _SHARE:
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
    if rule in _NO_HEADLINE_CLASSES and whole.heads[block.index] and words > _TOPIC_LINK_WORDS:
        return _K.RELATED, "related:headline"
    if rule == "caption:class" and not linked and _is_no_caption(block, whole, words):
        kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
        if words <= _LINE_WORDS and has_date(text):
            return _K.DATELINE, "dateline:line"
    dated = place == "before" and rule == "caption:picture" and not box.inside & Inside.FIGURE
    if dated and words <= _LINE_WORDS and has_date(text) and not text.endswith("."):
        return _K.DATELINE, "dateline:line"
    row = linked and block.link_count > _MIN_LIST_LINKS and not whole.heads[block.index]
    if row and rule in _NO_ROWS:
        return _K.NAVIGATION, "navigation:links"
    if rule in _CAPTION_GUESSES or (kind is _K.CAPTION and linked and not box.inside & Inside.FIGCAPTION):
        if linked and words >= _HEADLINE_WORDS:
            return _K.RELATED, "related:card"
        if linked or distance > _CAPTION_REACH:
            kind, rule = kind_without(block, whole.structure, place, _K.CAPTION)
    by_place = rule in _BY_PLACE or rule == "related:after-article"
    if by_place and words <= 8 and (block.groups | box.groups) & _SHARE:
        return _K.SHARE, "share:class"
    if by_place and (bottom or box.inside & Inside.FOOTER) and not whole.heads[block.index]:
        if linked:
            return _K.NAVIGATION, "navigation:footer"
        if words >= _LEGAL_WORDS and not box.inside & Inside.ARTICLE:
            return _K.LEGAL, "legal:imprint"
    if box.inside & Inside.NAV:
        return (_K.NAVIGATION, "navigation:tag") if rule == "other:symbols" else (kind, rule)
    teasers = around.link_list is not None and whole.mean_link(around.link_list) >= _TEASER_WORDS
    if teasers and rule.endswith(":opening") and kind is not _K.COMMENTS and whole.heads[block.index]:
        return _K.RELATED, "related:list"
    small = around.card is not None and whole.size(around.card) <= _INLINE_CARD_BLOCKS
    if small and place == "within" and kind in _CARD_PARTS and kind is not _K.CAPTION:
        return _K.RELATED, "related:card"
    if kind in _CARD_PARTS and _in_cards(block, cut, around, whole, words, linked):
        return _K.RELATED, "related:card"
    if by_place and linked:
        return _of_links(block, (kind, rule), around, whole, words)
    if rule == "related:after-article" and words <= _LINE_WORDS and has_date(text):
        return _K.DATELINE, "dateline:line"
    if rule.endswith((":class", ":heading")) and kind is not _K.OTHER and not is_date_line(text):
        bare = not (text[0].isalpha() or any(map(str.isalpha, text)))
        bare = bare or (rule == "related:heading" and len(text) <= 2)
        if bare and around.cards is None and not linked and not around.groups & _SHARE:
            return _K.OTHER, "other:symbols"
    return kind, rule


def _is_no_caption(block: Block, whole: _Page, words: float) -> bool:
    """Tell whether a line with the class name of captions is none: without a picture or credit."""
    box = block.box
    named = block.groups | box.groups | (box.parent.groups if box.parent is not None else 0)
    unlike = named & _NO_CAPTION or (words <= _HEADLINE_WORDS and not _CREDIT_MARK.search(block.text))
    return bool(unlike) and not whole.shows_picture(box)


def _of_links(block: Block, cut: Cut, around: _Surroundings, whole: _Page, words: float) -> Cut:
    """Return what links are that only their place spoke of: topics and menus, or headlines."""
    kind, rule = cut
    footer = block.box.inside & Inside.FOOTER
    if block.link_count >= _MIN_LIST_LINKS and not whole.heads[block.index]:
        return _K.NAVIGATION, "navigation:links"
    if around.link_list is not None:
        mean = whole.mean_link(around.link_list)
        if kind is _K.RELATED and mean <= _TOPIC_WORDS and not whole.headlines(around.link_list):
            return _K.NAVIGATION, "navigation:topics"
        if kind is _K.NAVIGATION and mean >= _TEASER_WORDS and not footer:
            return _K.RELATED, "related:list"
    if kind is _K.NAVIGATION and whole.heads[block.index] and words > _HEADLINE_WORDS and not footer:
        return _K.RELATED, "related:headline"
    return kind, rule


def _in_menu(
    block: Block, around: _Surroundings, whole: _Page, place: str, words: float, linked: bool
) -> bool:
    """Tell whether the block is an entry of a menu."""
    if words > _HEADLINE_WORDS or block.box.inside & Inside.FORM:
        return False
    if block.box.inside & Inside.NAV:
        return True
    entries = around.link_list
    return (
        place != "within"
        and linked
        and entries is not None
        and whole.links(entries) >= _MIN_LIST_LINKS
        and whole.mean_link(entries) <= _MENU_WORDS
        and not whole.headlines(entries)
    )


def _in_cards(
    block: Block, cut: Cut, around: _Surroundings, whole: _Page, words: float, linked: bool
) -> bool:
    """Tell whether the block is a part of one card in a list of cards."""
    cards, card = around.cards, around.card
    if cards is None or card is None or words > _MAX_CARD_PART_WORDS or cut[1] == "navigation:breadcrumb":
        return False
    if whole.size(cards) > _MAX_CARD_BLOCKS * whole.headlines(cards):
        return False
    if linked and block.link_count >= _MIN_LIST_LINKS:
        return False
    if card is not cards:
        return True
    # Flat markup: the parts of all cards side by side. A line of names or a picture's before a list ("More
    # from ...") is not a card's own.
    parent = block.box.parent
    beside = cards is block.box or cards is parent or (parent is not None and cards is parent.parent)
    return beside and cut[0] not in (_K.BYLINE, _K.CAPTION)
