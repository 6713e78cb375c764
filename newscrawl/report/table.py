"""Tables for people: fitted to the terminal, or plain and never cut where the output is piped."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from newscrawl.report.harmless import harmless_line

COLUMN_GAP = 2
"""Spaces between two columns of a plain table."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `flexible`: may be wrapped where the terminal is too narrow (titles, URLs)."""

    name: str
    right: bool = False
    flexible: bool = False


def shown(value: Any) -> str:
    """Return a cell's text: times to the minute in UTC, numbers as they are, "" for None."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.3f}"
    if isinstance(value, list | tuple):
        return harmless_line(", ".join(str(item) for item in value))
    return harmless_line(str(value))


def print_table(columns: Sequence[Column], rows: Iterable[Sequence[Any]], file: IO[str]) -> None:
    """Print `rows` under `columns`: with rich on a terminal, else as plain lines of full width."""
    cells = [[shown(value) for value in row] for row in rows]
    if file.isatty():
        _print_rich(columns, cells, file)
    else:
        for line in plain_lines(columns, cells):
            file.write(line + "\n")


def plain_lines(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the table as lines, columns aligned by display width, no colours, nothing cut."""
    table = [[column.name for column in columns], *cells]
    widths = [max(cell_len(row[at]) for row in table) for at in range(len(columns))]
    lines = []
    for row in table:
        parts = []
        for column, width, cell in zip(columns, widths, row, strict=True):
            padding = " " * (width - cell_len(cell))
            parts.append(padding + cell if column.right else cell + padding)
        lines.append((" " * COLUMN_GAP).join(parts).rstrip())
    return lines


def _print_rich(columns: Sequence[Column], cells: Sequence[Sequence[str]], file: IO[str]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(
            Text(column.name),
            justify="right" if column.right else "left",
            no_wrap=not column.flexible,
            overflow="fold",
        )
    for row in cells:
        # Text, not str: "[bold]" in a headline is a headline, not markup.
        table.add_row(*(Text(cell) for cell in row))
    Console(file=file, highlight=False, emoji=False).print(table)
