"""Column types that mean the same on SQLite and Postgres.

What comes from the web is made storable here, at the door: NUL fails a whole Postgres batch, and a lone
surrogate fails both databases, so neither ever reaches a driver, whoever writes the row.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Integer, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB

REPLACEMENT = "\ufffd"

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""An integer id. SQLite gives its rowid only to a column that is spelled INTEGER."""


def storable(text: str) -> str:
    r"""Return `text` without NUL and with lone surrogates replaced, so that both databases take it.

    >>> storable("a\x00b\ud800c")
    'ab�c'
    """
    if "\x00" in text:
        text = text.replace("\x00", "")
    try:
        text.encode()
    except UnicodeEncodeError:
        # A pair of surrogates that JSON spelled out one by one is one character; a lone one is none.
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def storable_json(value: Any) -> Any:
    """Return a JSON value with every string in it (keys too) made storable; tuples become lists."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(str(key)): storable_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [storable_json(item) for item in value]
    return value


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in, an aware UTC datetime out, on both databases.

    Postgres keeps `timestamptz`; SQLite keeps the UTC wall time as sortable text. A naive datetime is
    a bug of the caller and raises ValueError.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Turn an aware datetime into UTC; SQLite gets it without the zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = f"a naive datetime cannot be stored: {value!r}"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give an aware UTC datetime, whatever zone the connection uses."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text of any length that came, or may have come, from the web. See `storable`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Make the text storable."""
        return None if value is None else storable(str(value))


class JsonValue(TypeDecorator[Any]):
    """A JSON object or value: JSONB on Postgres, JSON text on SQLite; SQL NULL for None."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Use JSONB on Postgres."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(JSON(none_as_null=True))

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        """Make every string in the value storable."""
        return storable_json(value)


class StringList(TypeDecorator[tuple[str, ...]]):
    """A tuple of strings, such as authors, kept as a JSON list; NULL reads as the empty tuple."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """Use JSONB on Postgres."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(JSONB(none_as_null=True))
        return dialect.type_descriptor(JSON(none_as_null=True))

    def process_bind_param(self, value: Sequence[str] | None, dialect: Dialect) -> Any:
        """Give JSON a list of storable strings."""
        return [storable(item) for item in value or ()]

    def process_result_value(self, value: Any | None, dialect: Dialect) -> tuple[str, ...]:
        """Give a tuple back."""
        return tuple(value or ())
