"""A page as a list of text blocks in its order, each with the facts that every vote looks at.

One walk over the tree, without recursion. A block is a run of text that nothing but inline markup
interrupts; it ends at every block element and at every `<br>`. A `Box` is a block element; boxes know
their parents, so that a block knows all that surrounds it.
"""

from dataclasses import dataclass, field
from typing import Final

import lxml.html
from lxml import etree

from newscrawl.clean.lexicon import GROUP_BITS, groups_of_names
from newscrawl.clean.parse import MAX_DEPTH
from newscrawl.clean.typography import tidy


def _words(text: str) -> list[str]:
    return text.split()


# What a browser shows nothing of, or nothing that can be article text.
SKIPPED_TAGS: Final = frozenset(
    _words(
        "script style head template svg canvas iframe object embed video audio map select datalist "
        "textarea input img source track link meta base title area applet frame frameset noframes param "
        "progress meter"
    )
)
# Elements that do not interrupt a line of text. Every other element, unknown ones too, makes a box:
# custom elements (`<app-teaser>`) are containers in nearly all pages.
INLINE_TAGS: Final = frozenset(
    _words(
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark nobr q rp rt ruby s "
        "samp small span strike strong sub sup time tt u var wbr label math mi mn mo mrow msup msub mfrac "
        "msqrt msubsup mtext picture blink o:p"
    )
)
_PICTURES: Final = frozenset(("img", "video", "iframe", "svg", "canvas"))
_BOLD_TAGS: Final = frozenset(("b", "strong"))
_EMPHASIS_TAGS: Final = frozenset(("i", "em", "cite"))
# What the walk does at an element.
_BOX, _BREAK, _SKIPPED, _INLINE, _LINK, _BOLD, _EMPHASIS = range(7)
_PARTS: Final[dict[str, int]] = {
    **dict.fromkeys(INLINE_TAGS, _INLINE),
    **dict.fromkeys(_BOLD_TAGS, _BOLD),
    **dict.fromkeys(_EMPHASIS_TAGS, _EMPHASIS),
    **dict.fromkeys(SKIPPED_TAGS, _SKIPPED),
    "a": _LINK,
    "br": _BREAK,
}


_DATE: Final = GROUP_BITS["date"]


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


_INSIDE_OF_TAG: Final[dict[str, int]] = {
    "li": Inside.LI,
    "dd": Inside.LI,
    "dt": Inside.LI,
    "table": Inside.TABLE,
    "figure": Inside.FIGURE,
    "figcaption": Inside.FIGCAPTION | Inside.FIGURE,
    "blockquote": Inside.QUOTE,
    "aside": Inside.ASIDE,
    "nav": Inside.NAV,
    "header": Inside.HEADER,
    "footer": Inside.FOOTER,
    "form": Inside.FORM,
    "fieldset": Inside.FORM,
    "article": Inside.ARTICLE,
    "main": Inside.MAIN,
    "button": Inside.BUTTON,
    "noscript": Inside.NOSCRIPT,
    "pre": Inside.PRE,
    "address": Inside.ADDRESS,
    "dialog": Inside.DIALOG,
    "details": Inside.DETAILS,
    "caption": Inside.TABLE,
    "h1": Inside.HEADING,
    "h2": Inside.HEADING,
    "h3": Inside.HEADING,
    "h4": Inside.HEADING,
    "h5": Inside.HEADING,
    "h6": Inside.HEADING,
}
_INSIDE_OF_ROLE: Final[dict[str, int]] = {
    "navigation": Inside.NAV,
    "banner": Inside.HEADER,
    "contentinfo": Inside.FOOTER,
    "complementary": Inside.ASIDE,
    "search": Inside.FORM,
    "form": Inside.FORM,
    "main": Inside.MAIN,
    "article": Inside.ARTICLE,
    "dialog": Inside.DIALOG,
    "alertdialog": Inside.DIALOG,
    "button": Inside.BUTTON,
    "menu": Inside.NAV,
    "menubar": Inside.NAV,
    "heading": Inside.HEADING,
}


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


@dataclass(slots=True)
class BlockPage:
    """All blocks and boxes of a page. `too_deep`: the parser dropped text that was nested deeper."""

    blocks: list[Block] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    too_deep: bool = False


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


PAGE_FORM_SHARE: Final = 0.5
"""Share of the page's characters from which a form is the page itself."""


def read_blocks(root: lxml.html.HtmlElement) -> BlockPage:
    """Walk the tree once and return its blocks. Cost: about 1 microsecond per element and event."""
    page = BlockPage()
    body = root.find("body")
    start = root if body is None else body
    box = Box(start, str(start.tag), None, 0)
    _describe(box, {})
    page.boxes.append(box)
    path_ids: dict[tuple[int, str, str], int] = {}
    line = _Line()
    parts = line.parts
    link_depth = bold_depth = emphasis_depth = depth = 0
    blocks, boxes = page.blocks, page.boxes

    walker = etree.iterwalk(start, events=("start", "end"))
    for event, element in walker:
        tag = element.tag
        part = _PARTS.get(tag, _BOX)
        if event == "start":
            depth += 1
            if depth > MAX_DEPTH:
                page.too_deep = True
                break
            if part <= _BREAK and (len(boxes) > MAX_BLOCKS or len(blocks) > MAX_BLOCKS):
                page.too_deep = _read_rest(walker, element, start, line, depth, link_depth)
                break
            if part == _BOX:
                if element is not start:
                    if parts:
                        line.end(page, box)
                    line.breaks = 0
                    line.image = False
                    box = Box(element, tag, box, len(boxes))
                    _describe(box, path_ids)
                    boxes.append(box)
            elif part == _SKIPPED:
                if tag in _PICTURES:
                    box.images += 1
                    line.image = line.image or not any(map(str.strip, parts))
                walker.skip_subtree()
                continue
            elif part == _BREAK:
                if parts:
                    line.end(page, box)
                line.breaks += 1
            else:
                if part == _LINK:
                    link_depth += 1
                    line.link_count += 1
                elif part == _BOLD:
                    bold_depth += 1
                elif part == _EMPHASIS:
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
            if part == _BOX:
                if element is start:
                    break
                if box.element is element and box.parent is not None:
                    if parts:
                        line.end(page, box)
                    line.breaks = 0
                    box = box.parent
            elif part == _LINK:
                link_depth -= 1
            elif part == _BOLD:
                bold_depth -= 1
            elif part == _EMPHASIS:
                emphasis_depth -= 1
            text = element.tail
            if text and (parts or not text.isspace()):
                line.add(text, link_depth, bold_depth, emphasis_depth)
    if parts:
        line.end(page, box)
    _settle_forms(page)
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
            part = _PARTS.get(tag, _BOX)
            if part <= _BREAK:
                parts.append(" ")
            elif part == _SKIPPED:
                walker.skip_subtree()
                continue
            elif part == _LINK:
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


def _settle_forms(page: BlockPage) -> None:
    """Take a form that holds most of the page's text for what it is: the page (ASP.NET wraps all in one)."""
    held = [0] * len(page.boxes)
    for block in page.blocks:
        held[block.box.index] += len(block.text)
    for box in reversed(page.boxes):  # children stand after their parents
        if box.parent is not None:
            held[box.parent.index] += held[box.index]
    pages = {
        box.index for box in page.boxes if box.tag == "form" and held[box.index] > PAGE_FORM_SHARE * held[0]
    }
    if not pages:
        return
    outside = {page.boxes[0].index}
    for box in page.boxes[1:]:
        above_is_outside = box.parent is not None and box.parent.index in outside
        own_form = box.tag == "fieldset" or (box.tag == "form" and box.index not in pages)
        if above_is_outside and not own_form and box.element.get("role") not in ("search", "form"):
            outside.add(box.index)
            box.inside &= ~Inside.FORM


# The attributes that say what an element is.
_TELLING: Final = frozenset(
    _words("class id role itemprop hidden aria-hidden style data-component data-testid data-type aria-label")
)


def _describe(box: Box, path_ids: dict[tuple[int, str, str], int]) -> None:
    """Fill in what the element's tag and attributes say."""
    tag = box.tag
    names = classes = ""
    own = _INSIDE_OF_TAG.get(tag, 0)
    for key, value in box.element.items():
        if key == "class":
            classes = value
            names = f"{names} {value}" if names else value
        elif key not in _TELLING:
            continue
        elif key == "id":
            names = f"{names} {value}" if names else value
        elif key == "role":
            own |= _INSIDE_OF_ROLE.get(value, 0)
        elif key == "itemprop":
            box.itemprop = value
        elif key == "hidden":
            own |= Inside.HIDDEN
        elif key == "aria-hidden":
            own |= Inside.HIDDEN if value == "true" else 0
        elif key == "style":
            if "none" in value or "hidden" in value:
                squeezed = value.replace(" ", "").lower()
                if "display:none" in squeezed or "visibility:hidden" in squeezed:
                    own |= Inside.HIDDEN
        else:
            names = f"{names} {value}" if names else value
    box.names = names
    if names:
        box.groups = groups_of_names(names)
        box.groups_above |= box.groups
    if own:
        box.inside |= own
        if own & Inside.HEADING and len(tag) == 2:
            box.level = int(tag[1]) if tag[1].isdigit() else 3
    parent = box.parent
    step = (parent.path_id if parent is not None else -1, tag, classes)
    box.path_id = path_ids.setdefault(step, len(path_ids) + 1)
