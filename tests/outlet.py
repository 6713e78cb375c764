"""A well-behaved news site for tests of the crawl: a front page, a feed, a section, and articles."""

import zlib

from sites import Answer, Request, Site, article, front, respond

DAY = "/2026/11/20"


def with_etag(body: bytes, content_type: str = "text/html; charset=utf-8") -> Answer:
    """An answer with an ETag, and 304 for who has it."""
    etag = f'"{zlib.crc32(body):x}"'

    def answer(connection: object, request: Request) -> None:
        if request.headers.get("if-none-match") == etag:
            respond(status=304, headers=(("ETag", etag),))(connection, request)  # type: ignore[arg-type]
        else:
            respond(body, content_type=content_type, headers=(("ETag", etag),))(connection, request)  # type: ignore[arg-type]

    return answer


def rss(*links: str) -> bytes:
    date = "<pubDate>Fri, 20 Nov 2026 08:00:00 GMT</pubDate>"
    items = "".join(f"<item><title>From the feed</title><link>{link}</link>{date}</item>" for link in links)
    return f'<rss version="2.0"><channel><language>en</language>{items}</channel></rss>'.encode()


FEED_LINK = '<link rel="alternate" type="application/rss+xml" href="/feed.rss">'


def outlet(first: int, pages: int = 4) -> Site:
    """A site with a front page, a feed and a section; every page of it is linked from all three."""
    paths = [f"{DAY}/page-number-{n}-of-this-outlet" for n in range(pages)]
    site = Site({path: respond(article(first + n)) for n, path in enumerate(paths)})
    site.paths |= {
        "/": with_etag(front(*paths, "/politics/", head=FEED_LINK)),
        "/feed.rss": with_etag(rss(*paths), "application/rss+xml"),
        "/politics/": with_etag(front(*paths)),
        "/robots.txt": respond(b"User-agent: *\nDisallow: /private/\n", content_type="text/plain"),
    }
    return site
