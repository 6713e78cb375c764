"""Articles are told from the other pages of a site by what they declare, their text and their links."""

from datetime import UTC, datetime

import pytest
from index_pages import IndexPage, index_pages, page

from newscrawl.clean import clean_page
from newscrawl.discover.article_pages import why_no_article
from newscrawl.model import ArticleStatus, Page, PageHints
from sites import article

ARTICLE_URLS = (
    "https://courier.example/2026/11/20/the-harbour-reopens",
    "https://courier.example/politics/the-harbour-of-velmora-reopens-4711",
    "https://courier.example/politics/harbour",
    "https://courier.example/?p=4711",
    "https://courier.example/news/story.php?id=4711",
)
LEAST_CAUGHT = 0.92
"""Share of the pages in `index_pages` that are told as such: 82 of 87 when this was written."""


def is_article(url: str, body: bytes, hints: PageHints | None = None) -> bool:
    fetched = Page(
        url=url,
        requested_url=url,
        http_status=200,
        body=body,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        hints=hints or PageHints(),
    )
    cleaned = clean_page(body, url)
    return cleaned.status == ArticleStatus.OK and why_no_article(cleaned, fetched) is None


@pytest.mark.parametrize("url", ARTICLE_URLS)
def test_an_article_is_one_whatever_its_url(url: str) -> None:
    related = tuple(f"/2026/11/19/another-headline-from-the-day-before-{n}" for n in range(12))
    assert is_article(url, article(7, related))


def test_a_short_item_that_a_feed_lists_is_an_article() -> None:
    text = "<p>The ferry to Ostby is back in service, the operator said on Friday. A fault in the ramp had "
    body = page("Ferry is back", f"<h1>Ferry is back</h1>{text}kept it in port for two days.</p>")
    assert is_article("https://courier.example/short/ferry-is-back", body, PageHints(is_listed=True))


def test_nearly_all_other_pages_are_told() -> None:
    taken: list[IndexPage] = [other for other in index_pages() if is_article(other.url, other.body)]
    count = sum(1 for _ in index_pages())
    assert 1 - len(taken) / count >= LEAST_CAUGHT, [other.kind for other in taken]


def test_no_front_page_is_an_article() -> None:
    assert not [other for other in index_pages() if other.url.endswith("/") and "front" in other.kind
                and is_article(other.url, other.body)]  # fmt: skip


def test_a_short_dated_report_beside_a_login_form_is_an_article() -> None:
    form = "<form><input name=u><input type=password name=p></form>"
    text = "<p>The ferry to Ostby is back in service, the operator said on Friday. A fault in the ramp had "
    body = page(
        "Ferry is back",
        f"{form}<h1>Ferry is back</h1><p>Published: 20 November 2026, 10:15</p>{text}kept it in port.</p>"
        + text * 3,
    )
    assert is_article("https://courier.example/2026/11/20/ferry-to-ostby-is-back", body)
