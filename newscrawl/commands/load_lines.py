"""The numbered lines of a file, of standard input, or of either compressed; never held as a whole."""

import gzip
import io
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import zstandard

from newscrawl.errors import ConfigError

STDIN = "-"
MAX_LINE_BYTES = 32 * 1024 * 1024
"""Bytes of one line that are read; no article is longer, and a file without line ends is not JSON Lines."""

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"


@dataclass(frozen=True, slots=True)
class Line:
    """Line `number` (from 1) of a file; `too_long`: only its beginning is here."""

    number: int
    data: bytes
    too_long: bool = False


@dataclass(slots=True)
class LineSource:
    """An open file of lines. `size` is its size in bytes, where that is known; `done` how many are read."""

    lines: Iterator[Line]
    size: int | None
    _raw: io.BufferedReader

    @property
    def done(self) -> int:
        """Bytes read so far, of the compressed file where it is compressed."""
        return self._raw.tell() if self.size is not None else 0


@contextmanager
def open_lines(name: str) -> Iterator[LineSource]:
    """Open `name` ("-" is standard input), plain, gzip or zstd by its first bytes; blank lines are left out.

    Raises ConfigError where the file cannot be read, also in the middle (a truncated gzip file).
    """
    with ExitStack() as stack:
        size = None
        try:
            if name == STDIN:
                raw = cast("io.BufferedReader", sys.stdin.buffer)
            else:
                raw = stack.enter_context(Path(name).open("rb"))
                size = Path(name).stat().st_size if Path(name).is_file() else None
            stream = _decompressed(raw)
        except OSError as error:
            raise ConfigError(f"cannot read {name!r}: {error.strerror}") from error
        yield LineSource(_numbered(stream, name), size, raw)


def _decompressed(buffered: io.BufferedReader) -> IO[bytes]:
    start = buffered.peek(4)[:4]
    if start.startswith(_GZIP_MAGIC):
        return cast("IO[bytes]", gzip.open(buffered))
    if start == _ZSTD_MAGIC:
        return io.BufferedReader(zstandard.ZstdDecompressor().stream_reader(buffered))
    return buffered


def _numbered(stream: IO[bytes], name: str) -> Iterator[Line]:
    number = 0
    while True:
        try:
            data = stream.readline(MAX_LINE_BYTES)
            too_long = len(data) == MAX_LINE_BYTES and not data.endswith(b"\n")
            while too_long and (rest := stream.readline(MAX_LINE_BYTES)):
                if rest.endswith(b"\n"):
                    break
        except (OSError, EOFError, zstandard.ZstdError) as error:
            raise ConfigError(f"{name!r} cannot be read after line {number}: {error}") from error
        if not data:
            return
        number += 1
        if too_long or not data.isspace():
            yield Line(number, data, too_long)
