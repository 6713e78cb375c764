"""The article of a page that shows its text by script alone: from the data that its scripts carry.

Frameworks send a page's state along with it, as JSON or as strings in a script (`__NEXT_DATA__`,
`__next_f`, `__NUXT__`, `__INITIAL_STATE__`). The article is the longest text in it: a string of HTML, or a
list whose items each hold a paragraph.
"""

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import lxml.html

from newscrawl.clean.words import count_words, ends_like_a_sentence

# Characters of a script that is looked through, and of all of a page's.
_MIN_SCRIPT, _MAX_SCRIPTS = 1_000, 4_000_000
# Characters of a string that may be an article, and of one that may be a paragraph in a list.
_MIN_ARTICLE, _MIN_PARAGRAPH = 400, 40
_MAX_DEPTH: Final = 60
# Possessive, and an unfinished string ends with the script: each character is read once.
_STRING: Final = re.compile(r'"((?:[^"\\]++|\\.)*+)(?:(")|\\?\Z)', re.S)
_PARAGRAPH: Final = re.compile(r"<(?:p|br)\b", re.I)
_TAG: Final = re.compile(r"<[^<>]*>")
_TAG_START: Final = re.compile(r"<[a-zA-Z/]")
_OTHER_DATA: Final = ("application/ld+json", "text/template", "text/css", "importmap", "speculationrules")


def script_article(root: lxml.html.HtmlElement) -> str | None:
    """Return the HTML of the longest text in the page's scripts, or None. Linear in their size."""
    best, most = None, 0.0
    left = _MAX_SCRIPTS
    for script in root.iter("script"):
        source = script.text or ""
        if len(source) < _MIN_SCRIPT or (script.get("type") or "").lower() in _OTHER_DATA:
            continue
        left -= len(source)
        if left < 0:
            break
        for candidate in _texts(source):
            size = count_words(_TAG.sub(" ", candidate))
            if size > most:
                best, most = candidate, size
    return best


def _texts(source: str) -> Iterator[str]:
    source = source.strip()
    if source[:1] in "{[":
        try:
            yield from _texts_of_json(json.loads(source), 0)
            return
        except (ValueError, RecursionError):
            pass
    for found in _STRING.finditer(source):
        if len(found[1]) < _MIN_ARTICLE or not found[2]:
            continue
        try:
            text = json.loads(f'"{found[1]}"', strict=False)
        except ValueError:
            continue
        yield from _html_in(text)


def _html_in(text: str) -> Iterator[str]:
    if len(_PARAGRAPH.findall(text)) >= 2 and (start := _TAG_START.search(text)):
        yield text[start.start() : text.rfind(">") + 1]


def _texts_of_json(value: Any, depth: int) -> Iterator[str]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, str):
        if len(value) >= _MIN_ARTICLE:
            yield from _html_in(value)
        return
    children = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, list):
        paragraphs = [text for item in value if (text := _paragraph_of(item))]
        sentences = sum(ends_like_a_sentence(_TAG.sub("", text).strip()) for text in paragraphs)
        if (
            sum(map(len, paragraphs)) >= _MIN_ARTICLE
            and len(paragraphs) >= 2
            and 2 * sentences > len(paragraphs)
        ):
            yield "".join(text if text.startswith("<p") else f"<p>{text}</p>" for text in paragraphs)
    for child in children:
        yield from _texts_of_json(child, depth + 1)


def _paragraph_of(item: Any) -> str:
    """Return the longest string of an item of a list, where it reads like a paragraph."""
    if isinstance(item, dict):
        strings = [value for value in item.values() if isinstance(value, str)]
        item = max(strings, key=len, default="")
    is_paragraph = isinstance(item, str) and len(item) >= _MIN_PARAGRAPH and " " in item
    return item if is_paragraph and not item.startswith(("http://", "https://", "data:")) else ""
