"""The headline: chosen among h1, JSON-LD, Open Graph and <title>, which vote for one another."""

import re
from dataclasses import dataclass
from itertools import islice

from newscrawl.clean.metadata.date_text import fold
from newscrawl.clean.metadata.facts import ASIDE, NOWHERE, TITLE, Marked, PageFacts, Surroundings, is_aside
from newscrawl.clean.metadata.lines import Element, Line, LinesOnDemand, short_text

# Longest headline, in characters; longer ones are standfirsts or whole paragraphs in the wrong place.
MAX_TITLE_CHARS = 400
# Most headings of a kind that are compared: the headline is among the first of a page.
MAX_HEADINGS = 8

_SEPARATOR = re.compile(
    r"\s+(?:[|¦»«›‹·•●~]|::|[-–—]+|//|/|<|>|:)\s+|\s*[|¦»｜]\s*|\s*::\s*|\s+[-–—]+(?=\S)|(?<=\S)[–—]+\s+"
)
# In <title> a colon may set the outlet apart ("The Post: Rain again"); elsewhere it is the headline's own.
_SEPARATOR_OR_COLON = re.compile(_SEPARATOR.pattern + r"|:\s+")
_METAS = (
    ("og:title", "og"),
    ("twitter:title", "twitter"),
    ("parsely-title", "other"),
    ("sailthru.title", "other"),
    ("headline", "other"),
    ("cxenseparse:title", "other"),
    ("dc.title", "other"),
    ("dcterms.title", "other"),
    ("title", "other"),
)


@dataclass(frozen=True, slots=True)
class Headline:
    """The title chosen, and where on the page it stands, if it does."""

    text: str
    element: Element | None = None
    position: int = 0  # of the element in document order; 0 where the headline is not on the page

    @property
    def around(self) -> Surroundings:
        """Return where the headline stands."""
        return Surroundings.of(self.element) if self.element is not None else NOWHERE

    def line_in(self, lines: list[Line]) -> int:
        """Return the index of the line in which the headline begins, 0 where it is not on the page."""
        if self.element is None:
            return 0
        inside = {self.element, *islice(self.element.iterdescendants(), 50)}
        return next((line.position for line in lines if line.element in inside), 0)


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: str
    text: str
    key: str
    parts: tuple[str, ...] = ()  # keys of what separators set apart in it
    words: frozenset[str] = frozenset()
    mark: Marked | None = None


def title_key(text: str) -> str:
    """Return the form in which two spellings of one headline are equal."""
    return " ".join(re.findall(r"\w+", fold(text)))


def choose_title(
    facts: PageFacts, headline: str, outlet_names: tuple[str, ...], lines: LinesOnDemand
) -> Headline:
    """Return the page's headline. `headline` is JSON-LD's; `outlet_names` are cut off its ends."""
    outlets = frozenset(filter(None, (title_key(n).replace(" ", "") for n in outlet_names)))
    candidates = list(_candidates(facts, headline, outlets))
    if not candidates:
        return _bold_headline(lines, facts)
    distinct = {c.key: c for c in reversed(candidates)}  # of equal ones the first, in its place
    best = max(candidates, key=lambda c: _score(c, candidates) if distinct[c.key] is c else 0.0)
    visible = [c for c in candidates if c.mark is not None]
    shown = next((c.mark for c in visible if c.key == best.key), None)
    shown = shown or next((c.mark for c in visible if _overlap(c, best) > MIN_SHOWN_OVERLAP), None)
    if shown is not None:
        return Headline(best.text, shown.element, shown.position)
    return _located(best, lines, facts)


# Share of words that a heading has in common with the title for it to be the title's place.
MIN_SHOWN_OVERLAP = 0.5
# Lines of a page among which its headline is, and characters of a line that is a paragraph already.
MAX_HEADLINE_LINES, PARAGRAPH_CHARS = 400, 180


def _located(best: _Candidate, lines: LinesOnDemand, facts: PageFacts) -> Headline:
    """Find a title that no heading shows among the page's lines; the line's own wording is the better one.

    So "Rain again - The Post" gives "Rain again" where a bold line says just that.
    """
    shorter = {" ".join(best.parts[:at]) for at in range(1, len(best.parts))}
    shorter |= {" ".join(best.parts[at:]) for at in range(1, len(best.parts))}
    found: Line | None = None
    for line in lines.get()[:MAX_HEADLINE_LINES]:
        key = title_key(line.text)
        if key == best.key:
            return Headline(best.text, line.element, _position(line.element, facts))
        if key in shorter and len(key) >= MIN_PART_CHARS and (not found or len(line.text) > len(found.text)):
            found = line
    if found is None:
        return Headline(best.text)
    return Headline(found.text, found.element, _position(found.element, facts))


def _bold_headline(lines: LinesOnDemand, facts: PageFacts) -> Headline:
    """Return the first bold or large line before the first paragraph, for pages that declare nothing."""
    for line in lines.get()[:MAX_HEADLINE_LINES]:
        if len(line.text) > PARAGRAPH_CHARS:
            break
        if line.element.tag in ("b", "strong", "font", "big", "h3", "h4") and len(line.text.split()) > 2:
            return Headline(line.text, line.element, _position(line.element, facts))
    return Headline("")


def _position(element: Element, facts: PageFacts) -> int:
    return next((at for at, each in enumerate(facts.root.iter("*")) if each is element), 0)


# What a source is worth as evidence for its text, as fitted on the DEV pages (benchmarks/metadata). The
# visible headline leads; two others that agree against it win (a teaser or kicker stands in its h1).
WEIGHTS = {
    "h1": 1.5,
    "ld": 1.4,
    "og": 1.2,
    "twitter": 1.2,
    "marked": 0.5,  # itemprop=headline
    "title": 0.5,
    "other": 0.5,
    "h2": 0.4,
    "classed": 0.3,  # class=entry-title and the like
}
# Shortest text, in characters, that can be a headline inside a longer one; below it, it is a section.
MIN_PART_CHARS = 12
# What is left of a visible heading's worth when no other source speaks of the same thing.
MISFIT_SHARE = 0.4
# What a source gives to a text that is its own without a kicker or a tail: "Opinion | Rain" for "Rain".
PART_SHARE = 0.7
# Least share of words that an h1 has in common with another source; below it, it is a logo or a section.
MIN_H1_OVERLAP = 0.25


def _score(candidate: _Candidate, candidates: list[_Candidate]) -> float:
    worth: dict[str, float] = {}
    for other in candidates:
        if other.key == candidate.key:
            share = 1.0
        elif _holds(other, candidate):
            share = PART_SHARE
        else:
            continue
        worth[other.source] = max(worth.get(other.source, 0.0), share * WEIGHTS[other.source])
    total = sum(worth.values())
    return total if _fits(candidate, candidates) else total * MISFIT_SHARE


def _holds(longer: _Candidate, shorter: _Candidate) -> bool:
    """Whether one text is the other plus parts set off by a separator, at its start or end."""
    if (
        len(shorter.key) < MIN_PART_CHARS
        or len(longer.key) <= len(shorter.key)
        or shorter.key not in longer.key
    ):
        return False
    parts = longer.parts
    return len(parts) > 1 and any(
        shorter.key in (" ".join(parts[at:]), " ".join(parts[: len(parts) - at]))
        for at in range(1, len(parts))
    )


def _fits(candidate: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether any other source tells of the same thing, where there is one and this is a visible one."""
    others = [c for c in candidates if c.mark is None]
    if candidate.mark is None:
        return True
    return not others or any(_overlap(candidate, c) >= MIN_H1_OVERLAP for c in others)


def _overlap(a: _Candidate, b: _Candidate) -> float:
    """Return the share of the shorter text's words that the longer one has."""
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


def _candidates(facts: PageFacts, headline: str, outlets: frozenset[str]) -> list[_Candidate]:
    found: list[_Candidate] = []

    def add(source: str, text: str, mark: Marked | None = None) -> None:
        text = strip_outlet(text[:MAX_TITLE_CHARS], outlets)
        key = title_key(text)
        if key and len(text) < MAX_TITLE_CHARS and key.replace(" ", "") not in outlets:
            pattern = _SEPARATOR_OR_COLON if source == "title" else _SEPARATOR
            parts = tuple(filter(None, map(title_key, pattern.split(text))))
            found.append(_Candidate(source, text, key, parts, frozenset(key.split()), mark))

    headings = [mark for mark in facts.headings if mark.element.tag == "h1"][:MAX_HEADINGS]
    for mark in headings:
        add("h1", short_text(mark.element, MAX_TITLE_CHARS), mark)
    if headline:
        add("ld", headline)
    for name, source in _METAS:
        text = facts.meta(name)
        if text:
            add(source, text)
    if facts.title:
        add("title", facts.title)
    if found and found[0].source == "h1" and (headline or facts.meta("og:title")):
        return found  # the usual page: its h1 and a declared title
    seconds = [mark for mark in facts.headings if mark.element.tag == "h2" and not _is_repeated(mark)]
    for mark in seconds[:MAX_HEADINGS]:
        add("h2", short_text(mark.element, MAX_TITLE_CHARS), mark)
    for mark in [mark for mark in facts.marked if mark.roles & TITLE][:MAX_HEADINGS]:
        source = "marked" if "headline" in mark.prop else "classed"
        add(source, short_text(mark.element, MAX_TITLE_CHARS + 100), mark)
    return found


def _is_repeated(mark: Marked) -> bool:
    """Whether a heading stands in a region of other items: related articles, a side bar."""
    return bool(mark.roles & ASIDE) or is_aside(mark.element)


def strip_outlet(text: str, outlets: frozenset[str]) -> str:
    """Return a title without the outlet's name at its end or start.

    >>> strip_outlet("Rain again | The Post", frozenset({"thepost"}))
    'Rain again'
    """
    parts = _SEPARATOR.split(text)
    if len(parts) < 2:
        return text
    start, end = 0, len(text)
    for part, cut in ((parts[-1], True), (parts[0], False)):
        key = title_key(part).replace(" ", "")
        if len(part) * 2 < len(text) + 20 and any(_names_outlet(key, name) for name in outlets):
            if cut:
                end = text.rindex(part)
            else:
                start = text.index(part) + len(part)
    kept = text[start:end].strip(" |¦»«›‹·•●~:-–—/<>｜") if end > start else ""
    return kept or text


def _names_outlet(key: str, outlet: str) -> bool:
    return key == outlet or (len(outlet) > 4 and len(key) > 4 and (key in outlet or outlet in key))
