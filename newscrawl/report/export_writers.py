"""Export rows as JSON Lines, CSV or Parquet, one after the other: the rows are never all in memory."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from datetime import datetime
from importlib import import_module
from typing import IO, Any, get_type_hints

from newscrawl.errors import ConfigError
from newscrawl.report.jsonlines import json_line
from newscrawl.report.spreadsheet import csv_cell

PARQUET_ROWS = 2_000
"""Rows of one row group: some 20 MB in memory, and groups that readers can skip."""

Writer = Callable[[Iterable[Any]], None]
"""Writes rows (instances of one dataclass)."""


@contextmanager
def json_writer(kind: type, out: IO[bytes]) -> Iterator[Writer]:
    """Give a writer of JSON Lines."""

    def write(rows: Iterable[Any]) -> None:
        for row in rows:
            out.write(json_line(asdict(row)).encode() + b"\n")

    yield write


@contextmanager
def csv_writer(kind: type, out: IO[bytes]) -> Iterator[Writer]:
    """Give a writer of CSV (RFC 4180, UTF-8): a head line, every text quoted, no cell a formula."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        table = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC)
        names = [field.name for field in fields(kind)]
        table.writerow(names)

        def write(rows: Iterable[Any]) -> None:
            for row in rows:
                table.writerow([csv_cell(getattr(row, name)) for name in names])

        yield write
    finally:
        text.detach()


@contextmanager
def parquet_writer(kind: type, out: IO[bytes]) -> Iterator[Writer]:
    """Give a writer of Parquet (zstd; times as UTC microseconds, lists as lists).

    Raises ConfigError where pyarrow is not installed.
    """
    try:
        arrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        message = "--format parquet needs pyarrow: pip install 'newscrawl[parquet]' (or pip install pyarrow)"
        raise ConfigError(message) from error
    schema = arrow.schema([_arrow_field(name, hint, arrow) for name, hint in get_type_hints(kind).items()])
    with parquet.ParquetWriter(out, schema, compression="zstd") as file:

        def write(rows: Iterable[Any]) -> None:
            for part in _parts(rows):
                file.write_table(arrow.Table.from_pylist(part, schema=schema))

        yield write


WRITERS = {"jsonl": json_writer, "csv": csv_writer, "parquet": parquet_writer}
"""Format -> writer."""


def _parts(rows: Iterable[Any]) -> Iterator[list[dict[str, Any]]]:
    part: list[dict[str, Any]] = []
    for row in rows:
        part.append(asdict(row))
        if len(part) == PARQUET_ROWS:
            yield part
            part = []
    if part:
        yield part


def _arrow_field(name: str, hint: Any, arrow: Any) -> Any:
    kinds: dict[Any, Any] = {
        int: arrow.int64(),
        str: arrow.string(),
        bool: arrow.bool_(),
        float: arrow.float64(),
        datetime: arrow.timestamp("us", tz="UTC"),
        tuple[str, ...]: arrow.list_(arrow.string()),
        tuple[int, ...]: arrow.list_(arrow.int64()),
    }
    optional = {kind | None: arrow_kind for kind, arrow_kind in kinds.items()}
    return arrow.field(name, (kinds | optional)[hint], nullable=hint in optional)
