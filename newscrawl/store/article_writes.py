"""Write articles and everything that hangs on them, inside a transaction that holds the write lock."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, literal, select, update

from newscrawl.model import ArticleStatus, Placement, StoryInput
from newscrawl.store.article_rows import READ_FROM_PAGE, Change, PreparedPage, details_after, speaks_for
from newscrawl.store.article_tables import (
    article_revisions,
    article_urls,
    articles,
    raw_pages,
    removed_blocks,
)
from newscrawl.store.chunks import chunks
from newscrawl.store.errors import WriteConflict
from newscrawl.store.identity import KnownKey, candidate, known_keys, tell_the_same
from newscrawl.store.search import SearchText, index_articles
from newscrawl.store.story_index import place_articles
from newscrawl.store.upsert import insert_into, insert_rows
from newscrawl.stories import fingerprint_article

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one page."""

    change: Change
    article_id: int | None = None
    placement: Placement | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One page, the article that it belongs to (None: a new one), and what it changes there.

    `stored` are the article's columns before, without its text; `details` those that change, beside
    title and text.
    """

    page: PreparedPage
    change: Change
    stored: Row | None = None
    details: Row | None = None

    @property
    def article_id(self) -> int:
        """The id of the article that is stored already."""
        assert self.stored is not None
        return int(self.stored["id"])


def write_articles(
    connection: Connection, pages: Sequence[PreparedPage], now: datetime
) -> dict[int, Written]:
    """Write `pages`; return what became of each, by `PreparedPage.number`."""
    written = {
        page.number: Written(Change.NOT_ARTICLE) for page in pages if page.status is ArticleStatus.NOT_ARTICLE
    }
    waiting = [page for page in pages if page.number not in written]
    while waiting:
        # Two pages of one article in one batch: the second finds what the first wrote.
        known = known_keys(connection, {key for page in waiting for key in page.keys.all})
        together, waiting = _first_of_each_article(waiting, known)
        written |= _write_round(connection, together, known, now)
    return written


def rewrite_articles(
    connection: Connection, pages: Mapping[int, PreparedPage], now: datetime
) -> dict[int, Change]:
    """Write stored articles anew, from their stored pages cleaned again; `pages` is by article id.

    Texts that change go to the revisions; addresses, the time of the fetch and the raw page stay. An article
    that had a text and would have none now is kept as it is (`Change.KEPT`).
    """
    stored = _load(connection, pages)
    steps = [_rewritten(page, stored[id_]) for id_, page in pages.items() if id_ in stored]
    ids = {step.page.number: step.article_id for step in steps}
    _update_stored(connection, steps, now)
    _write_page_parts(connection, steps, ids)
    _index(connection, steps, ids)
    _place(connection, steps, ids, now)
    return {step.article_id: step.change for step in steps}


def _rewritten(page: PreparedPage, stored: Row) -> Step:
    if stored["status"] in (ArticleStatus.OK, ArticleStatus.GONE) and page.status is not ArticleStatus.OK:
        return Step(page, Change.KEPT, stored)
    page = replace(page, article={**page.article, "fetched_at": stored["fetched_at"]})
    fixed = {"url", "canonical_url", "site"}
    if stored["status"] == ArticleStatus.GONE:
        fixed.add("status")
    details = {name: value for name, value in details_after(stored, page).items() if name not in fixed}
    if stored["text_hash"] != page.article["text_hash"]:
        return Step(page, Change.TEXT, stored, details)
    return Step(page, Change.DETAILS if details else Change.SEEN, stored, details)


def _first_of_each_article(
    pages: Sequence[PreparedPage], known: Mapping[str, KnownKey]
) -> tuple[list[PreparedPage], list[PreparedPage]]:
    first: list[PreparedPage] = []
    later: list[PreparedPage] = []
    taken: set[str | int] = set()
    for page in pages:
        marks: set[str | int] = set(page.keys.all)
        marks |= {known[key].article_id for key in page.keys.all if key in known}
        (later if marks & taken else first).append(page)
        taken |= marks
    return first, later


def _write_round(
    connection: Connection, pages: Sequence[PreparedPage], known: Mapping[str, KnownKey], now: datetime
) -> dict[int, Written]:
    steps = list(_decide(connection, pages, known))
    ids = _insert_new(connection, [step for step in steps if step.change is Change.NEW], now)
    ids |= {step.page.number: step.article_id for step in steps if step.stored is not None}
    _write_keys(connection, steps, ids, known)
    _update_stored(connection, steps, now)
    _write_page_parts(connection, steps, ids)
    _index(connection, steps, ids)
    placements = _place(connection, steps, ids, now)
    return {
        step.page.number: Written(step.change, ids[step.page.number], placements.get(ids[step.page.number]))
        for step in steps
    }


# -- deciding ----------------------------------------------------------------------------------------


def _decide(
    connection: Connection, pages: Sequence[PreparedPage], known: Mapping[str, KnownKey]
) -> Iterator[Step]:
    led = {page.number: candidate(page.keys, known) for page in pages}
    stored = _load(connection, {article_id for article_id, _ in led.values() if article_id is not None})
    for page in pages:
        article_id, hearsay = led[page.number]
        row = stored.get(article_id) if article_id is not None else None
        if row is not None and hearsay and not _believable(connection, row, page):
            row = None
        yield _step(page, row)


def _step(page: PreparedPage, stored: Row | None) -> Step:
    """Return what `page` does to the article `stored`."""
    if stored is None:
        return Step(page, Change.NEW)
    had_text = stored["status"] in (ArticleStatus.OK, ArticleStatus.GONE)
    if had_text and page.status is not ArticleStatus.OK:
        return Step(page, Change.KEPT, stored)
    if not speaks_for(stored, page) and had_text:
        return Step(page, Change.SEEN, stored)
    details = details_after(stored, page)
    if stored["text_hash"] != page.article["text_hash"]:
        return Step(page, Change.TEXT, stored, details)
    return Step(page, Change.DETAILS if details else Change.SEEN, stored, details)


def _believable(connection: Connection, stored: Row, page: PreparedPage) -> bool:
    if stored["text_hash"] == page.article["text_hash"]:
        return True
    if stored["status"] != ArticleStatus.OK or page.status is not ArticleStatus.OK:
        return True
    text = connection.scalar(select(articles.c.text).where(articles.c.id == stored["id"]))
    return tell_the_same(stored["title"], text or "", page.article["title"], page.article["text"])


_COMPARED = tuple(
    articles.c[name]
    for name in (
        *READ_FROM_PAGE,
        "id",
        "site",
        "title",
        "text_hash",
        "first_seen_at",
        "last_seen_at",
        "fetched_at",
        "story_id",
    )
)


def _load(connection: Connection, ids: Collection[int]) -> dict[int, Row]:
    return {
        row["id"]: dict(row)
        for part in chunks(sorted(ids))
        for row in connection.execute(select(*_COMPARED).where(articles.c.id.in_(part))).mappings()
    }


# -- writing -----------------------------------------------------------------------------------------


def _insert_new(connection: Connection, steps: Sequence[Step], now: datetime) -> dict[int, int]:
    if not steps:
        return {}
    rows = []
    for step in steps:
        seen = step.page.seen_at or now
        rows.append(
            {**step.page.article, "first_seen_at": seen, "last_seen_at": seen, "text_changed_at": seen}
        )
    statement = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)
    ids = connection.scalars(statement, rows).all()
    return {step.page.number: article_id for step, article_id in zip(steps, ids, strict=True)}


def _write_keys(
    connection: Connection, steps: Sequence[Step], ids: Mapping[int, int], known: Mapping[str, KnownKey]
) -> None:
    fresh, claimed = [], []
    for step in steps:
        article_id = ids[step.page.number]
        for key, source in step.page.keys.rows:
            row = {"url_key": key, "article_id": article_id, "source": source}
            if key not in known:
                fresh.append(row)
            elif source == "page" and known[key] != KnownKey(article_id, source):
                claimed.append(row)
    if fresh:
        statement = insert_into(connection, article_urls).on_conflict_do_nothing()
        added = connection.execute(statement.returning(article_urls.c.url_key), fresh).all()
        if len(added) != len(fresh):
            # Only a writer that does not take the lock can do this (somebody's own SQL).
            raise WriteConflict("another writer stored the same address in between")
    if claimed:
        # The page itself has come: what another page had claimed about this address is over.
        connection.execute(
            update(article_urls)
            .where(article_urls.c.url_key == bindparam("at_key"))
            .values(article_id=bindparam("to_article"), source=bindparam("from_source")),
            [
                {"at_key": row["url_key"], "to_article": row["article_id"], "from_source": row["source"]}
                for row in claimed
            ],
        )


def _update_stored(connection: Connection, steps: Sequence[Step], now: datetime) -> None:
    changed = [step for step in steps if step.change is Change.TEXT]
    _keep_old_versions(connection, changed, now)
    for step in steps:
        if step.stored is None or step.change is Change.KEPT:
            continue
        page, values = step.page, dict(step.details or {})
        if page.seen_at is not None and page.seen_at > step.stored["last_seen_at"]:
            values["last_seen_at"] = page.seen_at
        if step.change in (Change.TEXT, Change.DETAILS):
            values["fetched_at"] = page.article["fetched_at"]
        if step.change is Change.TEXT:
            new = page.article
            values |= {name: new[name] for name in ("title", "text", "text_hash", "word_count")}
            values["text_changed_at"] = page.seen_at or now
        if values:
            connection.execute(update(articles).where(articles.c.id == step.article_id).values(values))


def _keep_old_versions(connection: Connection, steps: Sequence[Step], now: datetime) -> None:
    for step in steps:
        old = select(
            articles.c.id,
            articles.c.text_changed_at,
            literal(step.page.seen_at or now, article_revisions.c.replaced_at.type),
            articles.c.title,
            articles.c.text,
            articles.c.text_hash,
            articles.c.cleaner_version,
        ).where(articles.c.id == step.article_id, func.length(articles.c.text) > 0)
        names = ["article_id", "seen_at", "replaced_at", "title", "text", "text_hash", "cleaner_version"]
        connection.execute(insert(article_revisions).from_select(names, old))


def _write_page_parts(connection: Connection, steps: Sequence[Step], ids: Mapping[int, int]) -> None:
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


def _index(connection: Connection, steps: Sequence[Step], ids: Mapping[int, int]) -> None:
    """Keep the full-text index in step: it changes in the transaction that changes the text."""
    written = [step for step in steps if step.change in (Change.NEW, Change.TEXT)]
    index_articles(
        connection,
        [
            SearchText(ids[step.page.number], step.page.article["title"], step.page.article["text"])
            for step in written
        ],
    )


# -- stories -----------------------------------------------------------------------------------------


def _place(
    connection: Connection, steps: Sequence[Step], ids: Mapping[int, int], now: datetime
) -> dict[int, Placement]:
    inputs = [
        _story_input(step, ids[step.page.number], now)
        for step in steps
        if step.page.status is ArticleStatus.OK and step.change in (Change.NEW, Change.TEXT)
    ]
    if not inputs:
        return {}

    return {placement.article_id: placement for placement in place_articles(connection, inputs, now)}


def _story_input(step: Step, article_id: int, now: datetime) -> StoryInput:
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
        fingerprint=fingerprint or fingerprint_article(row["title"], row["text"], row["language"]),
        is_new=step.stored is None or step.stored["story_id"] is None,
    )
