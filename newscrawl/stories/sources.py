"""Whose text each article of a story is, and how many independent sources tell it.

The text of a wire agency is the agency's, on however many sites it stands: two outlets that print what
Reuters wrote are one source, cut and headed differently or not. A copy is its original's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from newscrawl.model import Relation
from newscrawl.stories.relations import Member

AND = ", "
"""Between the agencies of a text that was made of several agencies' reports."""


def text_sources(
    members: Sequence[Member], answer: Mapping[int, tuple[Relation, int | None]]
) -> dict[int, str]:
    """Return article id -> the agency whose text it is, else the site of the article that it copies or is.

    `answer` is that of `relations`. One credit speaks for all copies of a text, since copies drop credits;
    where they disagree, the one that most of them give.
    """
    groups: dict[int, list[Member]] = defaultdict(list)
    for member in members:
        groups[answer[member.article_id][1] or member.article_id].append(member)
    sources: dict[int, str] = {}
    for head_id, group in groups.items():
        credits = Counter(m.agency for m in sorted(group, key=lambda m: m.order) if m.agency)
        head = next(m for m in group if m.article_id == head_id)
        source = credits.most_common(1)[0][0] if credits else head.site
        sources |= {member.article_id: source for member in group}
    return sources


def count_sources(sources: Iterable[str]) -> int:
    """Return how many independent sources these are.

    A text made of several agencies' reports is none where one of them stands for itself.

    >>> count_sources(["fjord.example", "AFP", "AFP", "AFP, Reuters"]), count_sources(["AFP, Reuters"])
    (2, 1)
    """
    counted: set[str] = set()
    for source in sorted(set(sources), key=lambda source: (source.count(AND), source)):
        parts = source.split(AND)
        if counted.isdisjoint(parts):
            counted.update(parts if len(parts) == 1 else [source])
    return len(counted)
