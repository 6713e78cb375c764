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
    bindparam,
    cast,
    func,
    select,
)


def one_of(dialect: str, column: Column[Any], name: str) -> ColumnElement[bool]:
    """Return the condition that `column` is one of the numbers given as parameter `name` (`numbers_for`).

    The statement is the same however many there are, so that it can be made once and kept.
    """
    if dialect == "postgresql":
        return column == any_(cast(bindparam(name, type_=ARRAY(BigInteger)), ARRAY(BigInteger)))
    each = func.json_each(bindparam(name, type_=String)).table_valued("value")
    return column.in_(select(each.c.value))


def numbers_for(connection: Connection, values: Iterable[int]) -> str | list[int]:
    """Return distinct numbers, ascending, as the parameter of `one_of`."""
    numbers = sorted(set(values))
    return numbers if connection.dialect.name == "postgresql" else json.dumps(numbers)


def in_set(connection: Connection, column: Column[Any], values: Iterable[int]) -> ColumnElement[bool]:
    """Return the condition that `column` is one of `values`, for a statement that is made only once."""
    numbers = numbers_for(connection, values)
    if isinstance(numbers, list):
        return column == any_(cast(bindparam(None, numbers, type_=ARRAY(BigInteger)), ARRAY(BigInteger)))
    each = func.json_each(bindparam(None, numbers, type_=String)).table_valued("value")
    return column.in_(select(each.c.value))
