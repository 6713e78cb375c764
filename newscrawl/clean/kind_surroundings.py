"""What stands around each block: lists of links, cards, threads of comments, advertisers' widgets."""

from itertools import accumulate
from typing import Final, NamedTuple

from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.kind_names import cut_by_names
from newscrawl.clean.kinds import Cut
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.link_targets import NO_HEADLINE, Target, link_of, target_of
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

# Words. A link this long reads like a headline.
HEADLINE_WORDS: Final = 5
MIN_LIST_LINKS: Final = 3
# Links in one headline: on the picture and on the title. A line with more is a row of links.
_LINKS_OF_A_CARD: Final = 1
_PICTURE_LEVELS: Final = 4
_AD_NETWORKS: Final = (
    *("taboola", "outbrain", "revcontent", "mgid", "marketgid", "mgbox"),
    *("zergnet", "dianomi", "plista", "ligatus", "engageya", "adnow", "rc-widget", "rc-item", "rc-cta"),
)
_WIDGET_LEVELS: Final = 4  # elements around a line whose names may say that it belongs to a widget
_COMMENTS: Final = group_bits("comments")
_SHARE: Final = group_bits("share")


class Surroundings(NamedTuple):
    """What stands around one block, up to the element that holds the article. Boxes may be missing."""

    groups: int  # of the boxes around that hold nothing of the article
    network: bool  # one of them is an advertiser's widget
    thread: bool  # one of them holds comments
    link_list: Box | None  # the smallest with several links
    card: Box | None  # the smallest with a headline
    cards: Box | None  # the smallest with several headlines


_NOTHING: Final = Surroundings(0, False, False, None, None, None)


class WholePage:
    """Sums over the blocks, so that each box is asked in constant time."""

    def __init__(self, page: BlockPage, structure: Structure, cuts: list[Cut | None], url: str) -> None:
        self.structure = structure
        self._short_addresses = target_of(url) is Target.SECTION
        words, density = structure.words, structure.link_density
        own, links, link_words, heads = [], [], [], []
        for block, cut in zip(page.blocks, cuts, strict=True):
            at = block.index
            linked = density[at] > 0.5
            own.append(cut is None or (cut[0] is BlockKind.TITLE and block.box.level == 1))
            links.append(linked)
            link_words.append(words[at] if linked else 0.0)
            head = linked and words[at] >= HEADLINE_WORDS * max(1, block.link_count - _LINKS_OF_A_CARD)
            heads.append(head and self.target(block) not in NO_HEADLINE)
        self._own = _sums(own)
        self._links = _sums(links)
        self._link_words = _sums(link_words)
        self._heads = _sums(heads)
        self.heads = heads
        self.count = len(page.blocks)
        names = " ".join([box.names for box in page.boxes if box.names]).lower()
        self._networks = tuple(network for network in _AD_NETWORKS if network in names)
        self._widgets: dict[int, Cut | None] = {}
        self._around: dict[int, Surroundings] = {}

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

    def holds_article(self, box: Box) -> bool:
        """Tell whether a line of the article stands in `box`."""
        return box.parent is None or self._within(self._own, box) > 0

    def links(self, box: Box) -> float:
        """Return how many blocks of `box` are links."""
        return self._within(self._links, box)

    def mean_link(self, box: Box) -> float:
        """Return how many words the links of `box` have on average."""
        return self._within(self._link_words, box) / max(1.0, self.links(box))

    def headlines(self, box: Box) -> float:
        """Return how many links of `box` read like headlines."""
        return self._within(self._heads, box)

    def size(self, box: Box) -> int:
        """Return how many blocks `box` holds."""
        return self.structure.box_last[box.index] - self.structure.box_first[box.index] + 1

    def around(self, block: Block) -> Surroundings:
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

    def target(self, block: Block) -> Target:
        """Return what the link in or around `block` leads to.

        On a site whose articles have short addresses, as this page has, a short one tells nothing.
        """
        target = target_of(link_of(block))
        return Target.UNKNOWN if target is Target.SECTION and self._short_addresses else target

    def widget(self, block: Block) -> Cut | None:
        """Return what the class names around `block` say that name a widget: of the smallest that does."""
        start = block.box.index
        if start not in self._widgets:
            self._widgets[start] = self._find_widget(block.box)
        return self._widgets[start]

    def _find_widget(self, box: Box) -> Cut | None:
        at: Box | None = box
        for _ in range(_WIDGET_LEVELS):
            if at is None or self.holds_article(at):
                return None
            if at.names and (found := cut_by_names(at.names)) is not None:
                return found
            at = at.parent
        return None

    def _is_network(self, names: str) -> bool:
        lower = names.lower()
        return any(network in lower for network in self._networks)

    def _look(self, box: Box, outer: Surroundings) -> Surroundings:
        """Return what stands around the blocks of `box`, which has some, from its parent's surroundings."""
        first, end = self.structure.box_first[box.index], self.structure.box_last[box.index] + 1
        if box.parent is None or self._own[end] != self._own[first]:
            return _NOTHING
        heads = self._heads[end] - self._heads[first]
        groups = box.groups
        return Surroundings(
            outer.groups | groups,
            outer.network or (self._networks != () and self._is_network(box.names)),
            outer.thread or (groups & _COMMENTS != 0 and not groups & _SHARE and end - first >= 3),
            box if self._links[end] - self._links[first] >= MIN_LIST_LINKS else outer.link_list,
            box if heads else outer.card,
            box if heads >= 2 else outer.cards,
        )


def _sums(values: list[bool] | list[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))
