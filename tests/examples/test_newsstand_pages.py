"""Each page of the newsstand, cleaned without a crawl: a failure names the page and each text."""

import json

import pytest

from examples.newsstand import Article, load_newsstand
from examples.newsstand.check import metadata_differences, removal_differences, text_differences
from examples.newsstand.expected import BASE, expected_of, expected_path
from examples.newsstand.site import Site
from newscrawl.clean import clean_page
from newscrawl.model import ArticleStatus

NEWSSTAND = load_newsstand()
PAGES = [
    pytest.param(site, article, id=article.key)
    for site in NEWSSTAND.sites
    for article in site.outlet.articles
]


def cleaned(site: Site, article: Article):
    base = BASE.format(site.outlet.key)
    path = site.path_of(article)
    body = site.resource(path, base).body
    return site.article_page(article, base), clean_page(body, base + path, encoding=site.outlet.charset)


@pytest.mark.parametrize(("site", "article"), PAGES)
def test_the_text_is_exactly_the_paragraphs(site: Site, article: Article) -> None:
    page, result = cleaned(site, article)
    assert result.status is ArticleStatus.OK
    assert text_differences(page.paragraphs, result.paragraphs) == []


@pytest.mark.parametrize(("site", "article"), PAGES)
def test_every_other_text_is_on_record_with_its_kind(site: Site, article: Article) -> None:
    page, result = cleaned(site, article)
    assert removal_differences(page.removed, result.removed) == []
    assert all(block.rule for block in result.removed)


@pytest.mark.parametrize(("site", "article"), PAGES)
def test_the_metadata_is_the_pages(site: Site, article: Article) -> None:
    _, result = cleaned(site, article)
    wrong = metadata_differences(
        result,
        title=article.title,
        authors=article.authors,
        published_at=article.published,
        language=site.outlet.language,
    )
    assert wrong == []
    assert result.paywalled == article.paywalled


@pytest.mark.parametrize(("site", "article"), PAGES)
def test_the_expected_data_beside_the_text_is_what_the_page_shows(site: Site, article: Article) -> None:
    """Where this fails after a change of a text or theme: python -m examples.newsstand --write-expected."""
    written = json.loads(expected_path(article).read_text(encoding="utf-8"))
    assert written == expected_of(site, article)
