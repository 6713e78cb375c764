"""From a bare address to the articles: each site here shows them in one way only."""

import gzip
import itertools
import json
import re
from pathlib import Path

import pytest

from crawl_run import CrawlRun, crawl, rows
from sites import Answer, Site, article, front, respond, serve_all

PUBLISHED = "2026-11-20T08:30:00+00:00"
RFC822 = "Fri, 20 Nov 2026 08:30:00 GMT"
TITLE = "A title that only the listing knows"
NEWS = 'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
SITEMAP = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'

_numbers = itertools.count(2_000)


def untitled(number: int) -> bytes:
    """An article that says neither what it is called nor when it was published."""
    return re.sub(rb"<title>.*?</title>|<h1>.*?</h1>", b"", article(number))


def links(name: str) -> list[str]:
    return [f"/news/{name}-has-this-for-you-{n}" for n in ("first", "second")]


def each(name: str, item: str) -> str:
    return "".join(item.format(link=link, title=TITLE) for link in links(name))


def link_to(kind: str, href: str) -> str:
    return f'<link rel="alternate" type="{kind}" href="{href}">'


def xml(body: str, kind: str = "application/xml") -> Answer:
    return respond(f'<?xml version="1.0" encoding="utf-8"?>{body}'.encode(), content_type=kind)


def text(body: str) -> Answer:
    return respond(body.encode(), content_type="text/plain")


def rss(name: str, version: str = "2.0", doctype: str = "") -> str:
    items = each(
        name, f"<item><title>{{title}}</title><link>{{link}}</link><pubDate>{RFC822}</pubDate></item>"
    )
    return f'{doctype}<rss version="{version}"><channel><title>t</title>{items}</channel></rss>'


def news_sitemap(name: str) -> str:
    date = f"<news:publication_date>{PUBLISHED}</news:publication_date>"
    news = f"<news:news>{date}<news:title>{{title}}</news:title></news:news>"
    return f"<urlset {SITEMAP} {NEWS}>{each(name, f'<url><loc>{{link}}</loc>{news}</url>')}</urlset>"


def plain_sitemap(name: str) -> str:
    urls = each(name, "<url><loc>{link}</loc><lastmod>2026-11-20</lastmod></url>")
    return f"<urlset {SITEMAP}>{urls}</urlset>"


FIELDS = "<title>{title}</title><link>{link}</link>"
RDF_ITEM = f'<item rdf:about="{{link}}">{FIELDS}<dc:date>{PUBLISHED}</dc:date></item>'
ATOM_ENTRY = (
    f'<entry><title>{{title}}</title><link href="{{link}}"/><published>{PUBLISHED}</published></entry>'
)
OLD_ENTRY = ATOM_ENTRY.replace("<link", '<link rel="alternate"').replace("published>", "issued>")
NETSCAPE = '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
FEEDS: dict[str, tuple[str, Answer]] = {  # name -> (media type, feed)
    "rss-0.91": ("application/rss+xml", xml(rss("rss-0.91", "0.91", NETSCAPE))),
    "rss-0.92": ("application/rss+xml", xml(rss("rss-0.92", "0.92"), "text/xml")),
    "rss-2.0": ("application/rss+xml", xml(rss("rss-2.0"), "text/html")),  # the wrong media type is common
    "rss-0.90": (
        "application/rdf+xml",
        xml(
            f'<rdf:RDF {RDF} xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>t</title></channel>'
            f"{each('rss-0.90', '<item><title>{title}</title><link>{link}</link></item>')}</rdf:RDF>"
        ),
    ),
    "rdf-1.0": (
        "application/rdf+xml",
        xml(
            f'<rdf:RDF {RDF} xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            + each("rdf-1.0", RDF_ITEM)
            + "</rdf:RDF>"
        ),
    ),
    "atom-1.0": (
        "application/atom+xml",
        xml(
            '<feed xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
            + each("atom-1.0", ATOM_ENTRY)
            + "</feed>"
        ),
    ),
    "atom-0.3": (
        "application/atom+xml",
        xml(
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title>'
            + each("atom-0.3", OLD_ENTRY)
            + "</feed>"
        ),
    ),
    "json-feed": (
        "application/feed+json",
        respond(
            json.dumps(
                {
                    "version": "https://jsonfeed.org/version/1.1",
                    "title": "t",
                    "items": [
                        {"id": link, "url": link, "title": TITLE, "date_published": PUBLISHED}
                        for link in links("json-feed")
                    ],
                }
            ).encode(),
            content_type="application/feed+json",
        ),
    ),
}
GUESSED = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss/", "/index.xml", "/feed.json")
UNDATED = {"rss-0.90", "sitemap", "sitemap-guessed", "url-list", "front", "section", "gz-by-header"}
UNTITLED = UNDATED - {"rss-0.90"}


def build() -> dict[str, Site]:
    sites: dict[str, Site] = {}

    def site(name: str, paths: dict[str, Answer], head: str = "", page: bytes = b"") -> None:
        served = {link: respond(untitled(next(_numbers))) for link in links(name)}
        sites[name] = Site({"/": respond(page or front(head=head)), **served, **paths})

    for name, (kind, feed) in FEEDS.items():
        site(name, {"/the-feed": feed}, link_to(kind, "/the-feed"))
    for path in GUESSED:
        name = f"guessed-{path.strip('/').replace('.', '-')}"
        site(name, {path: xml(rss(name))})
    site(
        "anchor",
        {"/news.rss": xml(rss("anchor"))},
        page=front().replace(b"</ul>", b'</ul><a href="/news.rss">RSS</a>'),
    )

    zipped = gzip.compress(news_sitemap("gz").encode())
    site(
        "news-sitemap",
        {"/robots.txt": text("Sitemap: /n.xml\n"), "/n.xml": xml(news_sitemap("news-sitemap"))},
    )
    site("news-guessed", {"/news-sitemap.xml": xml(news_sitemap("news-guessed"))})
    site(
        "gz",
        {
            "/robots.txt": text("Sitemap: /n.xml.gz\n"),
            "/n.xml.gz": respond(zipped, content_type="application/gzip"),
        },
    )
    site(
        "gz-by-header",
        {
            "/robots.txt": text("Sitemap: /s.xml\n"),
            "/s.xml": respond(
                gzip.compress(plain_sitemap("gz-by-header").encode()),
                content_type="application/xml",
                headers=(("Content-Encoding", "gzip"),),
            ),
        },
    )
    index = f"<sitemapindex {SITEMAP}><sitemap><loc>/old.xml</loc><lastmod>2019-01-01</lastmod></sitemap>"
    index += "<sitemap><loc>/news.xml.gz</loc><lastmod>2026-11-20</lastmod></sitemap></sitemapindex>"
    site(
        "index",
        {
            "/robots.txt": text("User-agent: *\nDisallow:\nSitemap: /index.xml.gz\n"),
            "/index.xml.gz": respond(gzip.compress(index.encode()), content_type="application/x-gzip"),
            "/news.xml.gz": respond(
                gzip.compress(news_sitemap("index").encode()), content_type="application/gzip"
            ),
        },
    )
    site("sitemap", {"/robots.txt": text("Sitemap: /s.xml\n"), "/s.xml": xml(plain_sitemap("sitemap"))})
    site("sitemap-guessed", {"/sitemap.xml": xml(plain_sitemap("sitemap-guessed"))})
    site("url-list", {})
    site("front", {}, page=front(*links("front")))
    site("section", {"/politics/": respond(front(*links("section")))}, page=front("/politics/"))
    return sites


SITES = build()

Found = tuple[CrawlRun, dict[str, list[tuple[str, str | None]]]]
"""A crawl's run; title and date of each site's articles."""


@pytest.fixture(scope="module")
def found(
    tmp_path_factory: pytest.TempPathFactory,
) -> Found:
    """One crawl of all sites from their bare addresses."""
    database = f"sqlite:///{tmp_path_factory.mktemp('finding') / 'news.db'}"
    with serve_all(*SITES.values()):
        lines = "\n".join(f"{SITES['url-list'].url}{link}" for link in links("url-list"))
        SITES["url-list"].paths |= {"/robots.txt": text("Sitemap: /all.txt\n"), "/all.txt": text(lines)}
        run = crawl(
            "news", database, url=",".join(site.url for site in SITES.values()), strict="1", timeout_s=240
        )
        articles = {
            name: rows(
                database,
                "select title, published_at from articles where status = 'ok' and url like :u order by url",
                u=f"{site.url}/%",
            )
            for name, site in SITES.items()
        }
    return run, articles  # type: ignore[return-value]


@pytest.mark.parametrize("name", SITES)
def test_all_articles_are_found_with_what_the_listing_says_of_them(found: Found, name: str) -> None:
    articles = found[1][name]
    assert len(articles) == 2
    for title, published_at in articles:
        assert (title == TITLE) != (name in UNTITLED)
        assert (published_at is not None and str(published_at)[:16] == "2026-11-20 08:30") != (
            name in UNDATED
        )


def test_the_crawl_has_nothing_to_complain_of(
    found: Found,
) -> None:
    assert found[0].status == 0, found[0].log
    assert found[0].lines("WARNING", "ERROR", "CRITICAL") == []


def test_where_the_front_page_has_moved_its_new_host_names_the_sitemaps(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    new = Site({link: respond(article(next(_numbers))) for link in links("moved")}, host="127.0.0.3")
    new.paths |= {
        "/": respond(front()),
        "/robots.txt": text("Sitemap: /n.xml\n"),
        "/n.xml": xml(news_sitemap("moved")),
    }
    with new.serve():
        old = Site({"/": respond(status=301, headers=(("Location", f"{new.url}/"),))})
        with old.serve():
            run = crawl("news", database, url=old.url)
    assert rows(database, "select count(*) from articles where status = 'ok'") == [(2,)]
    assert len([line for line in run.lines("WARNING") if "has moved to" in line]) == 1
