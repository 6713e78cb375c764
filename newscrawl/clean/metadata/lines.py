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


def visible_lines(root: Element) -> list[Line]:
    """Return the page's lines of text in order: blocks and `<br>` end a line. At most `MAX_LINES`."""
    body = next(root.iter("body"), root)
    lines: list[Line] = []
    parts: list[str] = []
    size = 0
    start = body

    def flush() -> None:
        raw = "".join(parts)
        parts.clear()
        if raw and not raw.isspace():
            lines.append(Line(raw, len(lines), start))

    node = body
    while len(lines) < MAX_LINES:
        tag = node.tag
        skipped = not isinstance(tag, str) or tag in _SKIPPED_TEXT
        if tag in _BLOCKS:
            if parts:
                flush()
            size = 0
        if not skipped and node.text and size < MAX_LINE_CHARS:
            if not parts:
                start = node
            parts.append(_set_apart(parts, node.text)[:MAX_LINE_CHARS])
            size += len(node.text)
        if not skipped and len(node):
            node = node[0]
            continue
        while True:
            if node is body:
                flush()
                return lines
            if node.tag in _BLOCKS:
                if parts:
                    flush()
                size = 0
            parent = node.getparent()
            if parent is None:
                flush()
                return lines
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
    return lines


@dataclass(slots=True)
class LinesOnDemand:
    """The page's visible lines, made when first asked for: most pages never need them."""

    root: Element
    _lines: list[Line] | None = None

    def get(self) -> list[Line]:
        """Return the lines of the page."""
        if self._lines is None:
            self._lines = visible_lines(self.root)
        return self._lines
