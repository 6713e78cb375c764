"""One parse of a page, or a status that says why there is none. Never raises on a page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

import lxml.html
from lxml import etree

from newscrawl.clean.charset import decode_html
from newscrawl.model import ArticleStatus

# Characters. The downloader's own limit; a page above it is never an article but a dump.
MAX_PAGE_CHARS = 8 * 1024 * 1024
# Elements. A million of anything is cleaned within two seconds; the largest DEV page has 23,000.
MAX_TAGS = 1_500_000
# libxml2 keeps 2,048 levels under huge_tree and drops everything that is nested deeper, silently.
MAX_DEPTH = 2_000
# libxml2 compares each attribute of a tag with all before it: 1,000 take 1 ms, 10,000 take 75 ms and
# 100,000 over 60 s inside C, where nothing can stop them. The cost is the sum of the squares.
MAX_ATTRIBUTE_WORK = 30_000_000
# Bytes. What stands between two ">" is looked at where it is longer than a window. Tags that are shorter cost
# at most size * window / 4 such comparisons: half a second, two for the largest pages.
_MIN_WINDOW, _MAX_WINDOW, _WINDOW_WORK = 1_000, 8_000, 2_000_000_000
_ATTRIBUTE_BREAKS = re.compile(rb"""[\s/"'=]+""")
_BEFORE_ATTRIBUTES = (b" ", b"=", b"\n", b"\t", b"/")
_QUOTED_VALUE = re.compile(rb"""=\s*(?:"[^"]*"|'[^']*')""")
_RAW_TEXT_EDGE = re.compile(rb"<(/?)(script|style)\b", re.I)
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


def attribute_work(body: bytes) -> int:
    """Return the sum over long tags of the squared number of attributes, as the parser would pay it.

    Never below the truth; exact where that is near the limit. Cost: 0.05 ms for 300 KB.
    """
    parts = list(_long_parts(body))
    work = sum((len(part) // 2) ** 2 for part in parts)  # an attribute has two characters at least
    if work > MAX_ATTRIBUTE_WORK:
        work = sum(_most_attributes(part) ** 2 for part in parts)
    if work > MAX_ATTRIBUTE_WORK:
        work = sum(_attributes(part) ** 2 for part in parts)
    if work > MAX_ATTRIBUTE_WORK:  # a long script reads as a tag here: look again without scripts
        work = sum(_attributes(part) ** 2 for part in _long_parts(_without_scripts(body)))
    return work


def _long_parts(body: bytes) -> Iterator[bytes]:
    """Yield what stands between two ">" wherever that is long: a whole window without one tells."""
    size, at, last = len(body), 0, -1
    window = max(_MIN_WINDOW, min(_MAX_WINDOW, _WINDOW_WORK // max(1, size)))
    while at < size:
        found = body.rfind(b">", at, at + window)
        if found >= 0:
            last = found
            at += window
            continue
        end = body.find(b">", at)
        end = size if end < 0 else end
        yield body[last + 1 : end]
        last = end
        at = end + 1


def _most_attributes(part: bytes) -> int:
    start = _TAG_START.search(part)
    return sum(part.count(sign, start.start()) for sign in _BEFORE_ATTRIBUTES) if start else 0


def _attributes(part: bytes) -> int:
    start = _TAG_START.search(part)
    if start is None:
        return 0
    return len(_ATTRIBUTE_BREAKS.findall(_QUOTED_VALUE.sub(b"=x", part[start.start() :]))) // 2


def _without_scripts(body: bytes) -> bytes:
    parts, start, inside = [], 0, b""
    for edge in _RAW_TEXT_EDGE.finditer(body):
        name = edge[2].lower()
        if not inside and not edge[1]:
            parts.append(body[start : edge.start()])
            inside = name
        elif edge[1] and inside == name:
            start, inside = edge.start(), b""
    parts.append(b"" if inside else body[start:])
    return b"".join(parts)


def _looks_like_html(text: str) -> bool:
    if not _MARKUP.search(text, 0, _SNIFF_CHARS):
        return False
    return len(_BINARY.findall(text, 0, _BINARY_SNIFF_CHARS)) <= _MAX_BINARY_IN_SNIFF
