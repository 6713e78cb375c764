"""What the attributes of a page would cost the parser, told before it sees them."""

import re
from collections.abc import Iterator
from typing import Final

# libxml2 compares each attribute of a tag with all before it: 1,000 take 1 ms, 10,000 take 75 ms and 100,000
# take 7 s inside C, where nothing can stop them. The cost is the sum of the squares; this is .25 s.
MAX_ATTRIBUTE_WORK: Final = 300_000_000
# Bytes. What stands between two ">" is looked at where it is longer than a window. Tags that are shorter cost
# at most size * window / 4 such comparisons: half a second, two for the largest pages.
_MIN_WINDOW, _MAX_WINDOW, _WINDOW_WORK = 1_000, 8_000, 2_000_000_000
_BEFORE_ATTRIBUTES: Final = (b" ", b"=", b"\n", b"\t", b"/")
_ATTRIBUTE_BREAKS: Final = re.compile(rb"""[\s/"'=]+""")
_QUOTED_VALUE: Final = re.compile(rb"""=\s*(?:"[^"]*"|'[^']*')""")
# A comment's start, or a tag as HTML reads it (13.2.5): a quote opens a value, which may hold ">", behind
# "=" alone.
_TAG: Final = re.compile(rb"""<!--|<([a-zA-Z][^\s/>]*+)((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')|=)*+)""")
# Elements whose text holds no tags.
_RAW_TEXT: Final = frozenset(
    (b"script", b"style", b"title", b"textarea", b"xmp", b"iframe", b"noembed", b"noframes")
)


def attribute_work(body: bytes) -> int:
    """Return the sum over tags of the squared number of attributes, as the parser would pay it.

    Never below the truth but for what short tags cost; exact near the limit. Cost: 0.1 ms for 300 KB.
    """
    parts = list(_long_parts(body))
    work = sum((len(part) // 2) ** 2 for part in parts)  # an attribute has two characters at least
    if work > MAX_ATTRIBUTE_WORK:
        work = sum(_most_attributes(part) ** 2 for part in parts)
    if work > MAX_ATTRIBUTE_WORK:  # a long script reads as a tag here, and so does a long value
        work = sum(_attributes(tag) ** 2 for tag in _tags(body))
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


def _most_attributes(text: bytes) -> int:
    return sum(map(text.count, _BEFORE_ATTRIBUTES))


def _attributes(tag: bytes) -> int:
    return len(_ATTRIBUTE_BREAKS.findall(_QUOTED_VALUE.sub(b"=x", tag))) // 2


def _tags(body: bytes) -> Iterator[bytes]:
    """Yield what stands in each long start tag behind its name. Linear: no byte is passed over twice."""
    at = 0
    while found := _TAG.search(body, at):
        at = found.end()
        name = found[1]
        if name is None:
            at = body.find(b"-->", at)
            if at < 0:
                return
            continue
        if found.end() - found.start() > _MIN_WINDOW:
            yield found[2]
        if name.lower() in _RAW_TEXT:
            end = re.compile(b"</" + re.escape(name) + rb"[\s/>]", re.I).search(body, at)
            if end is None:
                return
            at = end.start() + 1
