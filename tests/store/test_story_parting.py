"""A story that turned out to be two, in the database: ids, relations, and what is on record."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cleaned_pages import NOON
from sqlalchemy import Engine, select
from told_event import Telling, page_of

from newscrawl.store import begin_read, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.story_tables import stories, story_decisions

MONDAY = datetime(2025, 6, 2, 8, tzinfo=UTC)
QUAKES = {
    "north": (
        ("Earthquake of 5.8 damages houses in Tarvik",
         "An earthquake of magnitude 5.8 damaged some forty houses in Tarvik on Monday, the "
         "geological survey said. The school in the old cannery lost its chimney, and the slate "
         "quarry was shut. Nobody was hurt. Mayor Berit Hol asked people to stay away from the "
         "harbour wall, which has cracked."),
        ("Tarvik: school and slate quarry shut after quake",
         "Tarvik shut its school and the slate quarry after Monday's earthquake cracked the harbour"
         " wall and forty houses. Mayor Berit Hol said classes would move to the fishermen's hall. "
         "The chimney of the old cannery, where the school is, fell into the yard minutes before "
         "the break."),
        ("Harbour wall of Tarvik cracked by earthquake, says mayor",
         "The harbour wall of Tarvik will have to be rebuilt, mayor Berit Hol said after Monday's "
         "earthquake. Forty houses have cracks, the slate quarry is shut, and the school in the old"
         " cannery lost its chimney. The fishermen's hall takes the pupils in."),
    ),
    "south": (
        ("Earthquake of 5.6 damages houses in Osmark",
         "An earthquake of magnitude 5.6 damaged houses in Osmark on Monday, the geological survey "
         "said. Nobody was hurt. The bell of the abbey fell through its roof, and the cheese dairy "
         "lost a year's stock when the shelves in its cellar gave way."),
        ("Abbey bell falls through roof in Osmark",
         "The bell of Osmark's abbey fell through the roof in Monday's earthquake. Abbot Lukas "
         "Brenner said the monks were in the garden. The cheese dairy next door lost a year's "
         "stock: shelves in its cellar gave way and four thousand wheels are crushed."),
        ("Osmark dairy loses four thousand cheeses to quake",
         "Four thousand wheels of cheese were crushed in the cellar of Osmark's dairy when Monday's"
         " earthquake brought the shelves down. Next door the bell fell through the abbey's roof. "
         "Abbot Lukas Brenner offered the dairy the monks' cellar."),
    ),
}  # fmt: skip


def tellings() -> list[Telling]:
    """One report of each in turn."""
    return [
        Telling(f"{place}{number}", f"{place}{number}.example", title, text, MONDAY.replace(hour=8 + number))
        for number in range(3)
        for place in ("north", "south")
        for title, text in [QUAKES[place][number]]
    ]


@pytest.mark.parametrize("one_by_one", [True, False])
def test_two_quakes_of_one_day_part_and_the_parting_is_on_record(engine: Engine, one_by_one: bool) -> None:
    pages = [page_of(telling) for telling in tellings()]
    for batch in [[page] for page in pages] if one_by_one else [pages]:
        write_batch(engine, batch, crawl_id=None, now=NOON)
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles.c.site, articles.c.story_id, articles.c.relation)).all()
        records = {row.id: row for row in connection.execute(select(stories))}
        decisions = connection.execute(select(story_decisions)).all()
    north = {row.story_id for row in rows if row.site.startswith("north")}
    south = {row.story_id for row in rows if row.site.startswith("south")}
    assert len(north) == len(south) == 1
    assert north != south
    for story_id in (*north, *south):
        assert (records[story_id].article_count, records[story_id].merged_into_id) == (3, None)
        assert sorted(row.relation for row in rows if row.story_id == story_id)[0] == "original"
    if one_by_one:
        (parting,) = [row for row in decisions if row.kind == "repair_split"]
        assert {parting.story_id, parting.other_story_id} == north | south
        assert 0 < parting.score < 0.26


def test_the_canonical_articles_side_keeps_the_id(engine: Engine) -> None:
    # The earliest article is of the north; behind a paywall, it does not stand for the story.
    for telling in tellings():
        page = page_of(telling)
        hidden = replace(page.article, paywalled=telling.site.startswith("north"))
        write_batch(engine, [replace(page, article=hidden)], crawl_id=None, now=NOON)
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles.c.site, articles.c.story_id)).all()
        query = select(story_decisions).where(story_decisions.c.kind == "repair_split")
        (parting,) = connection.execute(query).all()
    assert {row.story_id for row in rows if row.site.startswith("south")} == {parting.other_story_id}
    assert {row.story_id for row in rows if row.site.startswith("north")} == {parting.story_id}
