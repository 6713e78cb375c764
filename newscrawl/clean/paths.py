"""XPaths of elements, in time linear in the page (libxml2's own getpath counts all siblings each time)."""

import lxml.html


class ElementPaths:
    """Gives the path of an element as `/html/body[1]/div[2]/p[1]`.

    An element's number is counted from the sibling before it whose number is known; so no sibling is
    looked at twice where the elements are asked for in document order.
    """

    def __init__(self) -> None:
        self._paths: dict[lxml.html.HtmlElement, str] = {}
        self._numbers: dict[lxml.html.HtmlElement, int] = {}

    def path_of(self, element: lxml.html.HtmlElement) -> str:
        """Return the XPath of `element` in its document."""
        known = self._paths.get(element)
        if known is not None:
            return known
        chain = []  # from `element` up to the first whose path is known
        at: lxml.html.HtmlElement | None = element
        path = None
        while at is not None and path is None:
            chain.append(at)
            at = at.getparent()
            path = self._paths.get(at) if at is not None else None
        for node in reversed(chain):
            tag = node.tag
            path = f"/{tag}" if path is None else f"{path}/{tag}[{self._number(node)}]"
            self._paths[node] = path
        assert path is not None
        return path

    def _number(self, node: lxml.html.HtmlElement) -> int:
        """Return the number of `node` among the siblings of its tag, from 1."""
        numbers = self._numbers
        number = 1
        for sibling in node.itersiblings(node.tag, preceding=True):
            known = numbers.get(sibling)
            if known is not None:
                number += known
                break
            number += 1
        numbers[node] = number
        return number
