"""Stories as the commands show them: lists, and everything that is known of one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Row, Select, func, or_, select

from newscrawl.store.article_tables import articles
from newscrawl.store.chunks import chunks
from newscrawl.store.story_tables import stories, story_decisions, story_links

LONGEST_CHAIN = 1_000
"""Merges that are followed from an old id to the story that stands now; more would be a loop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StorySummary:
    """One line of a list of stories. `sites` come with the most articles first."""

    id: int
    title: str
    article_count: int
    site_count: int
    source_count: int
    sites: tuple[str, ...]
    languages: tuple[str, ...]
    first_published_at: datetime | None
    last_published_at: datetime | None
    canonical_article_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryArticle:
    """One article of a story, and how it came there. `told_at`: published, or first seen by us."""

    id: int
    site: str
    url: str
    title: str
    authors: tuple[str, ...]
    language: str | None
    published_at: datetime | None
    first_seen_at: datetime
    word_count: int
    paywalled: bool
    status: str
    relation: str | None
    copy_of_id: int | None
    agency: str | None
    source: str | None
    match_kind: str | None
    match_score: float | None
    match_article_id: int | None

    @property
    def told_at(self) -> datetime:
        """When the outlet had it, as far as is known."""
        return self.published_at or self.first_seen_at


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedStory:
    """A story that stays apart from this one but belongs to it. `earlier`: the other one comes first."""

    id: int
    title: str
    kind: str
    score: float
    earlier: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDecision:
    """What a person, or the engine on second thoughts, decided on this story and another one.

    `kind` is a person's `merge` or `split`, or the engine's `repair_merge`, `repair_move` or `repair_split`
    (from the other story into this one); `article_ids` are those that changed their story, where they are
    known.
    """

    decided_at: datetime
    kind: str
    story_id: int
    other_story_id: int
    article_ids: tuple[int, ...]
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRecord:
    """A story as a whole: its articles in the order in which they were told, its links and its past."""

    summary: StorySummary
    canonical_text: str
    articles: tuple[StoryArticle, ...]
    links: tuple[LinkedStory, ...]
    merged_ids: tuple[int, ...]
    decisions: tuple[StoryDecision, ...]

    @property
    def canonical(self) -> StoryArticle | None:
        """The article that stands for the story."""
        return next((a for a in self.articles if a.id == self.summary.canonical_article_id), None)


def list_stories(
    connection: Connection,
    *,
    limit: int | None = None,
    site: str | None = None,
    since: datetime | None = None,
    least_sites: int = 1,
) -> Iterator[StorySummary]:
    """Yield stories, newest first: those with an article of `site`, told since `since`, on enough sites."""
    query = _current_stories().where(stories.c.site_count >= least_sites)
    if site is not None:
        query = query.where(stories.c.id.in_(select(articles.c.story_id).where(articles.c.site == site)))
    if since is not None:
        query = query.where(stories.c.last_published_at >= since)
    query = query.order_by(stories.c.last_published_at.desc().nulls_last(), stories.c.id.desc())
    if limit is not None:
        query = query.limit(limit)
    # One read of the list, in parts: a run over all stories keeps none of them in memory.
    for part in chunks(connection.execute(query)):
        yield from _summaries(connection, part)


def stories_of_articles(connection: Connection, article_ids: Iterable[int]) -> Iterator[StorySummary]:
    """Yield each story of `article_ids` once, in the order of the articles."""
    shown: set[int] = set()
    for part in chunks(article_ids):
        rows = connection.execute(select(articles.c.id, articles.c.story_id).where(articles.c.id.in_(part)))
        story_of = {row.id: row.story_id for row in rows}
        wanted = dict.fromkeys(story_of[i] for i in part if story_of.get(i) is not None)
        fresh = [story_id for story_id in wanted if story_id not in shown]
        shown.update(fresh)
        found = connection.execute(_current_stories().where(stories.c.id.in_(fresh))).all()
        by_id = {summary.id: summary for summary in _summaries(connection, found)}
        yield from (by_id[story_id] for story_id in fresh if story_id in by_id)


def current_story_id(connection: Connection, story_id: int) -> int | None:
    """Return the story that `story_id` has become by merges, mostly itself; None: there is none."""
    for _ in range(LONGEST_CHAIN):
        row = connection.execute(
            select(stories.c.merged_into_id).where(stories.c.id == story_id)
        ).one_or_none()
        if row is None:
            return None
        if row.merged_into_id is None:
            return story_id
        story_id = row.merged_into_id
    return None


def story_record(connection: Connection, story_id: int) -> StoryRecord | None:
    """Return all that is known of the story `story_id`, a merged one as what it has become; None: no such."""
    current = current_story_id(connection, story_id)
    if current is None:
        return None
    row = connection.execute(_current_stories().where(stories.c.id == current)).one()
    (summary,) = _summaries(connection, [row])
    members = _articles_of(connection, current)
    text = connection.execute(select(articles.c.text).where(articles.c.id == summary.canonical_article_id))
    merged = connection.execute(
        select(stories.c.id).where(stories.c.merged_into_id == current).order_by(stories.c.id)
    )
    return StoryRecord(
        summary=summary,
        canonical_text=text.scalar() or "",
        articles=tuple(sorted(members, key=lambda article: (article.told_at, article.id))),
        links=tuple(_links_of(connection, current)),
        merged_ids=tuple(merged.scalars()),
        decisions=tuple(_decisions_on(connection, current)),
    )


def _current_stories() -> Select[tuple[object, ...]]:
    return select(
        stories.c.id,
        stories.c.title,
        stories.c.article_count,
        stories.c.site_count,
        stories.c.source_count,
        stories.c.languages,
        stories.c.first_published_at,
        stories.c.last_published_at,
        stories.c.canonical_article_id,
    ).where(stories.c.merged_into_id.is_(None))


def _summaries(connection: Connection, rows: Sequence[Row[tuple[object, ...]]]) -> Iterator[StorySummary]:
    ids = [row.id for row in rows]
    counted = connection.execute(
        select(articles.c.story_id, articles.c.site, func.count())
        .where(articles.c.story_id.in_(ids))
        .group_by(articles.c.story_id, articles.c.site)
    )
    sites: dict[int, dict[str, int]] = {}
    for story_id, site, count in counted:
        sites.setdefault(story_id, {})[site] = count
    for row in rows:
        yield StorySummary(
            id=row.id,
            title=row.title,
            article_count=row.article_count,
            site_count=row.site_count,
            source_count=row.source_count,
            sites=_most_first(sites.get(row.id, {})),
            languages=row.languages,
            first_published_at=row.first_published_at,
            last_published_at=row.last_published_at,
            canonical_article_id=row.canonical_article_id,
        )


def _most_first(counts: dict[str, int]) -> tuple[str, ...]:
    return tuple(sorted(counts, key=lambda name: (-counts[name], name)))


def _articles_of(connection: Connection, story_id: int) -> Iterator[StoryArticle]:
    names = StoryArticle.__dataclass_fields__
    query = select(*(articles.c[name] for name in names)).where(articles.c.story_id == story_id)
    for row in connection.execute(query):
        yield StoryArticle(**row._mapping)


def _decisions_on(connection: Connection, story_id: int) -> Iterator[StoryDecision]:
    columns = story_decisions.c
    query = (
        select(*(columns[name] for name in StoryDecision.__dataclass_fields__))
        .where(or_(columns.story_id == story_id, columns.other_story_id == story_id))
        .order_by(columns.id)
    )
    for row in connection.execute(query):
        yield StoryDecision(**{**row._mapping, "article_ids": tuple(row.article_ids)})


def _links_of(connection: Connection, story_id: int) -> Iterator[LinkedStory]:
    links = story_links.c
    query = (
        select(links.from_story_id, links.to_story_id, links.kind, links.score)
        .where(or_(links.from_story_id == story_id, links.to_story_id == story_id))
        .order_by(links.score.desc(), links.from_story_id, links.to_story_id)
    )
    for row in connection.execute(query).all():
        outgoing = row.from_story_id == story_id
        other = current_story_id(connection, row.to_story_id if outgoing else row.from_story_id)
        if other is None or other == story_id:
            continue  # merged into this very story since
        title = connection.execute(select(stories.c.title).where(stories.c.id == other)).scalar_one()
        # A link leads from the later story to the one that it follows.
        yield LinkedStory(id=other, title=title, kind=row.kind, score=row.score, earlier=outgoing)
