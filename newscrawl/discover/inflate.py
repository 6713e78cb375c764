"""Decompression with a bound: what a site sends compressed may be a bomb, or may have been cut short."""

import zlib
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]  # a dependency of Scrapy
import zstandard

CHUNK_BYTES = 64 * 1024
"""How much is inflated before the bound is looked at again: the most that a bomb can overshoot by."""

GZIP_MAGIC = b"\x1f\x8b"
CONTENT_ENCODINGS = ("gzip", "deflate", "br", "zstd")
"""What `inflate` understands, in the words of the Content-Encoding header."""


class InflateError(Exception):
    """The bytes are not what their encoding says."""


class TooLargeError(InflateError):
    """The data grows beyond the bound when it is inflated."""


@dataclass(frozen=True, slots=True)
class Inflated:
    """Decompressed bytes; `complete` is False where the stream ended before its end mark."""

    data: bytes
    complete: bool


def inflate(data: bytes, encoding: str, max_bytes: int) -> Inflated:
    """Decompress `data`, which Content-Encoding calls `encoding`, up to `max_bytes`.

    Plain data that is only labelled as gzip or deflate is given back as it is, as browsers do. Raises
    `TooLargeError` beyond the bound (the memory used stays near it) and `InflateError` for broken data or
    an encoding that is not in `CONTENT_ENCODINGS`.
    """
    if not data:
        return Inflated(b"", complete=True)
    if encoding in ("gzip", "x-gzip"):
        if not data.startswith(GZIP_MAGIC):
            return Inflated(data, complete=True)
        return _inflate_gzip(data, max_bytes)
    if encoding == "deflate":
        return _inflate_deflate(data, max_bytes)
    if encoding == "br":
        return _inflate_brotli(data, max_bytes)
    if encoding == "zstd":
        return _inflate_zstd(data, max_bytes)
    raise InflateError(f"unknown content encoding {encoding!r}")


def gunzip_if_gzipped(data: bytes, max_bytes: int, *, max_layers: int = 2) -> Inflated:
    """Undo gzip where the bytes show it (a `.gz` sitemap has no Content-Encoding), bounded as `inflate`."""
    complete = True
    for _ in range(max_layers):
        if not data.startswith(GZIP_MAGIC):
            break
        inflated = _inflate_gzip(data, max_bytes)
        data, complete = inflated.data, complete and inflated.complete
    return Inflated(data, complete)


def _inflate_gzip(data: bytes, max_bytes: int) -> Inflated:
    chunks: list[bytes] = []
    size = 0
    rest = data
    while rest.startswith(GZIP_MAGIC):  # a gzip file may hold several members, one after another
        member = zlib.decompressobj(wbits=31)
        while rest and not member.eof:
            try:
                chunk = member.decompress(rest, CHUNK_BYTES)
            except zlib.error as error:
                if chunks:  # broken on the way: what came before is real
                    return Inflated(b"".join(chunks), complete=False)
                raise InflateError(f"broken gzip: {error}") from None
            size += len(chunk)
            if size > max_bytes:
                raise TooLargeError(f"over {max_bytes} bytes when inflated")
            chunks.append(chunk)
            rest = member.unconsumed_tail
        if not member.eof:
            return Inflated(b"".join(chunks), complete=False)
        rest = member.unused_data
    return Inflated(b"".join(chunks), complete=True)


def _inflate_deflate(data: bytes, max_bytes: int) -> Inflated:
    # RFC 9110 means the zlib format; some servers send the raw one (https://stackoverflow.com/q/388595).
    for wbits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
        decompressor = zlib.decompressobj(wbits=wbits)
        chunks: list[bytes] = []
        size, rest = 0, data
        try:
            while rest and not decompressor.eof:
                chunk = decompressor.decompress(rest, CHUNK_BYTES)
                size += len(chunk)
                if size > max_bytes:
                    raise TooLargeError(f"over {max_bytes} bytes when inflated")
                chunks.append(chunk)
                rest = decompressor.unconsumed_tail
        except zlib.error:
            continue
        return Inflated(b"".join(chunks), complete=decompressor.eof)
    return Inflated(data, complete=True)


def _inflate_brotli(data: bytes, max_bytes: int) -> Inflated:
    decompressor = brotli.Decompressor()
    chunks: list[bytes] = []
    size = 0
    try:
        chunk = decompressor.process(data, output_buffer_limit=CHUNK_BYTES)
        while chunk:
            size += len(chunk)
            if size > max_bytes:
                raise TooLargeError(f"over {max_bytes} bytes when inflated")
            chunks.append(chunk)
            if decompressor.is_finished():
                break
            chunk = decompressor.process(b"", output_buffer_limit=CHUNK_BYTES)
    except brotli.error as error:
        raise InflateError(f"broken brotli: {error}") from None
    return Inflated(b"".join(chunks), complete=decompressor.is_finished())


def _inflate_zstd(data: bytes, max_bytes: int) -> Inflated:
    # The window is bounded too: a frame header may ask for gigabytes before any output (RFC 9659: 8 MiB).
    decompressor = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024)
    chunks: list[bytes] = []
    size = 0
    try:
        with decompressor.stream_reader(data, read_across_frames=True) as reader:
            while chunk := reader.read(CHUNK_BYTES):
                size += len(chunk)
                if size > max_bytes:
                    raise TooLargeError(f"over {max_bytes} bytes when inflated")
                chunks.append(chunk)
        checker = zstandard.ZstdDecompressor(max_window_size=8 * 1024 * 1024).decompressobj()
        checker.decompress(data)
        complete = checker.eof
    except zstandard.ZstdError as error:
        raise InflateError(f"broken zstd: {error}") from None
    return Inflated(b"".join(chunks), complete=complete)
