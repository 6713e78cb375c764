"""XPaths of elements, in time linear in the page (libxml2's own getpath counts siblings each time)."""

from collections.abc import Iterator

import lxml.html


class ElementPaths:
    """Gives the path of an element as `/html/body[1]/div[2]/p[1]`; asks each parent's children once, and no
    more of them than it must."""

    def __init__(self) -> None:
        self._steps: dict[lxml.html.HtmlElement, str] = {}
        self._paths: dict[lxml.html.HtmlElement, str] = {}
        self._siblings: dict[lxml.html.HtmlElement, Iterator[tuple[lxml.html.HtmlElement, str]]] = {}

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
            path = f"{path}/{self._step(node, parent)}"
            self._paths[node] = path
        return path

    def _step(self, node: lxml.html.HtmlElement, parent: lxml.html.HtmlElement | None) -> str:
        if parent is None:
            return str(node.tag)
        known = self._steps.get(node)
        if known is None:
            siblings = self._siblings.get(parent)
            if siblings is None:
                siblings = self._siblings[parent] = _numbered(parent)
            for child, known in siblings:
                self._steps[child] = known
                if child is node:
                    break
        assert known is not None
        return known


def _numbered(parent: lxml.html.HtmlElement) -> Iterator[tuple[lxml.html.HtmlElement, str]]:
    """Yield each child and its step in a path: the tag and its number among the children of that tag."""
    counts: dict[str, int] = {}
    for child in parent:
        tag = child.tag
        counts[tag] = number = counts.get(tag, 0) + 1
        yield child, f"{tag}[{number}]"
