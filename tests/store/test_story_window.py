"""Old stories cost nothing more and match no new event, yet a copy of an old article is still told as one."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cleaned_pages import NOON
from sqlalchemy import Engine, func, select, text
from told_event import NEAR_COPY, ORIGINAL, REPORT, page_of

from benchmarks.stories.newsroom import Newsroom
from newscrawl.store import begin_read, open_engine, story_bands, story_window, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.story_tables import story_article_index, story_postings, story_vectors

YEARS = timedelta(days=2 * 365)
BATCH = 20
MOST_OLD_BYTES = 2_500
"""Bytes of an article out of the window, with the room that stays free on its page; 4,500 of one within."""


@pytest.fixture
def small_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if a hundred thousand articles came every hundred."""
    monkeypatch.setattr(story_window, "WINDOW_ARTICLES", 100)
    monkeypatch.setattr(story_window, "TRIMMED_AT_ONCE", 25)
    monkeypatch.setattr(story_window, "POSTINGS_EVERY", 50)
    monkeypatch.setattr(story_bands, "MOST_WAITING", 40)


def two_years_later(engine: Engine) -> None:
    """Write the event, and 200 articles on others after it."""
    write_batch(engine, [page_of(ORIGINAL)], crawl_id=None, now=NOON)
    pages = list(Newsroom().articles(200))
    for start in range(0, len(pages), BATCH):
        write_batch(engine, pages[start : start + BATCH], crawl_id=None, now=NOON)


@pytest.mark.usefixtures("small_window")
def test_an_article_out_of_the_window_keeps_only_what_a_copy_is_found_by(engine: Engine) -> None:
    two_years_later(engine)
    with begin_read(engine) as connection:
        old = connection.execute(
            select(story_article_index).where(story_article_index.c.article_id == 1)
        ).one()
        in_tree = connection.scalar(
            select(func.count())
            .select_from(story_bands.story_bands)
            .where(story_bands.story_bands.c.article_id == 1)
        )
        weighed = connection.scalar(
            select(func.count())
            .select_from(story_article_index)
            .where(story_article_index.c.terms.is_not(None))
        )
        oldest = [
            connection.scalar(select(func.min(table.c.newest_article_id)))
            for table in (story_vectors, story_postings)
        ]
    assert (old.terms, len(old.bands), in_tree) == (None, 4 * 16, 16)
    assert weighed is not None and 100 <= weighed < 125 + BATCH
    assert min(oldest) > 25


@pytest.mark.usefixtures("small_window")
def test_on_sqlite_the_room_of_articles_out_of_the_window_is_used_again(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(story_window, "WINDOW_ARTICLES", 5)
    engine = open_engine(sqlite_url)
    two_years_later(engine)
    size = text("SELECT sum(pgsize) FROM dbstat WHERE name = 'story_article_index'")
    with begin_read(engine) as connection:
        assert (connection.scalar(size) or 0) < 200 * MOST_OLD_BYTES
    engine.dispose()


@pytest.mark.usefixtures("small_window")
def test_a_copy_of_a_two_year_old_article_is_recognised(engine: Engine) -> None:
    two_years_later(engine)
    copy = replace(NEAR_COPY, published_at=ORIGINAL.published_at + YEARS)
    written = write_batch(engine, [page_of(copy)], crawl_id=None, now=NOON)
    with begin_read(engine) as connection:
        row = connection.execute(select(articles).where(articles.c.id == written.pages[0].article_id)).one()
        story_id = connection.scalar(select(articles.c.story_id).where(articles.c.id == 1))
    assert (row.relation, row.copy_of_id, row.story_id) == ("near_copy", 1, story_id)
    assert row.match_kind == "near_copy"


@pytest.mark.usefixtures("small_window")
def test_a_report_of_a_like_event_two_years_later_is_a_story_of_its_own(engine: Engine) -> None:
    two_years_later(engine)
    report = replace(REPORT, published_at=REPORT.published_at + YEARS)
    written = write_batch(engine, [page_of(report)], crawl_id=None, now=NOON)
    with begin_read(engine) as connection:
        story_ids = connection.scalars(
            select(articles.c.story_id).where(articles.c.id.in_([1, written.pages[0].article_id]))
        ).all()
    assert len(set(story_ids)) == 2
