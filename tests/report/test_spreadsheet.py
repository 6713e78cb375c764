from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.report.spreadsheet import csv_cell


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("https://evil.example";"x")',
        "+1+1",
        "-2+3",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        '"=1',
        "＝1",
        "'=1",
    ],
)
def test_what_would_be_a_formula_begins_with_an_apostrophe(text: str) -> None:
    assert csv_cell(text) == "'" + text


@pytest.mark.parametrize("text", ["a=b", "5 - 3", "", "“=1”", "Ana"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


def test_numbers_times_lists_and_gaps() -> None:
    when = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
    cells = [csv_cell(value) for value in (-3, 0.5, True, None, when, ("Ana", "Bo"), ("=1",))]
    assert cells == [-3, 0.5, "true", "", "2026-11-20T09:30:00+00:00", "Ana; Bo", "'=1"]


@given(st.text())
def test_no_text_cell_begins_like_a_formula(text: str) -> None:
    assert str(csv_cell(text))[:1] not in set("=+-@\t\r\n＝＋－＠")
