"""What site memory costs the writer: `python -m benchmarks.site_memory.cost [--articles N] [--database URL]`.

Generated articles with standing lines on 20 sites, written in batches of 50; CPU of this process and wall
time inside `consult_memory` and `remember`, and the bytes that the tables of memory take on SQLite.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

from justext import get_stoplist
from sqlalchemy import Engine, text

from newscrawl.model import Article, ArticleStatus, CleanedPage
from newscrawl.store import open_engine, prepare_database, write_batch, writer
from newscrawl.stories import fingerprint_article

SITES = 20
BATCH = 50
PARAGRAPHS = 12
SENTENCE_WORDS = 38
VOCABULARY = 60_000
TOPIC_VOCABULARY = 400
FUNCTION_WORDS = 300
STANDING_PER_SITE = 12  # bios, promos, notices; each page has three of them
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def generated(count: int, seed: int = 1) -> Iterator[CleanedPage]:
    """Give `count` articles: half function words of English, half made-up words by Zipf's law.

    Each article draws most of its made-up words from a window of the vocabulary: its topic.
    """
    rng = random.Random(seed)
    function_words = sorted(word for word in get_stoplist("English") if word.isascii())[:FUNCTION_WORDS]
    words = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(4, 10))) for _ in range(VOCABULARY)]
    zipf = list(accumulate(1 / (rank + 3) for rank in range(TOPIC_VOCABULARY)))

    def sentence(size: int) -> str:
        start = topic if rng.random() < 0.8 else rng.randrange(VOCABULARY - TOPIC_VOCABULARY)
        content = rng.choices(words[start : start + TOPIC_VOCABULARY], cum_weights=zipf, k=size // 2)
        mixed = content + rng.choices(function_words, k=size - size // 2)
        rng.shuffle(mixed)
        return " ".join(mixed).capitalize() + "."

    topic = 0
    standing = []
    for _ in range(SITES):
        topic = rng.randrange(VOCABULARY - TOPIC_VOCABULARY)
        standing.append([sentence(18) for _ in range(STANDING_PER_SITE)])
    for number in range(count):
        site = number % SITES
        topic = rng.randrange(VOCABULARY - TOPIC_VOCABULARY)
        paragraphs = [sentence(SENTENCE_WORDS) for _ in range(PARAGRAPHS)]
        paragraphs += rng.sample(standing[site], 3)
        url = f"https://site{site}.example/{number}"
        title, body = sentence(9), "\n\n".join(paragraphs)
        article = Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="1",
            title=title,
            text=body,
            language="en",
            published_at=NOW + timedelta(minutes=number),
        )
        yield CleanedPage(page=None, article=article, fingerprint=fingerprint_article(title, body, "en"))


class Clock:
    """Adds up the CPU and wall time of the functions that it wraps."""

    def __init__(self) -> None:
        self.cpu = self.wall = 0.0

    def timed(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """Return `function`, with its time added up."""

        def run(*args: Any, **options: Any) -> Any:
            cpu, wall = time.process_time(), time.perf_counter()
            try:
                return function(*args, **options)
            finally:
                self.cpu += time.process_time() - cpu
                self.wall += time.perf_counter() - wall

        return run


def measure(engine: Engine, count: int) -> None:
    """Write `count` articles and print the cost per article, by quarter."""
    memory, whole = Clock(), Clock()
    writer.consult_memory = memory.timed(writer.consult_memory)  # type: ignore[assignment]
    writer.remember = memory.timed(writer.remember)  # type: ignore[assignment]
    write = whole.timed(write_batch)
    pages = generated(count)
    quarter = max(BATCH, count // 4)
    for done in range(0, count, quarter):
        memory.cpu = memory.wall = whole.cpu = whole.wall = 0.0
        batches = [[next(pages) for _ in range(BATCH)] for _ in range(quarter // BATCH)]
        for batch in batches:
            write(engine, batch, crawl_id=None, now=NOW)
        written = len(batches) * BATCH
        print(
            f"articles {done + 1:,} to {done + written:,}: memory {1000 * memory.cpu / written:.3f} ms CPU, "
            f"{1000 * memory.wall / written:.3f} ms wall an article, of "
            f"{1000 * whole.cpu / written:.2f} ms CPU, {1000 * whole.wall / written:.2f} ms wall in all",
            flush=True,
        )


def table_bytes(engine: Engine, count: int) -> None:
    """Print the bytes that site memory's tables and indexes take an article (SQLite only)."""
    if engine.dialect.name != "sqlite":
        return
    names = ("site_sightings", "site_boilerplate", "site_memory")
    query = (
        "SELECT sum(pgsize) FROM dbstat WHERE name IN (SELECT name FROM sqlite_master WHERE tbl_name = :name)"
    )
    with engine.connect() as connection:
        try:
            sizes = {name: connection.scalar(text(query), {"name": name}) or 0 for name in names}
        except Exception as error:
            print(f"bytes: SQLite was built without dbstat ({type(error).__name__})")
            return
    print(", ".join(f"{name} {size / count:.0f} bytes an article" for name, size in sizes.items()))


def main(arguments: Sequence[str]) -> int:
    """Measure on a new SQLite file, or on the (empty) database given."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site_memory.cost", description=__doc__)
    parser.add_argument("--articles", type=int, default=4_000)
    parser.add_argument("--database")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(options.database or f"sqlite:///{Path(folder) / 'cost.db'}")
        prepare_database(engine)
        measure(engine, options.articles)
        table_bytes(engine, options.articles)
        engine.dispose()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
