"""What must hold in every database, asked of the database itself (`scrapy db check`)."""

from collections.abc import Iterator
from dataclasses import dataclass

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Select, and_, distinct, exists, func, or_, select

from newscrawl.model import ArticleStatus, Relation
from newscrawl.store.article_tables import article_revisions, article_urls, articles
from newscrawl.store.schema import is_ours, same_type, schema_state
from newscrawl.store.story_tables import stories, story_links
from newscrawl.store.tables import metadata


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `wrong` counts what breaks the rule; `example` names one of it."""

    name: str
    rule: str
    wrong: int
    example: str | None = None

    @property
    def ok(self) -> bool:
        """Whether the rule holds everywhere."""
        return self.wrong == 0


def check_database(connection: Connection) -> Iterator[Check]:
    """Yield one result after the other: schema, the database's own integrity, then our rules.

    When the schema is not the code's, nothing else is looked at. Cost: a few passes over all articles.
    """
    state = schema_state(connection)
    yield Check("revision", f"the schema is {state.head}", int(not state.current), state.revision or "none")
    if not state.current:
        return
    differences = _schema_differences(connection)
    yield Check("schema", "tables and indexes are those of the code", len(differences), _first(differences))
    if connection.dialect.name == "sqlite":
        yield from _sqlite_integrity(connection)
    for name, rule, broken in RULES:
        ids = connection.scalars(broken.limit(LISTED)).all()
        wrong = len(ids)
        if wrong == LISTED:
            wrong = connection.scalar(select(func.count()).select_from(broken.subquery())) or wrong
        yield Check(name, rule, wrong, str(ids[0]) if ids else None)


LISTED = 100
"""Rows that break a rule are counted one by one up to here; beyond, the database counts them."""


def _schema_differences(connection: Connection) -> list[str]:
    options = {"compare_type": same_type, "include_object": is_ours}
    context = MigrationContext.configure(connection, opts=options)
    return [_shown(difference) for difference in compare_metadata(context, metadata)]


def _shown(difference: object) -> str:
    while isinstance(difference, list):  # several changes of one column come as a list
        difference = difference[0]
    if isinstance(difference, tuple):
        return " ".join(str(getattr(part, "name", part)) for part in difference if part is not None)
    return str(difference)


def _sqlite_integrity(connection: Connection) -> Iterator[Check]:
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check(100)")]
    problems = [line for line in found if line != "ok"]
    yield Check("integrity", "SQLite finds the file whole", len(problems), _first(problems))
    dangling = [
        f"{row[0]} -> {row[2]}"
        for row in connection.exec_driver_sql("PRAGMA foreign_key_check").fetchmany(LISTED)
    ]
    yield Check("references", "no row refers to a row that is not there", len(dangling), _first(dangling))


def _first(lines: list[str]) -> str | None:
    return lines[0] if lines else None


# -- rules: each a query for the ids of what breaks it -------------------------------------------------

_canonical = articles.alias("canonical")
_copied = articles.alias("copied")
_target = stories.alias("target")

_members = (
    select(
        articles.c.story_id,
        func.count().label("article_count"),
        func.count(distinct(articles.c.site)).label("site_count"),
        func.sum(
            func.coalesce(articles.c.relation == Relation.ORIGINAL, False).cast(stories.c.site_count.type)
        ).label("original_count"),
    )
    .where(articles.c.story_id.is_not(None))
    .group_by(articles.c.story_id)
    .subquery("members")
)
_with_members = stories.outerjoin(_members, _members.c.story_id == stories.c.id)
_live = stories.c.merged_into_id.is_(None)

RULES: tuple[tuple[str, str, Select[tuple[object]]], ...] = (
    (
        "article counts",
        "a story's article_count is the number of its articles",
        select(stories.c.id)
        .select_from(_with_members)
        .where(stories.c.article_count != func.coalesce(_members.c.article_count, 0)),
    ),
    (
        "site counts",
        "a story's site_count is the number of its articles' sites",
        select(stories.c.id)
        .select_from(_with_members)
        .where(stories.c.site_count != func.coalesce(_members.c.site_count, 0)),
    ),
    (
        "empty stories",
        "a story that was not merged has articles, and a merged one has none",
        select(stories.c.id)
        .select_from(_with_members)
        .where(
            or_(and_(_live, _members.c.story_id.is_(None)), and_(~_live, _members.c.story_id.is_not(None)))
        ),
    ),
    (
        "canonical articles",
        "a story's canonical article is one of its own",
        select(stories.c.id)
        .select_from(stories.outerjoin(_canonical, _canonical.c.id == stories.c.canonical_article_id))
        .where(_live, _canonical.c.story_id.is_distinct_from(stories.c.id)),
    ),
    (
        "originals",
        "a story has exactly one original",
        select(stories.c.id)
        .select_from(stories.join(_members, _members.c.story_id == stories.c.id))
        .where(_members.c.original_count != 1),
    ),
    (
        "merged stories",
        "a merged story leads to one that was not merged into it",
        select(stories.c.id)
        .select_from(stories.join(_target, _target.c.id == stories.c.merged_into_id))
        .where(or_(_target.c.id == stories.c.id, _target.c.merged_into_id == stories.c.id)),
    ),
    (
        "story links",
        "a link joins two stories that stand",
        select(story_links.c.from_story_id)
        .select_from(
            story_links.join(
                _target, _target.c.id.in_([story_links.c.from_story_id, story_links.c.to_story_id])
            )
        )
        .where(_target.c.merged_into_id.is_not(None)),
    ),
    (
        "articles in stories",
        "an article with text stands in a story, and knows how it came there",
        select(articles.c.id).where(
            articles.c.status == ArticleStatus.OK,
            or_(
                articles.c.story_id.is_(None), articles.c.relation.is_(None), articles.c.match_kind.is_(None)
            ),
        ),
    ),
    (
        "copies",
        "a copy names what it copies, in its own story, and nothing else does",
        select(articles.c.id)
        .select_from(articles.outerjoin(_copied, _copied.c.id == articles.c.copy_of_id))
        .where(
            articles.c.relation.is_not(None),
            or_(
                and_(
                    articles.c.relation.in_([Relation.COPY, Relation.NEAR_COPY]),
                    _copied.c.story_id.is_distinct_from(articles.c.story_id),
                ),
                and_(
                    articles.c.relation.not_in([Relation.COPY, Relation.NEAR_COPY]),
                    articles.c.copy_of_id.is_not(None),
                ),
            ),
        ),
    ),
    (
        "addresses",
        "an article has an address",
        select(articles.c.id).where(~exists().where(article_urls.c.article_id == articles.c.id)),
    ),
    (
        "revisions",
        "a revision was replaced after it was seen",
        select(article_revisions.c.article_id).where(
            article_revisions.c.replaced_at < article_revisions.c.seen_at
        ),
    ),
)
"""Name, rule in words, query for the ids of the rows that break it."""
