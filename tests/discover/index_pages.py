"""Pages that are no articles, of the kinds that a crawl meets, in four styles of markup. All generated."""

from collections.abc import Iterator
from dataclasses import dataclass

from sites import ACTS, PLACES, SUBJECTS


@dataclass(frozen=True)
class IndexPage:
    """A page that is no article: its URL, its HTML, and what kind it is."""

    kind: str
    url: str
    body: bytes


def headline(n: int) -> str:
    return f"The {SUBJECTS[n % len(SUBJECTS)]} of {PLACES[n % len(PLACES)]} {ACTS[n % len(ACTS)]} this week"


def summary(n: int) -> str:
    return (
        f"After {n % 7 + 2} years of talks the council of {PLACES[n % len(PLACES)]} has made up its mind "
        f"about the {SUBJECTS[n % len(SUBJECTS)]}. What happens next depends on a vote in {n % 5 + 2} weeks."
    )


def link(n: int) -> str:
    return f"/2026/11/20/the-{SUBJECTS[n % len(SUBJECTS)]}-of-{PLACES[n % len(PLACES)].lower()}-{n}"


def plain_list(n: int) -> str:
    return f'<li><a href="{link(n)}">{headline(n)}</a></li>'


def teaser(n: int) -> str:
    return f'<article><h2><a href="{link(n)}">{headline(n)}</a></h2><p>{summary(n)}</p></article>'


def card(n: int) -> str:
    return (
        f'<div class="card"><a href="{link(n)}"><img src="/i/{n}.jpg"><h3>{headline(n)}</h3>'
        f"<p>{summary(n)}</p></a><time>20 Nov 2026</time></div>"
    )


def table_row(n: int) -> str:
    return f'<tr><td>{n}.11.</td><td><a href="{link(n)}">{headline(n)}</a><br>{summary(n)}</td></tr>'


STYLES = {"plain": plain_list, "teasers": teaser, "cards": card, "table": table_row}
LISTS = {
    "front": ("/", "Today's news"),
    "section": ("/politics/", "Politics"),
    "deep section": ("/news/local/velmora/", "Velmora"),
    "tag": ("/tag/harbour/", "Harbour"),
    "author": ("/author/ada-example/", "Articles by Ada Example"),
    "archive": ("/2026/11/", "November 2026"),
    "search": ("/search?q=harbour", "Results for harbour"),
    "second page": ("/politics/page/2", "Politics, page 2"),
    "topic": ("/topics/harbour-extension", "The harbour extension"),
    "most read": ("/most-read-articles", "Most read"),
}
TEXTS = {
    "login": (
        "/login",
        "<h1>Log in</h1><form><input name=u><input type=password name=p></form><p>Forgot your password?</p>",
    ),
    "subscribe": (
        "/subscribe/offers",
        "<h1>Our offers</h1><p>Read everything for 2 crowns a week.</p><p>Cancel whenever you like.</p>",
    ),
    "contact": (
        "/contact",
        "<h1>Contact</h1><p>Velmora Courier, Harbour Road 1.</p><p>Newsroom: +00 123. Sales: +00 124.</p>",
    ),
    "video": (
        "/video/harbour-from-above",
        '<meta property="og:type" content="video.other"><h1>The harbour from above</h1>'
        "<video src=a.mp4></video><p>Our drone over the harbour on Tuesday.</p>",
    ),
    "gallery": (
        "/gallery/market-day",
        "<h1>Market day in pictures</h1>" + "<img src=a.jpg>" * 12 + "<p>Pictures from the market.</p>",
    ),
    "not found": (
        "/2026/11/20/a-page-that-was-here",
        "<h1>Not found</h1><p>There is nothing here any more.</p>",
    ),
    "weather": ("/weather/velmora", "<h1>Weather</h1><table><tr><td>Mon</td><td>4</td></tr></table>"),
}


def index_pages(host: str = "https://courier.example") -> Iterator[IndexPage]:
    """All of them: each kind of list in each style, short and long, and the pages of a few words."""
    for kind, (path, title) in LISTS.items():
        for style, item in STYLES.items():
            for count in (8, 40):
                items = "".join(item(n) for n in range(count))
                inner = f"<table>{items}</table>" if style == "table" else f"<div>{items}</div>"
                body = page(title, f"<main><h1>{title}</h1>{inner}</main>")
                yield IndexPage(f"{kind}, {style}, {count} items", host + path, body)
    for kind, (path, inner) in TEXTS.items():
        yield IndexPage(kind, host + path, page(kind, f"<main>{inner}</main>"))


def page(title: str, inner: str) -> bytes:
    menu = "".join(f'<a href="/{name}/">{name.title()}</a> ' for name in ("politics", "business", "sport"))
    footer = "<footer>Velmora Courier, all rights reserved. <a href=/privacy>Privacy</a></footer>"
    return (
        f"<!doctype html><html lang=en><head><title>{title} - Velmora Courier</title></head>"
        f"<body><nav>{menu}</nav>{inner}{footer}</body></html>"
    ).encode()
