"""Four loads of the same 300 articles at once: no double story, no lost article, no error; killed or not."""

import json
import random
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import Engine, func, select

from newscrawl.store import begin_read, open_engine, prepare_database
from newscrawl.store.article_tables import articles
from newscrawl.store.checks import check_database
from newscrawl.store.story_tables import stories

ROOT = Path(__file__).resolve().parents[2]
EVENTS, OUTLETS, LOADS = 30, 10, 4
ARTICLES = EVENTS * OUTLETS
MOODS = ("late", "early", "calm", "angry")
SYLLABLES = ("bar", "del", "fos", "gam", "hul", "kir", "lon", "mer", "nat", "pov", "rus", "sil", "tev", "vor")


def names(event: int) -> list[str]:
    """Thirty names that only this event has."""
    chance = random.Random(event)
    return ["".join(chance.choices(SYLLABLES, k=3)).title() + str(event) for _ in range(30)]


def report(event: int, outlet: int) -> dict[str, str]:
    """What one outlet tells of one event; outlet 1 copies outlet 0."""
    chance, told = random.Random(1000 * event + max(outlet, 1)), names(event)
    sentences = [
        f"{first} told {second} that {third} was {chance.choice(MOODS)} about it."
        for first, second, third in (chance.sample(told, 3) for _ in range(9))
    ]
    return {
        "url": f"https://outlet{outlet}.example/news/{event}-{told[0].lower()}",
        "title": f"{' '.join(chance.sample(told, 4))} in {told[outlet]}",
        "text": " ".join(sentences),
        "published_at": f"2026-03-{1 + event % 28:02}T{8 + outlet:02}:00:00Z",
    }


def write_rotated(folder: Path) -> list[Path]:
    """All articles in one file for each load, each beginning elsewhere: they meet at the same stories."""
    lines = [json.dumps(report(event, outlet)) + "\n" for outlet in range(OUTLETS) for event in range(EVENTS)]
    files = []
    for number in range(LOADS):
        shift = number * ARTICLES // LOADS + 7 * number
        files.append(folder / f"{number}.jsonl")
        files[-1].write_text("".join((*lines[shift:], *lines[:shift])), encoding="utf-8")
    return files


def start_load(url: str, source: str) -> "subprocess.Popen[str]":
    words = [sys.executable, "-m", "scrapy", "load", source, "--database", url, "--workers", "0", "--json"]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def load_all_at_once(url: str, files: list[Path]) -> int:
    """Load all files at once to their ends; return how many articles were new, by the loads' own word."""
    loads = [start_load(url, str(file)) for file in files]
    new = 0
    for load in loads:
        out, err = load.communicate(timeout=400)
        assert load.returncode == 0, err
        (counts,) = map(json.loads, out.splitlines())
        assert (counts["lines"], counts["bad"]) == (ARTICLES, 0)
        new += counts["new"]
    return new


def assert_stories_of_one_load(engine: Engine) -> None:
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles)).all()
        living = connection.execute(select(stories).where(stories.c.merged_into_id.is_(None))).all()
        assert [check for check in check_database(connection) if not check.ok] == []
    assert len({row.url for row in rows}) == len(rows) == ARTICLES
    told = {row.url: row for row in rows}
    for event in range(EVENTS):
        its = [told[report(event, outlet)["url"]] for outlet in range(OUTLETS)]
        assert len({row.story_id for row in its}) == 1, f"event {event} is in several stories"
        assert [row.relation for row in its].count("original") == 1
        assert its[1].copy_of_id == its[0].id
    assert sorted((story.article_count, story.site_count) for story in living) == [(10, 10)] * EVENTS


def count(engine: Engine) -> int:
    with begin_read(engine) as connection:
        return connection.scalar(select(func.count()).select_from(articles)) or 0


def feed(load: "subprocess.Popen[str]", lines: list[str]) -> None:
    """Write lines to a load. Its pipe stays open, so that it cannot end by itself."""
    with suppress(BrokenPipeError):
        assert load.stdin is not None
        load.stdin.writelines(lines)
        load.stdin.flush()


@pytest.fixture
def engine_of_loads(empty_url: str) -> Engine:
    engine = open_engine(empty_url)
    prepare_database(engine)
    return engine


def test_four_loads_of_the_same_300_articles_make_the_stories_of_one(
    empty_url: str, engine_of_loads: Engine, tmp_path: Path
) -> None:
    files = write_rotated(tmp_path)
    assert load_all_at_once(empty_url, files) == ARTICLES
    assert_stories_of_one_load(engine_of_loads)
    engine_of_loads.dispose()


def test_four_loads_that_are_killed_and_continued_make_the_stories_of_one(
    empty_url: str, engine_of_loads: Engine, tmp_path: Path
) -> None:
    files = write_rotated(tmp_path)
    first = files[0].read_text("utf-8").splitlines(keepends=True)[: ARTICLES * 5 // 6]
    loads = [start_load(empty_url, "-") for _ in files]
    feeders = [
        Thread(target=feed, args=(load, [*first[60 * number :], *first[: 60 * number]]))
        for number, load in enumerate(loads)
    ]
    for feeder in feeders:
        feeder.start()
    deadline = time.monotonic() + 240
    while not count(engine_of_loads) and time.monotonic() < deadline:
        time.sleep(0.02)
    for load in loads:
        load.kill()
    for feeder, load in zip(feeders, loads, strict=True):
        feeder.join()
        load.wait(timeout=60)
    stored = count(engine_of_loads)
    assert 0 < stored < ARTICLES
    with begin_read(engine_of_loads) as connection:
        assert [check for check in check_database(connection) if not check.ok] == []
    assert load_all_at_once(empty_url, files) == ARTICLES - stored
    assert_stories_of_one_load(engine_of_loads)
    engine_of_loads.dispose()
