"""docs/schema.md tells every table, column and view, and its queries run as they are on both databases."""

import re
from pathlib import Path

import pytest
from cleaned_pages import BAKERS, FERRY, NOON, block, cleaned, store, text_of
from sqlalchemy import Engine, inspect, text

from newscrawl.store import FetchRecord, begin_read, begin_write, record_fetches
from newscrawl.store.tables import metadata
from newscrawl.store.views import VIEWS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "schema.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"```sql ?(sqlite|postgres)?\n(.*?)```", PAGE, re.DOTALL)


def documented_columns(table: str) -> list[str]:
    heading = re.search(rf"^###+ `{table}`$(.*?)(?=^#|\Z)", PAGE, re.DOTALL | re.MULTILINE)
    assert heading, f"docs/schema.md has no section on {table}"
    return re.findall(r"^\| `(\w+)` \|", heading[1], re.MULTILINE)


@pytest.mark.parametrize("table", sorted(metadata.tables))
def test_every_column_is_told_in_its_order(table: str) -> None:
    assert documented_columns(table) == [column.name for column in metadata.tables[table].columns]


def test_no_table_is_told_that_is_not_there() -> None:
    assert set(re.findall(r"^###+ `(\w+)`$", PAGE, re.MULTILINE)) == set(metadata.tables)


def test_the_views_are_told_with_their_columns(engine: Engine) -> None:
    for view in VIEWS:
        told = re.search(rf"^\| `{view}` \|[^|]*\|([^|]*)\|$", PAGE, re.MULTILINE)
        assert told, f"docs/schema.md does not tell {view}"
        columns = re.findall(r"\b[a-z_]+\b", re.sub(r"\(.*?\)", "", told[1]))
        assert columns == [column["name"] for column in inspect(engine).get_columns(view)]


def filled(engine: Engine) -> Engine:
    copy = "https://copies.example.org/ferry"
    store(
        engine,
        cleaned(published_at=NOON, removed=[block("Advertisement")], credits=("AFP",)),
        cleaned(copy, fetched_at=NOON),
        cleaned("https://bread.example.org/sunday", title="Sunday bread", text=text_of(*BAKERS)),
    )
    updated = text_of(*FERRY, "Nobody was hurt.")
    store(engine, cleaned(text=updated, fetched_at=NOON, removed=[block("Advertisement")], credits=("AFP",)))
    with begin_write(engine) as connection:
        record_fetches(connection, [FetchRecord(url=f"{copy}/2", fetched_at=NOON, status="unreachable")])
    return engine


@pytest.mark.parametrize("number", range(len(QUERIES)))
def test_every_query_runs(engine: Engine, number: int) -> None:
    only, query = QUERIES[number]
    if only and not engine.dialect.name.startswith(only):
        pytest.skip(f"written for {only}")
    with begin_read(filled(engine)) as connection:
        found = connection.execute(text(query.replace(":", r"\:"))).all()
    if not re.search(r"FROM (feeds|crawls|story_links)", query):
        assert found


def test_there_are_at_least_ten_queries() -> None:
    assert len(QUERIES) >= 10
