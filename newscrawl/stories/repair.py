"""Mending what a newer article brings to light: two stories that are one, a member that fits another better,
a story that is two.

Deciding one article at a time, the first reports of an event may open two stories, and those of two
look-alike events share one. Only the neighbours of the article that came are looked at, so mending costs
nothing where nothing is near.
"""

from collections.abc import Sequence

from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.same_event import THRESHOLD, fit, fit_of_stories
from newscrawl.stories.sides import best_fit_without_itself, is_alone
from newscrawl.stories.two_events import is_due, tell_apart, tell_two_events
from newscrawl.stories.workspace import Workspace

NEAR_STORIES = 6
"""Best stories for an article that are looked at, its own included."""

NEAR_SHARE = 0.3
"""Share of the threshold from which a story is near."""

NEAR_MEMBERS = 20
"""Newest members of a story that may move."""

MERGE_THRESHOLD = THRESHOLD
MOVE_MARGIN = 0.01
"""How much better another story must fit. On bench/stories moves bring fulltext B3 F .877 -> .893."""


def repair(
    workspace: Workspace,
    newest: IndexedArticle | None,
    story: IndexedStory,
    scored: Sequence[tuple[float, IndexedStory]],
) -> None:
    """Merge, move and part around `story`, which just took `newest` in.

    `scored` are its neighbours, best first.
    """
    near = [other for score, other in scored[:NEAR_STORIES] if score >= NEAR_SHARE * THRESHOLD]
    near = [other for other in near if other is not story and workspace.is_alive(other)]
    if near:
        story = _mend_with(workspace, newest, story, near)
    members = workspace.members(story) if is_due(story.size) else []
    if groups := tell_apart(members, by_language=workspace.by_language):
        *sides, score = groups
        canonical = workspace.canonical_article(story)
        named = [any(member.article_id == canonical for member in side) for side in sides]
        # The canonical article's side keeps the id; where it stands for neither, the earliest article's.
        leaving = sides[0] if named[1] else sides[1]
        workspace.part(story, leaving, score)


def _mend_with(
    workspace: Workspace, newest: IndexedArticle | None, story: IndexedStory, near: Sequence[IndexedStory]
) -> IndexedStory:
    """Merge and move between `story` and those near to it; return the story that it is part of now."""
    apart = workspace.kept_apart(story, near)
    workspace.look_up_members([story, *(other for other in near if other.story_id not in apart)])
    rest: list[IndexedStory] = []
    for other in near:
        if other.story_id in apart:
            continue
        score = fit_of_stories(story, other)
        if score < MERGE_THRESHOLD or tell_two_events(
            workspace.members(story), workspace.members(other), by_language=workspace.by_language
        ):
            rest.append(other)
        else:
            story = workspace.merge(story, other, score)
    for other in rest:
        _move_strays(workspace, newest, other, story)
        _move_strays(workspace, newest, story, other)
    return story


def _move_strays(
    workspace: Workspace, newest: IndexedArticle | None, source: IndexedStory, target: IndexedStory
) -> None:
    members = workspace.members(source)
    copied = {member.copy_of_id for member in members}
    for member in members[-NEAR_MEMBERS:]:
        if source.size < 2 or member is newest or member.is_pinned or member.vector is None:
            continue
        if member.copy_of_id is not None or member.article_id in copied:
            continue  # copies stay together
        if is_alone(source, member):
            continue  # its words have nothing there to be compared with
        theirs = fit(member, [target])[0]
        if theirs >= THRESHOLD and theirs > best_fit_without_itself(workspace, member, source) + MOVE_MARGIN:
            workspace.move(member, source, target, theirs)
