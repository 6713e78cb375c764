"""Stored pages, to be looked at again."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from newscrawl.model import Page
from newscrawl.store.article_tables import article_urls, articles, removed_blocks
from newscrawl.store.keys import index_key
from newscrawl.store.raw_page import read_raw_page
from newscrawl.stories import url_key


@dataclass(frozen=True, slots=True)
class StoredCut:
    """A block that was cut from the stored article."""

    position: int
    kind: str
    rule: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPage:
    """An article's page as it came (`page`: None where raw pages are not kept) and what was cut from it."""

    article_id: int
    url: str
    story_id: int | None
    page: Page | None
    cuts: tuple[StoredCut, ...]


def article_of_url(connection: Connection, url: str) -> int | None:
    """Return the id of the article that is known under `url`, in any of its spellings."""
    query = select(article_urls.c.article_id).where(article_urls.c.url_key == index_key(url_key(url)))
    found: int | None = connection.execute(query).scalar()
    return found


def stored_page(connection: Connection, article_id: int) -> StoredPage | None:
    """Return the stored page of an article, or None where there is no such article."""
    query = select(articles.c.id, articles.c.url, articles.c.story_id).where(articles.c.id == article_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    cuts = connection.execute(
        select(removed_blocks.c.position, removed_blocks.c.kind, removed_blocks.c.rule, removed_blocks.c.text)
        .where(removed_blocks.c.article_id == article_id)
        .order_by(removed_blocks.c.position, removed_blocks.c.number)
    )
    return StoredPage(
        article_id=row.id,
        url=row.url,
        story_id=row.story_id,
        page=read_raw_page(connection, article_id),
        cuts=tuple(StoredCut(*cut) for cut in cuts),
    )
