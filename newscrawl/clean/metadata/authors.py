"""Who wrote it: people only. Agencies, desks and outlets that a page names as authors are `credits`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from newscrawl.clean.metadata.bylines import line_names, marked_names
from newscrawl.clean.metadata.facts import PageFacts
from newscrawl.clean.metadata.jsonld import Node, types_of
from newscrawl.clean.metadata.lines import LinesOnDemand
from newscrawl.clean.metadata.names import split_names, strip_by, unique_names
from newscrawl.clean.metadata.outlets import is_outlet
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

_METAS = (
    "author",
    "article:author",
    "article:author_name",
    "og:article:author",
    "byl",
    "byline",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "dc.author",
    "citation_author",
    "cxenseparse:author",
    "article.author",
    "rbauthors",
    "creator",
    "authors",
    "mediator_author",
)


@dataclass(frozen=True, slots=True)
class Authors:
    """The people who wrote a page, and the organisations that it credits as authors."""

    people: tuple[str, ...]
    credits: tuple[str, ...]


def choose_authors(
    facts: PageFacts,
    nodes: Sequence[Node],
    headline: Headline,
    lines: LinesOnDemand,
    outlets: frozenset[str],
    language: str,
) -> Authors:
    """Return the page's authors. `outlets` are keys of the outlet's own names, which no person has."""
    people: list[str] = []
    credited: list[str] = []
    for node in nodes:
        for name, is_organisation in _declared(node):
            _sort_out(name, is_organisation, outlets, language, people, credited)
        if people:
            break
    if not people:
        for name in _METAS:
            for content in facts.metas.get(name, ()):
                _sort_out(content, False, outlets, language, people, credited)
            if people:
                break
    if not people:
        people = marked_names(facts, headline, outlets, language)
    if not people:
        people = line_names(lines, headline, outlets, language)
    return Authors(unique_names(people), unique_names(c for c in credited if c not in people))


def _sort_out(
    text: str,
    is_organisation: bool,
    outlets: frozenset[str],
    language: str,
    people: list[str],
    credited: list[str],
) -> None:
    """Put the names in a declared author into people or credits."""
    text = text.strip()
    if not text or re.match(r"https?:|www\.|/", text):
        return
    named = [n for n in split_names(text, language, sure=True) if not is_outlet(n, outlets)]
    if is_organisation:
        named = []
    if named:
        people.extend(named)
    elif len(text) <= 80 and not re.search(r"[@{}<>]|\d{3}", text):
        credited.append(strip_by(text, language) or text)


def _declared(node: Node) -> Iterator[tuple[str, bool]]:
    for key in ("author", "creator"):
        found = list(_names_of(node.get(key)))
        yield from found
        if found:
            return


def _names_of(value: Any, depth: int = 0) -> Iterator[tuple[str, bool]]:
    """Yield (name, whether it is declared an organisation) of an author: text, object or list of them."""
    if isinstance(value, str):
        yield tidy(value), False
    elif isinstance(value, list):
        for each in value[:50]:
            if depth < 3:
                yield from _names_of(each, depth + 1)
    elif isinstance(value, dict):
        kinds = types_of(value)
        name = value.get("name")
        if not name and (value.get("givenName") or value.get("familyName")):
            name = f"{tidy(value.get('givenName'))} {tidy(value.get('familyName'))}"
        if isinstance(name, list | dict) and depth < 3:
            for each, _ in _names_of(name, depth + 1):
                yield each, "organization" in " ".join(kinds)
        elif isinstance(name, str):
            yield tidy(name), any("organization" in kind for kind in kinds)
