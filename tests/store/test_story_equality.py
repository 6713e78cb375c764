"""The benchmarks measure an index in memory: the one in SQL gives the same stories and relations."""

import random
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, select

from benchmarks.stories.memory_index import MemoryStoryIndex
from newscrawl.model import Article, ArticleStatus, CleanedPage, StoryInput
from newscrawl.store import begin_read, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.stories import fingerprint_article

NOW = datetime(2026, 3, 1, tzinfo=UTC)
BATCH = 20


def generated(count: int) -> list[tuple[str, str, datetime | None]]:
    """Titles, texts and dates about invented events that share part of their words."""
    dice = random.Random(4)
    common = [f"common{i}" for i in range(300)]
    events = [
        [f"name{e}x{i}" for i in range(25)] + [f"topic{e % 5}x{i}" for i in range(25)] for e in range(30)
    ]
    told: list[tuple[str, str, datetime | None]] = []
    for number in range(count):
        event = dice.randrange(len(events))
        day = NOW + timedelta(days=event % 6, hours=dice.randrange(40))
        if told and dice.random() < 0.15:
            title, text, _ = dice.choice(told)
            words = text.split()
            for _ in range(len(words) // 10):
                words[dice.randrange(len(words))] = dice.choice(common)
            told.append((f"{title} again", " ".join(words), day))
            continue
        length = dice.randrange(60, 160)
        text = " ".join(dice.choice(events[event] if dice.random() < 0.4 else common) for _ in range(length))
        told.append((" ".join(dice.sample(events[event], 5)), text, None if number % 7 == 0 else day))
    return told


def test_sql_and_memory_give_the_same_stories(engine: Engine) -> None:
    told = generated(240)
    pages, inputs = [], []
    for number, (title, text, day) in enumerate(told, 1):
        url = f"https://site{number % 9}.example/2026/story-number-{number}"
        fingerprint = fingerprint_article(title, text, "en")
        article = Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="test",
            title=title,
            text=text,
            language="en",
            published_at=day,
        )
        pages.append(CleanedPage(page=None, article=article, fingerprint=fingerprint))
        inputs.append(
            StoryInput(
                article_id=number,
                site=f"site{number % 9}.example",
                url=url,
                title=title,
                text=text,
                language="en",
                published_at=day,
                first_seen_at=NOW,
                fingerprint=fingerprint,
            )
        )
    memory = MemoryStoryIndex()
    for start in range(0, len(pages), BATCH):
        write_batch(engine, pages[start : start + BATCH], crawl_id=None, now=NOW)
        memory.place(inputs[start : start + BATCH])
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles.c.id, articles.c.story_id, articles.c.relation)).all()
    stored = {row.id: row.story_id for row in rows}
    groups = {i: article.story_id for i, article in memory.known.items()}
    assert partition(stored) == partition(groups)
    assert len(set(groups.values())) > 10
    relations = memory.relations()
    assert {row.id: row.relation for row in rows} == {
        i: str(relation) for i, (relation, _) in relations.items()
    }


def partition(story_of: dict[int, int]) -> set[frozenset[int]]:
    stories: dict[int, set[int]] = {}
    for article_id, story_id in story_of.items():
        stories.setdefault(story_id, set()).add(article_id)
    return {frozenset(members) for members in stories.values()}
