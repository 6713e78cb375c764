"""Bytes to text, the way browsers do: BOM, then the HTTP header, then the page's own meta, then UTF-8."""

import codecs
import re
from functools import lru_cache

from w3lib.encoding import resolve_encoding

# The WHATWG standard looks at the first 1024 bytes; real pages put long scripts before the meta tag.
_META_WINDOW_BYTES = 4096
_META_CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
# Letters beyond ASCII from which on valid UTF-8 is no chance where the page declares a charset of two bytes a
# letter. (A text in ISO-2022-JP is ASCII to UTF-8 and has none.)
_MIN_UTF8_LETTERS = 12
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)


def decode_html(body: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return (text, name of the charset used); bytes that fit no charset become U+FFFD.

    `declared` is the HTTP header's charset. An unknown name counts as none. UTF-8 that is valid beats
    a declaration of another charset, which would turn its letters into others: the most common wrong
    declaration (a page in UTF-8 whose template still says ISO-8859-1 or GBK), and chance makes no long
    text valid UTF-8.
    """
    for bom, name in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(name, "replace"), name
    named = _known(declared) or _known(_declared_in_page(body))
    legacy = named if named and named.replace("-", "").lower() not in ("utf8", "ascii") else None
    is_wide = legacy is not None and not _is_one_byte(legacy)
    try:
        text = body.decode("utf-8")
        if not is_wide or _letters_beyond_ascii(text) >= _MIN_UTF8_LETTERS:
            return text, "utf-8"
    except UnicodeDecodeError:
        pass
    if legacy:
        return body.decode(legacy, "replace"), legacy
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    letters = _letters_beyond_ascii(text) - broken
    if named or letters * 4 >= max(broken, 1):  # in one-byte text chance makes next to no UTF-8 letter
        return text, "utf-8"
    return body.decode("cp1252", "replace"), "cp1252"


def _letters_beyond_ascii(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _declared_in_page(body: bytes) -> str | None:
    match = _META_CHARSET.search(body, 0, _META_WINDOW_BYTES)
    return match[1].decode("ascii") if match else None


def _known(name: str | None) -> str | None:
    if not name:
        return None
    resolved = resolve_encoding(name.strip())
    if resolved is None or not _decodes(resolved):
        return None
    # A page that says UTF-16 in ASCII bytes is not UTF-16 (WHATWG HTML, "prescan a byte stream").
    return "utf-8" if resolved.lower().startswith(("utf-16", "utf-32")) else resolved


@lru_cache(maxsize=1 << 6)
def _decodes(name: str) -> bool:
    """Tell whether Python decodes text by this name: `hex`, `zip` and `idna` are codecs, no charsets."""
    try:
        bytes(range(256)).decode(name, "replace")
    except (LookupError, ValueError):
        return False
    return True


def _is_one_byte(name: str) -> bool:
    try:
        return len("é".encode(name, "replace")) == 1 and len("中".encode(name, "replace")) == 1
    except LookupError:
        return False
