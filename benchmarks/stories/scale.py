"""How the cost of a decision grows: generated articles through the real writer, CPU and bytes at checkpoints.

    python -m benchmarks.stories.scale [--articles 100000] [--url sqlite:///scale.db]

The articles have the statistics of news: words by Zipf's law, events of a few days that share names and
places, a fifth of the articles copies of another. CPU time is that of this process (on Postgres: the client).
"""

import argparse
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import make_url, text

from newscrawl.model import Article, ArticleStatus, CleanedPage
from newscrawl.store import open_engine, prepare_database, write_batch
from newscrawl.stories import fingerprint_article

VOCABULARY = 300_000
ARTICLES_PER_DAY = 5_000
OPEN_EVENTS = 3_000
COPY_SHARE = 0.2
BATCH = 50
START = datetime(2026, 1, 1, tzinfo=UTC)
SYLLABLES = [c + v for c in "bdfgklmnprstvz" for v in "aeiou"]


def word(number: int) -> str:
    """Spell a rank of the vocabulary: the common ones are short."""
    letters = ""
    number += 70
    while number:
        number, syllable = divmod(number, len(SYLLABLES))
        letters += SYLLABLES[syllable]
    return letters


class Newsroom:
    """Generates articles: deterministic, as many as are asked for."""

    def __init__(self, seed: int = 7) -> None:
        self._random = np.random.default_rng(seed)
        weights = 1 / (np.arange(VOCABULARY) + 2.7) ** 1.05
        self._cumulative = np.cumsum(weights / weights.sum())
        self._words = [word(i) for i in range(VOCABULARY)]
        self._events: list[tuple[np.ndarray, list[list[int]]]] = []

    def _draw(self, count: int) -> np.ndarray:
        return np.minimum(np.searchsorted(self._cumulative, self._random.random(count)), VOCABULARY - 1)

    def articles(self, count: int) -> Iterator[CleanedPage]:
        for number in range(count):
            if len(self._events) < OPEN_EVENTS or self._random.random() < 0.3:
                topic = np.concatenate([self._draw(25), self._random.integers(2000, VOCABULARY, 25)])
                self._events.append((topic, []))
                self._events = self._events[-OPEN_EVENTS:]
            recency = int(self._random.exponential(OPEN_EVENTS / 8))
            topic, told = self._events[max(len(self._events) - 1 - recency, 0)]
            if told and self._random.random() < COPY_SHARE:
                tokens = list(told[int(self._random.integers(len(told)))])
                for place in self._random.integers(0, len(tokens), len(tokens) // 12):
                    tokens[place] = int(self._draw(1)[0])
            else:
                length = int(np.clip(self._random.lognormal(6.0, 0.5), 80, 2000))
                own = self._random.random(length) < 0.18
                tokens = np.where(own, self._random.choice(topic, length), self._draw(length)).tolist()
                told.append(tokens)
            yield self._page(number, topic, tokens)

    def _page(self, number: int, topic: np.ndarray, tokens: list[int]) -> CleanedPage:
        title = " ".join(self._words[i] for i in self._random.choice(topic, 8))
        words = [self._words[i] for i in tokens]
        body = "\n\n".join(" ".join(words[i : i + 60]) + "." for i in range(0, len(words), 60))
        url = f"https://site{number % 211}.example/2026/{number}-{words[0]}"
        article = Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="scale",
            title=title,
            text=body,
            language="en",
            published_at=START + timedelta(days=number / ARTICLES_PER_DAY),
        )
        return CleanedPage(page=None, article=article, fingerprint=fingerprint_article(title, body, "en"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--url", default="sqlite:///scale.db")
    parser.add_argument("--checkpoint", type=int, default=10_000)
    options = parser.parse_args()
    engine = open_engine(options.url)
    prepare_database(engine)
    newsroom = Newsroom().articles(options.articles)
    spent, done, last = 0.0, 0, 0
    print("articles  CPU ms/article  of which stories  stories alive  MB")
    batch: list[CleanedPage] = []
    place = _timed_placement()
    for page in newsroom:
        batch.append(page)
        if len(batch) < BATCH:
            continue
        started = time.process_time()
        write_batch(engine, batch, crawl_id=None, now=START + timedelta(days=done / ARTICLES_PER_DAY))
        spent += time.process_time() - started
        done, batch = done + len(batch), []
        if done % options.checkpoint == 0 or done == 1_000:
            with engine.connect() as connection:
                alive = connection.scalar(text("SELECT count(*) FROM stories WHERE merged_into_id IS NULL"))
            whole, ours = (1000 * seconds / (done - last) for seconds in (spent, place[0]))
            size = _megabytes(options.url)
            print(f"{done:8}  {whole:14.2f}  {ours:16.2f}  {alive:13}  {size}", flush=True)
            spent, place[0], last = 0.0, 0.0, done


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


def _megabytes(url: str) -> str:
    database = make_url(url).database
    return f"{Path(database).stat().st_size / 1e6:.0f}" if database and Path(database).exists() else "-"


if __name__ == "__main__":
    main()
