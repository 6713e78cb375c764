"""The headline: chosen among h1, JSON-LD, Open Graph and <title>, which vote for one another."""

import re
from dataclasses import dataclass

from newscrawl.clean.metadata.date_text import fold
from newscrawl.clean.metadata.facts import TITLE, Element, Marked, PageFacts, short_text

# Longest headline, in characters; longer ones are standfirsts or whole paragraphs in the wrong place.
MAX_TITLE_CHARS = 400
# Most headings that are compared: the headline is among the first of a page.
MAX_HEADINGS = 30

_SEPARATOR = re.compile(
    r"\s+(?:[|¦»«›‹·•●~]|::|[-–—]+|//|/|<|>|:)\s+|\s*[|¦»｜]\s*|\s*::\s*|\s+[-–—]+(?=\S)|(?<=\S)[–—]+\s+"
)
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
    """The title chosen, and the element of the page that shows it, if one does."""

    text: str
    element: Element | None


@dataclass(frozen=True, slots=True)
class _Candidate:
    source: str
    text: str
    key: str
    parts: tuple[str, ...] = ()  # keys of what separators set apart in it
    element: Element | None = None


def title_key(text: str) -> str:
    """Return the form in which two spellings of one headline are equal."""
    return " ".join(re.findall(r"\w+", fold(text)))


def choose_title(facts: PageFacts, headline: str, outlet_names: tuple[str, ...]) -> Headline:
    """Return the page's headline. `headline` is JSON-LD's; `outlet_names` are cut off its ends."""
    outlets = frozenset(filter(None, (title_key(n).replace(" ", "") for n in outlet_names)))
    candidates = list(_candidates(facts, headline, outlets))
    if not candidates:
        return Headline("", None)
    best = max(candidates, key=lambda c: _score(c, candidates))
    shown = next((c for c in candidates if c.element is not None and c.key == best.key), None)
    if shown is None:
        near = [c for c in candidates if c.element is not None and _overlap(c.key, best.key) > 0.5]
        shown = near[0] if near else next((c for c in candidates if c.element is not None), None)
    return Headline(best.text, shown.element if shown else None)


# What a source is worth as evidence for its text, as fitted on the DEV pages (benchmarks/metadata). The
# visible headline leads; two others that agree against it win (a teaser or kicker stands in its h1).
WEIGHTS = {"h1": 1.5, "ld": 1.4, "og": 1.2, "marked": 0.5, "title": 0.5, "twitter": 0.5, "other": 0.5}
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
    if "h1" in worth and not _fits(candidate, candidates):
        worth["h1"] *= 0.2
    return sum(worth.values())


def _holds(longer: _Candidate, shorter: _Candidate) -> bool:
    """Whether one text is the other plus parts set off by a separator, at its start or end."""
    if len(shorter.key) < 12 or len(longer.key) <= len(shorter.key) or shorter.key not in longer.key:
        return False
    parts = longer.parts
    return len(parts) > 1 and any(
        shorter.key in (" ".join(parts[at:]), " ".join(parts[: len(parts) - at]))
        for at in range(1, len(parts))
    )


def _fits(candidate: _Candidate, candidates: list[_Candidate]) -> bool:
    """Whether any other source tells of the same thing, where there is another."""
    others = [c for c in candidates if c.source != "h1"]
    return not others or any(_overlap(candidate.key, c.key) >= MIN_H1_OVERLAP for c in others)


def _overlap(a: str, b: str) -> float:
    """Return the share of the shorter text's words that the longer one has."""
    one, two = set(a.split()), set(b.split())
    return len(one & two) / max(1, min(len(one), len(two)))


def _candidates(facts: PageFacts, headline: str, outlets: frozenset[str]) -> list[_Candidate]:
    found: list[_Candidate] = []

    def add(source: str, text: str, mark: Marked | None = None) -> None:
        text = strip_outlet(text, outlets)[:MAX_TITLE_CHARS]
        key = title_key(text)
        if key and key.replace(" ", "") not in outlets:
            parts = tuple(filter(None, map(title_key, _SEPARATOR.split(text))))
            found.append(_Candidate(source, text, key, parts, mark.element if mark else None))

    for mark in facts.headings[:MAX_HEADINGS]:
        if mark.element.tag == "h1":
            add("h1", short_text(mark.element, MAX_TITLE_CHARS), mark)
    if headline:
        add("ld", headline)
    for name, source in _METAS:
        text = facts.meta(name)
        if text:
            add(source, text)
    if facts.title:
        add("title", facts.title)
    for mark in facts.marked[:100]:
        if mark.roles & TITLE and ("headline" in mark.prop):
            add("marked", short_text(mark.element, MAX_TITLE_CHARS), mark)
    return found


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
        if key and any(
            key == name or (len(name) > 4 and len(key) > 4 and (key in name or name in key))
            for name in outlets
        ):
            if cut:
                end = text.rindex(part)
            else:
                start = text.index(part) + len(part)
    kept = text[start:end].strip(" |¦»«›‹·•●~:-–—/<>｜") if end > start else ""
    return kept or text
