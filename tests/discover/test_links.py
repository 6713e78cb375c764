"""Links of a page, read in one pass."""

import time

from newscrawl.discover import read_links

URL = "https://example.com/news/"


def test_links_are_absolute_and_keep_their_text() -> None:
    found = read_links(
        b'<a href="../a?b=1&amp;c=2#d"><b>Council</b> votes</a><a href=mailto:x@y>mail</a>', URL
    )
    assert [(link.url, link.text) for link in found.links] == [
        ("https://example.com/a?b=1&c=2", "Council votes")
    ]


def test_a_base_element_counts_and_scripts_and_comments_do_not() -> None:
    html = b"""<base href="https://www.example.com/x/"><script>'<a href="/script">'</script>
    <!-- <a href="/comment">no</a> --><a href='y'>yes</a>"""
    assert [link.url for link in read_links(html, URL).links] == ["https://www.example.com/x/y"]


def test_navigation_is_told_from_the_rest() -> None:
    html = b"<nav><a href=/politics>Politics</a></nav><main><a href=/a>A</a></main>"
    html += b"<footer><a href=/b>B</a></footer>"
    assert [(link.url[19:], link.in_navigation) for link in read_links(html, URL).links] == [
        ("/politics", True),
        ("/a", False),
        ("/b", True),
    ]


def test_a_picture_that_links_first_takes_the_headlines_text() -> None:
    html = b'<a href="/a"><img src=x></a><a href="/a">A headline</a>'
    assert [link.text for link in read_links(html, URL).links] == ["A headline"]


def test_feeds_are_found_in_the_head_and_among_the_links_but_not_those_of_comments() -> None:
    html = b"""<link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" type="application/atom+xml" href="/atom.xml"><a href="/sport/rss.xml">RSS</a>"""
    found = read_links(html, URL)
    assert found.feeds == ("https://example.com/feed/", "https://example.com/atom.xml")
    assert found.feed_anchors == ("https://example.com/sport/rss.xml",)


def test_xml_is_a_feed_where_its_name_says_so() -> None:
    html = b"""<link rel=alternate type="text/xml" href="/rss.xml">
    <link rel=alternate type="application/xml" href="/data.xml">"""
    assert read_links(html, URL).feeds == ("https://example.com/rss.xml",)


def test_a_meta_refresh_is_seen() -> None:
    html = b'<meta http-equiv="Refresh" content="0; URL=\'/home\'">'
    assert read_links(html, URL).refresh_url == "https://example.com/home"


def test_hostile_pages_take_linear_time() -> None:
    pages = (
        b"<a " + b"x=y " * 100_000 + b"href=/a>",
        b"<a href=/a>" * 200_000,
        b"<!--" * 500_000,
        b"<script" * 300_000,
        b"<a href='" * 200_000,
        b"<" * 2_000_000,
        b"<nav>" * 400_000,
    )
    for page in pages:
        began = time.process_time()
        read_links(page, URL)
        assert time.process_time() - began < 2.0
