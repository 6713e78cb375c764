"""Many rows through one statement, at what the driver takes for it.

SQLAlchemy spends 5 to 40 us on the parameters of each row, and 100 us and more on each call: more than
SQLite takes to write most of them. Here the statement is compiled once, and the driver gets bare tuples;
the columns' types convert the values as they would anyway.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, Table, Update, insert
from sqlalchemy.sql.dml import Delete

Statement = Insert | Update | Delete
Row = Mapping[str, Any]

PREPARED_KEPT = 256
"""Compiled statements kept: about 30 for each open database."""


class _Prepared(NamedTuple):
    sql: str
    values_of: Callable[[Row], tuple[Any, ...]]
    converters: tuple[tuple[int, Callable[[Any], Any]], ...]  # by place

    def tuples(self, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
        columns = [*zip(*map(self.values_of, rows), strict=True)]
        for place, convert in self.converters:
            columns[place] = tuple(map(convert, columns[place]))
        return [*zip(*columns, strict=True)]


def execute_rows(connection: Connection, statement: Statement, rows: Sequence[Row]) -> None:
    """Run `statement` for each of `rows`, which all have the same names.

    The statement must be a constant, or come from a cached function: it is compiled once for each object.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(statement, rows)
        return
    prepared = _prepared(connection.dialect, statement, tuple(rows[0]))
    connection.exec_driver_sql(prepared.sql, prepared.tuples(rows))


def execute_tuples(
    connection: Connection, statement: Statement, names: tuple[str, ...], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Run `statement` for thousands of rows of plain numbers and bytes, tuples in the order of `names`.

    `names` are those of the statement's parameters, in their order.
    """
    if not rows:
        return
    if connection.dialect.name != "sqlite":
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])
        return
    connection.exec_driver_sql(_prepared(connection.dialect, statement, names).sql, list(rows))


@lru_cache(maxsize=64)
def insert_of(table: Table) -> Insert:
    """Return the INSERT of `table`, always the same object."""
    return insert(table)


@lru_cache(maxsize=PREPARED_KEPT)
def _prepared(dialect: Dialect, statement: Statement, names: tuple[str, ...]) -> _Prepared:
    compiled = statement.compile(
        dialect=dialect, column_keys=list(names) if isinstance(statement, Insert) else None
    )
    order = list(compiled.positiontup or ())
    types = [compiled.binds[name].type.dialect_impl(dialect) for name in order]
    converters = [(place, type_.bind_processor(dialect)) for place, type_ in enumerate(types)]
    constants = {name: compiled.params[name] for name in order if name not in names}
    return _Prepared(
        str(compiled),
        _getter(order, constants),
        tuple((place, convert) for place, convert in converters if convert is not None),
    )


def _getter(order: Sequence[str], constants: Row) -> Callable[[Row], tuple[Any, ...]]:
    if constants:
        return lambda row: tuple(row[name] if name in row else constants[name] for name in order)
    if len(order) == 1:
        return lambda row: (row[order[0]],)
    return itemgetter(*order)
