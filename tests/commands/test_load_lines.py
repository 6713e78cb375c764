import gzip
from pathlib import Path

import pytest
import zstandard

from newscrawl.commands import load_lines
from newscrawl.commands.load_lines import open_lines
from newscrawl.errors import ConfigError

TEXT = b'{"a": 1}\n\n \r\n{"b": 2}\r\nlast'


def lines_of(path: Path) -> list[tuple[int, bytes]]:
    with open_lines(str(path)) as source:
        return [(line.number, line.data.strip()) for line in source.lines]


@pytest.mark.parametrize("packed", [TEXT, gzip.compress(TEXT), zstandard.compress(TEXT)])
def test_lines_keep_their_numbers_and_blank_ones_are_left_out(tmp_path: Path, packed: bytes) -> None:
    (tmp_path / "f").write_bytes(packed)
    assert lines_of(tmp_path / "f") == [(1, b'{"a": 1}'), (4, b'{"b": 2}'), (5, b"last")]


def test_a_truncated_gzip_gives_what_it_has_and_then_says_so(tmp_path: Path) -> None:
    (tmp_path / "f.gz").write_bytes(gzip.compress(b"".join(b"%d\n" % n for n in range(50_000)))[:-20])
    seen = 0
    with (
        open_lines(str(tmp_path / "f.gz")) as source,
        pytest.raises(ConfigError, match=r"cannot be read after line \d{5}"),
    ):
        for _ in source.lines:
            seen += 1
    assert seen > 40_000


def test_an_endless_line_is_cut_and_the_next_one_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_lines, "MAX_LINE_BYTES", 10)
    (tmp_path / "f").write_bytes(b"x" * 35 + b"\n" + b"0123456789\n" + b"ok\n")
    with open_lines(str(tmp_path / "f")) as source:
        assert [(line.number, line.too_long) for line in source.lines] == [(1, True), (2, True), (3, False)]


def test_what_is_done_reaches_the_size(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(TEXT)
    with open_lines(str(tmp_path / "f")) as source:
        list(source.lines)
        assert source.done == source.size == len(TEXT)


@pytest.mark.parametrize("name", ["nowhere.jsonl", "."])
def test_a_name_that_is_no_file_is_one_clear_line(name: str) -> None:
    with pytest.raises(ConfigError, match="cannot read"), open_lines(name):
        pass
