"""What a person merged or split stays so, whatever comes later."""

import pytest
from cleaned_pages import NOON
from sqlalchemy import Engine, select
from test_story_index import put, rows
from told_event import EVENT, FOLLOW_UP, LOOK_ALIKE, NEAR_COPY, ORIGINAL, REPORT, REPORT_AGAIN

from newscrawl.errors import NewscrawlError
from newscrawl.store import begin_read, begin_write
from newscrawl.store.story_record import merge_stories, split_story
from newscrawl.store.story_tables import stories, story_decisions


def test_a_merge_leaves_one_story_under_the_first_id(engine: Engine) -> None:
    put(engine, [ORIGINAL, LOOK_ALIKE])
    found = rows(engine)
    one, other = found["original"].story_id, found["look_alike"].story_id
    with begin_write(engine) as connection:
        assert merge_stories(connection, one, other, NOON) == one
    with begin_read(engine) as connection:
        records = {row.id: row for row in connection.execute(select(stories))}
        decision = connection.execute(select(story_decisions)).one()
    assert (records[one].article_count, records[other].merged_into_id) == (2, one)
    assert (decision.kind, decision.story_id, decision.other_story_id) == ("merge", one, other)
    assert rows(engine)["look_alike"].match_kind == "manual"


def test_later_articles_of_a_merged_story_go_where_it_went(engine: Engine) -> None:
    put(engine, [LOOK_ALIKE, ORIGINAL])
    found = rows(engine)
    with begin_write(engine) as connection:
        merge_stories(connection, found["look_alike"].story_id, found["original"].story_id, NOON)
    put(engine, [NEAR_COPY, REPORT])
    assert len({row.story_id for row in rows(engine).values()}) == 1


def test_a_split_keeps_the_old_id_on_the_side_of_the_canonical_article(engine: Engine) -> None:
    put(engine, EVENT)
    found = rows(engine)
    old = found["original"].story_id
    named = [found[t.key].id for t in (ORIGINAL, NEAR_COPY, REPORT, REPORT_AGAIN)]
    with begin_write(engine) as connection:
        new = split_story(connection, old, named, NOON)
    after = rows(engine)
    assert {after[t.key].story_id for t in (ORIGINAL, NEAR_COPY, REPORT, REPORT_AGAIN)} == {old}
    assert after["follow_up"].story_id == new
    assert after["follow_up"].relation == "original"


def test_later_articles_do_not_undo_a_split(engine: Engine) -> None:
    put(engine, [ORIGINAL, REPORT, FOLLOW_UP])
    found = rows(engine)
    with begin_write(engine) as connection:
        new = split_story(connection, found["original"].story_id, [found["report"].id], NOON)
    put(engine, [NEAR_COPY, REPORT_AGAIN, LOOK_ALIKE], one_by_one=True)
    after = rows(engine)
    assert after["report"].story_id == new
    assert after["original"].story_id == found["original"].story_id
    assert after["near_copy"].story_id == found["original"].story_id


def test_a_split_that_leaves_one_side_empty_is_refused(engine: Engine) -> None:
    put(engine, EVENT)
    found = rows(engine)
    story_id = found["original"].story_id
    with begin_write(engine) as connection:
        with pytest.raises(NewscrawlError, match="both sides"):
            split_story(connection, story_id, [row.id for row in found.values()], NOON)
        with pytest.raises(NewscrawlError, match="not in story"):
            split_story(connection, story_id, [10_000], NOON)
        with pytest.raises(NewscrawlError, match="no story 99"):
            merge_stories(connection, story_id, 99, NOON)
        with pytest.raises(NewscrawlError, match="one story already"):
            merge_stories(connection, story_id, story_id, NOON)
