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

# Types whose headline, author and date are an article's own.
ARTICLE_TYPES = frozenset(
    {"newsarticle", "article", "reportagenewsarticle", "backgroundnewsarticle", "opinionnewsarticle"}
    | {"analysisnewsarticle", "reviewnewsarticle", "asknewsarticle", "askpublicnewsarticle", "blogposting"}
    | {"advertisercontentarticle", "satiricalarticle", "liveblogposting", "socialmediaposting", "report"}
    | {"discussionforumposting", "scholarlyarticle", "techarticle", "medicalscholarlyarticle", "review"}
    | {"criticreview", "claimreview", "recipe", "interview", "essay", "post", "howto", "newsstory"}
)
# Types that stand for the page around the article: their dates and authors are a second choice.
PAGE_TYPES = frozenset(
    {"webpage", "itempage", "creativework", "medicalwebpage", "videoobject", "audioobject", "podcastepisode"}
    | {"imagegallery", "mediagallery", "event", "newsevent", "faqpage", "qapage", "episode"}
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


def own_nodes(nodes: list[Node], url: str, title: str) -> list[Node]:
    """Return the nodes that describe the page at `url` itself, the article first, then the page around it.

    Among several articles (a list of related ones, say) the page's own is told by its URL, else by
    a headline that is in the page's <title>, else it is the first and outermost.
    """
    articles = [node for node in nodes if is_article(node)]
    pages = [node for node in nodes if not is_article(node) and PAGE_TYPES & set(types_of(node))]
    if len(articles) > 1:
        here = _address(url)
        by_url = [n for n in articles if here and here in set(map(_address, _urls(n)))]
        by_title = [
            n for n in articles if isinstance(n.get("headline"), str) and n["headline"].strip()[:60] in title
        ]
        chosen = by_url or by_title or articles[:1]
        chosen.sort(key=lambda n: -sum(k in n for k in ("headline", "datePublished", "author")))
        articles = chosen
    return articles + [
        p for p in pages if not _urls(p) or _address(url) in set(map(_address, _urls(p))) or len(pages) == 1
    ]


def _urls(node: Node) -> list[str]:
    values = [node.get("url"), node.get("@id"), node.get("mainEntityOfPage")]
    values = [v.get("@id") or v.get("url") if isinstance(v, dict) else v for v in values]
    return [v for v in values if isinstance(v, str)]


def _address(url: str) -> str:
    """Return host and path of a URL without what varies: scheme, www, slash, query, fragment."""
    bare = re.sub(r"[?#].*", "", url[:2000]).rstrip("/").lower()
    return re.sub(r"^(?:https?:)?//(?:www\.|m\.|amp\.)?", "", bare)


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
