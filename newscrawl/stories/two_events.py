"""Whether what stands together is two events: two groups, each far closer to itself than to the other.

The first reports of look-alike events (two arrests of players of one team, two earthquakes in one country)
fit one another well enough to meet in one story. Once several reports of each are there, it shows: the
reports of one event are two or three times as alike as reports of both.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from newscrawl.stories.index import IndexedArticle
from newscrawl.stories.same_event import moment_factors, time_factor
from newscrawl.stories.vectors import Table, channels_of, dots, dots_by_channel

PARTED_RATIO = 0.55
"""Average score across both groups, as a share of the (geometric) mean score within each, below which they
are two events (0.50 to 0.60 do alike). docs/stories.md has what it brings."""

PARTED_LIKENESS = 0.26
"""Average score across both groups from which they are one event all the same."""

LEAST_GROUP = 2
"""Articles of a group: of one alone nothing is known."""

LEAST_MEAN_TOKENS = 40
"""Words per article below which nothing is told: bare titles share too little for averages to mean much."""

COMPARED = 60
"""Articles up to which a story is looked at; a larger one has long been looked at."""

_SIZES = frozenset((4, 5, 6, 7, 8, 10, 12, 14, 16, 19, 22, 26, 30, 35, 41, 48, 56))


def is_due(size: int) -> bool:
    """Tell whether a story of this size is to be looked at: each time that it has grown by a sixth."""
    return size in _SIZES


def scores(articles: Sequence[IndexedArticle]) -> Table:
    """Return how well each article fits each other one; 0 on the diagonal."""
    named = np.zeros((len(articles), 4), np.float32)
    for number, article in enumerate(articles):
        named[number, channels_of(article.moments)] = 1
    vectors = [article.vector for article in articles if article.vector is not None]
    moments = [article.moments for article in articles]
    table = np.zeros((len(articles), len(articles)), np.float32)
    for number, article in enumerate(articles):
        if article.vector is not None:
            factors = moment_factors(dots_by_channel(article.moments, moments), named * named[number])
            times = np.array([time_factor(article.day, other.day) for other in articles], np.float32)
            table[number] = dots(article.vector, vectors) * factors * times
    np.fill_diagonal(table, 0.0)
    return table


def parted(table: Table, left: Sequence[int], right: Sequence[int]) -> float | None:
    """Return the average score across both groups if they tell two events, else None."""
    if min(len(left), len(right)) < LEAST_GROUP:
        return None
    across = float(table[np.ix_(left, right)].mean())
    within = math.sqrt(_mean_within(table, left) * _mean_within(table, right))
    return across if across < min(PARTED_LIKENESS, PARTED_RATIO * within) else None


def tell_two_events(
    left: Sequence[IndexedArticle], right: Sequence[IndexedArticle], *, by_language: bool = False
) -> bool:
    """Tell whether the articles of two stories show that these are not to be merged.

    `by_language`: only those in the language that both tell most in are compared.
    """
    if by_language:
        left, right = _in_one_language(left, right)
    both = [article for article in (*left, *right) if article.vector is not None]
    if min(len(left), len(right)) < LEAST_GROUP or len(both) > COMPARED or not _is_told(both):
        return False
    cut = sum(article.vector is not None for article in left)
    return parted(scores(both), range(cut), range(cut, len(both))) is not None


Parted = tuple[list[IndexedArticle], list[IndexedArticle], float]


def tell_apart(members: Sequence[IndexedArticle], *, by_language: bool = False) -> Parted | None:
    """Return the two groups of a story's members that tell two events, and how well these fit; else None.

    The group of the earliest article comes first. Average linkage down to two groups. Copies stay together,
    and nothing is parted that a person put there.
    `by_language`: what is told in several languages is left alone, since they would be the groups.
    """
    known = [member for member in members if member.vector is not None]
    if by_language and len({member.language for member in known}) > 1:
        return None
    if not 2 * LEAST_GROUP <= len(known) <= COMPARED or not _is_told(known):
        return None
    if any(member.is_pinned for member in members):
        return None
    table = scores(known)
    one, other = _two_groups(table)
    score = parted(table, one, other)
    if score is None:
        return None
    first = min(range(len(known)), key=lambda n: (known[n].told_day, known[n].article_id))
    staying, leaving = (
        [known[n] for n in sorted(group)] for group in sorted((one, other), key=lambda g: first not in g)
    )
    if {_copied(article) for article in staying} & {_copied(article) for article in leaving}:
        return None
    return staying, leaving, score


def _in_one_language(
    left: Sequence[IndexedArticle], right: Sequence[IndexedArticle]
) -> tuple[list[IndexedArticle], list[IndexedArticle]]:
    ours, theirs = Counter(a.language for a in left), Counter(a.language for a in right)
    shared = max(sorted(ours), key=lambda name: min(ours[name], theirs[name]), default="")
    return [a for a in left if a.language == shared], [a for a in right if a.language == shared]


def _copied(article: IndexedArticle) -> int:
    return article.article_id if article.copy_of_id is None else article.copy_of_id


def _is_told(articles: Sequence[IndexedArticle]) -> bool:
    return sum(article.token_count for article in articles) >= LEAST_MEAN_TOKENS * len(articles)


def _mean_within(table: Table, group: Sequence[int]) -> float:
    pairs = len(group) * (len(group) - 1)
    return max(float(table[np.ix_(group, group)].sum()) / pairs, 0.0)


def _two_groups(table: Table) -> tuple[list[int], list[int]]:
    """Join the two groups that are most alike on average, until two are left."""
    likeness = ((table + table.T) / 2).astype(np.float64)
    np.fill_diagonal(likeness, -1.0)
    groups = {number: [number] for number in range(len(table))}
    while len(groups) > 2:
        kept, lost = sorted(map(int, np.unravel_index(int(likeness.argmax()), likeness.shape)))
        sizes = len(groups[kept]), len(groups[lost])
        merged = (likeness[kept] * sizes[0] + likeness[lost] * sizes[1]) / sum(sizes)
        groups[kept] += groups.pop(lost)
        gone = [number for number in range(len(table)) if number not in groups]
        merged[[*gone, kept]] = -1.0
        likeness[kept], likeness[:, kept] = merged, merged
        likeness[lost], likeness[:, lost] = -1.0, -1.0
    one, other = groups.values()
    return one, other
