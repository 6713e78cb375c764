"""XPaths of elements, in time linear in the page (libxml2's own getpath counts siblings each time)."""

from collections.abc import Iterator

import lxml.html

from newscrawl.clean.blocks import Box


class _Children:
    """The children of one element, numbered among those of their tag as far as they were asked for."""

    __slots__ = ("counts", "numbers", "rest")

    def __init__(self, parent: lxml.html.HtmlElement) -> None:
        self.rest: Iterator[lxml.html.HtmlElement] = iter(parent)
        self.counts: dict[str, int] = {}
        self.numbers: dict[lxml.html.HtmlElement, int] = {}

    def number_of(self, node: lxml.html.HtmlElement) -> int:
        """Return the number of a child among its siblings of the same tag, from 1."""
        counts, numbers = self.counts, self.numbers
        if node not in numbers:
            for child in self.rest:
                tag = child.tag
                numbers[child] = counts[tag] = counts.get(tag, 0) + 1
                if child is node:
                    break
        return numbers[node]


class _ElementPaths:
    """Gives the path of any element; asks each parent's children once, and no more of them than it must."""

    def __init__(self) -> None:
        self.known: dict[lxml.html.HtmlElement, str] = {}
        self._children: dict[lxml.html.HtmlElement, _Children] = {}

    def path_of(self, element: lxml.html.HtmlElement) -> str:
        """Return the XPath of `element` in its document."""
        known = self.known.get(element)
        if known is not None:
            return known
        chain = []  # (element, parent) from `element` up to the first whose path is known
        at = element
        path = ""
        while True:
            parent = at.getparent()
            chain.append((at, parent))
            if parent is None:
                break
            known = self.known.get(parent)
            if known is not None:
                path = known
                break
            at = parent
        for node, parent in reversed(chain):
            path = f"{path}/{node.tag}"
            if parent is not None:
                children = self._children.get(parent)
                if children is None:
                    children = self._children[parent] = _Children(parent)
                path = f"{path}[{children.number_of(node)}]"
            self.known[node] = path
        return path


class BoxPaths:
    """Gives the path of a box's element as `/html/body[1]/div[2]/p[1]`.

    Whatever has the tag of a box is a box: those right under one parent are numbered as the walk met them.
    """

    def __init__(self, boxes: list[Box]) -> None:
        self._elements = _ElementPaths()
        self._paths: dict[int, str] = {}
        self._numbers: list[int] = []  # 0 where inline elements stand between a box and its parent
        counts: dict[tuple[int, str], int] = {}
        for box in boxes:
            parent, number = box.parent, 0
            if parent is not None and box.element.getparent() is parent.element:
                key = (parent.index, box.tag)
                number = counts[key] = counts.get(key, 0) + 1
            self._numbers.append(number)

    def path_of(self, box: Box) -> str:
        """Return the XPath of the element in its document."""
        unknown = []
        at: Box | None = box
        while at is not None and at.index not in self._paths:
            unknown.append(at)
            at = at.parent
        path = self._paths[at.index] if at is not None else ""
        for at in reversed(unknown):
            number = self._numbers[at.index]
            if number:
                path = f"{path}/{at.tag}[{number}]"
            else:
                if at.parent is not None:
                    self._elements.known[at.parent.element] = path
                path = self._elements.path_of(at.element)
            self._paths[at.index] = path
        return path
