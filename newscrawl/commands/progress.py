"""How far a long command is: a bar on a terminal, else a line now and then; always on stderr."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

LINE_EVERY_S = 10.0
"""Seconds between two lines where stderr is no terminal (a log file, cron's mail)."""


class Report(Protocol):
    """Told after each step: what to show, and how many of the whole are done."""

    def __call__(self, message: str, done: int) -> None:
        """Show `message`."""


@contextmanager
def progress(total: int | None) -> Iterator[Report]:
    """Give a function that shows progress towards `total` (None: unknown) until the block ends."""
    if sys.stderr.isatty():
        columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
        console = Console(file=sys.stderr, highlight=False)
        with Progress(*columns, TimeRemainingColumn(), console=console, transient=True) as bar:
            task = bar.add_task("", total=total)
            yield lambda message, done: bar.update(task, description=message, completed=done)
    else:
        yield _lines(total)


def _lines(total: int | None) -> Report:
    last = time.monotonic()

    def show(message: str, done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY_S:
            last = time.monotonic()
            share = f" ({100 * done / total:.0f} %)" if total else ""
            sys.stderr.write(f"{message}{share}\n")
            sys.stderr.flush()

    return show
