"""How the cost of a decision grows: generated articles through the real writer, CPU and bytes at checkpoints.

    python -m benchmarks.stories.scale [--articles 100000] [--url sqlite:///scale.db] [--pages DIR]

A database that holds some of the articles already is gone on with.

The articles come from another process, ready to be written. CPU time is that of the writing process: on
SQLite all of it, on Postgres the client's. Bytes are those of the database: `articles` holds the texts as
they are, `index` are the tables by which stories are found (`story_*`), `search` is the full-text index, and
`times` the whole over the texts compressed one by one (one in fifty is, to tell).
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from multiprocessing import get_context
from multiprocessing.connection import Connection as Pipe
from pathlib import Path

import zstandard
from sqlalchemy import Engine, func, select, text

from benchmarks.stories.newsroom import Newsroom, told_at
from benchmarks.stories.pages import pages_in
from newscrawl.model import CleanedPage
from newscrawl.store import begin_read, open_engine, prepare_database, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.chunks import chunks

BATCH = 50
FIRST_CHECKPOINTS = (1_000, 5_000)
CHUNK = 1_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--url", default="sqlite:///scale.db")
    parser.add_argument("--checkpoint", type=int, default=10_000)
    parser.add_argument("--pages", type=Path, help="where benchmarks.stories.pages puts the articles")
    options = parser.parse_args()
    engine = open_engine(options.url)
    prepare_database(engine)
    given = options.pages and pages_in(options.pages, options.articles)
    measure(engine, iter(given or generated(options.articles)), options.checkpoint)


def measure(engine: Engine, pages: Iterator[CleanedPage], checkpoint: int) -> None:
    """Write `pages`, and print a line at each checkpoint about the articles since the one before."""
    print("articles  CPU ms/article  story part  bytes/article  articles  index  search  times", flush=True)
    story_part = _timed_placement()
    done = last = article_count(engine)
    cpu_s = 0.0
    compressed = sum(compressed_size(batch) for batch in chunks(islice(pages, done), BATCH))
    for batch in chunks(pages, BATCH):
        started = time.process_time()
        write_batch(engine, batch, crawl_id=None, now=told_at(done))
        cpu_s += time.process_time() - started
        compressed += compressed_size(batch)
        done += len(batch)
        if done % checkpoint == 0 or done in FIRST_CHECKPOINTS:
            times = 1000 / (done - last)
            sizes = table_bytes(engine)
            whole = sum(sizes.values())
            texts, index, search = (
                sum(size for table, size in sizes.items() if table.startswith(prefix)) // done
                for prefix in ("articles", "story_", "article_search")
            )
            print(
                f"{done:8}  {cpu_s * times:14.2f}  {story_part[0] * times:10.2f}  {whole // done:13}"
                f"  {texts:8}  {index:5}  {search:6}  {whole / compressed:5.1f}",
                flush=True,
            )
            cpu_s, story_part[0], last = 0.0, 0.0, done


def article_count(engine: Engine) -> int:
    """Return how many articles are stored."""
    with begin_read(engine) as connection:
        return connection.scalar(select(func.count()).select_from(articles)) or 0


def compressed_size(batch: Sequence[CleanedPage]) -> int:
    """Return about how large the texts of `batch` are, compressed one by one."""
    return len(zstandard.compress(batch[0].article.text.encode())) * len(batch)


def table_bytes(engine: Engine) -> dict[str, int]:
    """Return the bytes of each table, its indexes included."""
    query = _POSTGRES_SIZES if engine.dialect.name == "postgresql" else _SQLITE_SIZES
    with begin_read(engine) as connection:
        return {row.name: int(row.size) for row in connection.execute(text(query))}


_POSTGRES_SIZES = """
SELECT relname AS name, pg_total_relation_size(oid) AS size FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""
_SQLITE_SIZES = """
-- Pages, as dbstat counts the bytes of a tree in 32 bits.
SELECT coalesce(s.tbl_name, d.name) AS name, sum(d.pageno) * (SELECT page_size FROM pragma_page_size) AS size
FROM dbstat AS d LEFT JOIN sqlite_schema AS s ON s.name = d.name
WHERE d.aggregate = 1 GROUP BY 1
"""


def generated(count: int) -> Iterator[CleanedPage]:
    """Yield `count` articles that another process generates."""
    context = get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_generate, args=(sender, count), daemon=True)
    process.start()
    sender.close()
    for _ in range(0, count, CHUNK):
        yield from receiver.recv()
    process.join()


def _generate(sender: Pipe, count: int) -> None:
    for chunk in chunks(Newsroom().articles(count), CHUNK):
        sender.send(chunk)


def _timed_placement() -> list[float]:
    """Count the CPU time of the story part by itself, inside the writer."""
    from newscrawl.store import article_parts

    seconds, original = [0.0], article_parts.place_articles

    def timed(*arguments: object) -> object:
        started = time.process_time()
        try:
            return original(*arguments)  # type: ignore[arg-type]
        finally:
            seconds[0] += time.process_time() - started

    article_parts.place_articles = timed  # type: ignore[assignment]
    return seconds


if __name__ == "__main__":
    main()
