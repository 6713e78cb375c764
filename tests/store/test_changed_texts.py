"""Articles whose text changes (a revision, `reclean`, memory) are decided anew; people's decisions stay."""

from dataclasses import replace

import pytest
from cleaned_pages import NOON
from sqlalchemy import Connection, Engine, select
from test_story_index import put, rows
from told_event import EVENT, LOOK_ALIKE, NEAR_COPY, ORIGINAL, REPORT, REPORT_AGAIN, Telling, page_of

from newscrawl.clean.site_memory import CutText
from newscrawl.store import begin_read, begin_write
from newscrawl.store.article_rows import Change, prepare_page
from newscrawl.store.article_tables import articles
from newscrawl.store.article_writes import rewrite_articles
from newscrawl.store.site_memory_correct import write_texts
from newscrawl.store.site_memory_rows import load_articles
from newscrawl.store.story_record import merge_stories, split_story
from newscrawl.store.story_tables import stories, story_article_index
from newscrawl.stories import fingerprint_article

BAKERS = (
    "The bakers of Holm have agreed to open on Sundays again. A loaf of rye will cost ten crowns more, said "
    "Grete Moe of the guild, since the mill at Sandvik raised the price of flour twice this spring. The "
    "oldest oven in town, in Kirkegata, stays cold: its owner retires in August after fifty years of work."
)


def with_text(telling: Telling, text: str) -> Telling:
    return replace(telling, text=text)


def story_rows(engine: Engine) -> dict[int, tuple[int, int, int | None]]:
    with begin_read(engine) as connection:
        found = connection.execute(select(stories)).all()
    return {row.id: (row.article_count, row.source_count, row.merged_into_id) for row in found}


def test_a_copy_that_was_rewritten_is_a_copy_no_more(engine: Engine) -> None:
    put(engine, [ORIGINAL, NEAR_COPY, REPORT])
    assert rows(engine)["near_copy"].relation == "near_copy"
    put(engine, [with_text(NEAR_COPY, REPORT_AGAIN.text)])
    found = rows(engine)
    assert (found["near_copy"].relation, found["near_copy"].copy_of_id) == ("report", None)
    assert found["near_copy"].match_kind == "same_event"
    assert len({row.story_id for row in found.values()}) == 1
    assert story_rows(engine)[found["original"].story_id][:2] == (3, 3)


def test_a_report_that_takes_a_text_over_becomes_its_copy(engine: Engine) -> None:
    put(engine, [ORIGINAL, REPORT])
    put(engine, [with_text(REPORT, ORIGINAL.text)])
    report = rows(engine)["report"]
    assert (report.relation, report.copy_of_id) == ("copy", rows(engine)["original"].id)
    assert (report.match_kind, report.match_score) == ("text_hash", 1.0)


def test_copies_of_a_text_that_changed_still_copy_one_another(engine: Engine) -> None:
    third = replace(ORIGINAL, key="third", site="third.example", title=REPORT_AGAIN.title)
    put(engine, [ORIGINAL, NEAR_COPY, third])
    put(engine, [with_text(ORIGINAL, REPORT.text)])
    found = rows(engine)
    assert found["original"].copy_of_id is None
    # `third` was published first of the two.
    assert found["near_copy"].copy_of_id == found["report_again"].id
    assert found["report_again"].copy_of_id is None


def test_an_article_that_tells_another_event_now_leaves(engine: Engine) -> None:
    put(engine, [*EVENT, LOOK_ALIKE])
    before = rows(engine)
    put(engine, [with_text(REPORT_AGAIN, LOOK_ALIKE.text)])
    after = rows(engine)
    assert after["original"].story_id == before["original"].story_id
    assert after["report_again"].story_id == before["look_alike"].story_id
    # Published earlier, it is what the other copies.
    assert after["look_alike"].copy_of_id == after["report_again"].id
    put(engine, [replace(REPORT, title="Bread on Sundays", text=BAKERS)])
    with begin_read(engine) as connection:
        here = articles.c.id == before["report"].id
        gone_to = connection.scalar(select(articles.c.story_id).where(here))
    assert story_rows(engine)[gone_to] == (1, 1, None)
    assert sum(count for count, _, _ in story_rows(engine).values()) == 6


def test_a_story_of_one_goes_where_its_new_text_belongs(engine: Engine) -> None:
    put(engine, [replace(NEAR_COPY, title=LOOK_ALIKE.title, text=BAKERS), REPORT_AGAIN])
    alone = rows(engine)["look_alike"].story_id
    put(engine, [ORIGINAL])
    home = rows(engine)["original"].story_id
    assert alone != home
    put(engine, [NEAR_COPY])
    found = rows(engine)
    assert found["near_copy"].story_id == found["original"].story_id == min(alone, home)
    assert found["near_copy"].copy_of_id == found["original"].id
    assert story_rows(engine)[max(alone, home)] == (0, 0, min(alone, home))


def corrected(connection: Connection, article_id: int, text: str) -> None:
    """What site memory does to a stored text."""
    (article,) = load_articles(connection, [article_id], all_blocks=True).values()
    write_texts(connection, [(article, CutText(tuple(text.split("\n\n")), article.removed))], NOON)


def recleaned(connection: Connection, article_id: int, telling: Telling) -> None:
    """What `scrapy reclean` does."""
    page = prepare_page(0, page_of(telling), crawl_id=None, keep_raw=False)
    assert rewrite_articles(connection, {article_id: page}, NOON) == {article_id: Change.TEXT}


@pytest.mark.parametrize("road", ["memory", "reclean"])
def test_memory_and_reclean_decide_in_their_transaction(engine: Engine, road: str) -> None:
    # Half of each page was the same "Most read": that alone made the report a near-copy.
    promotion = f"\n\n{BAKERS}\n\n{LOOK_ALIKE.text}"
    put(engine, [with_text(ORIGINAL, ORIGINAL.text + promotion)])
    put(engine, [with_text(REPORT, REPORT.text + promotion)])
    before = rows(engine)
    assert before["report"].relation == "near_copy"
    with begin_write(engine) as connection:
        for telling in (ORIGINAL, REPORT):
            if road == "memory":
                corrected(connection, before[telling.key].id, telling.text)
            else:
                recleaned(connection, before[telling.key].id, telling)
    after = rows(engine)
    assert (after["report"].relation, after["report"].copy_of_id) == ("report", None)
    assert after["report"].match_kind == "same_event"
    assert after["report"].story_id == before["original"].story_id
    with begin_read(engine) as connection:
        query = select(story_article_index.c.text_hash).where(
            story_article_index.c.article_id == after["report"].id
        )
        assert connection.scalar(query) == fingerprint_article(REPORT.title, REPORT.text, "en").text_hash


def test_what_a_person_decided_stays_whatever_the_text_says(engine: Engine) -> None:
    put(engine, [ORIGINAL, REPORT, LOOK_ALIKE])
    found = rows(engine)
    with begin_write(engine) as connection:
        apart = split_story(connection, found["original"].story_id, [found["report"].id], NOON)
        other = merge_stories(connection, apart, found["look_alike"].story_id, NOON)
    put(engine, [with_text(REPORT, ORIGINAL.text), with_text(LOOK_ALIKE, BAKERS)])
    after = rows(engine)
    assert after["report"].story_id == after["look_alike"].story_id == other
    assert after["original"].story_id == found["original"].story_id
    assert {row.match_kind for row in after.values()} == {"manual"}
    assert after["report"].copy_of_id is None


def test_the_same_changed_text_twice_changes_nothing(engine: Engine) -> None:
    put(engine, EVENT)
    changed = with_text(NEAR_COPY, REPORT_AGAIN.text)
    put(engine, [changed])
    before = rows(engine)
    put(engine, [changed])
    assert rows(engine) == before
