"""The pages that were written for this: articles.toml and others.toml, each dressed in two layouts."""

import html
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

HEADLINES = (
    "Council puts off its vote on the market hall",
    "Bakers ask for a later start on Sundays",
    "A lost dog comes home after three winters",
    "Why the tramway will not run before Easter",
    "Two schools share one roof and one headmaster",
    "The quarry that became a concert hall",
    "Nurses and county agree on new night shifts",
    "Farmers count the damage after the hail",
    "A bridge, a mayor and a bill that nobody pays",
    "Library lends out tools, tents and a telescope",
    "Police look for the owner of a golden violin",
    "How the islands want to keep their doctors",
)
MENU = ("politics", "business", "culture", "sport", "region")


@dataclass(frozen=True)
class WrittenPage:
    """A page that was written for this: what it is, where it stands, and whether it is an article."""

    kind: str
    url: str
    body: bytes
    is_article: bool


def written_pages() -> Iterator[WrittenPage]:
    """Give all of them: each in a layout of sections and in one of nested divs with a side column."""
    for name, is_article in (("articles.toml", True), ("others.toml", False)):
        table = tomllib.loads((resources.files(__package__) / name).read_text("utf-8"))
        for entry in table["page"]:
            inner = entry["body"].replace("$ITEMS", _items())
            for layout, dress in (("plain", _plain), ("column", _column)):
                body = dress(inner, entry.get("head", ""))
                yield WrittenPage(f"{entry['kind']}, {layout}", entry["url"], body.encode(), is_article)


def _items() -> str:
    links = (
        f'<li><a href="/2026/11/{n + 1:02}/{_slug(line)}">{line}</a></li>' for n, line in enumerate(HEADLINES)
    )
    return f"<ul>{''.join(links)}</ul>"


def _slug(line: str) -> str:
    return "-".join(word for word in line.lower().replace(",", "").split())


def _plain(inner: str, head: str) -> str:
    title = html.escape(inner.partition("<h1>")[2].partition("</h1>")[0])
    menu = "".join(f'<a href="/{name}/">{name.title()}</a> ' for name in MENU)
    return (
        f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>"
        f"<header><nav>{menu}</nav></header><main>{inner}</main>"
        "<footer>All rights reserved. <a href=/about>About</a> <a href=/data>Data</a></footer></body></html>"
    )


def _column(inner: str, head: str) -> str:
    title = html.escape(inner.partition("<h1>")[2].partition("</h1>")[0])
    menu = "".join(f'<li><a href="/{name}/">{name.title()}</a></li>' for name in MENU)
    side = "".join(f'<p><a href="/2026/11/19/{_slug(line)}">{line}</a></p>' for line in HEADLINES[:5])
    return (
        f"<html><head><meta charset=utf-8><title>{title} | The paper</title>"
        f'<meta property="og:site_name" content="The paper">{head}</head><body>'
        f"<div id=top><ul>{menu}</ul></div>"
        f"<div class=wrap><div class=content>{inner}</div><div class=side><h3>Latest</h3>{side}</div></div>"
        "<div id=bottom><p>Write to us, or read the imprint.</p></div></body></html>"
    )
