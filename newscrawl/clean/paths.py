"""XPaths of elements, in time linear in the page (libxml2's own getpath counts siblings each time)."""

from collections.abc import Iterator

import lxml.html


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


class ElementPaths:
    """Gives the path of an element as `/html/body[1]/div[2]/p[1]`; asks each parent's children once, and no
    more of them than it must."""

    def __init__(self) -> None:
        self._paths: dict[lxml.html.HtmlElement, str] = {}
        self._children: dict[lxml.html.HtmlElement, _Children] = {}

    def path_of(self, element: lxml.html.HtmlElement) -> str:
        """Return the XPath of `element` in its document."""
        known = self._paths.get(element)
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
            known = self._paths.get(parent)
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
            self._paths[node] = path
        return path
