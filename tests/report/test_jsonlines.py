import json
from datetime import datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.report import json_line


def test_times_are_utc_and_letters_stay_readable() -> None:
    when = datetime(2026, 11, 20, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert json_line({"title": "Łódź", "at": when}) == '{"title": "Łódź", "at": "2026-11-20T08:30:00+00:00"}'


@given(st.dictionaries(st.text(), st.text(st.characters(codec=None))))
def test_a_line_is_one_line_without_controls_and_loses_nothing(row: dict[str, str]) -> None:
    line = json_line(row)
    assert len(line.splitlines()) == 1
    assert not any(127 <= ord(c) < 160 or ord(c) == 0x202E for c in line)
    assert json.loads(line) == row


def test_a_character_beyond_the_first_plane_is_escaped_as_a_pair() -> None:
    assert json_line({"a": "\U000e0041"}) == '{"a": "\\udb40\\udc41"}'
