import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.commands.load_rows import BadLine, paragraphs, read_date, read_row
from newscrawl.model import ArticleStatus

ROW = {"url": "https://news.example/a", "title": "Flood", "text": "It rained."}


def line(**changes: object) -> bytes:
    return json.dumps({**ROW, **changes}).encode()


def test_three_fields_are_enough() -> None:
    article = read_row(line()).article
    assert (article.url, article.canonical_url) == ("https://news.example/a", "https://news.example/a")
    assert (article.title, article.text, article.status) == ("Flood", "It rained.", ArticleStatus.OK)
    assert (article.authors, article.language, article.published_at) == ((), None, None)


def test_the_known_fields_are_read_and_others_ignored() -> None:
    article = read_row(
        line(
            published_at="2026-11-20T09:30Z",
            language="de",
            authors=["Ana", "Bo", "Ana"],
            credits=["Harbour News Agency"],
            tags="x",
            zip=1,
        )
    ).article
    assert article.published_at == datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    assert (article.language, article.authors, article.tags) == ("de", ("Ana", "Bo"), ("x",))
    assert article.credits == ("Harbour News Agency",)


def test_the_url_stays_as_it_is() -> None:
    url = "http://News.example/a?utm_source=x&id=3#part"
    assert read_row(line(url=url)).article.url == url


@pytest.mark.parametrize("empty", ["", None, "  \n"])
def test_a_title_alone_or_a_text_alone_is_an_article(empty: str | None) -> None:
    assert read_row(line(text=empty)).article.text == ""
    assert read_row(line(title=empty)).article.title == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"{", "not JSON: Expecting property name enclosed in double quotes at character 2"),
        (b"[1]", "a JSON list, not an object"),
        (b'"\xff"', "not UTF-8 at byte 2"),
        (b"[" * 100_000, "not usable JSON: RecursionError"),
        (b"9" * 5_000, "not usable JSON: ValueError"),
        (b'{"title": "a", "text": "b"}', "no url"),
        (b'{"url": "https://a.example/", "text": "b"}', "no title"),
        (b'{"url": "https://a.example/", "title": "a"}', "no text"),
        (line(title=5), "title is a int, not a text"),
        (line(title="", text=" "), "title and text are both empty"),
        (line(url="ftp://a.example/"), "url is no http(s) address: 'ftp://a.example/'"),
        (line(url="https://[a"), "url is no http(s) address: 'https://[a'"),
        (line(url="https:///a"), "url is no http(s) address: 'https:///a'"),
        (line(url="https://a.example/\u202eb"), "url is no http(s) address: 'https://a.example/\\u202eb'"),
    ],
)
def test_a_line_without_an_article_says_why(text: bytes, why: str) -> None:
    with pytest.raises(BadLine) as caught:
        read_row(text)
    assert str(caught.value) == why


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-11-20", "2026-11-20T00:00:00+00:00"),
        ("2026-11-20T09:30:00", "2026-11-20T09:30:00+00:00"),
        ("2026-11-20 09:30:00.5-05:00", "2026-11-20T09:30:00.500000-05:00"),
        ("20261120T093000Z", "2026-11-20T09:30:00+00:00"),
        ("Fri, 20 Nov 2026 09:30:00 GMT", "2026-11-20T09:30:00+00:00"),
    ],
)
def test_dates_with_and_without_a_zone(written: str, read: str) -> None:
    when = read_date(written)
    assert when is not None
    assert when.isoformat() == read


@pytest.mark.parametrize(
    "written",
    ["soon", "2026-02-31", "99999-01-01", "9" * 5_000, "2026-11-20T09:30+99:99", "0001-01-01", 5, [], ""],
)
def test_what_is_no_date_is_none(written: object) -> None:
    assert read_date(written) is None


def test_a_bad_date_costs_the_date_and_not_the_article() -> None:
    row = read_row(line(published_at="soon"))
    assert row.article.published_at is None
    assert row.article.notes == ("date:unreadable",)
    assert row.warnings == ("published_at is no date: taken as unknown",)


def test_blank_lines_part_paragraphs_and_wrapped_lines_join() -> None:
    assert paragraphs("\n\nOne\nline.\r\n\t\r\n\r\nTwo.\n") == "One line.\n\nTwo."


def test_without_blank_lines_each_line_is_a_paragraph() -> None:
    assert paragraphs("One.\nTwo.\n") == "One.\n\nTwo."


@given(st.text())
def test_paragraphs_of_paragraphs_change_nothing(text: str) -> None:
    once = paragraphs(text)
    assert paragraphs(once) == once


@given(st.binary())
def test_any_bytes_are_an_article_or_a_bad_line(data: bytes) -> None:
    with suppress(BadLine):
        read_row(data)


ATOM = st.none() | st.booleans() | st.floats() | st.text(st.characters(codec=None))
NAMES = ("title", "text", "authors", "published_at")


@given(st.fixed_dictionaries({}, optional=dict.fromkeys(NAMES, ATOM | st.lists(ATOM, max_size=3))))
def test_any_values_are_an_article_or_a_bad_line(row: dict[str, object]) -> None:
    try:
        article = read_row(json.dumps({**row, "url": "https://a.example/"}).encode()).article
    except BadLine:
        return
    (article.title + article.text + "".join(article.authors)).encode()
