"""One parse of a page, or a status that says why there is none. Never raises on a page."""

import re
from dataclasses import dataclass
from typing import cast

import lxml.html
from lxml import etree

from newscrawl.clean.attribute_work import MAX_ATTRIBUTE_WORK, attribute_work
from newscrawl.clean.charset import decode_html
from newscrawl.model import ArticleStatus

# Characters. The downloader's own limit; a page above it is never an article but a dump.
MAX_PAGE_CHARS = 8 * 1024 * 1024
# Elements. A million of anything is cleaned within two seconds; the largest DEV page has 23,000.
MAX_TAGS = 1_500_000
# libxml2 keeps 2,048 levels under huge_tree and drops everything that is nested deeper, silently.
MAX_DEPTH = 2_000
_TAG_START = re.compile(rb"<[a-zA-Z]")
# libxml2 drops what follows "</html>", browsers take it into the body: some templates' headers end the page.
_PAGE_END = re.compile(rb"</(?:body|html|BODY|HTML)\s*>")
_HEAD_TAGS = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template", "object"))
_MARKUP = re.compile(r"<[a-zA-Z!/?]")
# Characters of the start that are searched for a tag: longer than any licence comment in front of one.
_SNIFF_CHARS = 100_000
# Binary files have a zero byte or other controls soon; no text has.
_BINARY = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_BINARY_SNIFF_CHARS = 512
_MAX_BINARY_IN_SNIFF = 16


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """A page's tree, or (with `root` None) the status that says why it has none."""

    root: lxml.html.HtmlElement | None
    status: ArticleStatus
    encoding: str
    notes: tuple[str, ...] = ()


def parse_page(html: str | bytes, encoding: str | None = None) -> ParsedPage:
    """Decode and parse `html`, once. `encoding` is the charset of the HTTP header, if it gave one.

    Comments and processing instructions are not in the tree. Cost: 2 ms for 150 KB.
    """
    if len(html) > MAX_PAGE_CHARS:
        return ParsedPage(None, ArticleStatus.TOO_LARGE, encoding or "")
    text, charset = (html, "str") if isinstance(html, str) else decode_html(html, encoding)
    if not _looks_like_html(text):
        return ParsedPage(None, ArticleStatus.NOT_HTML, charset)
    if len(text) > MAX_TAGS and text.count("<") - text.count("</") > MAX_TAGS:
        return ParsedPage(None, ArticleStatus.TOO_LARGE, charset, ("parse:tags",))
    # Python's decoder has judged the bytes already: libxml2 gets valid UTF-8 and guesses nothing.
    body = text.encode("utf-8", "replace")
    if attribute_work(body) > MAX_ATTRIBUTE_WORK:
        return ParsedPage(None, ArticleStatus.TOO_LARGE, charset, ("parse:attributes",))
    body = _without_early_ends(body.replace(b"\x00", b""))
    # lxml's plain parser: lxml.html's picks the class of each element in Python, a quarter of the cost of
    # the whole walk, for methods that nobody uses here.
    parser = etree.HTMLParser(
        encoding="utf-8",
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        collect_ids=False,
    )
    try:
        root = cast("lxml.html.HtmlElement | None", etree.HTML(body, parser))
    except (etree.LxmlError, ValueError, AssertionError):
        root = None
    if root is None:
        return ParsedPage(None, ArticleStatus.NOT_HTML, charset)
    _end_the_head(root)
    notes = ("parse:replacement-characters",) if "\ufffd" in text else ()
    return ParsedPage(root, ArticleStatus.OK, charset, notes)


def _without_early_ends(body: bytes) -> bytes:
    """Return the page without what ends it, where elements follow that."""
    end = _PAGE_END.search(body)
    return _PAGE_END.sub(b"", body) if end and _TAG_START.search(body, end.end()) else body


def _end_the_head(root: lxml.html.HtmlElement) -> None:
    """Move what cannot stand in a head into the body, as browsers do.

    `<body>` may be left out (HTML, 13.1.2.4), and libxml2 then takes elements younger than HTML 4, such as
    `<main>` and `<article>`, for parts of the head.
    """
    head = root.find("head")
    if head is None:
        return
    strangers = [child for child in head if isinstance(child.tag, str) and child.tag not in _HEAD_TAGS]
    if not strangers:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    strangers[-1].tail = (strangers[-1].tail or "") + (body.text or "")
    body.text = None
    body[0:0] = strangers


def _looks_like_html(text: str) -> bool:
    if not _MARKUP.search(text, 0, _SNIFF_CHARS):
        return False
    return len(_BINARY.findall(text, 0, _BINARY_SNIFF_CHARS)) <= _MAX_BINARY_IN_SNIFF
