"""Open a database: SQLite or Postgres, set up so that several crawls can write at once."""

import json
import sqlite3
import time
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from newscrawl.errors import StoreError
from newscrawl.store.database_file import watch_file

BUSY_TIMEOUT_S = 30.0
"""How long SQLite waits for another writer. A batch of 50 holds the lock for well under a second."""
CONNECT_TIMEOUT_S = 10
"""How long a Postgres server may take to answer, unless the URL says otherwise."""
_TELLTALES = {
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""Seconds (the last: milliseconds) after which a Postgres host that vanished without a word counts as away.
The kernel's own answer is two hours: for so long a crawl would hang."""
_JOURNAL_LIMIT_BYTES = 64 * 1024 * 1024
_CACHE_KIB = 32 * 1024
_CHECKPOINT_PAGES = 16_000
"""Pages of the write-ahead log after which it is copied into the database: 64 MB. A batch of 50 articles
changes 1,800 pages, hundreds of them those of the batch before. At SQLite's 1,000 each commit copies them
all, which costs 0.17 ms an article more."""

WRITE_OPTION = "newscrawl_write"
"""Execution option of a connection whose transaction takes the write lock from its first statement."""

_encode_json = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
"""`json.dumps` with options makes a new encoder on every call: four times the cost for a short list."""

_SUPPORTED = "sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE"


def open_engine(url: str) -> Engine:
    """Return an engine for `url`; nothing is connected yet.

    Raises StoreError, one clear line, where the URL is not of a kind that newscrawl can store in.
    """
    parsed = _parse(url)
    try:
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(parsed)
        return _open_postgres(parsed)
    except (NoSuchModuleError, ImportError) as error:
        raise StoreError(f"no driver for the database URL {_shown(parsed)}: {error}") from error
    except (ArgumentError, TypeError, ValueError) as error:
        raise StoreError(f"wrong database URL {_shown(parsed)}: {error}") from error


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url.strip())
        backend = parsed.get_backend_name()
    except (ArgumentError, ValueError) as error:
        # The text may hold a password: it is not repeated.
        raise StoreError(f"the database URL is not one: expected {_SUPPORTED}") from error
    if backend == "postgres":  # the spelling of libpq and of many hosts; SQLAlchemy knows the long one
        return parsed.set(drivername=parsed.drivername.replace("postgres", "postgresql", 1))
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(f"databases of kind {backend!r} are not supported: expected {_SUPPORTED}")
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise StoreError("an SQLite database in memory would be lost at the end: expected sqlite:///FILE")
    return parsed


def _open_sqlite(url: URL) -> Engine:
    given = {} if "timeout" in url.query else {"timeout": BUSY_TIMEOUT_S}
    engine = create_engine(url, json_serializer=_readable_json, hide_parameters=True, connect_args=given)
    event.listen(engine, "connect", _set_up_sqlite)
    watch_file(engine)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _open_postgres(url: URL) -> Engine:
    defaults: dict[str, Any] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "application_name": "newscrawl",
        **_TELLTALES,
    }
    given = {name: value for name, value in defaults.items() if name not in url.query}
    # pre_ping: after a restart of the server 1 of 5 inserts failed without it, 0 of 5 with it.
    # READ COMMITTED whatever the server's default is: a writer that waited for the lock has to see what the
    # one before it wrote. Under a stricter level its view is as old as its wait.
    return create_engine(
        url,
        json_serializer=_readable_json,
        hide_parameters=True,
        pool_pre_ping=True,
        isolation_level="READ COMMITTED",
        connect_args=given,
    )


def _set_up_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    # The driver would begin transactions by itself, deferred and only before some statements. We begin them
    # (`_begin_sqlite`), so that reads see one state and writes hold the lock before they look anything up.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    _use_wal(cursor)
    # With WAL, NORMAL keeps the database whole after a crash; a power cut may lose the last transactions.
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.execute(f"PRAGMA journal_size_limit = {_JOURNAL_LIMIT_BYTES}")
    cursor.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
    cursor.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
    cursor.close()


def _use_wal(cursor: sqlite3.Cursor) -> None:
    """Switch to WAL. Several processes that open a new file at once get "locked" here, timeout or not."""
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    while True:
        try:
            if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads and then writes fails at once, whatever the timeout, when another
    # writer came in between: 190 of 300 rows were lost so. IMMEDIATE waits for its turn: 300 of 300.
    writes = connection.get_execution_options().get(WRITE_OPTION, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _readable_json(value: Any) -> str:
    """Write JSON with its letters as they are, so that people can search it with LIKE."""
    return _encode_json(value)


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)
