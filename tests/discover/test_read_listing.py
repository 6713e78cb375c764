"""Feeds and sitemaps of every kind, whole and broken."""

import gzip
import json
import time

import pytest

from newscrawl.discover import Listing, ListingKind, NotAListingError, TooLargeError, read_listing

URL = "https://example.com/feeds/all.xml"
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Courier</title><language>en-gb</language>
<item><title>Council &amp; bridge</title><link>/2026/bridge?a=1&amp;b=2</link>
<dc:creator>Ada Example</dc:creator>
<media:title>not this</media:title><pubDate>Wed, 04 Mar 2026 05:06:07 +0100</pubDate></item>
<item><guid>https://example.com/2026/ferry</guid><title>Ferry</title></item>
<item><guid isPermaLink="false">4711</guid><title>No link at all</title></item></channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Bote</title>
<author><name>Redaktion</name></author>
<entry><title>Br\xc3\xbccke</title><link rel="edit" href="/edit/1"/><link href="/2026/bruecke"/>
<published>2026-03-04T05:06:07Z</published><updated>2026-03-05T00:00:00Z</updated></entry></feed>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="/"><title>x</title></channel>
<item rdf:about="https://example.com/a"><title>A</title><dc:date>2026-03-04</dc:date></item></rdf:RDF>"""
NEWS_SITEMAP = b"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://example.com/2026/bridge</loc>
<news:news><news:publication><news:name>Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-03-04T05:06+01:00</news:publication_date><news:title>Bridge</news:title></news:news>
</url></urlset>"""


def first(listing: Listing) -> tuple[object, ...]:
    entry = listing.entries[0]
    date = entry.published_at.isoformat() if entry.published_at else None
    return entry.url, entry.title, date, entry.language, entry.authors


def test_rss_gives_links_titles_dates_languages_and_authors() -> None:
    listing = read_listing(RSS, URL)
    assert (listing.kind, listing.problem, listing.is_feed) == (ListingKind.RSS, None, True)
    assert [entry.url for entry in listing.entries][1:] == ["https://example.com/2026/ferry"]
    assert first(listing) == (
        "https://example.com/2026/bridge?a=1&b=2",
        "Council & bridge",
        "2026-03-04T05:06:07+01:00",
        "en-gb",
        ("Ada Example",),
    )


def test_atom_takes_the_page_not_the_edit_link() -> None:
    assert first(read_listing(ATOM, URL)) == (
        "https://example.com/2026/bruecke",
        "Brücke",
        "2026-03-04T05:06:07+00:00",
        "de",
        ("Redaktion",),
    )


def test_rdf_is_read() -> None:
    listing = read_listing(RDF, URL)
    assert listing.kind == ListingKind.RDF
    assert first(listing)[:3] == ("https://example.com/a", "A", "2026-03-04T00:00:00+00:00")


def test_a_json_feed_is_read() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "language": "fr",
        "items": [
            {
                "url": "/a",
                "title": "A",
                "date_published": "2026-03-04T05:06:07Z",
                "authors": [{"name": "Bo"}],
            },
            {"id": "no url"},
            "no item",
        ],
    }
    listing = read_listing(json.dumps(feed).encode(), URL)
    assert listing.kind == ListingKind.JSON_FEED
    assert first(listing) == ("https://example.com/a", "A", "2026-03-04T05:06:07+00:00", "fr", ("Bo",))


def test_a_news_sitemap_keeps_its_news_fields() -> None:
    listing = read_listing(NEWS_SITEMAP, URL)
    assert listing.kind == ListingKind.NEWS_SITEMAP
    assert first(listing)[:4] == (
        "https://example.com/2026/bridge",
        "Bridge",
        "2026-03-04T05:06:00+01:00",
        "en",
    )
    assert listing.entries[0].is_news


def test_a_sitemap_index_and_a_list_of_urls_are_read_gzipped_or_not() -> None:
    index = (
        b"<sitemapindex><sitemap><loc>/news.xml</loc><lastmod>2026-03-04</lastmod></sitemap></sitemapindex>"
    )
    listing = read_listing(gzip.compress(index), URL)
    assert listing.kind == ListingKind.SITEMAP_INDEX
    assert listing.entries[0].url == "https://example.com/news.xml"
    urls = read_listing(b"https://example.com/a\nhttps://example.com/b\nfile:///etc/hostname\n", URL)
    assert [entry.url for entry in urls.entries] == ["https://example.com/a", "https://example.com/b"]


@pytest.mark.parametrize(
    ("damaged", "items", "problem"),
    [
        (RSS.replace(b"Council &amp; bridge", b"Council & bridge"), 2, "raw ampersand"),
        (RSS.replace(b"Council", b"Coun\x0bcil"), 2, "control characters"),
        (RSS[: RSS.index(b"isPermaLink") + 30], 2, "cut short"),
        (RSS[: RSS.index(b"2026/ferry") + 4], 1, "cut short"),
        (RSS.decode().replace('version="1.0"', 'version="1.0" encoding="utf-16"').encode("utf-16"), 2, None),
        (b"\xef\xbb\xbf\n  " + RSS, 2, None),
        (RSS.replace(b"Ferry", b"F&eacute;rry"), 2, "raw ampersand"),
    ],
)
def test_a_broken_feed_is_read_as_far_as_possible_and_marked(
    damaged: bytes, items: int, problem: str | None
) -> None:
    listing = read_listing(damaged, URL)
    assert (len(listing.entries), listing.problem) == (items, problem)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "it is empty"),
        (b"  \n", "it is empty"),
        (b"<!-- x --><!DOCTYPE html><html><body>Not found</body></html>", "it is an HTML page"),
        (b'{"error": "not found"}', "it is JSON, but no JSON Feed"),
        (b"[" * 100_000, "it is broken JSON"),
        (b"not found", "it is plain text"),
        (b"\x89PNG\r\n\x1a\n\x00", "it is plain text"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "its root element is <svg>"),
        (b'<!DOCTYPE r [<!ENTITY a "aa">]><rss><channel/></rss>', "it declares entities"),
        (
            '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/hostname">]><rss/>'.encode("utf-16"),
            "it declares entities",
        ),
    ],
)
def test_what_is_no_feed_is_told_apart_from_a_feed_without_news(body: bytes, why: str) -> None:
    with pytest.raises(NotAListingError, match=why.replace("<", "<")):
        read_listing(body, URL)


def test_a_feed_without_items_is_a_feed() -> None:
    assert read_listing(b"<rss><channel><title>x</title></channel></rss>", URL).entries == ()


def test_a_gzip_bomb_is_too_large() -> None:
    with pytest.raises(TooLargeError):
        read_listing(gzip.compress(bytes(3_000_000)), URL, max_bytes=1_000_000)


def test_links_that_lead_nowhere_are_dropped() -> None:
    feed = b"<rss><channel>" + b"".join(
        b"<item><link>%s</link></item>" % link
        for link in (
            b"file:///etc/hostname",
            b"javascript:alert(1)",
            b"data:text/html,x",
            b"/a#b",
            b"http://[x/",
        )
    )
    assert [entry.url for entry in read_listing(feed, URL).entries] == ["https://example.com/a"]


def test_where_an_end_tag_is_missing_no_item_is_lost() -> None:
    feed = b"<rss><channel><item><link>/a<item><link>/b</link><item><link>/c</link></item></item></item>"
    listing = read_listing(feed + b"</channel></rss>", URL)
    assert [entry.url for entry in listing.entries] == [f"https://example.com/{name}" for name in "abc"]
    assert listing.problem


def test_an_undeclared_prefix_costs_nothing() -> None:
    feed = b"<rss><channel><item><link>/a</link><dc:creator>Ada</dc:creator></item></channel></rss>"
    assert read_listing(feed, URL).entries[0].authors == ("Ada",)
    sitemap = NEWS_SITEMAP.replace(b'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"', b"")
    assert first(read_listing(sitemap, URL)) == first(read_listing(NEWS_SITEMAP, URL))


@pytest.mark.parametrize(
    "guid", [b"<link/><guid>https://example.com/a</guid>", b"<link>/a</link><guid>4711</guid>"]
)
def test_the_link_comes_before_the_guid_unless_it_is_empty(guid: bytes) -> None:
    feed = b"<rss><channel><item>%s</item><item><guid>4711</guid></item></channel></rss>" % guid
    assert [entry.url for entry in read_listing(feed, URL).entries] == ["https://example.com/a"]


def test_dates_keep_their_zone_or_are_utc() -> None:
    dates = {
        "Wed, 04 Mar 2026 05:06:07 EST": "2026-03-04T05:06:07-05:00",
        "2026-03-04T05:06": "2026-03-04T05:06:00+00:00",
        "no date": None,
        "1" * 10_000: None,
    }
    items = "".join(f"<item><link>/a{i}</link><pubDate>{d}</pubDate></item>" for i, d in enumerate(dates))
    entries = read_listing(f"<rss><channel>{items}</channel></rss>".encode(), URL).entries
    found = [entry.published_at.isoformat() if entry.published_at else None for entry in entries]
    assert found == list(dates.values())


def test_a_hostile_item_does_not_hold_the_reader_up() -> None:
    categories = b"".join(b"<category>%d</category>" % number for number in range(20_000))
    item = b"<item><link>/a</link><author>%s</author>%s</item>" % (b"a." * 100_000, categories)
    started = time.process_time()
    assert len(read_listing(b"<rss><channel>%s</channel></rss>" % item, URL).entries) == 1
    assert time.process_time() - started < 2  # seconds; feedparser alone took more than thirty
