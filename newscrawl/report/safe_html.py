"""A page of the web as a tree that is inert: no scripts, no handlers, no loads from outside.

By allowlist: what is not known to be harmless becomes a plain element or goes. The result has structure
and text; its looks come from whoever writes it.
"""

from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree

# Gone with all that is in them: no text of the page, or code.
_DROPPED = frozenset(
    {
        "applet",
        "area",
        "audio",
        "base",
        "canvas",
        "datalist",
        "embed",
        "frame",
        "frameset",
        "head",
        "iframe",
        "input",
        "link",
        "map",
        "math",
        "meta",
        "noframes",
        "object",
        "param",
        "script",
        "select",
        "source",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "track",
        "video",
    }
)
_KEPT = frozenset(
    {
        "a",
        "abbr",
        "article",
        "aside",
        "b",
        "blockquote",
        "br",
        "caption",
        "cite",
        "code",
        "dd",
        "del",
        "details",
        "dfn",
        "div",
        "dl",
        "dt",
        "em",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "i",
        "img",
        "ins",
        "kbd",
        "li",
        "main",
        "mark",
        "nav",
        "ol",
        "p",
        "pre",
        "q",
        "rp",
        "rt",
        "ruby",
        "s",
        "samp",
        "section",
        "small",
        "span",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "time",
        "tr",
        "u",
        "ul",
        "var",
        "wbr",
    }
)
# Elements that a browser shows within a line, among those that are not kept under their own name.
_INLINE = frozenset(
    {
        "acronym",
        "bdi",
        "bdo",
        "big",
        "button",
        "data",
        "font",
        "label",
        "nobr",
        "o:p",
        "strike",
        "tt",
    }
)
_ATTRIBUTES = frozenset({"alt", "colspan", "datetime", "dir", "lang", "rowspan"})
# Kept to be looked at, under other names: the page's own may not meet our style sheet.
_RENAMED = {"class": "data-class", "id": "data-id"}
_WEB = ("http", "https")
_LONGEST_ATTRIBUTE = 500
"""Characters of an attribute that are kept: enough to see a class or an id."""


def make_inert(root: lxml.html.HtmlElement, url: str) -> None:
    """Change the tree under `root` so that a browser runs and loads nothing of it.

    Links stay where they lead to the web, absolute by `url`; pictures become their alternative text. Cost:
    one walk.
    """
    for element in list(root.iter()):
        if not isinstance(element.tag, str) or element.tag in _DROPPED:
            _drop(element)
    for element in root.iter():
        if element.tag not in _KEPT:
            element.tag = "span" if element.tag in _INLINE else "div"
        link = element.get("href", "") if element.tag == "a" else ""
        for name in list(element.attrib):
            value = element.attrib.pop(name)[:_LONGEST_ATTRIBUTE]
            if name in _ATTRIBUTES or name in _RENAMED:
                element.set(_RENAMED.get(name, name), value)
        if link and (target := web_link(link, url)):
            element.set("href", target)
            element.set("rel", "noreferrer nofollow noopener")


def web_link(link: str, base: str = "") -> str | None:
    """Return `link` as an absolute http(s) address that is safe in a page, or None.

    >>> web_link("/a?b=c", "https://example.com/x"), web_link(" java\\nscript:alert(1)", "https://example.com/")
    ('https://example.com/a?b=c', None)
    """
    try:
        absolute = urljoin(base, "".join(link.split()))
        parts = urlsplit(absolute)
    except ValueError:
        return None
    if parts.scheme not in _WEB or not parts.hostname or not absolute.isprintable():
        return None
    return absolute


def _drop(element: lxml.html.HtmlElement) -> None:
    parent = element.getparent()
    if parent is None:
        return
    # The text behind it is the parent's, not its own.
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def inner_html(root: lxml.html.HtmlElement) -> str:
    """Return what is in `root` as HTML, text escaped."""
    text = etree.tostring(root, method="html", encoding="unicode", with_tail=False)
    return str(text)
