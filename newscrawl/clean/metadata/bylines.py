"""Bylines that a page shows: elements marked as such, and lines of text near the headline."""

import re
from collections.abc import Iterator
from itertools import islice

from newscrawl.clean.metadata.date_text import find_dates
from newscrawl.clean.metadata.facts import AUTHOR, Marked, PageFacts, Surroundings, is_aside, is_caption
from newscrawl.clean.metadata.lines import Element, Line, LinesOnDemand, short_text
from newscrawl.clean.metadata.names import is_byline, is_person, says_author, split_names, without_dates
from newscrawl.clean.metadata.outlets import is_outlet
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# An address of a person's page on the site: its link text is a name and nothing else.
_PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|autores|people|person|staff|profiles?|journalists?|writers?|"
    r"contributors?|columnists?|reporters?|by|byline|bio|team|redaktion|yazar(?:lar)?|firmas?|users?|mitarbeiter|"
    r"redacteur|journaliste|correspondents?|penulis|skribent(?:er)?|expert|experts|member)s?[/=-]",
    re.I,
)
# A class whose element holds a name and nothing else, be it a pen name.
_NAME_CLASS = re.compile(r"(?:^|[\s_-])(?:author|autor|auteur|byline)[_-]{0,2}name\b", re.IGNORECASE)
_AUTHOR_PROPS = frozenset({"author", "creator"})
# Longest byline on a page, in characters: five names with their jobs.
MAX_BYLINE = 300
_BAR = re.compile(r"\s*[|•·●▪/]\s*|\s+[–—-]+\s+|\s{2,}")
# Longest line, in characters, that signs an article somewhere below it.
MAX_SIGNED_CHARS = 120
# Lines around the headline in which a byline is looked for.
LINES_BEFORE, LINES_AFTER = 8, 25
# Elements after the first byline within which another one still belongs to it.
BYLINE_SPAN = 40
# Nodes of a byline element that are looked into; a byline has under 50.
MAX_NODES = 300
# Lines after the headline in which a name stands alone, and characters of such a line.
BARE_LINES, MAX_BARE_CHARS = 6, 40


def marked_names(facts: PageFacts, headline: Headline, outlets: frozenset[str], language: str) -> list[str]:
    """Return the names in elements that are marked as a byline, of the group nearest to the headline."""
    start, around = headline.position, headline.around
    marks = [m for m in facts.marked if m.roles & AUTHOR]
    marks.sort(key=lambda m: (_rank(m), abs(m.position - start) + (2000 if m.position < start else 0)))
    people: list[str] = []
    first: Marked | None = None
    for mark in marks[:60]:
        if first is not None and abs(mark.position - first.position) > BYLINE_SPAN:
            continue
        if is_aside(mark.element, around) or is_caption(mark.element):
            continue
        names = [n for n in _names_in(mark.element, language, mark.prop) if not is_outlet(n, outlets)]
        if names and first is None:
            first = mark
        people.extend(names)
    # "Jane Doe Globe" beside "Jane Doe": the longer one has the outlet's name run on to it.
    return [n for n in people if not any(n.startswith(other + " ") for other in people)]


def _rank(mark: Marked) -> int:
    return 0 if "author" in mark.prop or "creator" in mark.prop else 1


def _names_in(element: Element, language: str, prop: str) -> list[str]:
    """Return the names in a byline element: its links to people's pages, else its text."""
    text = short_text(element, MAX_BYLINE + 100)
    if not text:
        return []
    if len(text) > MAX_BYLINE:  # an author box: the name comes first, then the life
        name = next((t for t in map(tidy, islice(_own_texts(element), 20)) if t), "")
        return [name] if is_person(name) else []
    linked: list[str] = []
    nodes = list(islice(element.iter("*"), MAX_NODES))
    for link in (node for node in nodes if node.tag == "a"):
        to_author = "author" in prop.split() or link.get("rel") == "author"
        if to_author or _PROFILE.search((link.get("href") or "")[:300]):
            linked.extend(split_names(short_text(link, 100), language, sure=to_author))
    if linked:
        return linked
    inner = next((node for node in nodes if node.get("itemprop") == "name"), None)
    if prop and inner is not None:
        text = tidy(inner.get("content")) or short_text(inner, 200)
    named = bool(_NAME_CLASS.search(element.get("class") or ""))
    declared = bool(_AUTHOR_PROPS & set(prop.split())) and " " in text
    return split_names(text, language, sure=named or declared)


def _own_texts(element: Element) -> Iterator[str]:
    for node in element.iter("*"):
        if node.text and node.tag not in ("script", "style"):
            yield node.text


def line_names(lines: LinesOnDemand, headline: Headline, outlets: frozenset[str], language: str) -> list[str]:
    """Return the names in the first line near the headline that reads as a byline."""
    every, around = lines.get(), headline.around
    at = headline.line_in(every)
    order = (
        *range(at, min(len(every), at + LINES_AFTER)),
        *range(at - 1, max(-1, at - LINES_BEFORE), -1),
    )
    for index in order:
        line = every[index]
        text = line.text if len(line.raw) < 3 * MAX_BYLINE else ""
        names = _line_names(text, language)
        if not names and len(text) < 20 and index + 1 < len(every) and is_byline(text + ": ", language):
            names = _line_names(f"{text}: {every[index + 1].text}", language)  # the label has its own line
        names = [name for name in names if not is_outlet(name, outlets)]
        if names and not is_aside(line.element, around) and not is_caption(line.element):
            return names
    bare = _bare_name(every, at, outlets, around) if headline.element is not None else []
    return bare or _signed(every, outlets, language, around)


def _signed(every: list[Line], outlets: frozenset[str], language: str, around: Surroundings) -> list[str]:
    """Return the names in a line anywhere that says outright who wrote: "Written by", "Author:"."""
    for line in every:
        if len(line.text) <= MAX_SIGNED_CHARS and says_author(line.text, language):
            names = [n for n in split_names(line.text, language) if not is_outlet(n, outlets)]
            if names and not is_aside(line.element, around) and not is_caption(line.element):
                return names
    return []


def _line_names(text: str, language: str) -> list[str]:
    """Return the names in a line that begins as a byline, or holds one beside a date or a bar."""
    if len(text) > MAX_BYLINE:
        return []
    if is_byline(text, language):
        return split_names(text, language)
    bare = without_dates(text)
    parts = [p.strip() for p in _BAR.split(bare) if p.strip()]
    if len(parts) < 2 and bare == text:
        return []
    led = [p for p in parts if is_byline(p, language)]
    if led:
        return split_names(led[0], language)
    # "Jane Doe | 12 May 2024": a name alone between bars, on the line of a date.
    return [p for p in parts if is_person(p) and len(p) <= MAX_BARE_CHARS][:1] if bare != text else []


def _bare_name(every: list[Line], at: int, outlets: frozenset[str], around: Surroundings) -> list[str]:
    """Return the name that stands alone on a line under the headline, right above or below a date."""
    for index in range(at + 1, min(at + 1 + BARE_LINES, len(every) - 1)):
        line = every[index]
        if len(line.text) > MAX_BARE_CHARS or not is_person(line.text) or is_outlet(line.text, outlets):
            continue
        beside = (every[index - 1].text, every[index + 1].text)
        is_dated = any(len(text) <= MAX_SIGNED_CHARS and find_dates(text) for text in beside)
        is_heading = line.element.tag in ("h1", "h2", "h3", "h4", "h5", "h6", "li", "button")
        if (
            is_dated
            and not is_heading
            and not is_aside(line.element, around)
            and not is_caption(line.element)
        ):
            return [line.text]
    return []
