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
MAX_MENDED_CHARS = 500_000
MAX_NODES = 1_000
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

_OPENING = re.compile(r"^\s*+(?:(?://|/\*)?\s*+(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?)+")
_CLOSING = re.compile(r"(?:(?://|/\*)?\s*(?:-->|\]\]>)\s*(?:\*/)?;?\s*)+$")
# Characters at a script's end in which closing comment marks are looked for.
_TAIL_CHARS = 60
_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_STOP = re.compile(r'["]|//|/\*')
_TRAILING_COMMA = re.compile(r",(\s*[}\]])")
_DOUBLE_COMMA = re.compile(r",\s*,")
_NO_VALUE = re.compile(r":(\s*[,}])")
_BAD_ESCAPE = re.compile(r"\\(?![\"\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})")
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
    nodes = list(map(_named_by_schema, _walk(roots)))
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    for node in nodes:
        for key in ("author", "creator", "publisher", "isPartOf", "image", "mainEntity"):
            if key in node:
                node[key] = _resolve(node[key], by_id)
        node[_TYPES] = _read_types(node)
    return [node for node in nodes if node[_TYPES]]


# Baidu's own words for a page (its "cambrian" context), which most Chinese outlets write.
_BAIDU_FIELDS = {"title": "headline", "pubDate": "datePublished", "upDate": "dateModified"}


def _named_by_schema(node: Node) -> Node:
    """Return a page in Baidu's words as one in schema.org's; other nodes as they are."""
    if "pubDate" not in node or "@type" in node or "type" in node:
        return node
    return {"@type": "WebPage", **{_BAIDU_FIELDS.get(key, key): value for key, value in node.items()}}


# Where a node keeps its types once they are read; no key of JSON-LD looks like it.
_TYPES = "@newscrawl-types"


def types_of(node: Node) -> tuple[str, ...]:
    """Return the node's schema.org types in lower case, without their namespace."""
    known = node.get(_TYPES)
    return known if isinstance(known, tuple) else _read_types(node)


def _read_types(node: Node) -> tuple[str, ...]:
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


def _load(script: str) -> list[Any]:
    """Return the values of a script: as it is, else mended, else what single fields can be read."""
    text = _OPENING.sub("", script).strip()
    text = text[:-_TAIL_CHARS] + _CLOSING.sub("", text[-_TAIL_CHARS:])
    if not text:
        return []
    values, whole = _concatenated(text)
    if whole:
        return values
    mended, whole = _concatenated(_mended(text)) if len(text) <= MAX_MENDED_CHARS else ([], False)
    return mended or values or _salvaged(text)


def _concatenated(text: str) -> tuple[list[Any], bool]:
    """Parse JSON values in a row, with commas or semicolons between; tell whether all was read."""
    values: list[Any] = []
    at = 0
    while at < len(text):
        try:
            value, at = _DECODER.raw_decode(text, at)
        except (ValueError, RecursionError):
            return values, False
        values.append(value)
        while at < len(text) and text[at] in " \t\r\n,;":
            at += 1
    return values, True


def _mended(text: str) -> str:
    """Drop comments and stray commas outside of strings, mend escapes inside. One pass, linear."""
    if '"' not in text:
        text = text.replace("&quot;", '"')
    kept: list[str] = []
    at = 0
    while at < len(text):
        stop = _STOP.search(text, at)
        start = stop.start() if stop else len(text)
        kept.append(text[at:start])
        if stop is None:
            break
        if stop[0] == '"':
            string = _STRING.match(text, start)
            if string is None:  # never closed: nothing behind it can be told apart
                kept.append(text[start:])
                break
            kept.append(_BAD_ESCAPE.sub(r"\\\g<0>", string[0]))
            at = string.end()
        else:
            end = text.find("\n" if stop[0] == "//" else "*/", start + 2)
            at = len(text) if end < 0 else end + (0 if stop[0] == "//" else 2)
    pieces = (p if p.startswith('"') else _without_stray_commas(p) for p in kept)
    return "".join(pieces)


def _without_stray_commas(text: str) -> str:
    text = _DOUBLE_COMMA.sub(",", text)
    return _TRAILING_COMMA.sub(r"\1", _NO_VALUE.sub(r": null\1", text))


_FIELD = re.compile(
    r'"(headline|datePublished|dateModified|articleSection|description)"\s*:\s*'
    r'"((?:[^"\\]|\\.){1,500})"(?=\s*[,}\]])'
)
_AUTHOR = re.compile(r'"author"\s*:\s*[\[{][^\]}]{0,200}?"name"\s*:\s*"([^"\\]{1,100})"')
_KIND = re.compile(r'"@type"\s*:\s*"([A-Za-z]{0,30}(?:Article|BlogPosting))"')


def _salvaged(text: str) -> list[Any]:
    """Return the plain fields of an article in a script that no mending makes JSON."""
    kind = _KIND.search(text)
    if kind is None:
        return []
    node: Node = {"@type": kind[1]}
    for name, value in _FIELD.findall(text):
        node.setdefault(name, value)
    authors = _AUTHOR.findall(text)
    if authors:
        node["author"] = [{"@type": "Person", "name": name} for name in authors[:20]]
    return [node]


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
