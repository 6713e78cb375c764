"""`scrapy crawl pages`, and what is told when a crawl cannot begin."""

from pathlib import Path

import pytest

from crawl_run import crawl, outcomes, stored
from sites import Site, article, front, respond


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


def test_pages_of_a_file_are_fetched_once_each(tmp_path: Path, database: str) -> None:
    site = Site({"/a/first-page": respond(article(1)), "/a/second-page": respond(article(2))})
    with site.serve():
        file = tmp_path / "urls.txt"
        file.write_text(
            f"# two pages\n{site.url}/a/first-page\n\n{site.url}/a/second-page\n"
            f"{site.url}/a/first-page?utm_source=x\n"
        )
        run = crawl("pages", database, file=str(file))
    assert run.status == 0
    assert len(stored(database)) == 2
    assert [len(site.hits(path)) for path in ("/a/first-page", "/a/second-page")] == [1, 1]


def test_a_front_page_is_no_article(database: str) -> None:
    with Site({"/": respond(front("/a", "/b"))}).serve() as site:
        run = crawl("pages", database, url=site.url)
        assert outcomes(database) == {f"{site.url}/": "not_article"} or "empty" in str(outcomes(database))
    assert run.status == 0
    assert stored(database) == []


def test_a_crawl_that_cannot_begin_is_one_clear_line(database: str) -> None:
    run = crawl("news", database, urls="https://example.com")
    assert run.status == 1
    assert run.log.splitlines() == [
        "scrapy crawl: the spider 'news' has no argument 'urls': did you mean 'url'?"
    ]


@pytest.mark.parametrize(
    "url", ["sqlite:////nowhere/at/all/news.db", "nonsense", "postgresql://127.0.0.1:1/none"]
)
def test_a_database_that_cannot_be_used_is_one_clear_line(url: str) -> None:
    run = crawl("pages", url, url="http://127.0.0.1:9/a")
    assert run.status == 1
    assert len(run.log.strip().splitlines()) == 1
    assert "Traceback" not in run.log
