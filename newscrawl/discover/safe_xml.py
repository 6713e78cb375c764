"""XML from strangers: parsed with recovery, without entities, without the network."""

import re
from dataclasses import dataclass

from lxml import etree

_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class ParsedXml:
    """`root` is None where nothing could be read; `problem` says what was wrong, mended or not."""

    root: etree._Element | None
    problem: str | None


def as_utf8(data: bytes) -> bytes:
    """Return UTF-16 and UTF-32 documents (told by their mark or their zero bytes) as UTF-8, others as is."""
    encoding = None
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        encoding = "utf-32"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    elif data.startswith(b"<\x00"):
        encoding = "utf-16-le"
    elif data.startswith(b"\x00<"):
        encoding = "utf-16-be"
    if encoding is None:
        return data
    text = data.decode(encoding, "replace")
    # The declaration would contradict the bytes now.
    return re.sub(r"^(\s*<\?xml[^>]*?)\s+encoding=(\"[^\"]*\"|'[^']*')", r"\1", text, count=1).encode()


def parse_xml(data: bytes) -> ParsedXml:
    """Parse hostile XML: raw ampersands, control characters and a cut end are mended and reported.

    Entity declarations are refused (`problem` is `"entities"`): no feed needs them, bombs do.
    Never raises.
    """
    data = as_utf8(data).lstrip(b"\xef\xbb\xbf \t\r\n")
    if not data:
        return ParsedXml(None, "empty")
    if _ENTITY.search(data):
        return ParsedXml(None, "entities")
    mended = _CONTROL.sub(b" ", data)
    parser = etree.XMLParser(
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(mended, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        return ParsedXml(None, str(error)[:200])
    problem = None
    if len(mended) != len(data) or mended != data:
        problem = "control characters"
    errors = parser.error_log
    if problem is None and len(errors):
        problem = str(errors[0].message)[:200]
    return ParsedXml(root, problem)


def local_name(element: etree._Element) -> str:
    """Return the tag's name in lower case without its namespace or an undeclared prefix, or "" for what is
    no element.
    """
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""
