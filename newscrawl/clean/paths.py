"""XPaths of elements, in time linear in the page (libxml2's own getpath counts siblings each time)."""

import lxml.html


class ElementPaths:
    """Gives the path of an element as `/html/body/div[2]/p[1]`; asks each parent's children once."""

    def __init__(self) -> None:
        self._steps: dict[lxml.html.HtmlElement, str] = {}
        self._paths: dict[lxml.html.HtmlElement, str] = {}

    def path_of(self, element: lxml.html.HtmlElement) -> str:
        """Return the XPath of `element` in its document."""
        chain = []
        at: lxml.html.HtmlElement | None = element
        prefix = ""
        while at is not None:
            known = self._paths.get(at)
            if known is not None:
                prefix = known
                break
            chain.append(at)
            at = at.getparent()
        for node in reversed(chain):
            prefix = f"{prefix}/{self._step(node)}"
            self._paths[node] = prefix
        return prefix

    def _step(self, node: lxml.html.HtmlElement) -> str:
        known = self._steps.get(node)
        if known is None:
            parent = node.getparent()
            if parent is None:
                known = str(node.tag)
            else:
                counts: dict[str, int] = {}
                for child in parent:
                    tag = child.tag
                    if isinstance(tag, str):
                        counts[tag] = counts.get(tag, 0) + 1
                        self._steps[child] = f"{tag}[{counts[tag]}]"
                known = self._steps[node]
            self._steps[node] = known
        return known
