"""What each article is to its story, and which one stands for it. Decided anew whenever a story changes,
so it does not depend on the order in which a crawl happens to find the articles."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from newscrawl.model import Relation
from newscrawl.stories.agencies import agency_of_site
from newscrawl.stories.follow_up import is_follow_up, points_back

LEAST_COMPLETE_TOKENS = 150
"""Words of a text that is surely more than a teaser."""
COMPLETE_SHARE = 0.5
"""Share of the story's longest text from which a text counts as complete."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a story, as far as its relation goes. Days are counted from 1970 in UTC."""

    article_id: int
    url: str
    site: str
    agency: str | None = None  # whose text it is, by its own word
    day: float | None
    seen_day: float
    copy_of_id: int | None
    text_hash: int | None
    token_count: int
    paywalled: bool
    cues: tuple[str, ...]

    @property
    def told_day(self) -> float:
        """When it was told: published, else first seen; an undated text that points back, a day later."""
        if self.day is not None:
            return self.day
        return self.seen_day + (1.0 if points_back(self.cues) else 0.0)

    @property
    def is_wire(self) -> bool:
        """Whether it stands on an agency's own site: what the others have of that text is a copy of it."""
        return agency_of_site(self.site) is not None

    @property
    def order(self) -> tuple[float, str]:
        """Earliest first; of the same moment, by URL: the same whichever was found first."""
        return self.told_day, self.url


def relations(
    members: Sequence[Member], links: Iterable[tuple[int, int]] = ()
) -> dict[int, tuple[Relation, int | None]]:
    """Return article id -> (relation, id of the article that it copies) for all members of one story.

    `links` are pairs of copies found just now. Exactly one article is the original: the earliest that
    copies nothing. The head of a group of copies is its earliest, or the article on the agency's own site.
    """
    groups = copy_groups(members, links)
    heads = sorted(map(_head, groups), key=lambda m: m.order)
    answer: dict[int, tuple[Relation, int | None]] = {}
    for number, head in enumerate(heads):
        relation = Relation.REPORT if number else Relation.ORIGINAL
        if number and is_follow_up(head.cues, _gap_days(heads[0], head)):
            relation = Relation.FOLLOW_UP
        answer[head.article_id] = relation, None
    for group in groups:
        head = _head(group)
        for member in group:
            if member is not head:
                same = member.text_hash is not None and member.text_hash == head.text_hash
                answer[member.article_id] = Relation.COPY if same else Relation.NEAR_COPY, head.article_id
    return answer


def _head(group: Sequence[Member]) -> Member:
    return min(group, key=lambda member: (not member.is_wire, member.order))


def copy_groups(members: Sequence[Member], links: Iterable[tuple[int, int]] = ()) -> list[list[Member]]:
    """Return the members in groups of copies, an article without copies alone; ascending ids."""
    parent: dict[int, int] = {}

    def root(article_id: int) -> int:
        while (above := parent.get(article_id, article_id)) != article_id:
            article_id = above
        return article_id

    # What a member copies may have been split off or deleted: its other copies still belong together.
    known = [(m.article_id, m.copy_of_id) for m in members if m.copy_of_id is not None]
    for left, right in (*known, *links):
        low, high = sorted((root(left), root(right)))
        parent[high] = low
    groups: dict[int, list[Member]] = defaultdict(list)
    for member in sorted(members, key=lambda m: m.article_id):
        groups[root(member.article_id)].append(member)
    return list(groups.values())


def canonical(members: Sequence[Member], answer: Mapping[int, tuple[Relation, int | None]]) -> int:
    """Return the id of the article that stands for the story.

    In this order: a report of the event itself before a follow-up, free before paywalled, complete before
    teaser, original before copy, earliest first.
    """
    longest = max(member.token_count for member in members)
    complete = min(LEAST_COMPLETE_TOKENS, longest * COMPLETE_SHARE)

    def rank(member: Member) -> tuple[bool, bool, bool, bool, tuple[float, str]]:
        relation, _ = answer[member.article_id]
        return (
            relation is Relation.FOLLOW_UP,
            member.paywalled,
            member.token_count < complete,
            relation in (Relation.COPY, Relation.NEAR_COPY),
            member.order,
        )

    return min(members, key=rank).article_id


def _gap_days(first: Member, later: Member) -> float | None:
    return later.day - first.day if first.day is not None and later.day is not None else None
