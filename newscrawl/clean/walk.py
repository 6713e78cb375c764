"""The walk over a page's tree: once, without recursion, it collects blocks and boxes."""

from typing import Final

import lxml.html
from lxml import etree

from newscrawl.clean.blocks import Block, BlockPage, Box
from newscrawl.clean.elements import (
    BOLD,
    BOX,
    BREAK,
    EMPHASIS,
    LINK,
    PARTS,
    PICTURES,
    SKIPPED,
    describe,
)
from newscrawl.clean.lexicon import GROUP_BITS, groups_of_names
from newscrawl.clean.page_forms import settle_forms
from newscrawl.clean.parse import MAX_DEPTH
from newscrawl.clean.typography import tidy

_DATE: Final = GROUP_BITS["date"]


class _Line:
    """The block that is being collected."""

    __slots__ = (
        "bold",
        "breaks",
        "emphasis",
        "groups",
        "image",
        "link_count",
        "links",
        "parts",
    )

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.breaks = self.links = self.link_count = self.bold = self.emphasis = self.groups = 0
        self.image = False

    def add(self, text: str, link_depth: int, bold_depth: int, emphasis_depth: int) -> None:
        """Add a piece of text that stands in so many links, bold and emphasised elements."""
        if not self.parts and text.isspace():
            return
        self.parts.append(text)
        if link_depth:
            self.links += len(text)
        if bold_depth:
            self.bold += len(text)
        if emphasis_depth:
            self.emphasis += len(text)

    def end(self, page: BlockPage, box: Box) -> None:
        """Make a block of the pieces, which there must be, and begin anew."""
        text = tidy("".join(self.parts))
        if text:
            block = Block(len(page.blocks), box, text)
            if self.links or self.bold or self.emphasis:
                size, raw = len(text), sum(map(len, self.parts))
                block.link_chars = min(size, self.links * size // raw)
                block.bold_chars = min(size, self.bold * size // raw)
                block.emphasis_chars = min(size, self.emphasis * size // raw)
            block.link_count = self.link_count
            block.groups = self.groups
            block.after_break = self.breaks if box.block_count else 0
            block.after_image = self.image
            box.block_count += 1
            self.image = False
            self.breaks = 0
            page.blocks.append(block)
        self.parts.clear()
        self.links = self.link_count = self.bold = self.emphasis = self.groups = 0


# Beyond so many blocks or elements the rest of the page is one block: its text stays, at a flat cost.
MAX_BLOCKS: Final = 100_000


def read_blocks(root: lxml.html.HtmlElement) -> BlockPage:
    """Walk the tree once and return its blocks. Cost: about 1 microsecond per element and event."""
    page = BlockPage()
    body = root.find("body")
    start = root if body is None else body
    box = Box(start, str(start.tag), None, 0)
    describe(box, {})
    page.boxes.append(box)
    path_ids: dict[tuple[int, str, str], int] = {}
    line = _Line()
    parts = line.parts
    link_depth = bold_depth = emphasis_depth = depth = 0
    blocks, boxes = page.blocks, page.boxes

    walker = etree.iterwalk(start, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        part = PARTS.get(tag, BOX)
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                page.too_deep = True
                break
            if part <= BREAK and (len(boxes) > MAX_BLOCKS or len(blocks) > MAX_BLOCKS):
                page.too_deep = _read_rest(walker, element, start, line, depth, link_depth)
                break
            if part == BOX:
                if element is not start:
                    if parts:
                        line.end(page, box)
                    line.breaks = 0
                    line.image = False
                    box = Box(element, tag, box, len(boxes))
                    describe(box, path_ids)
                    boxes.append(box)
            elif part == SKIPPED:
                if tag in PICTURES:
                    box.images += 1
                    line.image = line.image or not any(map(str.strip, parts))
                walker.skip_subtree()
                continue
            elif part == BREAK:
                if parts:
                    line.end(page, box)
                line.breaks += 1
            else:
                if part == LINK:
                    link_depth += 1
                    line.link_count += 1
                elif part == BOLD:
                    bold_depth += 1
                elif part == EMPHASIS:
                    emphasis_depth += 1
                names = element.get("class")
                if names:
                    line.groups |= groups_of_names(names)
                if tag == "time":
                    line.groups |= _DATE
            text = element.text
            if text and (parts or not text.isspace()):
                line.add(text, link_depth, bold_depth, emphasis_depth)
        else:
            depth -= 1
            if part == BOX:
                if element is start:
                    break
                if box.element is element and box.parent is not None:
                    if parts:
                        line.end(page, box)
                    line.breaks = 0
                    box = box.parent
            elif part == LINK:
                link_depth -= 1
            elif part == BOLD:
                bold_depth -= 1
            elif part == EMPHASIS:
                emphasis_depth -= 1
            text = element.tail
            if text and (parts or not text.isspace()):
                line.add(text, link_depth, bold_depth, emphasis_depth)
    if parts:
        line.end(page, box)
    settle_forms(page)
    return page


def _read_rest(
    walker: etree.iterwalk,
    element: lxml.html.HtmlElement,
    start: lxml.html.HtmlElement,
    line: _Line,
    depth: int,
    link_depth: int,
) -> bool:
    """Add all text from `element` on to one line; return whether some of it lies too deep."""
    parts = line.parts
    parts.append(" ")
    if element.text:
        parts.append(element.text)
    for event, element in walker:
        tag = element.tag
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                return True
            part = PARTS.get(tag, BOX)
            if part <= BREAK:
                parts.append(" ")
            elif part == SKIPPED:
                walker.skip_subtree()
                continue
            elif part == LINK:
                link_depth += 1
            text = element.text
        else:
            depth -= 1
            if tag == "a":
                link_depth -= 1
            if element is start:
                break
            text = element.tail
        if text:
            parts.append(text)
            if link_depth:
                line.links += len(text)
    return False
