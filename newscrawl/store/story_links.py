"""How links between stories that stay apart are written: follow-ups, and what may be a translation."""

from sqlalchemy import Connection, delete

from newscrawl.store.match_score import rounded_score
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import story_links
from newscrawl.store.upsert import insert_into
from newscrawl.stories.index import Changes

FOLLOW_UP, TRANSLATION = "follow_up", "translation"  # kinds of links


def write_links(connection: Connection, changes: Changes) -> None:
    """Link new stories to the earlier ones that they follow up."""
    rows = [
        {
            "from_story_id": one,
            "to_story_id": other,
            "kind": FOLLOW_UP,
            "score": rounded_score(min(score, 1.0)),
        }
        for later, earlier, score in changes.links
        if (one := changes.current(later)) != (other := changes.current(earlier))
    ]
    if rows:
        connection.execute(insert_into(connection, story_links).on_conflict_do_nothing(), rows)


def write_translations(connection: Connection, changes: Changes) -> None:
    """Link stories that may tell one event in two languages; a link between what is one story now goes."""
    merged = [story_id for story_id in changes.merged if story_id not in changes.new_stories]
    if merged:
        lost = in_set(connection, story_links.c.from_story_id, merged)
        lost |= in_set(connection, story_links.c.to_story_id, merged)
        connection.execute(delete(story_links).where(story_links.c.kind == TRANSLATION, lost))
    scores = {
        (max(pair), min(pair)): rounded_score(min(score, 1.0))
        for (one, other), score in changes.translations.items()
        if len(pair := {changes.current(one), changes.current(other)}) == 2
    }
    if scores:
        rows = [
            {"from_story_id": later, "to_story_id": earlier, "kind": TRANSLATION, "score": score}
            for (later, earlier), score in sorted(scores.items())
        ]
        put = insert_into(connection, story_links)
        connection.execute(
            put.on_conflict_do_update(
                index_elements=[*story_links.primary_key], set_={"score": put.excluded.score}
            ),
            rows,
        )
