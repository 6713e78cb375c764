"""A story's sides: what of it is written in one language.

An article shares few words with what its story tells in other languages, so that the average over all members
says less and less of it, the more languages there are. It stays for its fit to those in its own language.
"""

from newscrawl.stories.background import UNKNOWN
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.same_event import fit_without_itself
from newscrawl.stories.workspace import Workspace


def best_fit_without_itself(workspace: Workspace, article: IndexedArticle, story: IndexedStory) -> float:
    """Return how well a member fits the others of its story, or those in its language; alone: 0."""
    score = fit_without_itself(article, story)
    if not has_side(workspace, story, article.language):
        return score
    return max(score, fit_without_itself(article, side(workspace, story, article.language)))


def is_alone(story: IndexedStory, member: IndexedArticle) -> bool:
    """Tell whether the story's other members are all written in other languages."""
    return story.languages is not None and story.languages[member.language] < 2 <= story.size


def has_side(workspace: Workspace, story: IndexedStory, language: str) -> bool:
    """Tell whether some of the story, and not all of it, is written in `language`."""
    if not workspace.by_language or not story.languages or language == UNKNOWN:
        return False
    return 0 < story.languages[language] < story.size


def side(workspace: Workspace, story: IndexedStory, language: str) -> IndexedStory:
    """Return the story as far as it is written in `language`."""
    part = story.sides.get(language)
    if part is None:
        part = story.sides[language] = IndexedStory.empty(story.story_id)
        for member in workspace.members(story):
            if member.language == language:
                part.add(member)
    return part
