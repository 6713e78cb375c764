"""Find the blocks of an explained page in its tree again, and wrap their text in coloured spans.

A block is known by its text and its place in the order, so both are followed: letters and digits of the
page on one side, those of the blocks on the other, in step. White space, mended entities and inline markup
make no difference.
"""

from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lxml.html

WINDOW = 20_000
"""Letters ahead of the last block in which the next is looked for, before it counts as not found. A menu that
the cleaner does not show as blocks may stand between."""


LABEL_ATTRIBUTE = "data-nc"
"""Attribute with the label that a style sheet shows before a block."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A block's text, and the attributes of the spans around it."""

    text: str
    css_class: str
    tooltip: str
    label: str = ""  # shown before the block's first piece


@dataclass(slots=True)
class _TextNode:
    element: lxml.html.HtmlElement
    is_tail: bool
    text: str


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `start` to `end` of a text node, and the mark they get."""

    node: int
    start: int
    end: int
    mark: Mark
    opens: bool  # the first piece of its block


def mark_blocks(root: lxml.html.HtmlElement, marks: Sequence[Mark]) -> list[Mark]:
    """Wrap the text of each of `marks`, which come in the page's order; return those that were not found."""
    nodes = list(_text_nodes(root))
    letters, starts, offsets = _letters(nodes)
    pieces: dict[int, list[_Piece]] = {}
    missing = []
    cursor = 0
    for mark in marks:
        wanted = _letters_of(mark.text)
        if not wanted:
            continue
        at = letters.find(wanted, cursor, cursor + len(wanted) + WINDOW)
        if at < 0:
            missing.append(mark)
            continue
        cursor = at + len(wanted)
        for piece in _pieces(at, cursor, starts, offsets, mark):
            pieces.setdefault(piece.node, []).append(piece)
    for number, found in pieces.items():
        _wrap(nodes[number], found)
    return missing


def _text_nodes(root: lxml.html.HtmlElement) -> Iterator[_TextNode]:
    # Tails come after all that is in their element: `iterwalk` without its cost, by hand.
    stack: list[tuple[lxml.html.HtmlElement, bool]] = [(root, False)]
    while stack:
        element, is_tail = stack.pop()
        if is_tail:
            if element.tail:
                yield _TextNode(element, True, element.tail)
            continue
        if element.text and isinstance(element.tag, str):
            yield _TextNode(element, False, element.text)
        for child in reversed(element):
            stack += [(child, True), (child, False)]


def _letters(nodes: Sequence[_TextNode]) -> tuple[str, list[int], list["array[int]"]]:
    """Return all letters and digits, where each node's begin, and each one's place within its node."""
    parts: list[str] = []
    starts: list[int] = []
    offsets: list[array[int]] = []
    total = 0
    for node in nodes:
        kept = array("I", (at for at, c in enumerate(node.text) if c.isalnum()))
        starts.append(total)
        offsets.append(kept)
        parts.append("".join(node.text[at] for at in kept))
        total += len(kept)
    return "".join(parts), starts, offsets


def _letters_of(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


def _pieces(
    start: int, end: int, starts: Sequence[int], offsets: Sequence[Sequence[int]], mark: Mark
) -> Iterator[_Piece]:
    node = bisect_right(starts, start) - 1
    while node < len(starts) and starts[node] < end:
        first, last = max(start - starts[node], 0), min(end - starts[node], len(offsets[node])) - 1
        if first <= last:
            opens = starts[node] + first == start
            yield _Piece(node, offsets[node][first], offsets[node][last] + 1, mark, opens)
        node += 1


def _wrap(node: _TextNode, pieces: Sequence[_Piece]) -> None:
    """Cut the node's text at its pieces and put a span around each, with the punctuation that touches it."""
    text = node.text
    edges: list[tuple[int, int]] = []
    for piece in pieces:
        start, end = piece.start, piece.end
        least = edges[-1][1] if edges else 0
        while start > least and _is_punctuation(text[start - 1]):
            start -= 1
        while end < len(text) and _is_punctuation(text[end]):
            end += 1
        edges.append((start, end))
    spans = []
    for number, (piece, (start, end)) in enumerate(zip(pieces, edges, strict=True)):
        span = lxml.html.Element("span")
        span.set("class", piece.mark.css_class)
        span.set("title", piece.mark.tooltip)
        if piece.opens and piece.mark.label:
            span.set(LABEL_ATTRIBUTE, piece.mark.label)
        following = edges[number + 1][0] if number + 1 < len(edges) else len(text)
        span.text, span.tail = text[start:end], text[end:following]
        spans.append(span)
    head = text[: edges[0][0]]
    if node.is_tail:
        parent = node.element.getparent()
        assert parent is not None
        at = parent.index(node.element) + 1
        node.element.tail = head
    else:
        parent, at = node.element, 0
        node.element.text = head
    for place, span in enumerate(spans):
        parent.insert(at + place, span)


def _is_punctuation(character: str) -> bool:
    return not character.isspace() and not character.isalnum()
