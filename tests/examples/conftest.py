"""A new database for each module of tests, on SQLite and on Postgres: a crawl is too dear for each test."""

import uuid
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="module", params=["sqlite", "postgres"])
def module_database_url(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The URL of an empty database: the crawl itself has to set it up."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('newsstand')}/crawl.db"
        return
    server = request.getfixturevalue("postgres_server")
    name = f"newsstand_{uuid.uuid4().hex[:12]}"
    yield server.create(name)
    server.drop(name)
