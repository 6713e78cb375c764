"""Transactions that meet other writers, deadlocks, lost connections and full disks."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
import pytest
from cleaned_pages import NOON, cleaned, rows, store
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.exc import OperationalError

from newscrawl.errors import StoreError
from newscrawl.store import (
    DatabaseFull,
    DatabaseUnavailable,
    begin_write,
    open_engine,
    prepare_database,
    write_with_retry,
)
from newscrawl.store.errors import WriteConflict, store_error
from newscrawl.store.tables import articles
from newscrawl.store.transaction import ATTEMPTS, LONGEST_DELAY_S, retry_delay_s


def failing_first(times: int, fail: Callable[[Connection], None]) -> Callable[[Connection], int]:
    calls = 0

    def function(connection: Connection) -> int:
        nonlocal calls
        calls += 1
        if calls <= times:
            fail(connection)
        return calls

    return function


def raise_in_postgres(state: str) -> Callable[[Connection], None]:
    statement = f"DO $$ BEGIN RAISE EXCEPTION 'as ordered' USING ERRCODE = '{state}'; END $$"
    return lambda connection: connection.exec_driver_sql(statement) and None


@pytest.mark.parametrize("state", ["40P01", "40001", "55P03"])
def test_deadlocks_and_serialisation_failures_are_tried_again(postgres_url: str, state: str) -> None:
    assert write_with_retry(open_engine(postgres_url), failing_first(2, raise_in_postgres(state))) == 3


def test_a_real_deadlock_is_tried_again(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    store(engine, cleaned("https://x.example/1"), cleaned("https://x.example/2"))
    first, second = (row["id"] for row in rows(engine, articles))
    touch = text("UPDATE articles SET section = 'x' WHERE id = :id")
    both_have_one = threading.Barrier(2)

    def outsider() -> None:
        with engine.begin() as connection:  # somebody's own SQL, without newscrawl's lock
            connection.execute(touch, {"id": second})
            both_have_one.wait(10)
            connection.execute(touch, {"id": first})

    tried = []

    def function(connection: Connection) -> None:
        tried.append(1)
        connection.execute(touch, {"id": first})
        if len(tried) == 1:
            both_have_one.wait(10)
            # The one who waits longer than deadlock_timeout is chosen: let that be us.
            connection.execute(text("SET LOCAL deadlock_timeout = '10ms'"))
        connection.execute(touch, {"id": second})

    thread = threading.Thread(target=outsider)
    thread.start()
    write_with_retry(engine, function)
    thread.join()
    assert len(tried) == 2
    engine.dispose()


def test_a_conflict_is_tried_again_and_given_up_in_the_end(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def conflict(_connection: Connection) -> None:
        raise WriteConflict("somebody was faster")

    assert write_with_retry(engine, failing_first(1, conflict)) == 2
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    with pytest.raises(DatabaseUnavailable, match="somebody was faster"):
        write_with_retry(engine, failing_first(ATTEMPTS, conflict))


def test_a_locked_database_is_waited_for(sqlite_url: str) -> None:
    holder, waiter = open_engine(sqlite_url), open_engine(f"{sqlite_url}?timeout=0.05")
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with begin_write(holder):
            taken.set()
            done.wait(0.4)

    thread = threading.Thread(target=hold)
    thread.start()
    taken.wait(5)
    assert store(waiter, cleaned()).pages[0].article_id == 1
    thread.join()


def test_a_lock_that_is_never_given_back_is_no_silent_wait(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waiter = open_engine(f"{sqlite_url}?timeout=0.01")
    monkeypatch.setattr("newscrawl.store.transaction.FIRST_DELAY_S", 0.001)
    with (
        begin_write(open_engine(sqlite_url)),
        pytest.raises(DatabaseUnavailable, match="stays locked by another writer"),
    ):
        store(waiter, cleaned())


def test_a_lost_connection_is_unavailable_and_the_next_try_works(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    kill = text("SELECT pg_terminate_backend(pg_backend_pid())")
    with pytest.raises(DatabaseUnavailable, match="cannot reach postgresql://"):
        write_with_retry(engine, lambda connection: connection.execute(kill))
    assert store(engine, cleaned()).pages[0].article_id == 1
    engine.dispose()


def test_a_server_that_stops_and_starts_again_loses_nothing(
    postgres_server: Any, request: pytest.FixtureRequest
) -> None:
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-pg-"))
    request.addfinalizer(lambda: shutil.rmtree(folder, ignore_errors=True))
    server = type(postgres_server)(folder)
    engine = open_engine(server.create("news"))
    prepare_database(engine)
    store(engine, cleaned("https://x.example/1"))
    server.stop()
    with pytest.raises(DatabaseUnavailable):
        store(engine, cleaned("https://x.example/2"))
    server = type(postgres_server)(folder)
    request.addfinalizer(server.stop)
    store(engine, cleaned("https://x.example/2"))
    assert [row["url"] for row in rows(engine, articles)] == ["https://x.example/1", "https://x.example/2"]
    engine.dispose()


@pytest.mark.parametrize("state", ["57P01", "57P03", "53300", "08006"])
def test_a_server_that_shuts_down_or_is_full_of_clients_is_unavailable(postgres_url: str, state: str) -> None:
    with pytest.raises(DatabaseUnavailable):
        write_with_retry(open_engine(postgres_url), failing_first(1, raise_in_postgres(state)))


def test_a_full_disk_of_postgres_is_told_apart(postgres_url: str) -> None:
    with pytest.raises(DatabaseFull, match="no room left"):
        write_with_retry(open_engine(postgres_url), failing_first(1, raise_in_postgres("53100")))


def test_a_full_disk_that_lets_nobody_connect_is_a_full_disk_all_the_same() -> None:
    said = psycopg.OperationalError(
        "connection failed: FATAL:  could not write init file: No space left on device"
    )
    engine = open_engine("postgresql://me@127.0.0.1:9/news")
    assert isinstance(store_error(OperationalError("", None, said), engine), DatabaseFull)


def test_a_full_disk_leaves_earlier_rows_whole_and_goes_on_when_there_is_room(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    room = 2_000

    @event.listens_for(engine, "begin")
    def limit(connection: Connection) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {room}")

    store(engine, cleaned("https://x.example/1"))
    room = 0  # SQLite takes that for "as large as it is now"
    with engine.connect() as connection:
        room = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    large = cleaned("https://x.example/2", text="word " * 200_000)
    with pytest.raises(DatabaseFull, match="no room left"):
        store(engine, large, cleaned("https://x.example/3"))
    assert [row["url"] for row in rows(engine, articles)] == ["https://x.example/1"]
    room = 20_000
    store(engine, large, cleaned("https://x.example/3"), now=NOON)
    assert len(rows(engine, articles)) == 3
    engine.dispose()


def test_a_mistake_in_the_rows_is_raised_as_it_is(engine: Engine) -> None:
    def divide(_connection: Connection) -> float:
        return 1 / 0

    with pytest.raises(ZeroDivisionError):
        write_with_retry(engine, divide)


def test_a_database_without_our_tables_is_no_fault_of_the_rows(empty_url: str) -> None:
    with pytest.raises(StoreError, match="has not the tables of this newscrawl"):
        store(open_engine(empty_url), cleaned())


def test_delays_grow_and_end() -> None:
    delays = [retry_delay_s(attempt) for attempt in range(1, 12)]
    assert delays == sorted(delays)
    assert delays[-1] == LONGEST_DELAY_S
