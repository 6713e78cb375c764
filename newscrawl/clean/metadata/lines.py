"""Visible text as a reader sees it: one element's words, or the page's lines with their order."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from lxml import etree

from newscrawl.clean.metadata.tidy import tidy

Element: TypeAlias = etree._Element

_SKIPPED_TEXT = frozenset(
    {"script", "style", "noscript", "template", "svg", "button", "select", "iframe", "textarea", "head"}
)
_BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "div", "dl", "dt"}
    | {
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
    }
    | {"label", "li", "main", "nav", "ol", "option", "p", "pre", "section", "table", "tbody", "td", "tfoot"}
    | {"th", "thead", "time", "tr", "ul"}
)


# Nodes of an element that are read for its short text; a byline has under 50.
MAX_PIECES = 300


def short_text(element: Element, max_chars: int = 400) -> str:
    """Return the element's text as one tidy line, cut at `max_chars`; cheap however large it is.

    Where a word ends in lower case and the next element goes on in upper case, a blank is put between:
    such elements are set apart by their style.
    """
    parts: list[str] = []
    size = 0
    for text, breaks in islice(_pieces(element), MAX_PIECES):
        if breaks:
            parts.append(" ")
        if text:
            if (
                parts
                and text[0].isupper()
                and parts[-1]
                and (parts[-1][-1].islower() or parts[-1][-1].isdigit())
            ):
                parts.append(" ")
            parts.append(text[: 4 * max_chars])
            size += len(text)
            if size > 4 * max_chars:
                break
    return tidy("".join(parts))[:max_chars].rstrip()


def _set_apart(before: list[str], text: str) -> str:
    """Return `text` with a blank before it where only their style sets two elements apart."""
    last = before[-1][-1] if before and before[-1] else " "
    return " " + text if text[0].isupper() and (last.islower() or last.isdigit()) else text


def _pieces(element: Element) -> Iterator[tuple[str, bool]]:
    """Yield (text, whether a line breaks before it) of the element's subtree, without its tail."""
    node: Element = element
    while True:
        tag = node.tag
        skipped = not isinstance(tag, str) or tag in _SKIPPED_TEXT
        yield ("" if skipped else (node.text or ""), tag in _BLOCKS)
        if not skipped and len(node):
            node = node[0]
            continue
        while node is not element:
            yield (node.tail or "", node.tag in _BLOCKS)
            after = node.getnext()
            if after is not None:
                node = after
                break
            parent = node.getparent()
            if parent is None:
                return
            node = parent
        else:
            return


@dataclass(slots=True)
class Line:
    """A line of visible text, as a reader sees it. Cleaned when first read: most never are."""

    raw: str
    position: int  # in document order, counted in lines
    element: Element  # in which it begins
    _text: str | None = None

    @property
    def text(self) -> str:
        """Return the line, tidy, cut at `MAX_LINE_CHARS`."""
        if self._text is None:
            self._text = tidy(self.raw, MAX_LINE_CHARS)
        return self._text


# Lines that are looked at, and how long a line may be to be kept whole: bylines and date lines are
# short and stand in the first or last lines of an article.
MAX_LINES = 4000
MAX_LINE_CHARS = 400
# Characters of the shortest headline that is looked for among the lines by its words.
MIN_PLACED_CHARS = 12
# Descendants of an element in which its line may begin.
MAX_INSIDE = 50


def visible_lines(root: Element) -> Iterator[Line]:
    """Yield the page's lines of text in order: blocks and `<br>` end a line."""
    body = next(root.iter("body"), root)
    parts: list[str] = []
    size = count = 0
    node = start = body
    while True:
        tag = node.tag
        skipped = not isinstance(tag, str) or tag in _SKIPPED_TEXT
        if tag in _BLOCKS:
            size = 0
            if parts:
                raw = "".join(parts)
                parts.clear()
                if not raw.isspace():
                    yield Line(raw, count, start)
                    count += 1
        if not skipped and node.text and size < MAX_LINE_CHARS:
            if not parts:
                start = node
            parts.append(_set_apart(parts, node.text)[:MAX_LINE_CHARS])
            size += len(node.text)
        if not skipped and len(node):
            node = node[0]
            continue
        while True:
            parent = node.getparent() if node is not body else None
            if node.tag in _BLOCKS or parent is None:
                size = 0
                if parts:
                    raw = "".join(parts)
                    parts.clear()
                    if not raw.isspace():
                        yield Line(raw, count, start)
                        count += 1
            if parent is None:
                return
            if node.tail and size < MAX_LINE_CHARS:
                if not parts:
                    start = parent
                parts.append(_set_apart(parts, node.tail)[:MAX_LINE_CHARS])
                size += len(node.tail)
            after = node.getnext()
            if after is not None:
                node = after
                break
            node = parent


class PageLines:
    """The page's visible lines, made as far as they are asked for: most pages need few or none."""

    def __init__(self, root: Element) -> None:
        self._rest = islice(visible_lines(root), MAX_LINES)
        self._lines: list[Line] = []
        self._found: dict[Element, int] = {}
        self._placed: dict[str, int] = {}

    def first(self, count: int = MAX_LINES) -> list[Line]:
        """Return the first `count` lines, fewer where the page has no more, more where they are made."""
        missing = count - len(self._lines)
        if missing > 0:
            self._lines.extend(islice(self._rest, missing))
        return self._lines

    def index_of_text(self, text: str) -> int:
        """Return the index of the first line that holds `text`, else 0; a word or two are no place."""
        if len(text) < MIN_PLACED_CHARS:
            return 0
        if text not in self._placed:
            found = (line.position for line in self.first() if text in line.text)
            self._placed[text] = next(found, 0)
        return self._placed[text]

    def index_of(self, element: Element) -> int:
        """Return the index of the line that begins in `element` or among its first descendants, else 0."""
        if element not in self._found:
            inside = {element, *islice(element.iterdescendants(), MAX_INSIDE)}
            at = next((line.position for line in self._lines if line.element in inside), None)
            if at is None:
                for line in self._rest:
                    self._lines.append(line)
                    if line.element in inside:
                        at = line.position
                        break
            self._found[element] = at or 0
        return self._found[element]
