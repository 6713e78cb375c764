"""JSON-LD as pages really write it: several scripts, @graph, lists, comments, broken commas.

Vocabulary: https://schema.org/Article, https://developers.google.com/search/docs/appearance/structured-data/article
"""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

Node = dict[str, Any]

# Bounds on what is read. Real articles stay under 200 KB of JSON-LD and 8 levels; the bounds keep one
# hostile page from costing more than its neighbours (docs: hostile input).
MAX_SCRIPT_CHARS = 2_000_000
MAX_NODES = 3_000
MAX_DEPTH = 12

# Types whose headline, author and date are the page's own. In order of trust.
ARTICLE_TYPES = frozenset(
    [
        "newsarticle",
        "article",
        "reportagenewsarticle",
        "backgroundnewsarticle",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "reviewnewsarticle",
        "asknewsarticle",
        "askpublicnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "blogposting",
        "liveblogposting",
        "socialmediaposting",
        "discussionforumposting",
        "scholarlyarticle",
        "techarticle",
        "medicalscholarlyarticle",
        "report",
        "review",
        "criticreview",
        "claimreview",
        "recipe",
        "interview",
        "essay",
        "blog",
        "post",
    ]
)
# Types that stand for the page around the article: their name and dates are a second choice.
PAGE_TYPES = frozenset(
    [
        "webpage",
        "itempage",
        "aboutpage",
        "creativework",
        "mediaobject",
        "videoobject",
        "audioobject",
        "podcastepisode",
        "event",
        "medicalwebpage",
        "faqpage",
        "qapage",
        "imagegallery",
        "mediagallery",
        "collectionpage",
        "newsmediaorganization",
    ]
)

_CDATA = re.compile(
    r"^\s*(?:(?://|/\*)?\s*(?:<!--|<!\[CDATA\[)\s*(?:\*/)?)+|(?:(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?;?)+\s*$"
)
_STRING_OR_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.S)
_STRING_OR_COMMA = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[}\]])', re.S)
_STRING_OR_JOIN = re.compile(r'"(?:[^"\\]|\\.)*"|(?<=[}\]"])(?=\s*\n\s*")', re.S)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu]|$)|\\u(?![0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False, parse_int=str, parse_float=str, parse_constant=lambda _: None)


def parse_scripts(scripts: Iterable[str]) -> list[Node]:
    """Return every object with a type in `scripts`, outer before inner, with `@id` references resolved.

    Never raises; a script that cannot be mended gives nothing. Linear in the input.
    """
    roots: list[Any] = []
    budget = MAX_SCRIPT_CHARS
    for script in scripts:
        if len(script) > budget:
            break
        budget -= len(script)
        roots.extend(_load(script))
    nodes = list(_walk(roots))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        for key in ("author", "creator", "publisher", "isPartOf", "image", "mainEntity"):
            if key in node:
                node[key] = _resolve(node[key], by_id)
    return [node for node in nodes if types_of(node)]


def types_of(node: Node) -> tuple[str, ...]:
    """Return the node's schema.org types in lower case, without their namespace."""
    declared = node.get("@type") or node.get("type")
    values = declared if isinstance(declared, list) else [declared]
    names = (v.rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1] for v in values if isinstance(v, str))
    return tuple(name.lower() for name in names)


def is_article(node: Node) -> bool:
    """Whether the node's type is one whose headline, author and date are an article's."""
    return any(kind in ARTICLE_TYPES for kind in types_of(node))


def _load(script: str) -> Iterator[Any]:
    text = _CDATA.sub("", script).strip().rstrip(";").strip()
    if not text:
        return
    for mend in (_as_it_is, _mended):
        try:
            yield from _concatenated(mend(text))
        except (ValueError, RecursionError):
            continue
        return


def _as_it_is(text: str) -> str:
    return text


def _mended(text: str) -> str:
    """Drop comments and trailing commas, mend escapes; strings stay untouched otherwise."""
    if "&quot;" in text and '"' not in text:
        text = text.replace("&quot;", '"')
    text = _STRING_OR_COMMENT.sub(lambda m: m[0] if m[0][0] == '"' else " ", text)
    text = _STRING_OR_COMMA.sub(lambda m: m[0] if m[0][0] == '"' else "", text)
    text = _STRING_OR_JOIN.sub(lambda m: m[0] or ",", text)
    return _BAD_ESCAPE.sub(r"\\\\", text)


def _concatenated(text: str) -> list[Any]:
    """Parse one JSON value or several in a row, with commas or semicolons between them."""
    values, at = [], 0
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values


def _walk(roots: list[Any]) -> Iterator[Node]:
    """Yield dicts breadth first, so that a page's own object comes before what hangs on it."""
    level, count = roots, 0
    for _ in range(MAX_DEPTH):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                count += 1
                if count > MAX_NODES:
                    return
                yield value
                below.extend(v for v in value.values() if isinstance(v, dict | list))
            elif isinstance(value, list):
                below.extend(v for v in value[:MAX_NODES] if isinstance(v, dict | list))
        if not below:
            return
        level = below


def _resolve(value: Any, by_id: dict[str, Node]) -> Any:
    if isinstance(value, dict) and isinstance(value.get("@id"), str) and not value.get("name"):
        return by_id.get(value["@id"], value)
    if isinstance(value, list):
        return [_resolve(v, by_id) if isinstance(v, dict) else v for v in value]
    return value
