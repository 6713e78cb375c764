"""Reads the metadata of a page: one pass for facts, then a reader for each subject."""

import re
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import lxml.html

from newscrawl.clean.metadata import jsonld
from newscrawl.clean.metadata.authors import choose_authors
from newscrawl.clean.metadata.date_text import DateReading
from newscrawl.clean.metadata.dates import choose_dates, utc_now
from newscrawl.clean.metadata.directives import is_paywalled, read_robots
from newscrawl.clean.metadata.facts import PageFacts, collect_facts
from newscrawl.clean.metadata.lines import PageLines
from newscrawl.clean.metadata.outlets import outlet_key
from newscrawl.clean.metadata.record import Metadata
from newscrawl.clean.metadata.tables import words
from newscrawl.clean.metadata.tidy import tidy, tidy_lines
from newscrawl.clean.metadata.title import choose_title
from newscrawl.clean.metadata.title_candidates import title_key
from newscrawl.model import site_of

# Longest article body taken from JSON-LD, in characters; beyond it, it is a dump of a database.
MAX_BODY_CHARS = 400_000
MAX_TAGS = 50
# Longest name of an outlet, in characters: "Frankfurter Allgemeine Sonntagszeitung" has 38.
MAX_OUTLET_CHARS = 40
# Letters, and the languages that are written with them; of several, the likeliest first.
_SCRIPTS = (
    ("[\u3040-\u30ff]", ("ja",)),
    ("[\uac00-\ud7af]", ("ko",)),
    ("[\u4e00-\u9fff]", ("zh", "ja", "ko")),
)


def read_metadata(root: lxml.html.HtmlElement, url: str, *, now: datetime | None = None) -> Metadata:
    """Return what the page at `url` says about itself. Never raises, never changes the tree.

    `now` decides which dates lie in the future (default: the clock). Linear in the page.
    """
    facts = collect_facts(root, url)
    nodes = jsonld.parse_scripts(facts.scripts)
    own = jsonld.own_nodes(nodes, url, facts.title)
    article = own[0] if own else {}
    site_name = _site_name(facts, article, nodes)
    outlets = _outlet_names(facts, site_name, article, url)
    lines = PageLines(root)
    section = _section(facts, article)
    headline = choose_title(facts, article, outlets, (section or "",), lines)
    language = _language(facts, article)
    told = _told_language(language, headline.text)
    primary = told.split("-")[0].lower()
    dates = choose_dates(facts, own, headline, lines, _date_reading(told, url), now or utc_now())
    keys = frozenset(filter(None, map(outlet_key, outlets)))
    sections = frozenset(map(outlet_key, filter(None, (section, *facts.categories))))
    authors = choose_authors(facts, own, headline, lines, keys, sections, primary)
    return Metadata(
        title=headline.text,
        authors=authors.people,
        credits=authors.credits,
        published_at=dates.published,
        modified_at=dates.modified,
        language=language,
        site_name=site_name,
        section=section,
        tags=_tags(facts, article),
        image_url=_image(facts, article),
        description=facts.meta("og:description", "description", "twitter:description", "dc.description")
        or tidy(article.get("description"))
        or None,
        canonical_url=_canonical(facts),
        robots=read_robots(facts),
        paywalled=is_paywalled(facts, own),
        article_body=_body(own),
        kind_hint=_kind(facts, article),
        notes=dates.notes,
    )


def web_url(value: Any, base: str) -> str | None:
    """Return `value` as an absolute http(s) URL, or None."""
    if not isinstance(value, str):
        return None
    text = re.sub(r"[\x00-\x20\x7f\ud800-\udfff]+", "", value[:2000])
    if not text:
        return None
    try:
        url = urljoin(base, text)
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if usable else None


def _site_name(facts: PageFacts, article: jsonld.Node, nodes: list[jsonld.Node]) -> str | None:
    name = facts.meta("og:site_name")
    if name and not name.startswith("http") and not _is_headline(name, facts):
        return name
    publisher = article.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    if isinstance(publisher, dict) and tidy(publisher.get("name")):
        return tidy(publisher.get("name"))
    site = next((n for n in nodes if "website" in jsonld.types_of(n)), None)
    name = tidy(site.get("name")) if site else ""
    names = [
        name,
        *(facts.meta(each) for each in ("application-name", "apple-mobile-web-app-title", "publisher")),
    ]
    # Some put the article's title there: an outlet's name is short.
    return next((n for n in (*names, facts.home) if n and len(n) <= MAX_OUTLET_CHARS), None)


def _is_headline(name: str, facts: PageFacts) -> bool:
    """Whether what is declared as the outlet's name is the article's title: some templates mix them up."""
    return len(name) > MAX_OUTLET_CHARS and name in (facts.meta("og:title"), facts.meta("twitter:title"))


def _outlet_names(facts: PageFacts, site_name: str | None, article: jsonld.Node, url: str) -> tuple[str, ...]:
    publisher = article.get("publisher")
    names = [
        site_name or "",
        tidy(publisher.get("name")) if isinstance(publisher, dict) else "",
        facts.home,
    ]
    declared = facts.meta("og:site_name")
    if not _is_headline(declared, facts):
        names.append(declared)
    site = site_of(url)
    if site and not site[0].isdigit():
        names += [site, site.split(".")[0]]
    return tuple(dict.fromkeys(filter(None, names)))


def _language(facts: PageFacts, article: jsonld.Node) -> str | None:
    html = next(facts.root.iter("html"), facts.root)
    declared = (
        html.get("lang")
        or html.get("{http://www.w3.org/XML/1998/namespace}lang")
        or html.get("xml:lang")
        or facts.meta("content-language", "dc.language", "dcterms.language", "language")
        or tidy(article.get("inLanguage"))
        or facts.meta("inlanguage", "og:locale")
    )
    code = tidy(declared, 60).split(",")[0].strip().replace("_", "-")
    return code if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}", code) else None


def _told_language(declared: str | None, headline: str) -> str:
    """Return the declared language, or "" without one, unless the headline's script tells another: kana and
    Hangul tell theirs, and Han characters Chinese where the page does not say that it is Japanese or Korean.

    >>> _told_language("en", "港の新しい橋"), _told_language("ja", "海港新橋開通"), _told_language("", "雨")
    ('ja', 'ja', 'zh')
    """
    language = declared or ""
    if headline.isascii():
        return language
    for letters, languages in _SCRIPTS:
        if re.search(letters, headline):
            return language if language.split("-")[0].lower() in languages else languages[0]
    return language


def _date_reading(language: str, url: str) -> DateReading:
    """Return how the page writes dates: the month comes first in American English, the day elsewhere."""
    parts = language.lower().split("-")
    region = parts[-1] if len(parts) > 1 and len(parts[-1]) == 2 else ""
    try:
        top = (urlsplit(url).hostname or "").rsplit(".", 1)[-1]
    except ValueError:
        top = ""
    if len(top) == 2 and top.isalpha() and top not in words("date_order", "generic_domains"):
        return DateReading(parts[0], month_first=False)
    american = top in ("us", "gov", "edu", "mil")
    english = parts[0] in ("en", "fil") or (not parts[0] and american)
    fits = not region or region in words("date_order", "month_first_regions")
    return DateReading(parts[0], month_first=english and fits)


def _section(facts: PageFacts, article: jsonld.Node) -> str | None:
    value = article.get("articleSection")
    if isinstance(value, list):
        value = next((v for v in value if isinstance(v, str) and v.strip()), "")
    name = tidy(value) or facts.meta(
        "article:section",
        "og:article:section",
        "section",
        "parsely-section",
        "cxenseparse:category",
        "articlesection",
    )
    name = name or (facts.categories[0] if facts.categories else "")
    return name[:200] or None


def _tags(facts: PageFacts, article: jsonld.Node) -> tuple[str, ...]:
    values: list[str] = list(facts.metas.get("article:tag", ()))
    declared = article.get("keywords")
    if isinstance(declared, list):
        values += [tidy(v.get("name") if isinstance(v, dict) else v) for v in declared[:200]]
    else:
        values.append(tidy(declared))
    if not any(values):
        values.extend(facts.tags)
    if not any(values):
        values.append(facts.meta("news_keywords", "keywords", "sailthru.tags", "parsely-tags"))
    tags = [tag.strip() for value in values for tag in re.split(r"[,;，、]", value)]
    kept: dict[str, str] = {}
    for tag in tags:
        if 1 < len(tag) <= 80:
            kept.setdefault(title_key(tag) or tag, tag)
    return tuple(kept.values())[:MAX_TAGS]


def _image(facts: PageFacts, article: jsonld.Node) -> str | None:
    declared: Any = article.get("image")
    for _ in range(3):
        if isinstance(declared, list):
            declared = declared[0] if declared else None
        elif isinstance(declared, dict):
            declared = declared.get("url") or declared.get("contentUrl")
    metas = facts.meta(
        "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src"
    )
    link = next((href for rel, href in facts.links if rel == "image_src"), None)
    return web_url(metas, facts.url) or web_url(declared, facts.url) or web_url(link, facts.url)


def _canonical(facts: PageFacts) -> str | None:
    link = next((href for rel, href in facts.links if "canonical" in rel.split() and href.strip()), None)
    base = web_url(facts.base, facts.url) or facts.url
    return web_url(link, base) or web_url(facts.meta("og:url"), base)


def _body(nodes: list[jsonld.Node]) -> str | None:
    bodies = (n.get("articleBody") for n in nodes)
    body = next((b for b in bodies if isinstance(b, str) and b.strip()), None)
    return (tidy_lines(body, MAX_BODY_CHARS) or None) if body else None


def _kind(facts: PageFacts, article: jsonld.Node) -> str | None:
    kinds = jsonld.types_of(article) if article else ()
    kind = kinds[0] if kinds else facts.meta("og:type").lower()
    return kind[:60] or None
