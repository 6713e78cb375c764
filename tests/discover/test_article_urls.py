"""What a URL looks like, before anything is fetched. The shapes are those of common content systems."""

import pytest

from newscrawl.discover import UrlKind, judge_url
from newscrawl.discover.article_urls import date_in_url

ARTICLES = (
    "https://example.com/2026/03/04/council-votes-for-a-new-bridge/",
    "https://example.com/2026/mar/04/council-votes",
    "https://example.com/news/world-europe-68472931",
    "https://example.com/politik/ausland/stadtrat-stimmt-fuer-neue-bruecke-a-1234567.html",
    "https://example.com/politica/2026-03-04/el-ayuntamiento-aprueba-el-puente_4123456.html",
    "https://example.com/?p=48213",
    "https://example.com/news/story.php?id=2168",
    "https://example.com/article/council-votes-for-a-new-bridge",
    "https://example.com/world/storm-hits-west-coast-n55431.html",
    "https://example.com/climate/peat-bogs-carbon-11c20e",
    "https://example.com/3847261",
    "https://example.com/a/b/c/20260304-council.html",
)
SECTIONS = (
    "https://example.com/",
    "https://example.com/index.html",
    "https://example.com/politics/",
    "https://example.com/category/sport/football/",
    "https://example.com/news/local",
    "https://example.com/2026/03/",
    "https://example.com/politics?page=3",
    "https://example.com/politics/page/12/",
    "https://example.com/topics/bridges",
)
OTHERS = (
    "https://example.com/tag/bridges/",
    "https://example.com/author/ada-example/",
    "https://example.com/login?next=/2026/03/04/council-votes-for-a-new-bridge",
    "https://example.com/search?q=bridge",
    "https://example.com/2026/03/04/council-votes/bridge.jpg",
    "https://example.com/video/bridge-from-above",
    "https://example.com/datenschutz/",
    "https://example.com/feed.xml",
    "https://example.com/impressum",
)


@pytest.mark.parametrize("url", ARTICLES)
def test_articles_are_fetched(url: str) -> None:
    assert judge_url(url).kind in (UrlKind.ARTICLE, UrlKind.MAYBE)


@pytest.mark.parametrize("url", SECTIONS)
def test_sections_are_read_for_links(url: str) -> None:
    assert judge_url(url).kind == UrlKind.SECTION


@pytest.mark.parametrize("url", OTHERS)
def test_other_pages_are_left_alone(url: str) -> None:
    assert judge_url(url).kind == UrlKind.OTHER


def test_a_headline_makes_a_short_name_an_article() -> None:
    url = "https://example.com/politics/new-bridge"
    assert judge_url(url).kind == UrlKind.SECTION
    assert judge_url(url, "Council votes for a new bridge across the river").kind == UrlKind.MAYBE
    assert judge_url("https://example.com/a/bridge", "議会は川に架かる新しい橋の建設を承認した").score > 0


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.com/2026/03/04/a", "2026-03-04"),
        ("https://example.com/news/2026-03-04-council", "2026-03-04"),
        ("https://example.com/20260304/a", "2026-03-04"),
        ("https://example.com/2026/03/a", "2026-03-01"),
        ("https://example.com/2026/02/31/a", None),
        ("https://example.com/a", None),
    ],
)
def test_the_day_in_a_path_is_read(url: str, day: str | None) -> None:
    found = date_in_url(url)
    assert (found.date().isoformat() if found else None) == day
