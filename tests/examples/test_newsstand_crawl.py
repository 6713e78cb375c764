"""The whole road over real HTTP: five outlets' pages in, thirty articles and their stories out."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from subprocess import CompletedProcess

import pytest
from sqlalchemy import Engine, MetaData, Table, select

from examples.newsstand import NewsstandServer, load_newsstand, serve
from examples.newsstand.outcome import (
    Wanted,
    article_differences,
    crawl,
    story_differences,
    wanted_articles,
)
from newscrawl.store import open_engine

# Loopback needs no courtesy, and the test no patience; everything else is as shipped.
FAST = ("DOWNLOAD_DELAY=0.01", "AUTOTHROTTLE_ENABLED=False")
# A second crawl may note when it looked again; it may not touch what it knows.
LASTING = ("articles", "stories", "story_links", "removed_blocks", "raw_pages", "article_revisions")


@dataclass(frozen=True)
class Crawled:
    """What is left of a crawl of the newsstand."""

    server: NewsstandServer
    urls: tuple[str, ...]
    database_url: str
    engine: Engine
    run: CompletedProcess[str]
    requests: tuple[tuple[str, str, int], ...]

    @property
    def wanted(self) -> dict[str, Wanted]:
        return wanted_articles(self.server.newsstand, self.urls)


def rows_of(engine: Engine, name: str) -> list[str]:
    """Every row of a table as a digest, in an order that does not depend on the database."""
    table = Table(name, MetaData(), autoload_with=engine)
    with engine.connect() as connection:
        rows = connection.execute(select(table)).all()
    return sorted(hashlib.sha256(repr(tuple(row)).encode()).hexdigest() for row in rows)


@pytest.fixture(scope="module")
def crawled(module_database_url: str) -> Iterator[Crawled]:
    with serve(0, load_newsstand()) as server:
        run = crawl(server.urls, module_database_url, *FAST)
        assert run.returncode == 0, run.stderr[-3000:]
        engine = open_engine(module_database_url)
        yield Crawled(server, server.urls, module_database_url, engine, run, tuple(server.requests))
        engine.dispose()


def test_every_article_is_stored_with_its_exact_text_and_all_that_was_cut(crawled: Crawled) -> None:
    with crawled.engine.connect() as connection:
        assert list(article_differences(connection, crawled.wanted)) == []


def test_the_articles_of_an_event_are_one_story_and_no_other_article_is_in_it(crawled: Crawled) -> None:
    with crawled.engine.connect() as connection:
        assert list(story_differences(connection, crawled.wanted)) == []


def test_the_log_of_a_crawl_holds_no_warning(crawled: Crawled) -> None:
    lines = crawled.run.stderr.splitlines()
    assert [line for line in lines if "WARNING" in line or "ERROR" in line or "Traceback" in line] == []


def test_no_page_is_asked_for_twice_in_one_crawl(crawled: Crawled) -> None:
    asked = [url for url, _, _ in crawled.requests if not url.endswith("/robots.txt")]
    assert sorted(asked) == sorted(set(asked))


def test_what_robots_txt_closes_is_not_fetched(crawled: Crawled) -> None:
    asked = " ".join(url for url, _, _ in crawled.requests)
    assert "/news/print.php" not in asked
    assert "/search" not in asked


def test_a_second_crawl_changes_nothing_and_fetches_no_known_article(crawled: Crawled) -> None:
    before = {name: rows_of(crawled.engine, name) for name in LASTING}
    already = len(crawled.server.requests)
    again = crawl(crawled.urls, crawled.database_url, *FAST)
    assert again.returncode == 0, again.stderr[-3000:]
    fetched = [url for url, _, status in crawled.server.requests[already:] if status == 200]
    assert [url for url in fetched if url in crawled.wanted] == []
    assert {name: rows_of(crawled.engine, name) for name in LASTING} == before
