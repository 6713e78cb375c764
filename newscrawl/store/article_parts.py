"""What hangs on an article's text: removed blocks, raw page, full-text index, story."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, delete, insert

from newscrawl.model import ArticleStatus, Placement, StoryInput
from newscrawl.store.article_rows import Change
from newscrawl.store.article_steps import Row, Step
from newscrawl.store.article_tables import raw_pages, removed_blocks
from newscrawl.store.chunks import chunks
from newscrawl.store.search import SearchText, index_articles
from newscrawl.store.story_index import place_articles
from newscrawl.store.story_refresh import refresh_stories
from newscrawl.store.upsert import insert_rows
from newscrawl.stories import fingerprint_article

TOLD_IN_STORIES = frozenset({"agency", "language", "paywalled", "published_at", "url"})
"""Columns that a story's record is made of, beside titles and texts."""


def write_page_parts(connection: Connection, steps: Sequence[Step], ids: Mapping[int, int]) -> None:
    """Write removed blocks and raw pages: they and the article's row are always of the same fetch."""
    written = [step for step in steps if step.change in (Change.NEW, Change.TEXT, Change.DETAILS)]
    replaced = [step.article_id for step in written if step.stored is not None]
    for part in chunks(replaced):
        connection.execute(delete(removed_blocks).where(removed_blocks.c.article_id.in_(part)))
    blocks = [
        {"article_id": ids[step.page.number], **block} for step in written for block in step.page.removed
    ]
    insert_rows(connection, removed_blocks, blocks)
    # The page of a version whose text went on record stays; of the others the newest is enough.
    for step in written:
        if step.change is Change.DETAILS and step.page.raw is not None:
            assert step.stored is not None
            connection.execute(
                delete(raw_pages).where(
                    raw_pages.c.article_id == step.article_id,
                    raw_pages.c.fetched_at == step.stored["fetched_at"],
                )
            )
    raw = [
        {"article_id": ids[step.page.number], **step.page.raw}
        for step in written
        if step.page.raw is not None
    ]
    if raw:
        connection.execute(insert(raw_pages), raw)


def index_texts(connection: Connection, steps: Sequence[Step], ids: Mapping[int, int]) -> None:
    """Keep the full-text index in step: it changes in the transaction that changes the text."""
    written = [step for step in steps if step.change in (Change.NEW, Change.TEXT)]
    index_articles(
        connection,
        [
            SearchText(ids[step.page.number], step.page.article["title"], step.page.article["text"])
            for step in written
        ],
    )


def place_steps(
    connection: Connection, steps: Sequence[Step], ids: Mapping[int, int], now: datetime
) -> dict[int, Placement]:
    """Have the stories of new and changed texts found; return the placements by article id.

    Where something else changed that a story's record tells, that is brought up to date.
    """
    inputs = [
        story_input(step, ids[step.page.number], now)
        for step in steps
        if step.page.status is ArticleStatus.OK and step.change in (Change.NEW, Change.TEXT)
    ]
    told_otherwise = {
        step.stored["story_id"]
        for step in steps
        if step.stored and step.stored["story_id"] and not TOLD_IN_STORIES.isdisjoint(step.details or ())
    }
    if told_otherwise:
        refresh_stories(connection, told_otherwise)
    if not inputs:
        return {}
    return {placement.article_id: placement for placement in place_articles(connection, inputs, now)}


def story_input(step: Step, article_id: int, now: datetime) -> StoryInput:
    """Return the article of `step` as the story engine takes it."""
    new = step.page.article
    if step.stored is None:
        row: Row = new
    else:
        row = {**step.stored, **(step.details or {}), "title": new["title"], "text": new["text"]}
    fingerprint = step.page.cleaned.fingerprint
    return StoryInput(
        article_id=article_id,
        site=row["site"],
        url=row["url"],
        title=row["title"],
        text=row["text"],
        language=row["language"],
        authors=row["authors"],
        published_at=row["published_at"],
        first_seen_at=step.stored["first_seen_at"] if step.stored else step.page.seen_at or now,
        paywalled=row["paywalled"],
        agency=row["agency"],
        fingerprint=fingerprint or fingerprint_article(row["title"], row["text"], row["language"]),
        embedding=step.page.cleaned.embedding,
        is_new=step.stored is None or step.stored["story_id"] is None,
    )
