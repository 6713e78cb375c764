"""Reads the metadata of a page: five readers in order, each a file of its own."""

from datetime import datetime

import lxml.html

from newscrawl.clean.metadata import jsonld
from newscrawl.clean.metadata.record import Metadata
from newscrawl.clean.metadata.tidy import tidy


def _first(*values: str) -> str:
    return next((v for v in values if v), "")


def read_metadata(root: lxml.html.HtmlElement, url: str, *, now: datetime | None = None) -> Metadata:
    """Return what the page at `url` says about itself. Never raises, never changes the tree."""
    metas: dict[str, str] = {}
    scripts: list[str] = []
    h1 = title = ""
    canonical = None
    for el in root.iter("meta", "script", "title", "h1", "link"):
        if el.tag == "meta":
            name = (el.get("property") or el.get("name") or el.get("itemprop") or "").lower()
            metas.setdefault(name, tidy(el.get("content")))
        elif el.tag == "script" and "ld+json" in (el.get("type") or ""):
            scripts.append(el.text or "")
        elif el.tag == "h1" and not h1:
            h1 = tidy(el.text_content())
        elif el.tag == "title" and not title:
            title = tidy(el.text)
        elif el.tag == "link" and el.get("rel") == "canonical" and str(el.get("href")).startswith("http"):
            canonical = el.get("href")
    article: jsonld.Node = next(filter(jsonld.is_article, jsonld.parse_scripts(scripts)), {})
    author = article.get("author") or []
    people = author if isinstance(author, list) else [author]
    names = [tidy(p.get("name") if isinstance(p, dict) else p) for p in people]

    def when(*values: str) -> datetime | None:
        for value in values:
            try:
                return datetime.fromisoformat(value.replace("Z", "+00:00"))
            except ValueError:
                continue
        return None

    return Metadata(
        title=_first(h1, tidy(article.get("headline")), metas.get("og:title", ""), title),
        authors=tuple(n for n in names if n) or tuple(filter(None, [metas.get("author", "")])),
        published_at=when(tidy(article.get("datePublished")), metas.get("article:published_time", "")),
        modified_at=when(tidy(article.get("dateModified")), metas.get("article:modified_time", "")),
        language=root.get("lang") or None,
        site_name=metas.get("og:site_name") or None,
        description=metas.get("og:description") or metas.get("description") or None,
        image_url=metas.get("og:image") or None,
        canonical_url=canonical,
        robots=tuple(d.strip().lower() for d in metas.get("robots", "").split(",") if d.strip()),
    )
