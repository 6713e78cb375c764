"""A database URL that is wrong, unreachable or unwritable: one clear line, and never the password."""

import re
from pathlib import Path

import pytest
from cleaned_pages import cleaned, store
from sqlalchemy import Engine, text

from newscrawl.errors import StoreError
from newscrawl.store import DatabaseUnavailable, begin_read, begin_write, open_engine, prepare_database


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("", "the database URL is not one"),
        ("news.db", "the database URL is not one"),
        ("mysql://me:secret@host/news", "databases of kind 'mysql' are not supported"),
        ("sqlite://", "in memory would be lost"),
        ("sqlite:///:memory:", "in memory would be lost"),
        ("postgresql+psycopg2://me:secret@host/news", "no driver for the database URL"),
        ("postgresql+nonsense://me:secret@host/news", "no driver for the database URL"),
        ("postgresql://me:secret@host:port/news", "the database URL is not one"),
    ],
)
def test_a_url_that_is_none_is_refused_in_one_line(url: str, message: str) -> None:
    with pytest.raises(StoreError, match=message) as error:
        open_engine(url)
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://me:secret@127.0.0.1:9/news",
        "postgres://me:secret@127.0.0.1:9/news",
        "postgresql://me:secret@/news?host=/no/such/folder",
        "postgresql://me:secret@no-such-host.invalid/news",
    ],
)
def test_a_server_that_does_not_answer_is_unavailable(url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot reach postgresql://me:") as error:
        prepare_database(open_engine(url))
    assert "\n" not in str(error.value)
    assert "secret" not in str(error.value)


def test_a_database_that_the_server_does_not_have_is_unavailable(postgres_url: str) -> None:
    with pytest.raises(DatabaseUnavailable, match='database "nobody" does not exist'):
        prepare_database(open_engine(re.sub(r"/news_\d+", "/nobody", postgres_url)))


def test_a_path_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path, tmp_path / "file" / "news.db", tmp_path / "none" / "news.db"):
        with pytest.raises(StoreError, match=r"cannot use sqlite:///.*unable to open database file") as error:
            prepare_database(open_engine(f"sqlite:///{path}"))
        assert "\n" not in str(error.value)


def test_a_file_that_is_no_database_says_so(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    path.write_bytes(b"certainly not a database" * 100)
    with pytest.raises(StoreError, match=r"cannot use sqlite:///.*file is not a database"):
        prepare_database(open_engine(f"sqlite:///{path}"))


def test_a_database_that_may_only_be_read_says_so(sqlite_url: str) -> None:
    path = sqlite_url.removeprefix("sqlite:///")
    open_engine(sqlite_url).connect().close()  # switches to WAL, which a reader may not
    engine = open_engine(f"sqlite:///file:{path}?mode=ro&uri=true")
    with begin_read(engine) as connection:
        assert connection.execute(text("SELECT count(*) FROM articles")).scalar_one() == 0
    with pytest.raises(StoreError, match="attempt to write a readonly database"):
        store(engine, cleaned())


def test_sqlite_is_opened_for_many_writers(sqlite_url: str) -> None:
    with begin_read(open_engine(sqlite_url)) as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert pragmas == {"journal_mode": "wal", "synchronous": 1, "foreign_keys": 1, "busy_timeout": 30_000}


def test_letters_stand_in_json_columns_as_they_are(engine: Engine) -> None:
    store(engine, cleaned(authors=("Ána Øy",)))
    with begin_read(engine) as connection:
        found = connection.execute(
            text("SELECT id FROM articles WHERE CAST(authors AS TEXT) LIKE '%Ána Øy%'")
        )
        assert len(found.all()) == 1


def test_a_postgres_engine_outlives_the_loss_of_its_connections(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    with begin_read(engine) as connection:
        connection.execute(text("SELECT 1"))
    other = open_engine(postgres_url)
    with begin_write(other) as connection:
        connection.execute(
            text(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        )
    store(engine, cleaned())
    engine.dispose()
    other.dispose()
