"""Cleaned pages for tests of the store: each test says only what matters to it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, Table, select

from newscrawl.model import Article, ArticleStatus, BlockKind, CleanedPage, Page, RemovedBlock
from newscrawl.store import BatchResult, write_batch

MORNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
NOON = MORNING + timedelta(hours=4)
EVENING = MORNING + timedelta(hours=10)

FERRY = (
    "The night ferry to Holm lost its rudder an hour after leaving the harbour, the coast guard said.",
    "Two tugs held the ship against the wind until all sixty passengers had been taken off by boat.",
    "The company has cancelled the crossings of the coming week and will refund every ticket.",
)
BAKERS = (
    "Bakers in the old town want to sell bread on Sundays again, as they did before the war.",
    "The council will hear them in April; the church and the unions have already said no.",
)


def text_of(*paragraphs: str) -> str:
    return "\n\n".join(paragraphs)


def cleaned(
    url: str = "https://harbour.example.com/2026/ferry-adrift",
    *,
    title: str = "Ferry adrift off Holm",
    text: str = text_of(*FERRY),
    status: ArticleStatus = ArticleStatus.OK,
    requested_url: str | None = None,
    canonical_url: str = "",
    fetched_at: datetime = MORNING,
    body: bytes | None = None,
    headers: Sequence[tuple[str, str]] = (),
    http_status: int = 200,
    removed: Sequence[RemovedBlock] = (),
    fetched: bool = True,
    **article: Any,
) -> CleanedPage:
    page = Page(
        url=url,
        requested_url=requested_url or url,
        http_status=http_status,
        body=f"<html><h1>{title}</h1>{text}".encode("utf-8", "replace") if body is None else body,
        fetched_at=fetched_at,
        headers=tuple(headers),
        encoding="utf-8",
    )
    return CleanedPage(
        page=page if fetched else None,
        article=Article(
            url=url,
            canonical_url=canonical_url,
            status=status,
            cleaner_version="test-1",
            title=title,
            text=text,
            language=article.pop("language", "en"),
            removed=tuple(removed),
            **article,
        ),
        fingerprint=None,
    )


def without_text(page: CleanedPage, status: ArticleStatus) -> CleanedPage:
    return replace(page, article=replace(page.article, status=status, title="", text="", removed=()))


def block(
    text: str, kind: BlockKind = BlockKind.AD, rule: str = "ad:label", position: int = 0
) -> RemovedBlock:
    return RemovedBlock(kind=kind, rule=rule, text=text, path="/html/body/div[1]", position=position)


def store(engine: Engine, *pages: CleanedPage, now: datetime = MORNING, **options: Any) -> BatchResult:
    return write_batch(engine, pages, crawl_id=None, now=now, **options)


def rows(engine: Engine, table: Table) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        statement = select(table).order_by(*table.primary_key.columns)
        return [dict(row) for row in connection.execute(statement).mappings()]


def row(engine: Engine, table: Table) -> dict[str, Any]:
    found = rows(engine, table)
    assert len(found) == 1, found
    return found[0]
