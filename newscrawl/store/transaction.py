"""How rows are read and written: one transaction at a time, with the lock held from its first statement."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from newscrawl.errors import StoreError
from newscrawl.store.database_file import check_file
from newscrawl.store.engine import WRITE_OPTION
from newscrawl.store.errors import (
    DatabaseUnavailable,
    WriteConflict,
    is_transient,
    shown_url,
    store_error,
)

logger = logging.getLogger(__name__)

Result = TypeVar("Result")

WRITE_LOCK = int.from_bytes(b"newscraw")
"""Key of the advisory lock that newscrawl's writers take in turn on one Postgres database."""

ATTEMPTS = 8
"""Tries of a transaction that meets deadlocks, serialisation failures or a locked database."""
FIRST_DELAY_S = 0.05
LONGEST_DELAY_S = 2.0


@contextmanager
def begin_write(engine: Engine) -> Iterator[Connection]:
    """Give a connection in a transaction that holds the write lock; commit at the end, or roll back.

    Whoever looks something up in it and then writes cannot be overtaken: SQLite has BEGIN IMMEDIATE, and
    on Postgres all of newscrawl's writers queue for one advisory lock, which ends with the transaction, even
    when the process dies. Readers never wait. Errors are the database's own; see `write_with_retry`.
    """
    with engine.connect().execution_options(**{WRITE_OPTION: True}) as connection:
        check_file(connection)
        with connection.begin():
            if connection.dialect.name == "postgresql":
                connection.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))
            yield connection
        check_file(connection)  # committed to a file that is still there


@contextmanager
def begin_read(engine: Engine) -> Iterator[Connection]:
    """Give a connection for reading. Where the database cannot be read, StoreError says so in one line."""
    try:
        with engine.connect() as connection:
            yield connection
    except DBAPIError as error:
        raise store_error(error, engine) or error from error


def write_with_retry(engine: Engine, function: Callable[[Connection], Result]) -> Result:
    """Return `function(connection)`, run in a write transaction, again when another writer was in the way.

    `function` may run several times: it must not change anything but the database. Raises
    DatabaseUnavailable when the connection breaks or the lock stays taken (the caller may wait and call
    again), StoreError when the database cannot be written, and any other error of `function` as it is.
    """
    for attempt in range(1, ATTEMPTS + 1):
        try:
            with begin_write(engine) as connection:
                return function(connection)
        except (DBAPIError, WriteConflict) as error:
            if is_transient(error) and attempt < ATTEMPTS:
                delay_s = retry_delay_s(attempt)
                logger.info("the database is busy, trying again in %.2f s: %s", delay_s, type(error).__name__)
                time.sleep(delay_s)
                continue
            raise _final(error, engine) from error
        except PoolTimeout as error:
            raise DatabaseUnavailable(f"no connection to {shown_url(engine)} is free: {error}") from error
    raise AssertionError("unreachable: the last attempt returns or raises")


def retry_delay_s(attempt: int) -> float:
    """Return seconds to wait after failed attempt number `attempt` (from 1), different in each process."""
    apart = 1 + os.getpid() % 64 / 64  # two processes that met once should not meet again
    return min(FIRST_DELAY_S * 2.0 ** (attempt - 1) * apart, LONGEST_DELAY_S)


def _final(error: DBAPIError | WriteConflict, engine: Engine) -> StoreError | DBAPIError:
    if isinstance(error, WriteConflict):
        return DatabaseUnavailable(f"other writers were in the way {ATTEMPTS} times: {error}")
    return store_error(error, engine) or error
