"""Wire texts in the database: whose text each article is, and how many independent sources a story has."""

from dataclasses import replace
from datetime import timedelta

from cleaned_pages import NOON
from sqlalchemy import Engine, select, text
from test_story_index import put, rows
from told_event import NEAR_COPY, ORIGINAL, REPORT, REPORT_AGAIN, Telling, page_of

from newscrawl.model import CleanedPage
from newscrawl.store import begin_read, write_batch
from newscrawl.store.story_tables import stories


def credited(telling: Telling, *credits: str) -> CleanedPage:
    page = page_of(telling)
    return replace(page, article=replace(page.article, credits=credits))


def write(engine: Engine, *pages: CleanedPage) -> None:
    write_batch(engine, pages, crawl_id=None, now=NOON)


def source_count(engine: Engine) -> int:
    with begin_read(engine) as connection:
        (count,) = connection.scalars(select(stories.c.source_count).where(stories.c.article_count > 0))
    return count


def test_one_agencys_text_on_several_sites_is_one_source(engine: Engine) -> None:
    # The copy names nobody, and the second report is rewritten from the same agency.
    write(engine, credited(ORIGINAL, "AFP"), page_of(NEAR_COPY), page_of(REPORT))
    write(engine, credited(REPORT_AGAIN, "Von AFP"))
    found = rows(engine)
    assert {key: (row.agency, row.source) for key, row in found.items()} == {
        "original": ("AFP", "AFP"),
        "near_copy": (None, "AFP"),
        "report": (None, "nordherald.example"),
        "report_again": ("AFP", "AFP"),
    }
    assert source_count(engine) == 2
    with begin_read(engine) as connection:
        view = text("SELECT source, is_agency, article_count, site_count FROM story_sources ORDER BY source")
        assert connection.execute(view).all() == [("AFP", 1, 3, 3), ("nordherald.example", 0, 1, 1)]


def test_the_credit_of_a_later_copy_speaks_for_the_text(engine: Engine) -> None:
    put(engine, [ORIGINAL, REPORT])
    assert source_count(engine) == 2
    write(engine, credited(NEAR_COPY, "The Associated Press"))
    assert rows(engine)["original"].source == "AP"
    assert rows(engine)["report"].source == "nordherald.example"


def test_the_agencys_own_page_is_the_original_whenever_it_comes(engine: Engine) -> None:
    own = replace(ORIGINAL, site="reuters.com", published_at=NEAR_COPY.published_at + timedelta(minutes=5))
    put(engine, [NEAR_COPY, REPORT, own], one_by_one=True)
    found = rows(engine)
    assert found["near_copy"].copy_of_id == found["original"].id
    assert {found["near_copy"].source, found["original"].source} == {"Reuters"}


def test_a_credit_that_comes_later_changes_the_storys_sources(engine: Engine) -> None:
    put(engine, [ORIGINAL, REPORT])
    write(engine, credited(REPORT, "AFP"))
    assert rows(engine)["report"].source == "AFP"
    # A second look that names nobody takes no credit away.
    write(engine, page_of(REPORT))
    assert rows(engine)["report"].agency == "AFP"
