"""Lines become articles with fingerprints: in this process for a small file, in workers for a large one."""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace
from itertools import islice

from newscrawl.clean.language import text_language
from newscrawl.commands.load_lines import MAX_LINE_BYTES, Line
from newscrawl.commands.load_rows import BadLine, read_row
from newscrawl.errors import NewscrawlError
from newscrawl.model import CleanedPage
from newscrawl.pipelines.multilingual import embed_each
from newscrawl.stories import fingerprint_article

BATCH_LINES = 100
"""Lines of one batch: one task of a worker and one transaction of the database."""

INLINE_LINES = 300
"""Lines that are read in this process before workers start: starting them costs as much CPU."""

MAX_WORKERS = 4
"""Workers beside the process that writes. Writing is the slower half: more of them would wait."""

BATCHES_AHEAD = 3
"""Batches a worker may be ahead of the writer: bounds the memory."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with line `line`; `fatal`: there is no article in it."""

    line: int
    message: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class LoadedBatch:
    """The articles of some lines, in their order, and what was wrong with lines among them.

    `numbers` are the lines that the `pages` stood on.
    """

    last_line: int
    pages: tuple[CleanedPage, ...]
    numbers: tuple[int, ...]
    problems: tuple[Problem, ...] = field(default=())


def read_batch(lines: Sequence[Line], embed: bool = False) -> LoadedBatch:
    """Return the articles of `lines` with their fingerprints. Pure; runs in worker processes.

    `embed`: each gets an embedding, too (NEWSCRAWL_MULTILINGUAL).
    """
    pages: list[CleanedPage] = []
    numbers: list[int] = []
    problems: list[Problem] = []
    for line in lines:
        try:
            if line.too_long:
                raise BadLine(f"longer than {MAX_LINE_BYTES:,} bytes")
            row = read_row(line.data)
        except BadLine as error:
            problems.append(Problem(line.number, str(error), fatal=True))
            continue
        problems += [Problem(line.number, warning, fatal=False) for warning in row.warnings]
        article = row.article
        if article.language is None:  # what the file says is believed: it may know more than the words show
            article = replace(article, language=text_language(article.text, None))
        fingerprint = fingerprint_article(article.title, article.text, article.language)
        pages.append(CleanedPage(page=None, article=article, fingerprint=fingerprint))
        numbers.append(line.number)
    if embed:
        embeddings = embed_each([page.article for page in pages])
        pages = [replace(page, embedding=e) for page, e in zip(pages, embeddings, strict=True)]
    return LoadedBatch(lines[-1].number, tuple(pages), tuple(numbers), tuple(problems))


def read_batches(lines: Iterator[Line], workers: int, *, embed: bool = False) -> Generator[LoadedBatch]:
    """Yield batches in the order of the lines; `workers=0` does everything in this process."""
    for batch in _cut(islice(lines, INLINE_LINES) if workers else lines):
        yield read_batch(batch, embed)
    if workers:
        following = next(lines, None)
        if following is not None:
            yield from _read_in_workers(_with_first(following, lines), workers, embed)


def default_workers() -> int:
    """Return how many workers keep the writer busy on this machine."""
    processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(MAX_WORKERS, processors - 1))


def _read_in_workers(lines: Iterator[Line], workers: int, embed: bool) -> Generator[LoadedBatch]:
    # forkserver: a plain fork of a process with database connections shares their sockets.
    context = multiprocessing.get_context("forkserver")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker) as pool:
        waiting: deque[Future[LoadedBatch]] = deque()
        try:
            for batch in _cut(lines):
                waiting.append(pool.submit(read_batch, batch, embed))
                if len(waiting) >= workers * BATCHES_AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        except BrokenProcessPool as error:
            message = "a worker process was killed (try --workers 0); what is stored stays"
            raise NewscrawlError(message) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _start_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    threading.Thread(target=_end_with_the_parent, daemon=True).start()


def _end_with_the_parent() -> None:
    """End when the parent has been killed: it would be waited for for ever, as a worker holds both ends of
    the pipe that its tasks come from."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _with_first(first: Line, rest: Iterator[Line]) -> Iterator[Line]:
    yield first
    yield from rest


def _cut(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while batch := list(islice(lines, BATCH_LINES)):
        yield batch
