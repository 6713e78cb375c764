"""Typographically clean text: white space, invisible characters and broken entities, nothing else."""

import re
from html import unescape

# Invisible and without meaning in any script. ZWJ and ZWNJ stay: Persian, the Indic scripts and emoji
# need them; so do the marks of direction.
_INVISIBLE = ("\u00ad", "\u200b", "\u2060", "\ufeff", "\u180e")


def _cp1252_of_c1(code: int) -> str | None:
    """What a C1 control was meant to be: `&#150;` is a dash (WHATWG HTML, 13.2.5.80)."""
    try:
        return bytes([code]).decode("cp1252")
    except UnicodeDecodeError:
        return None


_MENDED: dict[int, str | None] = {ord(char): None for char in _INVISIBLE}
_MENDED.update({code: None for code in range(0x20) if chr(code) not in "\t\n\v\f\r"})
_MENDED.update({code: _cp1252_of_c1(code) for code in range(0x80, 0xA0)})
_MENDED[0x7F] = None
_MENDED.update(dict.fromkeys((65534, 65535), "�"))
_NEEDS_MENDING = re.compile("[" + "".join(re.escape(chr(code)) for code in _MENDED) + "\ud800-\udfff]")

# Entities that a page escaped twice. Only references that are complete, so prose with a lone & stays.
_ENTITY = re.compile(r"&(?:#\d{2,6}|#[xX][0-9a-fA-F]{2,5}|[a-zA-Z]{2,8});")


def tidy(text: str) -> str:
    """Collapse white space and mend what is broken; a second call changes nothing.

    >>> tidy(" In\\u00advisible\\xa0 &amp;amp; \\n gone ")
    'Invisible & gone'
    """
    while "&" in text and _ENTITY.search(text):
        mended = unescape(text)
        if mended == text:
            break
        text = mended
    if not text.isascii() or not text.isprintable():
        if _NEEDS_MENDING.search(text):
            text = text.translate(_MENDED).encode("utf-8", "replace").decode("utf-8")
        # `tidy` of its own output must be that output: mending may have joined an entity.
        if "&" in text and _ENTITY.search(text) and unescape(text) != text:
            return tidy(text)
    return " ".join(text.split())
