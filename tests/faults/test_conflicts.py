"""A Postgres that breaks transactions off while a crawl runs: each is done again, and nothing is twice."""

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text
from whole import assert_whole, until

from crawl_run import start_crawl
from newscrawl.store import open_engine, write_with_retry
from newscrawl.store.transaction import WRITE_LOCK
from outlet import outlet
from sites import Site

PAGES = 12
FAILING = """
create sequence tries;
create function fail() returns trigger language plpgsql as $$
declare
    number bigint := nextval('tries');  -- a sequence is not rolled back
begin
    if number in (2, 5, 9) then
        raise exception 'as ordered' using errcode = '40001';
    elsif number in (3, 7) then
        raise exception 'as ordered' using errcode = '40P01';
    end if;
    return new;
end $$;
create trigger fail before insert on articles for each row execute function fail();
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with outlet(0, pages=PAGES).serve() as served:
        yield served


def test_each_serialisation_failure_and_deadlock_of_a_crawl_is_tried_again(
    site: Site, postgres_url: str
) -> None:
    with psycopg.connect(postgres_url) as connection:
        connection.execute(FAILING)
    process = start_crawl("news", postgres_url, url=site.url)
    _, log = process.communicate(timeout=180)
    assert process.returncode == 0, log
    assert log.count("the database is busy, trying again") == 5
    assert not [line for line in log.splitlines() if " WARNING: " in line or " ERROR: " in line]
    assert_whole(postgres_url, PAGES)


def test_a_crawl_in_a_real_deadlock_with_somebody_elses_sql_tries_again(
    site: Site, postgres_url: str
) -> None:
    waits = "select count(*) from pg_locks where relation = 'stories'::regclass and not granted"
    with (
        psycopg.connect(postgres_url, autocommit=True) as onlooker,
        psycopg.connect(postgres_url) as outsider,
    ):
        name = make_url(postgres_url).database
        onlooker.execute(f'alter database "{name}" set deadlock_timeout = 3000')  # the crawl looks first
        outsider.execute("set deadlock_timeout = '60s'")
        outsider.execute("lock table stories in exclusive mode")
        process = start_crawl("news", postgres_url, url=site.url)
        until(lambda: onlooker.execute(waits).fetchone() == (1,))
        # The crawl holds the writers' lock and waits for the table; who holds the table now wants the lock.
        outsider.execute(f"select pg_advisory_xact_lock({WRITE_LOCK})")
        outsider.commit()
    _, log = process.communicate(timeout=180)
    assert process.returncode == 0, log
    assert log.count("the database is busy, trying again") == 1
    assert_whole(postgres_url, PAGES)


def test_a_real_serialisation_failure_is_tried_again(postgres_url: str) -> None:
    engine = open_engine(postgres_url).execution_options(isolation_level="REPEATABLE READ")
    change = text("update alembic_version set version_num = version_num")
    tried = []

    def function(connection: object) -> None:
        tried.append(1)
        connection.execute(text("select * from alembic_version"))  # type: ignore[attr-defined]
        if len(tried) == 1:
            with open_engine(postgres_url).begin() as outsider:
                outsider.execute(change)
        connection.execute(change)  # type: ignore[attr-defined]

    write_with_retry(engine, function)
    assert len(tried) == 2
    engine.dispose()
