"""Each rule of `scrapy db check` finds what breaks it."""

import pytest
from cleaned_pages import BAKERS, NOON, cleaned, store, text_of
from sqlalchemy import Engine, text

from newscrawl.store import begin_read, begin_write
from newscrawl.store.checks import RULES, Check, check_database

URL = "https://harbour.example.com/1"


def wrong(engine: Engine) -> dict[str, Check]:
    with begin_read(engine) as connection:
        return {check.name: check for check in check_database(connection) if not check.ok}


@pytest.fixture
def stored(engine: Engine) -> Engine:
    store(engine, cleaned(URL), cleaned("https://copies.example.org/1"))
    store(engine, cleaned("https://bread.example.org/1", title="Sunday bread", text=text_of(*BAKERS)))
    store(engine, cleaned(URL, text=text_of(*BAKERS, "More of it."), fetched_at=NOON))
    store(engine, cleaned(URL, fetched_at=NOON))
    assert wrong(engine) == {}
    return engine


@pytest.mark.parametrize(
    ("rule", "damage"),
    [
        ("article counts", "UPDATE stories SET article_count = article_count + 1"),
        ("site counts", "UPDATE stories SET site_count = 9"),
        ("empty stories", "UPDATE articles SET story_id = NULL"),
        ("canonical articles", "UPDATE stories SET canonical_article_id = NULL"),
        ("originals", "UPDATE articles SET relation = 'report'"),
        ("merged stories", "UPDATE stories SET merged_into_id = id"),
        ("articles in stories", "UPDATE articles SET match_kind = NULL"),
        ("copies", "UPDATE articles SET copy_of_id = NULL"),
        ("addresses", "DELETE FROM article_urls"),
        ("revisions", "UPDATE article_revisions SET replaced_at = '2001-01-01 00:00:00.000000'"),
        (
            "story links",
            "INSERT INTO story_links (from_story_id, to_story_id, kind, score)"
            " SELECT min(id), max(id), 'follow_up', 0.5 FROM stories;"
            "UPDATE stories SET merged_into_id = (SELECT min(id) FROM stories)"
            " WHERE id = (SELECT max(id) FROM stories)",
        ),
    ],
)
def test_damage_is_found(stored: Engine, rule: str, damage: str) -> None:
    with begin_write(stored) as connection:
        for statement in damage.split(";"):
            connection.execute(text(statement))
    found = wrong(stored)
    assert rule in found
    assert found[rule].wrong >= 1
    assert found[rule].example


def test_every_rule_has_its_damage() -> None:
    marks = test_damage_is_found.pytestmark  # type: ignore[attr-defined]
    assert {name for name, _, _ in RULES} == {rule for rule, _ in marks[0].args[1]}


def test_more_broken_rows_than_are_listed_are_counted(engine: Engine) -> None:
    with begin_write(engine) as connection:
        now = (
            "2026-01-01 00:00:00.000000+00:00"
            if engine.dialect.name == "postgresql"
            else "2026-01-01 00:00:00.000000"
        )
        connection.execute(
            text(
                "INSERT INTO stories (id, title, article_count, site_count, languages, created_at)"
                " VALUES (:id, 'x', 0, 0, '[]', :now)"
            ),
            [{"id": number, "now": now} for number in range(1, 151)],
        )
    assert wrong(engine)["empty stories"].wrong == 150


def test_a_missing_index_is_a_wrong_schema(engine: Engine) -> None:
    with begin_write(engine) as connection:
        connection.execute(text("DROP INDEX ix_articles_story_id"))
    assert wrong(engine)["schema"].example == "add_index ix_articles_story_id"


def test_of_another_schema_nothing_else_is_checked(engine: Engine) -> None:
    with begin_write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0000'"))
    assert list(wrong(engine)) == ["revision"]


def test_rows_that_refer_to_nothing_are_found(sqlite_url: str) -> None:
    from newscrawl.store import open_engine

    engine = open_engine(sqlite_url)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys = OFF")
        driver.execute("INSERT INTO article_urls (url_key, article_id, source) VALUES ('x', 99, 'page')")
    assert wrong(engine)["references"].example == "article_urls -> articles"
    engine.dispose()
