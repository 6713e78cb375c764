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

RICH_GAP = 3
"""What rich puts between two columns: padding and the place of a line."""

LEAST_FLEXIBLE = 16
"""Columns of the terminal below which a flexible column is unreadable: then the table is plain lines."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `flexible`: may be wrapped where the terminal is too narrow (titles, URLs).

    `stacked`: on a terminal its cell stands above that of the next column, to save width.
    """

    name: str
    right: bool = False
    flexible: bool = False
    stacked: bool = False


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
    """Print `rows` under `columns`: with rich where a terminal is wide enough, else as plain lines."""
    cells = [[shown(value) for value in row] for row in rows]
    if file.isatty():
        console = Console(file=file, highlight=False, emoji=False)
        if _fits(columns, cells, console.width):
            console.print(_rich_table(columns, cells))
            return
    for line in plain_lines(columns, cells):
        file.write(line + "\n")


def plain_lines(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the table as lines, columns aligned by display width, no colours, nothing cut."""
    table = [_names(columns), *cells]
    widths = [max(cell_len(row[at]) for row in table) for at in range(len(columns))]
    lines = []
    for row in table:
        parts = []
        for column, width, cell in zip(columns, widths, row, strict=True):
            padding = " " * (width - cell_len(cell))
            parts.append(padding + cell if column.right else cell + padding)
        lines.append((" " * COLUMN_GAP).join(parts).rstrip())
    return lines


def _fits(columns: Sequence[Column], cells: Sequence[Sequence[str]], width: int) -> bool:
    """Return whether no cell would have to be cut (rich does so in silence, with numbers, too)."""
    needed = 0
    for group in _groups(columns):
        natural = max(cell_len(row[at]) for row in [_names(columns), *cells] for at in group)
        flexible = any(columns[at].flexible for at in group)
        needed += (min(natural, LEAST_FLEXIBLE) if flexible else natural) + RICH_GAP
    return needed <= width


def _rich_table(columns: Sequence[Column], cells: Sequence[Sequence[str]]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="bold")
    for group in _groups(columns):
        first = columns[group[0]]
        table.add_column(
            Text("\n".join(columns[at].name for at in group)),
            justify="right" if first.right else "left",
            no_wrap=not any(columns[at].flexible for at in group),
            overflow="fold",
        )
    for row in cells:
        # Text, not str: "[bold]" in a headline is a headline, not markup.
        table.add_row(*(Text("\n".join(row[at] for at in group)) for group in _groups(columns)))
    return table


def _names(columns: Sequence[Column]) -> list[str]:
    return [column.name for column in columns]


def _groups(columns: Sequence[Column]) -> list[list[int]]:
    """Return the columns' places, those that are stacked together in one list."""
    groups: list[list[int]] = []
    for at in range(len(columns)):
        if at and columns[at - 1].stacked:
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups
