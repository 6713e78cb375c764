"""Text from the web, made harmless for terminals and logs.

A title may hold ESC sequences that rewrite the screen or the clipboard, newlines that fake a line of
output, or bidi overrides that show a text as another one (Trojan Source, CVE-2021-42574).
"""

import re

# What moves the cursor or talks to the terminal: C0, DEL and C1 (U+009B is ESC [ in one character).
_CONTROLS = r"\x00-\x1f\x7f-\x9f"
# Line ends that are not C0, in the eyes of many readers of lines.
_LINE_ENDS = "\u2028\u2029"
# Embeddings, overrides and isolates reorder what is printed after them.
_BIDI = "\u202a-\u202e\u2066-\u2069"
# Invisible: soft hyphen, zero-width space, direction marks, word joiner, operators, BOM, annotations, tags.
# The joiners U+200C and U+200D stay: Persian, Indic scripts and emoji need them.
_INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200e\u200f\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)
_SURROGATES = "\ud800-\udfff"

_WHITE = re.compile(rf"[\s{_LINE_ENDS}]+")
_REMOVED = re.compile(f"[{_BIDI}{_INVISIBLE}]")
_SHOWN = re.compile(f"[{_CONTROLS}{_SURROGATES}]")
IN_JSON = re.compile(f"[\x7f-\x9f{_LINE_ENDS}{_BIDI}{_INVISIBLE}{_SURROGATES}]")
"""What `json.dumps(ensure_ascii=False)` would print raw and a terminal could act on."""


def harmless_line(text: str) -> str:
    r"""Return `text` as one line that no terminal acts on; control characters show as U+FFFD.

    >>> harmless_line("a\n\x1b[31mred\u202egpj.exe")
    'a �[31mredgpj.exe'
    """
    if text.isascii() and text.isprintable():
        return text
    return _SHOWN.sub("\ufffd", _REMOVED.sub("", _WHITE.sub(" ", text))).strip()


def harmless_block(text: str) -> str:
    r"""Return `text` with its line ends (as "\n") but nothing else that a terminal acts on.

    >>> harmless_block("one\r\ntwo\x07")
    'one\ntwo�'
    """
    lines = text.replace("\r\n", "\n").split("\n")
    return "\n".join(harmless_line(line) for line in lines)
