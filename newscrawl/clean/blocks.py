"""Boxes and blocks: a page as its block elements and the runs of text in them, in the page's order.

A block is a run of text that nothing but inline markup interrupts; it ends at every block element and at
every `<br>`. A `Box` is a block element; boxes know their parents, so that a block knows what surrounds it.
"""

from dataclasses import dataclass, field

import lxml.html


class Inside:
    """Bits: elements that surround a block, at any distance."""

    LI = 1
    TABLE = 2
    FIGURE = 4
    FIGCAPTION = 8
    QUOTE = 16
    ASIDE = 32
    NAV = 64
    HEADER = 128
    FOOTER = 256
    FORM = 512
    ARTICLE = 1024
    MAIN = 2048
    HIDDEN = 4096
    BUTTON = 8192
    HEADING = 16384
    NOSCRIPT = 32768
    PRE = 65536
    ADDRESS = 131072
    DIALOG = 262144
    DETAILS = 524288


class Box:
    """A block element. `surroundings` and `groups_above` gather the element's own and all ancestors'."""

    __slots__ = (
        "block_count",
        "depth",
        "element",
        "groups",
        "groups_above",
        "images",
        "index",
        "inside",
        "itemprop",
        "level",
        "names",
        "parent",
        "path_id",
        "tag",
    )

    def __init__(self, element: lxml.html.HtmlElement, tag: str, parent: "Box | None", index: int) -> None:
        self.element = element
        self.tag = tag
        self.parent = parent
        self.index = index
        self.names = ""
        self.groups = 0
        self.itemprop = ""
        self.path_id = 0  # same number: same tags and classes from the root down
        self.images = 0  # right in this box, not in boxes within it
        self.block_count = 0  # blocks right in this box, not in boxes within it
        if parent is None:
            self.depth = self.inside = self.level = self.groups_above = 0
        else:
            self.depth = parent.depth + 1
            self.inside = parent.inside
            self.level = parent.level  # of the heading around, 1 to 6, or 0
            self.groups_above = parent.groups_above


class Block:
    """One run of text with what the walk saw of it. Lengths are in characters of `text`."""

    __slots__ = (
        "after_break",
        "after_image",
        "bold_chars",
        "box",
        "emphasis_chars",
        "groups",
        "index",
        "link_chars",
        "link_count",
        "text",
    )

    def __init__(self, index: int, box: Box, text: str) -> None:
        self.index = index
        self.box = box
        self.text = text
        self.link_chars = 0
        self.link_count = 0
        self.bold_chars = 0
        self.emphasis_chars = 0
        self.after_break = 0  # number of <br> between the block before and this one, in one box
        self.after_image = False  # an image stands right before it in the same box
        self.groups = 0  # of inline elements within

    @property
    def is_visible(self) -> bool:
        """Whether readers see it: nothing around it is hidden or stands for pages without scripts."""
        return not self.box.inside & (Inside.HIDDEN | Inside.NOSCRIPT)


@dataclass(slots=True)
class BlockPage:
    """All blocks and boxes of a page. `too_deep`: the parser dropped text that was nested deeper."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    too_deep: bool = False
