"""One door for every kind of listing: what a URL holds shows in its bytes, not in its name."""

import html.entities
import re

from newscrawl.discover.feeds import read_feed
from newscrawl.discover.inflate import InflateError, gunzip_if_gzipped
from newscrawl.discover.json_feed import read_json_feed
from newscrawl.discover.listing import Listing, NotAListingError
from newscrawl.discover.safe_xml import ParsedXml, as_utf8, local_name, parse_xml
from newscrawl.discover.sitemaps import read_sitemap, read_url_list

LARGEST_LISTING_BYTES = 50 * 1024 * 1024
"""Bytes of a listing when inflated: the sitemap protocol's own limit (50 MiB)."""

_ROOT_END = re.compile(rb"</(?:[\w-]+:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\s*>", re.IGNORECASE)
_ENTRY_TAGS = (b"item", b"entry", b"url", b"sitemap")
_HTML_START = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_CDATA_OR_AMPERSAND = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)(?:([A-Za-z][A-Za-z0-9]{1,31});)?",
    re.DOTALL,
)


def read_listing(body: bytes, url: str, *, max_bytes: int = LARGEST_LISTING_BYTES) -> Listing:
    """Read a feed or sitemap of any kind, gzipped or not.

    Raises `NotAListingError` for anything else, with what it seems to be: an HTML page, an empty body,
    other JSON, entity declarations; and `TooLargeError` where it inflates beyond `max_bytes`.
    """
    try:
        inflated = gunzip_if_gzipped(body, max_bytes)
    except InflateError as error:
        if type(error) is not InflateError:
            raise
        raise NotAListingError(str(error)) from None
    data = as_utf8(inflated.data)
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise NotAListingError("it is empty")
    if start.startswith((b"{", b"[")):
        return read_json_feed(data, url)
    if not start.startswith(b"<"):
        return read_url_list(data, url)
    if _HTML_START.match(start):
        raise NotAListingError("it is an HTML page", is_html=True)
    mended = _CDATA_OR_AMPERSAND.sub(_mend_ampersand, data)
    parsed = parse_xml(mended)
    if parsed.root is not None and parsed.problem and not _ROOT_END.search(data[-1_000:]):
        parsed = ParsedXml(parse_xml(_without_half_an_entry(mended)).root, "cut short")
    if parsed.root is None:
        if parsed.problem == "entities":
            raise NotAListingError("it declares entities")
        raise NotAListingError("it is broken XML")
    problem = parsed.problem or ("raw ampersand" if mended != data else None)
    if not inflated.complete:
        problem = "cut short"
    name = local_name(parsed.root)
    if name in ("urlset", "sitemapindex"):
        return read_sitemap(parsed.root, url, problem)
    if name == "html":
        raise NotAListingError("it is an HTML page", is_html=True)
    return read_feed(parsed.root, url, problem)


def _mend_ampersand(match: "re.Match[bytes]") -> bytes:
    """Spell out what XML would lose: a raw `&` (in a URL, mostly) and HTML's named entities."""
    if match.group(0).startswith(b"<"):
        return match.group(0)  # in CDATA an ampersand is itself
    codepoint = html.entities.name2codepoint.get((match.group(1) or b"").decode("ascii"))
    return f"&#{codepoint};".encode() if codepoint else b"&amp;" + match.group(0)[1:]


def _without_half_an_entry(data: bytes) -> bytes:
    """Return a document that was cut short without the entry that the cut went through: half of a URL is
    another URL.
    """
    begun = max(data.rfind(b"<" + tag + end) for tag in _ENTRY_TAGS for end in (b">", b" "))
    ended = max(data.rfind(b"</" + tag + b">") for tag in _ENTRY_TAGS)
    return data[:begun] if begun > ended else data
