"""Groups of copies: whatever is linked by near-copies belongs together, in whichever order it came.

A group is a connected component: an article that copies two others shows that these tell one text, also where
both had stories of their own. Components do not depend on the order of arrival; "a copy of the best match"
does (bench/stories, neardup, five shuffles: 3 to 6 groups of 448 differed).
"""

from collections.abc import Sequence
from itertools import combinations

from newscrawl.stories.copies import CopyMatch, verify
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.workspace import Workspace

RELINKED = 60
"""Copies of a group up to which all pairs are verified again when one of them changes."""


def root_of(article: IndexedArticle) -> int:
    """Return the id by which the article's group of copies is known."""
    return article.article_id if article.copy_of_id is None else article.copy_of_id


def bring_together(
    workspace: Workspace, article: IndexedArticle, copies: Sequence[CopyMatch]
) -> IndexedStory:
    """Make one group of an article and its copies, in the story of the first of `copies`; return the story.

    A group in another story comes over, with all of its story where that holds nothing else. What a person
    split stays apart.
    """
    story = workspace.story(copies[0].article.story_id)
    joined = []
    for match in copies:
        if match.article.story_id != story.story_id:
            other = workspace.story(match.article.story_id)
            story = _take_over(workspace, story, other, match)
        if match.article.story_id == story.story_id:
            joined.append(match.article)
    roots = {root_of(copy) for copy in joined}
    root = min(roots)
    article.copy_of_id = root if root != article.article_id else None
    if len(roots) > 1:
        for member in workspace.members(story):
            if root_of(member) in roots and member.article_id != root:
                member.copy_of_id = root
    workspace.changes.copy_links.extend((article.article_id, copy.article_id) for copy in joined)
    return story


def _take_over(
    workspace: Workspace, story: IndexedStory, other: IndexedStory, match: CopyMatch
) -> IndexedStory:
    if workspace.kept_apart(story, [other]):
        return story
    members = workspace.members(other)
    group = [member for member in members if root_of(member) == root_of(match.article)]
    if len(group) == len(members):
        return workspace.merge(story, other, match.score)
    if not any(member.is_pinned for member in group):
        for member in group:
            workspace.move(member, other, story, match.score)
    return story


def relink(workspace: Workspace, before: IndexedArticle, story: IndexedStory) -> None:
    """Verify anew which articles of the group that an article was in are copies of one another without it."""
    others = [
        m
        for m in workspace.members(story)
        if m.article_id != before.article_id and root_of(m) == root_of(before)
    ]
    if not others and before.copy_of_id is None:
        return
    pairs = [
        (left, right)
        for left, right in combinations(others, 2)
        if len(others) > RELINKED or verify(left.text_hash, left.shingles, left.shingle_count, [right])
    ]
    workspace.changes.unlinked.update((before.article_id, *(m.article_id for m in others)))
    for member in others:
        member.copy_of_id = None
    for left, right in pairs:
        low, high = sorted((root_of(left), root_of(right)))
        for member in others:
            if root_of(member) == high and member.article_id != low:
                member.copy_of_id = low
        workspace.changes.copy_links.append((left.article_id, right.article_id))
