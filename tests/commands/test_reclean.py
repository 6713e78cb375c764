"""`scrapy reclean` and `scrapy boilerplate`, as they are typed."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select, update

import site_memory_texts as texts
from command_run import Scrapy
from newscrawl.clean import CLEANER_VERSION, clean_page
from newscrawl.model import CleanedPage, Page
from newscrawl.store import open_engine, write_batch
from newscrawl.store.tables import article_revisions, articles

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def html(title: str, paragraphs: tuple[str, ...]) -> bytes:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    head = f"<head><meta charset=utf-8><title>{title}</title></head>"
    return f"<html lang=en>{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


@pytest.fixture
def database(sqlite_url: str) -> str:
    """Four pages as an older cleaner left them: each text ends with a line too many."""
    engine = open_engine(sqlite_url)
    batch = []
    for number, (title, paragraphs) in enumerate(texts.ARTICLES[:4]):
        url = f"https://fellpost.example/2026/{number}"
        page = Page(
            url=url,
            requested_url=url,
            http_status=200,
            body=html(title, texts.framed(paragraphs)),
            fetched_at=NOW,
        )
        article = clean_page(page.body, url)
        assert article.paragraphs
        old = replace(article, cleaner_version="0", text=f"{article.text}\n\nShare post {number}", removed=())
        batch.append(CleanedPage(page=page, article=old, fingerprint=None))
    write_batch(engine, batch, crawl_id=None, now=NOW)
    engine.dispose()
    return sqlite_url


def test_a_dry_run_shows_gain_and_loss_and_writes_nothing(scrapy: Scrapy, database: str) -> None:
    done = scrapy("reclean", "--dry-run", "--json", database=database)
    assert done.status == 0, done.err
    [site] = [json.loads(line) for line in done.out.splitlines()]
    assert (site["site"], site["articles"], site["changed"]) == ("fellpost.example", 4, 4)
    assert site["lost_words"] == 4 * 3
    engine = open_engine(database)
    with engine.connect() as connection:
        assert set(connection.scalars(select(articles.c.cleaner_version))) == {"0"}


def test_reclean_writes_what_it_showed_and_then_has_nothing_to_do(scrapy: Scrapy, database: str) -> None:
    done = scrapy("reclean", database=database)
    assert done.status == 0, done.err
    assert "4 articles written, 4 texts changed" in done.out
    engine = open_engine(database)
    with engine.connect() as connection:
        assert set(connection.scalars(select(articles.c.cleaner_version))) == {CLEANER_VERSION}
        assert not any("Share post" in text for text in connection.scalars(select(articles.c.text)))
        assert connection.scalar(select(func.count()).select_from(article_revisions)) == 4
    again = scrapy("reclean", database=database)
    assert again.status == 0, again.err
    assert "agrees with its site's memory" in again.out


def test_a_word_on_a_block_reaches_the_stored_articles(scrapy: Scrapy, database: str) -> None:
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.execute(update(articles).values(cleaner_version=CLEANER_VERSION))
    assert "agrees" in scrapy("reclean", "--site", "fellpost.example", database=database).out
    done = scrapy(
        "boilerplate", "deny", "--site", "fellpost.example", texts.ARTICLES[0][1][1], database=database
    )
    assert done.status == 0, done.err
    assert "fellpost.example: 1 stored articles changed" in done.out
    listed = scrapy("boilerplate", "list", "--state", "denied", "--json", database=database)
    [block] = [json.loads(line) for line in listed.out.splitlines()]
    back = scrapy("boilerplate", "allow", str(block["id"]), "--note", "ours", database=database)
    assert "1 stored articles changed" in back.out


def test_wrong_words_are_told_in_one_line(scrapy: Scrapy, database: str) -> None:
    for words, said in (
        (("boilerplate", "allow", "twelve"), "is no id"),
        (("boilerplate", "allow", "12"), "there is no block 12"),
        (("reclean", "--workers", "0"), "--workers must be 1 or more"),
        (("reclean", "now"), "unexpected argument"),
    ):
        done = scrapy(*words, database=database)
        assert done.status in (1, 2)
        assert said in done.err
        assert len(done.err.strip().splitlines()) == 1


def test_a_site_that_nobody_knows_is_an_error(scrapy: Scrapy, database: str) -> None:
    done = scrapy("reclean", "--site", "pots.example", database=database)
    assert (done.status, done.out) == (1, "")
    assert "no site 'pots.example' is known here" in done.err
