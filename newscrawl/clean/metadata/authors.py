"""Who wrote it: people only. Agencies, desks and outlets that a page names as authors are `credits`."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from newscrawl.clean.metadata.byline import Byline
from newscrawl.clean.metadata.byline_lines import read_far_lines, read_near_lines
from newscrawl.clean.metadata.byline_marks import read_marks
from newscrawl.clean.metadata.facts import PageFacts
from newscrawl.clean.metadata.jsonld import Node, types_of
from newscrawl.clean.metadata.lines import PageLines
from newscrawl.clean.metadata.names import says_author
from newscrawl.clean.metadata.outlets import outlet_key
from newscrawl.clean.metadata.persons import unique_names
from newscrawl.clean.metadata.profile_links import read_profile_links
from newscrawl.clean.metadata.reporters import read_reporters
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
# Libraries' metas write the family name first: "Doe, Jane".
_INVERTED = re.compile(r"^([^\s,]+(?: [^\s,]+)?), ([^,]+)$")


@dataclass(frozen=True, slots=True)
class Authors:
    """The people who wrote a page, and the organisations that it credits as authors."""

    people: tuple[str, ...]
    credits: tuple[str, ...]


def choose_authors(
    facts: PageFacts,
    nodes: Sequence[Node],
    headline: Headline,
    lines: PageLines,
    outlets: frozenset[str],
    sections: frozenset[str],
    language: str,
) -> Authors:
    """Return the page's authors. `outlets` and `sections` are keys of names that no person has.

    What the page declares comes first, then what it marks as a byline, then lines and links by the
    headline; each is asked only where the ones before named nobody.
    """
    byline = Byline(outlets, sections, _folders(facts.url), language)
    for node in nodes:
        for name, is_organisation in _declared(node):
            byline.read_declared(name, is_organisation=is_organisation)
        if byline.people:
            break
    if not byline.people:
        for contents in _in_metas(facts, language):
            for content in contents:
                byline.read_declared(content)
            if byline.people:
                break
    if not byline.people:
        read_marks(byline, facts, headline)
    if not byline.people:
        read_near_lines(byline, lines, headline)
    if not byline.people:
        byline.add_names(read_reporters(lines, headline))
    if not byline.people and not byline.is_decided:
        read_profile_links(byline, facts, headline)
    if not byline.people and not byline.is_decided:
        read_far_lines(byline, lines, headline)
    return Authors(unique_names(byline.people), byline.distinct_credits())


def judge_names(names: Iterable[str], outlet_names: Iterable[str], language: str | None) -> Authors:
    """Return who of the authors that a feed names is a person, and what else is a credit.

    >>> judge_names(["Jane Doe", "Harbour News Team"], ["Harbour News"], "en-GB")
    Authors(people=('Jane Doe',), credits=('Harbour News Team',))
    """
    outlets = frozenset(filter(None, map(outlet_key, outlet_names)))
    primary = (language or "").split("-")[0].lower()
    byline = Byline(outlets, frozenset(), frozenset(), primary)
    for name in names:
        byline.read_declared(name)
    return Authors(unique_names(byline.people), byline.distinct_credits())


def _folders(url: str) -> frozenset[str]:
    """Return the keys of the folders in a page's address: "/Trade/harbour/ferry.html" is in two."""
    try:
        path = urlsplit(url).path[:300]
    except ValueError:
        return frozenset()
    return frozenset(filter(None, map(outlet_key, path.split("/")[1:-1])))


def _in_metas(facts: PageFacts, language: str) -> Iterator[list[str]]:
    """Yield what metas declare as authors, a list for each name of a meta."""
    for name in _METAS:
        contents = facts.metas.get(name, [])
        yield [_INVERTED.sub(r"\2 \1", each) for each in contents] if name == "citation_author" else contents
    for at in ("1", "2"):  # label and value, as chat programs show them under a link
        if says_author(facts.meta(f"twitter:label{at}") + " x", language):
            yield [facts.meta(f"twitter:data{at}")]


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
