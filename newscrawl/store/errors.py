"""What a database says when something is wrong, sorted into what the caller can do about it.

Three answers: do the transaction again (`is_transient`), wait for the database and go on
(`DatabaseUnavailable`, `DatabaseFull`), or tell a person (`StoreError`). What is left is the fault of the
rows themselves; the writer isolates those.
"""

from sqlalchemy.engine import Engine
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError

from newscrawl.errors import StoreError


class DatabaseUnavailable(StoreError):  # noqa: N818 (a state that passes, and callers wait for it)
    """The database cannot be reached now, or the connection broke. Nothing of the transaction is stored.

    Waiting and writing the same batch again is safe: a write happens wholly or not at all, and twice is once.
    """


class DatabaseFull(DatabaseUnavailable):
    """There is no room for the database: the disk, a quota, a limit on the size of files.

    What was stored before is whole; room lets it go on.
    """


class WriteConflict(Exception):  # noqa: N818 (never leaves the store)
    """Another writer got in between; the transaction is rolled back and done again."""


# https://www.postgresql.org/docs/current/errcodes-appendix.html
_PG_TRANSIENT = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
_PG_FULL = {"53100", "53200"}  # disk full, out of memory
_PG_AWAY = {"53300", "57P01", "57P02", "57P03", "57P05", "25006"}  # too many, shut down, starting, read-only
_PG_AWAY_CLASSES = ("08",)  # connection exceptions
_PG_FULL_WORDS = ("no space left on device",)  # of a connection that fails, which has no SQLSTATE
# https://www.sqlite.org/rescode.html: messages, since Python 3.11 and SQLAlchemy both keep them
_SQLITE_TRANSIENT = ("database is locked", "database table is locked", "database schema is locked")
_SQLITE_FULL = ("database or disk is full",)
# A quota or a limit on the size of files (EDQUOT, EFBIG) is no SQLITE_FULL but one of these.
_SQLITE_UNWRITABLE = {"SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_SHMSIZE"}
_PG_OTHER_SCHEMA = {"42P01", "42703"}  # undefined table, undefined column
_PG_FORBIDDEN = {"42501"}  # insufficient privilege
_SQLITE_OTHER_SCHEMA = ("no such table", "no such column", "has no column named")
_SQLITE_BROKEN = (
    "disk i/o error",
    "unable to open database file",
    "readonly database",
    "malformed",
    "not a database",
)


def is_transient(error: BaseException) -> bool:
    """Return whether doing the same transaction again is likely to succeed."""
    if isinstance(error, WriteConflict):
        return True
    if not isinstance(error, DBAPIError):
        return False
    state = _sqlstate(error)
    if state is not None:
        return state in _PG_TRANSIENT
    return any(words in _message(error) for words in _SQLITE_TRANSIENT)


def is_full(error: BaseException) -> bool:
    """Return whether the database has no room left."""
    if not isinstance(error, DBAPIError):
        return False
    state = _sqlstate(error)
    if state is not None:
        return state in _PG_FULL
    if getattr(error.orig, "sqlite_errorname", None) in _SQLITE_UNWRITABLE:
        return True
    return any(words in _message(error) for words in _SQLITE_FULL + _PG_FULL_WORDS)


def is_away(error: BaseException) -> bool:
    """Return whether the connection to the database broke, or none could be made."""
    if not isinstance(error, DBAPIError):
        return False
    state = _sqlstate(error)
    if state is not None:
        return state in _PG_AWAY or state.startswith(_PG_AWAY_CLASSES)
    if error.connection_invalidated:
        return True
    # psycopg has no SQLSTATE where no server answered.
    from_postgres = type(error.orig).__module__.startswith("psycopg")
    return from_postgres and isinstance(error, OperationalError | InterfaceError)


def store_error(error: DBAPIError, engine: Engine) -> StoreError | None:
    """Return the error that a person can act on, or None where the rows are at fault."""
    where = shown_url(engine)
    if is_full(error):
        return DatabaseFull(f"no room left for {where}: {_first_line(error)}")
    if is_away(error):
        return DatabaseUnavailable(f"cannot reach {where}: {_first_line(error)}")
    if is_transient(error):
        return DatabaseUnavailable(f"{where} stays locked by another writer: {_first_line(error)}")
    if is_other_schema(error):
        return StoreError(f"{where} has not the tables of this newscrawl: {_first_line(error)}")
    if _sqlstate(error) in _PG_FORBIDDEN:
        return StoreError(f"this user has not the rights in {where}: {_first_line(error)}")
    if any(words in _message(error) for words in _SQLITE_BROKEN) and _sqlstate(error) is None:
        return StoreError(f"cannot use {where}: {_first_line(error)}")
    return None


def is_other_schema(error: DBAPIError) -> bool:
    """Return whether a table or a column is not there."""
    state = _sqlstate(error)
    if state is not None:
        return state in _PG_OTHER_SCHEMA
    return any(words in _message(error) for words in _SQLITE_OTHER_SCHEMA)


def shown_url(engine: Engine) -> str:
    """Return the database's URL as it may be shown: without the password."""
    return engine.url.render_as_string(hide_password=True)


def _sqlstate(error: DBAPIError) -> str | None:
    state: str | None = getattr(error.orig, "sqlstate", None)
    return state


def _message(error: DBAPIError) -> str:
    return str(error.orig).lower()


def _first_line(error: DBAPIError) -> str:
    lines = [line.strip() for line in str(error.orig).splitlines() if line.strip()]
    return lines[0] if lines else type(error.orig).__name__
