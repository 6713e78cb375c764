"""robots.txt that forbids, fails or asks for patience; pages and feeds that lead inside; traps."""

import gzip
import itertools
import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crawl_run import crawl, outcomes, rows, stored
from measured_crawl import MeasuredRun, measured_crawl
from newscrawl.discover import read_robots
from sites import Answer, Request, Site, article, front, hang, respond, serve_all

MEGABYTE = 1024 * 1024
METADATA = "http://169.254.169.254/latest/meta-data/"
PRIVATE = "http://10.0.0.1/2026/11/20/a-page-that-stands-inside"
SETTINGS = {
    "DOWNLOAD_MAXSIZE": str(2 * MEGABYTE),
    "NEWSCRAWL_MAX_RETRY_AFTER": "5",
    "NEWSCRAWL_SITE_BUDGET": "40",
    "NEWSCRAWL_LISTED_BUDGET": "50",
}
RSS = "application/rss+xml"
XML = "application/xml"

_numbers = itertools.count(1001)


def text(body: str) -> Answer:
    return respond(body.encode(), content_type="text/plain")


def redirect(target: str) -> Answer:
    return respond(status=302, headers=(("Location", target),))


def rss(*links: str, extra: str = "") -> bytes:
    items = "".join(f"<item><title>Item</title><link>{link}</link></item>" for link in links)
    channel = f"<channel><title>t</title>{items}{extra}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


@dataclass
class Case:
    """A site, what must become of URLs on it (path or URL -> statuses), and how many good pages it has."""

    site: Site
    expected: dict[str, set[str]] = field(default_factory=dict)
    good: int = 2


def news_site(
    paths: dict[str, Answer] | None = None,
    links: tuple[str, ...] = (),
    head: str = "",
    fallback: Answer | None = None,
) -> Site:
    """A site with two good articles, `links` between them on its front page, and `paths`."""
    first, second = "/2026/11/20/the-good-page-before", "/2026/11/20/the-good-page-after"
    served = {
        "/": respond(front(first, *links, second, head=head)),
        first: respond(article(next(_numbers))),
        second: respond(article(next(_numbers))),
        **(paths or {}),
    }
    return Site(served, fallback=fallback or respond(b"not here", status=404))


def feed_site(body: bytes, content_type: str = RSS, paths: dict[str, Answer] | None = None) -> Site:
    head = '<link rel="alternate" type="application/rss+xml" href="/the-feed">'
    return news_site({"/the-feed": respond(body, content_type=content_type), **(paths or {})}, head=head)


def ten_pages() -> tuple[dict[str, Answer], tuple[str, ...]]:
    links = tuple(f"/2026/11/20/one-of-ten-pages-number-{n}" for n in range(10))
    return {link: respond(article(next(_numbers))) for link in links}, links


def calendar(connection: object, request: Request) -> None:
    """Every day links to the next ten, for ever."""
    if request.path.startswith("/calendar/"):
        day = int(request.path.rsplit("-", 1)[-1])
        respond(front(*(f"/calendar/2026/11/20/what-happened-on-day-{day * 10 + n}" for n in range(10))))(
            connection,
            request,  # type: ignore[arg-type]
        )
    else:
        respond(b"not here", status=404)(connection, request)  # type: ignore[arg-type]


def session_page(connection: object, request: Request) -> None:
    links = tuple(f"/2026/11/20/one-story-for-all?PHPSESSID={time.time_ns():032x}" for _ in range(5))
    body = front(*links) if request.path == "/" else article(777)
    respond(body)(connection, request)  # type: ignore[arg-type]


def build() -> dict[str, Case]:
    cases: dict[str, Case] = {}
    pages, links = ten_pages()
    cases["robots-deny"] = Case(
        news_site({"/robots.txt": text("User-agent: *\nDisallow: /\n"), **pages}, links),
        {"/": {"robots"}},
        good=0,
    )
    cases["robots-503"] = Case(news_site({"/robots.txt": respond(status=503)}), {"/": {"robots"}}, good=0)
    cases["robots-hangs"] = Case(news_site({"/robots.txt": hang()}), {"/": {"robots"}}, good=0)
    cases["robots-is-html"] = Case(
        news_site({"/robots.txt": respond(b"<!doctype html><html>User-agent: *\nDisallow: /\n</html>")})
    )
    cases["robots-403"] = Case(news_site({"/robots.txt": respond(b"no", status=403)}))
    cases["robots-wildcards"] = Case(
        news_site(
            {
                "/robots.txt": text("User-agent: *\nDisallow: /" + "*a" * 60 + "b$\n"),
                "/2026/11/20/" + "a" * 400: respond(article(700)),
            },
            ("/2026/11/20/" + "a" * 400,),
        ),
        {"/2026/11/20/" + "a" * 400: {"ok"}},
    )
    cases["parked"] = Case(
        news_site(
            {"/2026/11/20/come-back-in-a-year": respond(status=429, headers=(("Retry-After", "999999"),))},
            ("/2026/11/20/come-back-in-a-year",),
        ),
        {"/2026/11/20/come-back-in-a-year": {"http_error", "parked"}},
        good=1,
    )

    inward = {
        "/2026/11/20/redirects-to-private-address": redirect(PRIVATE),
        "/2026/11/20/redirects-to-metadata-service": redirect(METADATA),
        "/2026/11/20/redirects-to-a-file-on-disk": redirect("file:///etc/hostname"),
        "/2026/11/20/redirects-with-three-slashes": redirect("///10.0.0.1/2026/11/20/inside-of-the-network"),
    }
    cases["inward-redirects"] = Case(
        news_site(inward, tuple(inward)), {path: {"refused", "http_error"} for path in inward}
    )
    refresh = b'<meta http-equiv="refresh" content="0; url=%s">' % METADATA.encode()
    cases["meta-refresh-inward"] = Case(
        news_site(
            {"/2026/11/20/a-page-that-refreshes": respond(refresh + article(701))},
            ("/2026/11/20/a-page-that-refreshes",),
        ),
        {"/2026/11/20/a-page-that-refreshes": {"ok"}},
    )
    cases["feed-leads-inward"] = Case(
        feed_site(
            rss(METADATA, "file:///etc/hostname", "data:text/html,hello", "javascript:alert(1)", PRIVATE,
                "///127.0.0.1/2026/11/20/a-path-for-us", "/2026/11/20/a-good-page-of-the-feed"),
            paths={"/2026/11/20/a-good-page-of-the-feed": respond(article(702))},
        ),
        {"/2026/11/20/a-good-page-of-the-feed": {"ok"}},
        good=3,
    )  # fmt: skip
    index = (
        f"<sitemapindex><sitemap><loc>{METADATA}sitemap.xml</loc></sitemap>"
        f"<sitemap><loc>file:///etc/hostname</loc></sitemap></sitemapindex>"
    )
    site = news_site({"/index.xml": respond(index.encode(), content_type=XML)})
    site.paths["/robots.txt"] = text("Sitemap: /index.xml\n")
    cases["sitemap-index-leads-inward"] = Case(site)

    cases["calendar"] = Case(
        news_site(links=("/calendar/2026/11/20/what-happened-on-day-1",), fallback=calendar)
    )
    cases["session-ids"] = Case(Site({}, fallback=session_page), good=1)
    cases["session-ids"].site.paths["/robots.txt"] = respond(status=404)
    many = "".join(
        f"<item><link>/2026/11/20/item-number-{n}-of-very-many</link></item>" for n in range(10_000)
    )
    cases["feed-of-10000"] = Case(
        feed_site(rss(extra=many)), {"/2026/11/20/item-number-3-of-very-many": {"gone"}}
    )

    cases["feed-is-html"] = Case(feed_site(front("/a"), "text/html"), {"/the-feed": {"not_feed"}})
    cases["feed-is-empty"] = Case(feed_site(b""), {"/the-feed": {"not_feed"}})
    cases["feed-is-json"] = Case(feed_site(json.dumps({"a": 1}).encode()), {"/the-feed": {"not_feed"}})
    broken: dict[str, Callable[[bytes], bytes]] = {
        "raw-ampersand": lambda feed: feed.replace(b"<title>Item", b"<title>Bed & Breakfast"),
        "control-character": lambda feed: feed.replace(b"<title>Item", b"<title>\x0b\x01"),
        "cut-end": lambda feed: feed[:-60],
        "utf-16": lambda feed: feed.decode().encode("utf-16"),
    }
    for name, damage in broken.items():
        items = (f"/2026/11/20/an-item-in-a-feed-with-{name}", "/2026/11/20/another-item-of-the-feed")
        cases[f"feed-{name}"] = Case(
            feed_site(damage(rss(*items)), paths={item: respond(article(next(_numbers))) for item in items}),
            {items[0]: {"ok"}},
            good=3 if name == "cut-end" else 4,
        )
    bomb = b'<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>' + rss("/2026/11/20/x-y-z-&b;")
    cases["entity-bomb"] = Case(feed_site(bomb), {"/the-feed": {"not_feed"}})
    thief = b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]>' + rss("/2026/11/20/&f;")
    cases["external-entity"] = Case(feed_site(thief), {"/the-feed": {"not_feed"}})
    site = news_site(
        {
            "/sitemap.xml.gz": respond(
                gzip.compress(bytes(10 * MEGABYTE)) * 30, content_type="application/gzip"
            )
        }
    )
    site.paths["/robots.txt"] = text("Sitemap: /sitemap.xml.gz\n")
    cases["sitemap-bomb"] = Case(site, {"/sitemap.xml.gz": {"too_large"}})
    return cases


CASES = build()


@dataclass(frozen=True)
class Outcome:
    run: MeasuredRun
    statuses: dict[str, str]
    stored: list[str]
    database: str
    seconds: float


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One crawl of all the sites at once."""
    database = f"sqlite:///{tmp_path_factory.mktemp('hostile') / 'news.db'}"
    with serve_all(*(case.site for case in CASES.values())):
        began = time.monotonic()
        urls = ",".join(case.site.url for case in CASES.values())
        run = measured_crawl("news", database, SETTINGS, url=urls)
        seconds = time.monotonic() - began
    feeds = {str(url): str(status) for url, status in rows(database, "select url, status from feeds")}
    return Outcome(run, feeds | outcomes(database), stored(database), database, seconds)


@pytest.mark.parametrize(
    ("name", "target"), [(name, target) for name, case in CASES.items() for target in case.expected]
)
def test_the_bad_thing_has_its_status(outcome: Outcome, name: str, target: str) -> None:
    case = CASES[name]
    assert outcome.statuses.get(case.site.url + target) in case.expected[target]


@pytest.mark.parametrize("name", CASES)
def test_the_good_pages_around_it_are_stored_once(outcome: Outcome, name: str) -> None:
    case = CASES[name]
    found = [url for url in outcome.stored if url.startswith(case.site.url + "/") and "calendar" not in url]
    assert len(found) == case.good + (name in ("robots-wildcards", "meta-refresh-inward"))


def test_rules_with_sixty_wildcards_take_no_time() -> None:
    rules = read_robots(f"User-agent: *\nDisallow: /{'*a' * 60}b$\n".encode(), "https://e.example/robots.txt")
    began = time.process_time()
    assert rules.allows("https://e.example/" + "a" * 400, "newscrawl")
    assert time.process_time() - began < 0.1


def test_the_crawl_stays_small(outcome: Outcome) -> None:
    assert outcome.run.peak_bytes < 1024 * MEGABYTE


def test_the_crawl_ends_by_itself_and_well(outcome: Outcome) -> None:
    assert outcome.run.status == 0, outcome.run.log
    assert "Traceback" not in outcome.run.log


@pytest.mark.parametrize("name", ["robots-deny", "robots-503", "robots-hangs"])
def test_where_robots_txt_forbids_or_fails_nothing_is_fetched(outcome: Outcome, name: str) -> None:
    assert {request.path for _, request in CASES[name].site.requests} == {"/robots.txt"}


def test_a_crawl_delay_is_kept(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    robots = text("User-agent: *\nCrawl-delay: 2\nSitemap: /none.xml\n")
    with news_site({"/robots.txt": robots}).serve() as site:
        run = crawl("news", database, url=site.url)
    assert run.status == 0
    assert len(stored(database)) == 2
    times = sorted(when for when, _ in site.requests)
    assert len(times) > 5
    # A busy machine notices a request late, and the gap after it is short then; the whole is not.
    assert times[-1] - times[0] > 2.0 * (len(times) - 1) - 1.0
    assert min(third - first for first, third in zip(times, times[2:], strict=False)) > 2.0


def test_nothing_inside_is_recorded_as_fetched(outcome: Outcome) -> None:
    inside = [url for url in outcome.statuses if "169.254" in url or "10.0.0.1" in url or "file:" in url]
    assert all(outcome.statuses[url] == "refused" for url in inside)


def test_an_endless_site_stays_within_its_budget(outcome: Outcome) -> None:
    pages = [request for _, request in CASES["calendar"].site.requests if "calendar" in request.path]
    assert len(pages) <= int(SETTINGS["NEWSCRAWL_SITE_BUDGET"])


def test_a_parked_host_is_not_asked_again_and_has_the_time_to_come_back(outcome: Outcome) -> None:
    site = CASES["parked"].site
    refused_at = site.hits("/2026/11/20/come-back-in-a-year")
    assert len(refused_at) == 1
    assert not [when for when, _ in site.requests if when > refused_at[0]]
    query = (
        "select count(*) from fetches where status = 'parked' and next_fetch_at is not null and url like :u"
    )
    assert rows(outcome.database, query, u=f"{site.url}%") == [(2,)]


@pytest.mark.parametrize("name", ["raw-ampersand", "control-character", "cut-end"])
def test_a_mended_feed_is_marked(outcome: Outcome, name: str) -> None:
    url = f"{CASES[f'feed-{name}'].site.url}/the-feed"
    assert rows(outcome.database, "select detail is not null from feeds where url = :u", u=url) == [(1,)]


def test_a_feed_of_10000_items_is_queued_whole_in_ten_seconds(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    case = CASES["feed-of-10000"]
    with case.site.serve():
        run = crawl("news", database, {"CLOSESPIDER_TIMEOUT": "6"}, url=case.site.url)
    assert run.status == 0
    ((stats,),) = rows(database, "select stats from crawls")
    assert json.loads(stats)["scheduler/enqueued"] > 10_000


def test_ten_spellings_of_loopback_are_refused(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    with news_site().serve() as site:
        port = site.port
        urls = [
            f"http://{host}:{port}/a"
            for host in (
                "127.0.0.1", "localhost", "127.1", "0x7f.0.0.1", "0177.0.0.1", "2130706433", "[::1]",
                "[::ffff:127.0.0.1]", "127.0.0.1.", "0.0.0.0", "name.localhost", "%31%32%37.0.0.1",
            )
        ]  # fmt: skip
        run = crawl("pages", database, loopback=False, url=",".join(urls))
    assert run.status == 1
    assert not site.requests
    assert set(outcomes(database).values()) == {"refused"}
