"""Write articles and everything that hangs on them, inside a transaction that holds the write lock."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, literal, select, update

from newscrawl.model import ArticleStatus, Placement
from newscrawl.store.article_parts import index_texts, place_steps, write_page_parts
from newscrawl.store.article_rows import Change, PreparedPage
from newscrawl.store.article_steps import READ_FROM_PAGE, Row, Step, step_of, step_of_rewriting
from newscrawl.store.article_tables import (
    article_revisions,
    article_urls,
    articles,
)
from newscrawl.store.bulk import execute_rows, insert_of
from newscrawl.store.changed_slugs import changed_slugs, text_marks
from newscrawl.store.chunks import chunks
from newscrawl.store.errors import WriteConflict
from newscrawl.store.identity import KnownKey, candidate, known_keys, tell_the_same
from newscrawl.store.upsert import insert_into


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one page."""

    change: Change
    article_id: int | None = None
    placement: Placement | None = None


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
    steps = [step_of_rewriting(page, stored[id_]) for id_, page in pages.items() if id_ in stored]
    ids = {step.page.number: step.article_id for step in steps}
    _update_stored(connection, steps, now)
    write_page_parts(connection, steps, ids)
    index_texts(connection, steps, ids)
    place_steps(connection, steps, ids, now)
    return {step.article_id: step.change for step in steps}


def _first_of_each_article(
    pages: Sequence[PreparedPage], known: Mapping[str, KnownKey]
) -> tuple[list[PreparedPage], list[PreparedPage]]:
    first: list[PreparedPage] = []
    later: list[PreparedPage] = []
    taken: set[str | int] = set()
    for page in pages:
        marks: set[str | int] = set(page.keys.all)
        marks |= {known[key].article_id for key in page.keys.all if key in known}
        marks |= text_marks(page)
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
    write_page_parts(connection, steps, ids)
    index_texts(connection, steps, ids)
    placements = place_steps(connection, steps, ids, now)
    return {
        step.page.number: Written(step.change, ids[step.page.number], placements.get(ids[step.page.number]))
        for step in steps
    }


# -- deciding ----------------------------------------------------------------------------------------


def _decide(
    connection: Connection, pages: Sequence[PreparedPage], known: Mapping[str, KnownKey]
) -> Iterator[Step]:
    led = {page.number: candidate(page.keys, known) for page in pages}
    strangers = [page for page in pages if led[page.number][0] is None]
    led |= {
        number: (article_id, False) for number, article_id in changed_slugs(connection, strangers).items()
    }
    stored = _load(connection, {article_id for article_id, _ in led.values() if article_id is not None})
    for page in pages:
        article_id, hearsay = led[page.number]
        row = stored.get(article_id) if article_id is not None else None
        if row is not None and hearsay and not _believable(connection, row, page):
            row = None
        yield step_of(page, row)


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
    ids = _insert_articles(connection, rows)
    return {step.page.number: article_id for step, article_id in zip(steps, ids, strict=True)}


def _insert_articles(connection: Connection, rows: Sequence[Row]) -> Sequence[int]:
    if connection.dialect.name == "sqlite":
        # The ids that SQLite would give: it cannot return them in order, but for one row after the other.
        first = (connection.scalar(_LAST_ID) or 0) + 1
        numbered = [{"id": article_id, **row} for article_id, row in enumerate(rows, first)]
        execute_rows(connection, insert_of(articles), numbered)
        return range(first, first + len(rows))
    return connection.scalars(_INSERT_RETURNING, rows).all()


_LAST_ID = select(func.max(articles.c.id))
_INSERT_RETURNING = insert(articles).returning(articles.c.id, sort_by_parameter_order=True)


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
    only_seen = []
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
        if values.keys() == {"last_seen_at"}:
            only_seen.append({"at_id": step.article_id, "at_time": page.seen_at})
        elif values:
            connection.execute(update(articles).where(articles.c.id == step.article_id).values(values))
    if only_seen:
        execute_rows(connection, _SEEN, only_seen)


_SEEN = update(articles).where(articles.c.id == bindparam("at_id")).values(last_seen_at=bindparam("at_time"))


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
