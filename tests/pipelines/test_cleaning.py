"""What the workers do with a page: gaps are filled from hints, pages that are no articles are told."""

from datetime import UTC, datetime, timedelta, timezone

from newscrawl.model import ArticleStatus, Page, PageHints
from newscrawl.pipelines.cleaning_worker import better_date, clean_candidate
from newscrawl.pipelines.header_directives import with_header_directives
from newscrawl.pipelines.validate import judged
from sites import article, front

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MIDNIGHT = datetime(2026, 11, 20, tzinfo=UTC)


def page(body: bytes, url: str, hints: PageHints | None = None) -> Page:
    return Page(
        url=url,
        requested_url=url,
        http_status=200,
        body=body,
        fetched_at=NOON,
        encoding="utf-8",
        hints=hints or PageHints(),
    )


def test_an_article_has_a_fingerprint_and_passes() -> None:
    cleaned = judged(clean_candidate(page(article(1), "https://example.com/2026/11/20/a-good-page")))
    assert cleaned.article.status == ArticleStatus.OK
    assert cleaned.fingerprint is not None
    assert "town council" in cleaned.article.text


def test_a_hint_fills_a_gap() -> None:
    hints = PageHints(published_at=NOON, authors=("Ada Example",), language="en")
    cleaned = judged(clean_candidate(page(article(1), "https://example.com/news/a-good-page", hints)))
    assert cleaned.article.published_at == NOON
    assert cleaned.article.authors == ("Ada Example",)


def test_what_a_feed_names_beside_people_is_a_credit() -> None:
    hints = PageHints(authors=("News Desk", "By Ada Example, Senior Reporter", "admin@example.com"))
    cleaned = judged(clean_candidate(page(article(1), "https://example.com/news/a-good-page", hints)))
    assert (cleaned.article.authors, cleaned.article.credits) == (("Ada Example",), ("News Desk",))


def test_an_index_page_is_no_article() -> None:
    links = tuple(f"/2026/11/20/story-number-{n}-of-the-day" for n in range(30))
    cleaned = judged(clean_candidate(page(front(*links), "https://example.com/politics/")))
    assert cleaned.article.status in (ArticleStatus.NOT_ARTICLE, ArticleStatus.EMPTY)
    assert cleaned.article.text == ""
    assert cleaned.fingerprint is None


def test_a_front_page_is_no_article_whatever_it_declares() -> None:
    cleaned = judged(clean_candidate(page(article(1), "https://example.com/")))
    assert cleaned.article.status == ArticleStatus.NOT_ARTICLE
    assert "page:front-page" in cleaned.article.notes


def test_a_login_page_is_no_article() -> None:
    body = b"<title>Log in</title><h1>Please log in</h1><p>Enter your name and your password to read on, or "
    body += b"ask us for a new one. We never share your address with anyone.</p><input type='password'>"
    cleaned = judged(clean_candidate(page(body, "https://example.com/news/2026/members-only-page")))
    assert cleaned.article.status in (ArticleStatus.NOT_ARTICLE, ArticleStatus.EMPTY)


def test_a_day_without_a_time_takes_the_feeds_time_of_that_day() -> None:
    assert better_date(MIDNIGHT, NOON) == NOON
    assert better_date(MIDNIGHT, NOON + timedelta(days=3)) == MIDNIGHT
    assert better_date(NOON, MIDNIGHT + timedelta(hours=9)) == NOON
    in_tokyo = datetime(2026, 11, 20, tzinfo=timezone(timedelta(hours=9)))
    assert better_date(in_tokyo, NOON) == NOON
    assert better_date(None, NOON) == NOON
    assert better_date(NOON, None) == NOON


def test_directives_in_headers_count_unless_they_are_for_another_crawler() -> None:
    cleaned = clean_candidate(page(article(1), "https://example.com/2026/11/20/a-good-page")).cleaned.article
    headers = (
        ("x-robots-tag", "NoArchive, max-snippet: 0"),
        ("x-robots-tag", "googlebot: noindex"),
        ("x-robots-tag", "newscrawl: noai"),
        ("tdm-reservation", "1"),
        ("server", "x"),
    )
    found = with_header_directives(cleaned, headers).robots
    assert set(found) - set(cleaned.robots) == {"noarchive", "max-snippet: 0", "noai", "tdm-reservation"}


def test_none_is_spelt_out_and_a_header_beats_the_sites_file() -> None:
    cleaned = clean_candidate(page(article(1), "https://example.com/2026/11/20/a-good-page")).cleaned.article
    assert {"noindex", "nofollow"} <= set(with_header_directives(cleaned, (("x-robots-tag", "none"),)).robots)
    assert "tdm-reservation" in with_header_directives(cleaned, (("tdmrep.json", "1"),)).robots
    both = (("tdm-reservation", "0"), ("tdmrep.json", "1"))
    assert "tdm-reservation" not in with_header_directives(cleaned, both).robots
