"""Why each article of a stored story stands in it, worked out from what is stored now."""

from sqlalchemy import Connection, func, select

from newscrawl.model import StoryInput
from newscrawl.store.article_tables import articles
from newscrawl.store.story_lookups import SqlStoryIndex
from newscrawl.stories import fingerprint_article
from newscrawl.stories.engine import indexed
from newscrawl.stories.explain import Explanation, explain
from newscrawl.stories.workspace import Workspace

MOST_EXPLAINED = 40
"""Articles of a story that are explained, the earliest; of a larger one the others would take seconds."""


def explain_story(connection: Connection, story_id: int) -> list[Explanation]:
    """Return why the articles of a living story stand in it, in the order in which they were told."""
    table = articles.c
    told_at = func.coalesce(table.published_at, table.first_seen_at)
    rows = connection.execute(
        select(articles).where(table.story_id == story_id).order_by(told_at, table.id).limit(MOST_EXPLAINED)
    ).all()
    told = [
        StoryInput(
            article_id=row.id,
            site=row.site,
            url=row.url,
            title=row.title,
            text=row.text,
            language=row.language,
            published_at=row.published_at,
            first_seen_at=row.first_seen_at,
            fingerprint=fingerprint_article(row.title, row.text, row.language),
        )
        for row in rows
    ]
    workspace = Workspace(SqlStoryIndex(connection))
    members = indexed(told, workspace.frequencies)
    workspace.look_up(members)
    by_id = {member.article_id: member for member in members}
    return [
        explain(
            story_input,
            member,
            [other for other in members if other is not member],
            by_id.get(row.copy_of_id),
            [
                rival
                for rival in workspace.known_stories(workspace.story_candidates(member))
                if rival.story_id != story_id
            ],
        )
        for row, story_input, member in zip(rows, told, members, strict=True)
    ]
