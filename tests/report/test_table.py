import io
import re
from datetime import UTC, datetime

import pytest

from newscrawl.report import Column, print_table

COLUMNS = (Column("id", right=True), Column("title", flexible=True), Column("site"))


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def printed(rows: list[tuple[object, ...]], file: io.StringIO | None = None) -> str:
    file = file or io.StringIO()
    print_table(COLUMNS, rows, file)
    return file.getvalue()


def test_a_piped_table_is_aligned_by_width_and_never_cut() -> None:
    text = printed([(7, "今天" * 60, "a.example"), (12, "x" * 300, None)])
    assert text.splitlines() == [
        "id  title" + " " * 297 + "site",
        " 7  " + "今天" * 60 + " " * 62 + "a.example",
        "12  " + "x" * 300,
    ]


def test_a_headline_is_no_markup_and_no_command_to_the_terminal() -> None:
    rows: list[tuple[object, ...]] = [(1, "[bold]not[/bold] \x1b[31m :smile:", "s")]
    assert "[bold]not[/bold] \ufffd[31m :smile:" in printed(rows)
    assert "[bold]not[/bold] \ufffd[31m :smile:" in printed(rows, Terminal())


def test_cells_show_times_in_utc_and_lists_by_commas() -> None:
    text = printed([(0.25, datetime(2026, 11, 20, 9, 30, tzinfo=UTC), ("a", "b"))])
    assert text.splitlines()[1].split("  ") == ["0.250", "2026-11-20 09:30", "a, b"]


def test_a_terminal_that_is_too_narrow_gets_whole_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[tuple[object, ...]] = [(123_456, "A headline of many words that has to wrap", "site.example")]
    monkeypatch.setenv("COLUMNS", "50")
    lines = [re.sub(r"\x1b\[\d*m", "", line) for line in printed(rows, Terminal()).splitlines()]
    assert len(lines) > 3
    assert all(len(line) <= 50 for line in lines)
    monkeypatch.setenv("COLUMNS", "30")
    assert printed(rows, Terminal()) == printed(rows)
