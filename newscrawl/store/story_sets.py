"""Thousands of ids in one statement, as one parameter: JSON on SQLite, an array on Postgres."""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    String,
    any_,
    cast,
    func,
    literal,
    select,
)

from newscrawl.store.upsert import Insert


def execute_many(
    connection: Connection, statement: Insert, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """Run an INSERT for thousands of rows of plain numbers and bytes: tuples in the order of `names`.

    `names` are the table's columns in their order. On SQLite the compiled statement goes to the driver with
    the bare tuples: SQLAlchemy spends 10 us on each row otherwise, five times what the database takes.
    """
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        compiled = statement.compile(dialect=connection.dialect, column_keys=list(names))
        connection.exec_driver_sql(str(compiled), list(rows))
    else:
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def in_set(connection: Connection, column: Column[Any], values: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `values`. The statement's text is always the same."""
    numbers = sorted(set(values))
    if connection.dialect.name == "postgresql":
        return column == any_(cast(literal(numbers, ARRAY(BigInteger)), ARRAY(BigInteger)))
    each = func.json_each(literal(json.dumps(numbers), String)).table_valued("value")
    return column.in_(select(each.c.value))
