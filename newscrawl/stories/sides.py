"""A story's sides: what of it is written in one language.

An article shares few words with what its story tells in other languages, so that the average over all
members says less and less of it, the more languages there are. Where embeddings bring those together, the
average over the members in its own language counts, too, whichever is greater.
"""

from collections.abc import Sequence

import numpy as np

from newscrawl.stories.background import UNKNOWN
from newscrawl.stories.index import IndexedArticle, IndexedStory
from newscrawl.stories.same_event import fit, fit_of_stories, fit_without_itself
from newscrawl.stories.workspace import Workspace


def best_fits(workspace: Workspace, article: IndexedArticle, stories: Sequence[IndexedStory]) -> list[float]:
    """Return how well an article fits each story, or what of it is written in the article's language."""
    scores = fit(article, stories)
    mixed = [n for n, story in enumerate(stories) if has_side(workspace, story, article.language)]
    if mixed:
        workspace.look_up_members([stories[n] for n in mixed])
        parts = [side(workspace, stories[n], article.language) for n in mixed]
        for number, score in zip(mixed, fit(article, parts), strict=True):
            scores[number] = max(scores[number], score)
    return scores


def best_fit_without_itself(workspace: Workspace, article: IndexedArticle, story: IndexedStory) -> float:
    """Return how well a member fits the others of its story, or those in its language; alone: 0."""
    score = fit_without_itself(article, story)
    if not has_side(workspace, story, article.language):
        return score
    return max(score, fit_without_itself(article, side(workspace, story, article.language)))


def best_fit_of_stories(workspace: Workspace, left: IndexedStory, right: IndexedStory) -> float:
    """Return how well two stories fit, or what of them is written in the languages that both are told in."""
    score = fit_of_stories(left, right)
    if not workspace.by_language or not left.languages or not right.languages:
        return score
    shared = [name for name in sorted(left.languages) if left.languages[name] * right.languages[name] > 0]
    if not shared or (left.is_told_in(shared[0]) and right.is_told_in(shared[0])):
        return score
    pairs = [(side(workspace, left, name), side(workspace, right, name)) for name in shared]
    weights = np.array([one.size * other.size for one, other in pairs], np.float32)
    fits = np.array([fit_of_stories(one, other) for one, other in pairs], np.float32)
    return max(score, float(fits @ weights / max(float(weights.sum()), 1.0)))


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
    if story.is_told_in(language):
        return story
    part = story.sides.get(language)
    if part is None:
        part = story.sides[language] = IndexedStory.empty(story.story_id)
        for member in workspace.members(story):
            if member.language == language:
                part.add(member)
    return part
