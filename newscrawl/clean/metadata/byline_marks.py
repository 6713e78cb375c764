"""Bylines that a page marks as such by class, rel, itemprop or property."""

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from newscrawl.clean.metadata.byline import Byline, read_credit
from newscrawl.clean.metadata.facts import AUTHOR, Marked, PageFacts, is_aside, is_caption
from newscrawl.clean.metadata.lines import Element, short_text
from newscrawl.clean.metadata.names import split_names
from newscrawl.clean.metadata.persons import is_person, trim_name
from newscrawl.clean.metadata.profile_links import PROFILE, is_of_another_role
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# A class whose element holds a name and nothing else, be it a pen name.
_NAME_CLASS = re.compile(r"(?:^|[\s_-])(?:author|autor|auteur|byline)[\w-]{0,12}name\b", re.IGNORECASE)
_AUTHOR_PROPS = frozenset({"author", "creator"})
# Longest byline on a page, in characters: five names with their jobs.
MAX_BYLINE = 300
# Marks that are looked at, nearest to the headline first.
MAX_MARKS = 60
# Elements after the first byline within which another one still belongs to it.
BYLINE_SPAN = 40
# What stands above the headline is so many elements farther away: it is a menu more often than not.
ABOVE_PENALTY = 2000
# Elements from the headline within which a byline stands above it; beyond, it is of another article.
MAX_ABOVE = 60
# Elements below the headline from which on marks of one class that name several people are a list of other
# articles, and within which a person is looked for where the page declares an organisation as its author.
NEAR, NEAR_DECLARED = 60, 150
# People named by the marks of one class that make a list.
LIST_NAMES = 3
# Nodes of a byline element that are looked into; a byline has under 50.
MAX_NODES = 300


def read_marks(byline: Byline, facts: PageFacts, headline: Headline) -> None:
    """Add the names in elements that are marked as a byline, of the group nearest to the headline."""
    start, around = headline.position, headline.around
    marks = [m for m in facts.marked if m.roles & AUTHOR]
    marks.sort(
        key=lambda m: (_rank(m), abs(m.position - start) + (ABOVE_PENALTY if m.position < start else 0))
    )
    lists = _Lists(marks)
    first: Marked | None = None
    for mark in marks[:MAX_MARKS]:
        if first is not None and abs(mark.position - first.position) > BYLINE_SPAN:
            continue
        if headline.element is not None:
            below = mark.position - start
            if below < -MAX_ABOVE or (below > NEAR and lists.hold(mark)):
                continue
            if below > NEAR_DECLARED and byline.credits:
                continue
        if mark.element in around.nodes or is_aside(mark.element, around) or is_caption(mark.element):
            continue
        text = short_text(mark.element, MAX_BYLINE + 100)
        if not text or is_of_another_role(mark.element, text, byline.language):
            continue
        named = byline.add_names(_names_in(mark.element, text, byline.language, mark.prop))
        if not (named or byline.people or byline.credits) and len(text) <= MAX_BYLINE:
            credit = read_credit(text, byline.language)
            if credit:
                byline.add_credit(credit)
        if first is None and (named or byline.is_decided):
            first = mark
    # "Jane Doe Globe" beside "Jane Doe": the longer one has the outlet's name run on to it.
    people = byline.people
    byline.people = [n for n in people if not any(n.startswith(other + " ") for other in people)]


class _Lists:
    """Tells marks that make a list: of one class, with several texts."""

    def __init__(self, marks: list[Marked]) -> None:
        self._by_class: dict[str, list[Marked]] = defaultdict(list)
        for mark in marks:
            self._by_class[_class_of(mark)].append(mark)
        self._is_list: dict[str, bool] = {}

    def hold(self, mark: Marked) -> bool:
        """Whether the mark is one of a list."""
        name = _class_of(mark)
        if name not in self._is_list:
            alike = self._by_class[name][:MAX_MARKS]
            texts = {short_text(each.element, 60) for each in alike} if len(alike) >= LIST_NAMES else set()
            self._is_list[name] = len(texts - {""}) >= LIST_NAMES
        return self._is_list[name]


def _class_of(mark: Marked) -> str:
    return mark.element.get("class") or mark.prop


def _rank(mark: Marked) -> int:
    return 0 if "author" in mark.prop or "creator" in mark.prop else 1


def _names_in(element: Element, text: str, language: str, prop: str) -> list[str]:
    """Return the names in a byline element: its links to people's pages, else its text."""
    if len(text) > MAX_BYLINE:  # an author box: the name comes first, then the life
        name = trim_name(next((t for t in map(tidy, islice(_own_texts(element), 20)) if t), ""))
        return [name] if is_person(name) else []
    named = bool(_NAME_CLASS.search(element.get("class") or ""))
    linked: list[str] = []
    nodes = list(islice(element.iter("*"), MAX_NODES))
    for link in (node for node in nodes if node.tag == "a"):
        to_author = "author" in prop.split() or link.get("rel") == "author"
        if to_author or PROFILE.search((link.get("href") or "")[:300]):
            linked.extend(split_names(short_text(link, 100), language, sure=to_author or named))
    if linked:
        return linked
    inner = next((node for node in nodes if node.get("itemprop") == "name"), None)
    if prop and inner is not None:
        text = tidy(inner.get("content")) or short_text(inner, 200)
    declared = bool(_AUTHOR_PROPS & set(prop.split())) and " " in text
    return split_names(text, language, sure=named or declared)


def _own_texts(element: Element) -> Iterator[str]:
    for node in element.iter("*"):
        if node.text and node.tag not in ("script", "style"):
            yield node.text
