"""An article whose text has changed is decided anew: its copies, its story, and what copied it.

It stays where it is unless its new text says otherwise: a story's id is known elsewhere. What a person
decided stays, whatever the text says.
"""

from newscrawl.model import MatchKind
from newscrawl.stories.copies import CopyMatch
from newscrawl.stories.copy_groups import bring_together, relink
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.repair import MOVE_MARGIN, repair
from newscrawl.stories.same_event import THRESHOLD
from newscrawl.stories.sides import best_fit_without_itself, is_alone
from newscrawl.stories.workspace import Workspace

LEAVES_BELOW = 0.5 * THRESHOLD
"""Average score to the other articles of its story below which a changed article tells something else."""

Scored = list[tuple[float, IndexedStory]]


def decide_again(
    workspace: Workspace,
    before: IndexedArticle,
    article: IndexedArticle,
    copies: list[CopyMatch],
    scored: Scored,
) -> tuple[MatchKind, float | None, int | None]:
    """Put a changed article where it belongs now; return by which level, with which score, to what.

    `article` stands in the story of `before` already; `copies` and `scored` were found for its new text.
    """
    story = workspace.story(article.story_id)
    relink(workspace, before, story)
    article.copy_of_id = None
    here = [match for match in copies if match.article.story_id == story.story_id]
    if article.is_pinned:
        copies, scored = here, []
    if copies:
        best = (here or copies)[0]
        if not here:
            _go_to(workspace, article, story, workspace.story(best.article.story_id), best.score)
        together = [best, *(match for match in copies if match is not best)]
        if article.story_id == best.article.story_id:
            bring_together(workspace, article, together)
        kind = MatchKind.TEXT_HASH if best.is_same_text else MatchKind.NEAR_COPY
        return kind, best.score, best.article.article_id
    others = [(score, other) for score, other in scored if other is not story]
    if is_alone(story, article):
        return MatchKind.TRANSLATION, None, None  # words cannot tell whether it still belongs there
    own = best_fit_without_itself(workspace, article, story)
    if story.size > 1 and not article.is_pinned:
        if others and others[0][0] >= max(THRESHOLD, own + MOVE_MARGIN):
            own = others[0][0]
            _go_to(workspace, article, story, others[0][1], own)
        elif own < LEAVES_BELOW:
            workspace.move(article, story, workspace.new_story(), own)
    if not article.is_pinned:
        repair(workspace, article, workspace.story(article.story_id), others)
    return MatchKind.SAME_EVENT, own, None


def _go_to(
    workspace: Workspace, article: IndexedArticle, story: IndexedStory, target: IndexedStory, score: float
) -> None:
    """Put the article into another story; its own goes along where it holds nothing else."""
    if workspace.kept_apart(story, [target]):
        return
    if len(workspace.members(story)) == 1:
        workspace.merge(target, story, score)
    else:
        workspace.move(article, story, target, score)
