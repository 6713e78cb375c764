"""A log in a table, followed in memory: rows are added by every writer and taken out all at once.

A process keeps what it has read, and reads on from there; where others took something out, it reads all of it
again. In a write transaction, so that nobody adds or takes out in between.
"""

from collections.abc import Callable, Sequence
from typing import Any, Generic, Protocol, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, Row, Table, bindparam, event, func, select

from newscrawl.store.engine import WRITE_OPTION


class Waiting(Protocol):
    """What a process keeps of a log."""

    def take_in(self, rows: Sequence[Row[Any]]) -> None:
        """Add rows of the log, ascending by id; at least one."""


Kept = TypeVar("Kept", bound=Waiting)


class FollowedLog(Generic[Kept]):
    """Follows the log in `table`, whose ids are never used twice (AUTOINCREMENT)."""

    def __init__(self, table: Table, empty: Callable[[], Kept]) -> None:
        self._empty = empty
        self._kept: WeakKeyDictionary[Engine, tuple[int, int, Kept]] = WeakKeyDictionary()
        known = select(func.count()).select_from(table).where(table.c.id <= bindparam("last"))
        self._from = (
            select(table, known.scalar_subquery().label("known"))
            .where(table.c.id >= bindparam("last"))
            .order_by(table.c.id)
        )

    def read(self, connection: Connection) -> Kept:
        """Return all that is in the log."""
        engine = connection.engine
        last, count, kept = self._kept.get(engine) or (0, 0, self._empty())
        rows = connection.execute(self._from, {"last": last}).all()
        if count:
            # Ids are never used twice, so the rows up to the last one read can only become fewer.
            if not rows or rows[0].id != last or rows[0].known != count:
                last, count, kept = 0, 0, self._empty()
                rows = connection.execute(self._from, {"last": last}).all()
            else:
                rows = rows[1:]
        if not event.contains(engine, "rollback", self._forget):
            event.listen(engine, "rollback", self._forget)
        if rows:
            kept.take_in(rows)
            last, count = rows[-1].id, count + len(rows)
        self._kept[engine] = last, count, kept
        return kept

    def _forget(self, connection: Connection) -> None:
        # What this transaction wrote, and then read, is not there. Who only read ends with a rollback, too.
        if connection.get_execution_options().get(WRITE_OPTION):
            self._kept.pop(connection.engine, None)
