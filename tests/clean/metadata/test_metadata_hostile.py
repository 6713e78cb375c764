"""No tree makes the reader raise, and ten times the page takes about ten times the time."""

import time

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from metadata_page import read

from newscrawl.clean.metadata.date_text import DateReading, find_dates, parse_date
from newscrawl.clean.metadata.jsonld import parse_scripts
from newscrawl.clean.metadata.names import split_names

# Seconds for a page of a megabyte; the slowest pattern below takes a tenth of it on one quiet core.
MAX_SECONDS = 3.0

PIECES = st.sampled_from(
    [
        "<h1>",
        "</h1>",
        "<div class='author byline'>",
        "<time datetime=2024-99-99>",
        "<a rel=author href=/>",
        "<p>",
        "By Jane Doe ",
        "12 May 2024 ",
        "31/02/2024 ",
        "2024年13月40日",
        "<meta property=og:title content='",
        "'>",
        '<script type=application/ld+json>{"@type":"Article","author":[{"name":',
        "}]}</script>",
        "�",
        "\x00",
        "<title>",
        " | ",
        ",",
        "<br>",
        "۱۴۰۳/۰۲/۳۱ ",
        "T25:61+99:99",
        "<figure>",
        "</div>",
        "&#0;",
        "&#xd800;",
        "²³",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=40))
def test_no_page_makes_it_raise(pieces: list[str]) -> None:
    page = read("<html>" + "".join(pieces) + "<p>x</p>")
    page.title.encode("utf-8")
    " ".join((*page.authors, *page.credits, *page.tags)).encode("utf-8")


@settings(max_examples=200, deadline=None)
@given(
    st.text(max_size=60)
    | st.from_regex(r"\d{1,4}[./ -]\d{1,2}[./ -]\d{1,4}[T ]?\d?\d?:?\d?\d?.{0,6}", fullmatch=True)
)
def test_no_text_makes_the_readers_of_dates_and_names_raise(text: str) -> None:
    for reading in (DateReading(), DateReading("en", month_first=True), DateReading("fa")):
        found = parse_date(text, reading)
        assert found is None or found.when.tzinfo is not None
        find_dates(text, reading)
    split_names(text, "de", sure=True)
    split_names("By " + text + ", " + text, "en")
    parse_scripts([text, '{"@type":"Article","headline":"' + text])


@pytest.mark.parametrize(
    "pattern",
    [
        "<div class=author>",
        "<span class=byline>By Jane Doe</span>",
        "<h1>Rain</h1>",
        "<h2>",
        "<time datetime=2024-05-12>",
        "<a href=/ rel=author>",
        "<br>",
        "<p>12 May 2024</p>",
        "<p>Author: x</p>",
        "<meta name=author content='Jo Doe'>",
        "12/05/2024 ",
        "May ",
        "By ",
        "&amp;",
        "<title>x</title>",
        '<script type=application/ld+json>{"@type":"Article"}</script>',
    ],
)
def test_a_megabyte_of_one_pattern_is_read_in_time(pattern: str) -> None:
    html = "<html><h1>Rain again</h1>" + pattern * (1_000_000 // len(pattern)) + "<p>x</p>"
    began = time.process_time()
    read(html)
    assert time.process_time() - began < MAX_SECONDS + parse_seconds(html)


def parse_seconds(html: str) -> float:
    began = time.process_time()
    lxml.html.document_fromstring(html, parser=lxml.html.HTMLParser(huge_tree=True))
    return time.process_time() - began


@pytest.mark.parametrize(
    "script", ["/*", '"', '\\"', "//", ",", "[]", '"author":{', '"headline":"x', "<!--", "{}", "}"]
)
def test_json_ld_of_one_pattern_is_read_in_time(script: str) -> None:
    began = time.process_time()
    parse_scripts(['{"a":"' + script * (1_000_000 // len(script)), script * (1_000_000 // len(script))])
    assert time.process_time() - began < MAX_SECONDS


def test_the_tree_is_left_as_it_was() -> None:
    root = lxml.html.document_fromstring(
        "<title>a</title><h1>b</h1><p class=author>By <b>Jo Doe</b> 12 May 2024</p>"
    )
    before = lxml.html.tostring(root)
    from newscrawl.clean.metadata import read_metadata

    read_metadata(root, "https://post.example/a")
    assert lxml.html.tostring(root) == before
