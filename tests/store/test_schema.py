"""Databases of every age: new, current, older, newer, broken off half-way, opened by many at once."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, select, text

from newscrawl.errors import StoreError
from newscrawl.store import begin_write, open_engine, prepare_database, schema_state, upgrade_database
from newscrawl.store.schema import MIGRATIONS, alembic_config, migration_connection
from newscrawl.store.tables import articles, metadata
from newscrawl.store.views import VIEWS

ALTERS_ARTICLES = """
import sqlalchemy as sa
from alembic import op

revision = "later"
down_revision = "{head}"

VIEWS = ("latest_stories", "story_articles", "story_timeline", "story_sources", "removed_by_site")


def upgrade():
    for name in VIEWS:
        op.execute("DROP VIEW " + name)
    with op.batch_alter_table("articles") as batch:
        batch.add_column(sa.Column("mood", sa.Text(), server_default="calm", nullable=False))
        batch.alter_column("title", type_=sa.String(5000))
    {more}


def downgrade():
    with op.batch_alter_table("articles") as batch:
        batch.drop_column("mood")
"""


@pytest.fixture
def empty_engine(empty_url: str) -> Iterator[Engine]:
    engine = open_engine(empty_url)
    yield engine
    engine.dispose()


def tables_of(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def later_migrations(folder: Path, more: str = "") -> Path:
    """A copy of the migrations with one more, as a later version of newscrawl would have."""
    migrations = folder / "migrations"
    shutil.copytree(MIGRATIONS, migrations, ignore=shutil.ignore_patterns("__pycache__"))
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    (migrations / "versions" / "later_mood.py").write_text(ALTERS_ARTICLES.format(head=head, more=more))
    return migrations


def add_an_article(engine: Engine) -> None:
    now = "2026-01-01 00:00:00+00:00" if engine.dialect.name == "postgresql" else "2026-01-01 00:00:00.000000"
    with begin_write(engine) as connection:
        connection.execute(
            text(
                "INSERT INTO articles (id, url, canonical_url, site, status, title, text, authors, tags,"
                " robots, notes, paywalled, word_count, text_hash, cleaner_version, first_seen_at,"
                " last_seen_at, text_changed_at) VALUES (7, 'u', 'u', 's', 'ok', 't', 'x', '[]', '[]',"
                " '[]', '[]', false, 1, 'h', '1', :now, :now, :now)"
            ),
            {"now": now},
        )
        connection.execute(
            text("INSERT INTO article_urls (url_key, article_id, source) VALUES ('u', 7, 'page')")
        )


def test_a_new_database_gets_every_table_and_view(empty_engine: Engine) -> None:
    prepare_database(empty_engine)
    assert set(metadata.tables) <= tables_of(empty_engine)
    assert set(VIEWS) <= set(inspect(empty_engine).get_view_names())
    with empty_engine.connect() as connection:
        assert schema_state(connection).current


def test_preparing_twice_changes_nothing(empty_engine: Engine) -> None:
    assert upgrade_database(empty_engine).revision is None
    before = tables_of(empty_engine)
    assert upgrade_database(empty_engine).current
    assert tables_of(empty_engine) == before


def test_the_models_and_the_migrations_describe_one_schema(engine: Engine) -> None:
    config = alembic_config()
    with migration_connection(engine) as connection:
        config.attributes["connection"] = connection
        command.check(config)


def test_the_newest_views_in_the_migrations_are_those_of_the_code() -> None:
    script = ScriptDirectory.from_config(alembic_config())
    oldest_first = reversed(list(script.walk_revisions()))
    frozen: dict[str, str] = {}
    for revision in oldest_first:
        frozen |= getattr(revision.module, "VIEWS", {})
    assert frozen == VIEWS


def test_down_and_up_again(engine: Engine) -> None:
    add_an_article(engine)
    config = alembic_config()
    with migration_connection(engine) as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert tables_of(engine) == {"alembic_version"}
    prepare_database(engine)
    assert set(metadata.tables) <= tables_of(engine)


def test_an_older_database_is_brought_up_to_date_with_its_rows(engine: Engine, tmp_path: Path) -> None:
    add_an_article(engine)
    upgrade_database(engine, later_migrations(tmp_path))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT id, mood FROM articles")).all() == [(7, "calm")]
        # Copying and dropping a table must not take along what refers to it.
        assert connection.execute(text("SELECT url_key FROM article_urls")).all() == [("u",)]
    with pytest.raises(Exception, match=r"(?i)foreign key"), begin_write(engine) as connection:
        connection.execute(
            text("INSERT INTO article_urls (url_key, article_id, source) VALUES ('v', 99, 'page')")
        )


def test_articles_of_a_database_from_before_credits_have_none(empty_engine: Engine) -> None:
    config = alembic_config()
    with migration_connection(empty_engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    add_an_article(empty_engine)
    prepare_database(empty_engine)
    with empty_engine.connect() as connection:
        assert connection.execute(select(articles.c.credits)).scalars().all() == [()]


def test_a_migration_that_breaks_off_leaves_the_database_as_it_was(engine: Engine, tmp_path: Path) -> None:
    add_an_article(engine)
    with pytest.raises(StoreError, match="nothing was changed"):
        upgrade_database(engine, later_migrations(tmp_path, more='op.execute("SELECT * FROM no_such_table")'))
    with engine.connect() as connection:
        assert schema_state(connection).current
        assert "mood" not in {column["name"] for column in inspect(connection).get_columns("articles")}
        assert connection.execute(text("SELECT id FROM articles")).all() == [(7,)]
    (tmp_path / "mended").mkdir()
    upgrade_database(engine, later_migrations(tmp_path / "mended"))


def test_a_process_killed_in_the_middle_of_a_migration_leaves_the_database_as_it_was(
    database_url: str, tmp_path: Path
) -> None:
    migrations = later_migrations(tmp_path, more="import os; os.kill(os.getpid(), 9)")
    program = (
        "import sys; from pathlib import Path; from newscrawl.store import open_engine, upgrade_database;"
        "upgrade_database(open_engine(sys.argv[1]), Path(sys.argv[2]))"
    )
    killed = subprocess.run([sys.executable, "-c", program, database_url, str(migrations)], check=False)
    assert killed.returncode == -9
    engine = open_engine(database_url)
    with engine.connect() as connection:
        assert schema_state(connection).current
        assert "mood" not in {column["name"] for column in inspect(connection).get_columns("articles")}
    (tmp_path / "mended").mkdir()
    upgrade_database(engine, later_migrations(tmp_path / "mended"))
    engine.dispose()


def test_a_database_written_by_a_newer_newscrawl_is_refused(engine: Engine) -> None:
    with begin_write(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match=r"schema 9999.*written by a newer one"):
        prepare_database(engine)


def test_tables_of_somebody_else_are_left_alone(empty_engine: Engine) -> None:
    with begin_write(empty_engine) as connection:
        connection.execute(text("CREATE TABLE articles (mine INTEGER)"))
    with pytest.raises(StoreError, match=r"cannot set up .*already exists; nothing was changed"):
        prepare_database(empty_engine)
    assert tables_of(empty_engine) == {"articles"}


def test_several_processes_can_open_a_new_database_at_once(empty_url: str) -> None:
    program = (
        "import sys; from newscrawl.store import open_engine, prepare_database;"
        "prepare_database(open_engine(sys.argv[1]))"
    )

    def start(_number: int) -> subprocess.CompletedProcess[str]:
        command_line = [sys.executable, "-c", program, empty_url]
        return subprocess.run(command_line, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(3) as threads:
        for done in threads.map(start, range(3)):
            assert done.returncode == 0, done.stderr
    engine = open_engine(empty_url)
    assert set(metadata.tables) <= tables_of(engine)
    engine.dispose()
