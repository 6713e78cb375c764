"""The versions of an article's text, the oldest first."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from newscrawl.store.article_tables import article_revisions, articles


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A title and a text, from when (`seen_at`) until when (`replaced_at`; None: they stand)."""

    seen_at: datetime
    replaced_at: datetime | None
    title: str
    text: str
    cleaner_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """An article and all versions of its text that were seen; the last one stands."""

    article_id: int
    url: str
    versions: tuple[Version, ...]


def article_history(connection: Connection, article_id: int) -> History | None:
    """Return the article's versions, or None where there is no such article."""
    query = select(articles).where(articles.c.id == article_id)
    now = connection.execute(query).one_or_none()
    if now is None:
        return None
    past = connection.execute(
        select(article_revisions)
        .where(article_revisions.c.article_id == article_id)
        .order_by(article_revisions.c.replaced_at, article_revisions.c.id)
    )
    versions = [
        Version(
            seen_at=row.seen_at,
            replaced_at=row.replaced_at,
            title=row.title,
            text=row.text,
            cleaner_version=row.cleaner_version,
        )
        for row in past
    ]
    standing = Version(
        seen_at=now.text_changed_at,
        replaced_at=None,
        title=now.title,
        text=now.text,
        cleaner_version=now.cleaner_version,
    )
    return History(article_id=now.id, url=now.url, versions=(*versions, standing))
