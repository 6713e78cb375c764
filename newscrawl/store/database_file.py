"""SQLite's file under an open engine: when it is removed or replaced, writes go where nobody finds them.

A file that is deleted lives on for those who have it open. SQLite says nothing: transactions are committed
into it, and are gone with the last connection.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from newscrawl.errors import StoreError
from newscrawl.store.errors import shown_url

_WATCHED = "newscrawl_watched_file"


def watch_file(engine: Engine) -> None:
    """Have an SQLite engine note which file its first connection opens, and hold all others to it."""
    watched = WatchedFile(shown_url(engine))
    event.listen(engine, "do_connect", watched.before_connect)
    event.listen(engine, "connect", watched.after_connect)


def check_file(connection: Connection) -> None:
    """Raise StoreError when the file that an SQLite connection has open no longer stands at its path."""
    watched: WatchedFile | None = connection.info.get(_WATCHED)
    if watched is not None:
        watched.check()


class WatchedFile:
    """The file of one engine, known by its device and inode."""

    def __init__(self, shown: str) -> None:
        self._shown = shown
        self._path = ""
        self._identity: tuple[int, int] | None = None

    def before_connect(self, *_: Any) -> None:
        """Open no file in the place of one that is gone: SQLite would make an empty one."""
        self.check()

    def after_connect(self, connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
        """Note the file of the first connection."""
        if self._identity is None:
            self._path = connection.execute("PRAGMA database_list").fetchone()[2]
            self._identity = _identity(self._path)
        record.info[_WATCHED] = self

    def check(self) -> None:
        """Raise StoreError when another file, or none, stands at the path."""
        if self._identity is not None and _identity(self._path) != self._identity:
            raise StoreError(
                f"the file of {self._shown} was removed or replaced while it was in use: "
                "what was stored in it is lost with it"
            )


def _identity(path: str) -> tuple[int, int] | None:
    try:
        status = Path(path).stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino
