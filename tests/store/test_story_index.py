"""Stories in the database: what a crawl finds, in whatever order, ends as the same record."""

from collections.abc import Sequence
from datetime import timedelta
from itertools import permutations

import pytest
from cleaned_pages import NOON
from sqlalchemy import Engine, Row, func, select
from told_event import ALL, EVENT, FOLLOW_UP, LOOK_ALIKE, NEAR_COPY, ORIGINAL, REPORT, Telling, page_of

from newscrawl.store import begin_read, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.story_tables import stories, story_article_index, story_band_log, story_links

ORDERS = list(permutations(range(len(ALL))))[::37]


def put(engine: Engine, tellings: Sequence[Telling], *, one_by_one: bool = False, dated: bool = True) -> None:
    pages = [page_of(telling, dated=dated) for telling in tellings]
    for batch in [[page] for page in pages] if one_by_one else [pages]:
        write_batch(engine, batch, crawl_id=None, now=NOON)


def rows(engine: Engine) -> dict[str, Row]:
    """Telling's key -> the article's row."""
    by_title = {telling.title: telling.key for telling in ALL}
    with begin_read(engine) as connection:
        return {by_title[row.title]: row for row in connection.execute(select(articles))}


def test_five_outlets_make_one_story_with_each_relation(engine: Engine) -> None:
    put(engine, ALL)
    found = rows(engine)
    assert len({found[telling.key].story_id for telling in EVENT}) == 1
    assert found["look_alike"].story_id != found["original"].story_id
    assert {key: row.relation for key, row in found.items()} == {
        "original": "original",
        "near_copy": "near_copy",
        "report": "report",
        "report_again": "report",
        "follow_up": "follow_up",
        "look_alike": "original",
    }
    assert found["near_copy"].copy_of_id == found["original"].id


@pytest.mark.parametrize("order", ORDERS)
def test_the_order_of_arrival_changes_no_relation(sqlite_url: str, order: tuple[int, ...]) -> None:
    from newscrawl.store import open_engine

    engine = open_engine(sqlite_url)
    put(engine, [ALL[i] for i in order], one_by_one=True)
    found = rows(engine)
    engine.dispose()
    assert len({found[telling.key].story_id for telling in EVENT}) == 1
    assert found["look_alike"].story_id != found["original"].story_id
    assert found["near_copy"].copy_of_id == found["original"].id
    assert (found["original"].relation, found["follow_up"].relation) == ("original", "follow_up")
    assert (found["report"].relation, found["report_again"].relation) == ("report", "report")


def test_without_dates_a_text_that_points_back_is_no_original(engine: Engine) -> None:
    put(engine, [FOLLOW_UP, REPORT, ORIGINAL], one_by_one=True, dated=False)
    found = rows(engine)
    assert len({row.story_id for row in found.values()}) == 1
    assert found["follow_up"].relation == "follow_up"


def test_the_record_tells_counts_dates_and_the_canonical_article(engine: Engine) -> None:
    put(engine, ALL)
    found = rows(engine)
    with begin_read(engine) as connection:
        story = connection.execute(select(stories).where(stories.c.id == found["original"].story_id)).one()
    assert (story.article_count, story.site_count, story.languages) == (5, 5, ("en",))
    assert story.canonical_article_id == found["original"].id
    assert story.title == ORIGINAL.title
    assert (story.first_published_at, story.last_published_at) == (
        ORIGINAL.published_at,
        FOLLOW_UP.published_at,
    )


def test_a_better_canonical_article_takes_the_place_of_the_first(engine: Engine) -> None:
    put(engine, [NEAR_COPY])
    put(engine, [ORIGINAL])
    found = rows(engine)
    with begin_read(engine) as connection:
        canonical = connection.scalar(select(stories.c.canonical_article_id))
    assert canonical == found["original"].id
    assert found["near_copy"].copy_of_id == found["original"].id


def test_the_same_input_again_changes_nothing(engine: Engine) -> None:
    def state() -> list[tuple[object, ...]]:
        with begin_read(engine) as connection:
            tables = [(articles, articles.c.id), (stories, stories.c.id)]
            kept: list[tuple[object, ...]] = []
            for table, key in tables:
                columns = [c for c in table.c if c.name != "last_seen_at"]
                kept += map(tuple, connection.execute(select(*columns).order_by(key)))
            return kept

    put(engine, ALL)
    before = state()
    put(engine, ALL)
    put(engine, ALL, one_by_one=True)
    assert state() == before


def test_an_article_tells_how_it_was_matched(engine: Engine) -> None:
    put(engine, [ORIGINAL, NEAR_COPY, REPORT, LOOK_ALIKE])
    found = rows(engine)
    assert [found[t.key].match_kind for t in (ORIGINAL, NEAR_COPY, REPORT, LOOK_ALIKE)] == [
        "new",
        "near_copy",
        "same_event",
        "new",
    ]
    assert found["near_copy"].match_article_id == found["original"].id
    assert found["near_copy"].match_score > 0.38
    assert found["report"].match_article_id in (found["original"].id, found["near_copy"].id)


def test_a_changed_text_keeps_its_story_and_is_indexed_anew(engine: Engine) -> None:
    put(engine, EVENT)
    before = rows(engine)
    changed = Telling(**{**_fields(REPORT), "text": ORIGINAL.text + "\n\nNo word on the cause was given."})
    put(engine, [changed])
    after = rows(engine)
    assert after["report"].id == before["report"].id
    assert after["report"].story_id == before["report"].story_id
    with begin_read(engine) as connection:
        indexed = connection.scalar(select(func.count()).select_from(story_article_index))
        waiting = select(story_band_log.c.bands).where(story_band_log.c.article_id == after["report"].id)
        bands = connection.scalars(waiting).all()
    assert (indexed, [len(packed) for packed in bands]) == (5, [4 * 64])


def test_a_follow_up_weeks_later_is_a_story_of_its_own_linked_to_the_first(engine: Engine) -> None:
    later = Telling(
        "later",
        "fjordposten.example",
        "Kvalsund bridge reopens with new cables",
        "Cars and lorries of salmon rolled over the Kvalsund bridge again on Friday, five weeks after cracks "
        "in two suspension cables had closed it. Director Marit Solheim of the roads authority cut a ribbon "
        "with mayor Anders Lie.\n\nThe old ferries make their last crossing of the sound tonight. The plant "
        "at Repvik gave its workers the day off, and the islands' school buses drove in a row, horns "
        "blowing.",
        ORIGINAL.published_at + timedelta(days=35),
    )
    put(engine, [ORIGINAL, REPORT, LOOK_ALIKE])
    put(engine, [later])
    with begin_read(engine) as connection:
        link = connection.execute(select(story_links)).one()
        told = connection.execute(select(articles.c.title, articles.c.story_id)).all()
    story_of = {row.title: row.story_id for row in told}
    assert (link.from_story_id, link.to_story_id) == (story_of[later.title], story_of[ORIGINAL.title])
    assert link.kind == "follow_up"


def _fields(telling: Telling) -> dict[str, object]:
    return {name: getattr(telling, name) for name in telling.__dataclass_fields__}
