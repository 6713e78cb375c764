from hypothesis import given
from hypothesis import strategies as st

from newscrawl.report import harmless_block, harmless_line


def test_an_escape_sequence_shows_as_a_replacement_character() -> None:
    assert harmless_line("\x1b]0;owned\x07 \x9b31mred") == "\ufffd]0;owned\ufffd \ufffd31mred"


def test_line_ends_of_every_kind_become_one_blank() -> None:
    assert harmless_line("a\r\nb\u2028c\x85d\te") == "a b c d e"


def test_overrides_of_direction_and_invisible_characters_go() -> None:
    assert harmless_line("photo\u202egpj.exe \u2066x\u2069 \u200bz\ufeff") == "photogpj.exe x z"


def test_joiners_of_persian_and_emoji_stay() -> None:
    assert harmless_line("می\u200cخواهم 👩\u200d🚒") == "می\u200cخواهم 👩\u200d🚒"


def test_a_block_keeps_its_lines() -> None:
    assert harmless_block("one\r\n\r\ntwo\x1b[2J") == "one\n\ntwo\ufffd[2J"


@given(st.text(st.characters(codec=None)))
def test_no_text_moves_the_cursor_and_twice_is_once(text: str) -> None:
    line = harmless_line(text)
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in line)
    assert len(line.splitlines()) <= 1
    assert harmless_line(line) == line
    line.encode()
