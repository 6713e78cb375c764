"""What all tests of metadata share: a page from a few lines of HTML, read at a fixed hour."""

from datetime import UTC, datetime

import lxml.html

from newscrawl.clean.metadata import Metadata, read_metadata

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
PARAGRAPH = (
    "<p>" + "The council met on Monday and voted for the new harbour after a long debate. " * 4 + "</p>"
)


def read(html: str, url: str = "http://127.0.0.1:8001/news/42") -> Metadata:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    body = html.encode("utf-8", "surrogatepass")
    return read_metadata(lxml.html.document_fromstring(body, parser=parser), url, now=NOW)


def ld(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'
