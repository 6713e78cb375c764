"""Several processes place articles of the same stories at once: no double story, none lost, no error."""

import multiprocessing
import sys
from pathlib import Path

from sqlalchemy import Engine, func, select
from told_event import ALL, EVENT, page_of

from newscrawl.store import begin_read, open_engine, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.story_tables import stories


def place_in_order(url: str, shift: int) -> None:
    """Write all tellings one by one, beginning at another one in each process."""
    from cleaned_pages import NOON

    engine = open_engine(url)
    for telling in (*ALL[shift:], *ALL[:shift]):
        write_batch(engine, [page_of(telling)], crawl_id=None, now=NOON)
    engine.dispose()


def test_four_processes_make_one_story(engine: Engine, database_url: str) -> None:
    sys.path.insert(0, str(Path(__file__).parent))
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=place_in_order, args=(database_url, shift)) for shift in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0, 0, 0]
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles.c.title, articles.c.story_id, articles.c.relation)).all()
        alive = connection.scalar(
            select(func.count()).select_from(stories).where(stories.c.merged_into_id.is_(None))
        )
    assert len(rows) == len(ALL)
    told = {row.title: row for row in rows}
    assert len({told[telling.title].story_id for telling in EVENT}) == 1
    assert sorted(row.relation for row in rows) == sorted(
        ["original", "near_copy", "report", "report", "follow_up", "original"]
    )
    assert alive == 2
