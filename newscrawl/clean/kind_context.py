"""The kinds of a page's cuts, seen together.

`kind_of_cut` names each block by itself. Then `settle` checks its answer against what stands around the
block: the list of links, the cards, the thread of comments or the advertiser's widget that it is part of;
and last its neighbours' kinds are looked at. Nothing here decides what is cut.
"""

from typing import Final

from newscrawl.clean.blocks import Block, BlockPage, Inside
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.kind_ad_lists import name_ad_lists
from newscrawl.clean.kind_settle import settle
from newscrawl.clean.kind_shapes import agree_by_shape
from newscrawl.clean.kind_surroundings import WholePage
from newscrawl.clean.kinds import BY_PLACE, LEGAL_WORDS, LINE_WORDS, Cut, kind_of_cut
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.link_targets import Target
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

_K = BlockKind
# Blocks from the nearest kept paragraph. A date farther away, beside a teaser, is the teaser's.
_OWN_DATE_REACH: Final = 6
# What a place in a list of the most read ones is taken for.
_COUNTERS: Final = frozenset((_K.OTHER, _K.NAVIGATION, _K.PAYWALL, _K.CAPTION))
_MAX_COUNTER_CHARS: Final = 3
_MAX_ROLE_CHARS: Final = 60
_SHARE: Final = group_bits("share")
# A heading that was named by these is named anew by what it heads.
_WEAK_HEADINGS: Final = frozenset(("related:card", "share:class", "byline:class", "caption:class"))
# Kinds that come in runs: an "and" between two authors, a button among the fields of a form.
_RUNS: Final = frozenset((_K.BYLINE, _K.NEWSLETTER, _K.COMMENTS, _K.AD))
# What a form is for is told by its first lines; its fields and buttons are of that kind.
_FORMS: Final = frozenset((_K.NEWSLETTER, _K.COMMENTS))
_FIELD_KINDS: Final = frozenset(
    (_K.OTHER, _K.SHARE, _K.NAVIGATION, _K.COMMENTS, _K.PROMO, _K.RELATED, _K.PAYWALL)
)
_FIELD_WORDS: Final = 6
_HEADING_WORDS: Final = 4  # of a line before a list, without the markup of a heading
_PERSONS: Final = (_K.BYLINE, _K.BIO)
_BETWEEN_SHARES: Final = frozenset(
    (_K.NAVIGATION, _K.OTHER, _K.RELATED, _K.CAPTION, _K.LEGAL, _K.NEWSLETTER, _K.PROMO)
)
# Rules for a single line that a row of links only resembles.


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
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], kept: list[bool], url: str
) -> list[Cut | None]:
    """Return (kind, rule) per block of the page at `url`, None where it stays. Cost: linear in the blocks."""
    cuts = kinds_by_themselves(page, structure, evidence, kept)
    first, last = _ends(kept)
    whole = WholePage(page, structure, cuts, url)
    near = _distances(kept)
    settled: list[Cut | None] = []
    for block, cut in zip(page.blocks, cuts, strict=True):
        unseen = block.box.inside & (Inside.HIDDEN | Inside.NOSCRIPT)
        if cut is None or unseen or (cut[0] is _K.TITLE and cut[1] != "title:repeated"):
            settled.append(cut)
            continue
        at = block.index
        settled.append(settle(block, cut, whole, _place(at, first, last), near[at]))
    name_ad_lists(page.blocks, settled, whole)
    agree_by_shape(page.blocks, settled, whole)
    for block in page.blocks:
        cut = settled[block.index]
        if cut is not None and 0 < block.index < len(settled) - 1:
            before, after = settled[block.index - 1], settled[block.index + 1]
            named = before is not None and before[0] in _PERSONS and block.index > last
            if named and _may_be_role(block, cut):
                settled[block.index] = (_K.BIO, "bio:role")
            else:
                settled[block.index] = _between(block, cut, before, after, whole, near[block.index])
    return settled


def _may_be_role(block: Block, cut: Cut) -> bool:
    """Tell whether a line under an author's name below the article may say what the author is."""
    guessed = cut[1] in ("caption:picture", "caption:class", "other:low-score", "other:widget")
    return guessed and not block.link_chars and len(block.text) <= _MAX_ROLE_CHARS


def _between(
    block: Block, cut: Cut, before: Cut | None, after: Cut | None, whole: WholePage, distance: int
) -> Cut:
    """Return the kind of a cut between its neighbours' ones: an unknown network, a count, a heading."""
    kind, rule = cut
    text = block.text
    words = whole.structure.words[block.index]
    linked = whole.structure.link_density[block.index] > 0.5
    shares = (before is not None and before[0] is _K.SHARE, after is not None and after[0] is _K.SHARE)
    between = all(shares) or (any(shares) and not any(map(str.isalpha, block.text)))
    if between and words <= 2 and kind in _BETWEEN_SHARES and not rule.endswith(":label"):
        return _K.SHARE, "share:between"
    entries = before is not None and after is not None and before[0] is after[0] is _K.NAVIGATION
    if rule == "related:label" and entries and words <= 2 and linked:
        return _K.NAVIGATION, "navigation:menu"  # "All news" between two arrows
    if rule == "related:label" and any(shares) and words <= 1 and whole.around(block).groups & _SHARE:
        return _K.SHARE, "share:between"  # "More" among the networks
    neighbours = (before and before[0], after and after[0])
    alone = rule == "related:label" and linked and _K.RELATED not in neighbours
    if alone and whole.target(block) in (Target.SECTION, Target.TOPIC):
        return _K.NAVIGATION, "navigation:section-link"  # "All news"
    if rule == "share:label" and entries and not whole.around(block).groups & _SHARE:
        return _K.NAVIGATION, "navigation:menu"  # "Print", "Feedback", "Mobile"
    if before is not None and _is_field(block, cut, before, words, linked):
        return before[0], f"{before[0]}:field"
    unknown = rule in BY_PLACE or rule in ("other:symbols", "other:form", "related:card")
    same = before is not None and after is not None and before[0] is after[0]
    longest = LINE_WORDS if before is not None and before[0] is _K.COMMENTS else 3
    if (
        unknown
        and same
        and before is not None
        and before[0] in _RUNS
        and words <= longest
        and not whole.heads[block.index]
    ):
        return before[0], f"{before[0]}:between"
    listed = _K.RELATED in neighbours
    if listed and kind is _K.DATELINE and distance > _OWN_DATE_REACH and not rule.endswith(":label"):
        return _K.RELATED, "related:date"
    if listed and kind in _COUNTERS and len(text) <= _MAX_COUNTER_CHARS and text.strip(".#").isdigit():
        return _K.RELATED, "related:number"
    heading = not linked and block.box.level and words <= LEGAL_WORDS
    heading = heading or (rule == "other:low-score" and not linked and words <= _HEADING_WORDS)
    heading = heading and not (before is not None and before[0] is _K.RELATED and not block.box.level)
    if heading and after is not None and (rule in BY_PLACE or rule in _WEAK_HEADINGS):
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


def _is_field(block: Block, cut: Cut, before: Cut, words: float, linked: bool) -> bool:
    """Tell whether a line is a field or a button of the form that the line before it belongs to."""
    led = (before[0] in _FORMS and before[1] != "newsletter:label") or before[1] == "navigation:account"
    if not led or linked or words > _FIELD_WORDS or not block.box.inside & Inside.FORM:
        return False
    return cut[0] in _FIELD_KINDS and cut[0] is not before[0] and any(map(str.isalpha, block.text))
