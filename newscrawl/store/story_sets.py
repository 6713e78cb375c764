"""Thousands of ids in one statement, as one parameter: JSON on SQLite, an array on Postgres."""

import json
from collections.abc import Iterable
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


def in_set(connection: Connection, column: Column[Any], values: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `values`. The statement's text is always the same."""
    numbers = sorted(set(values))
    if connection.dialect.name == "postgresql":
        return column == any_(cast(literal(numbers, ARRAY(BigInteger)), ARRAY(BigInteger)))
    each = func.json_each(literal(json.dumps(numbers), String)).table_valued("value")
    return column.in_(select(each.c.value))
