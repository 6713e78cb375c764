"""The headline: chosen among h1, JSON-LD, Open Graph and <title>, which vote for one another."""

from dataclasses import dataclass
from functools import cached_property

from newscrawl.clean.metadata.facts import NOWHERE, PageFacts, Surroundings
from newscrawl.clean.metadata.jsonld import Node
from newscrawl.clean.metadata.lines import Element, Line, PageLines
from newscrawl.clean.metadata.title_candidates import (
    BARS,
    Candidate,
    find_candidates,
    stands_before_bar,
    title_key,
)
from newscrawl.clean.metadata.title_votes import MIN_PART_CHARS, best_candidate, width_of


@dataclass(frozen=True)
class Headline:
    """The title chosen, and where on the page it stands, if it does."""

    text: str
    element: Element | None = None
    position: int = 0  # of the element in document order; 0 where the headline is not on the page

    @cached_property
    def around(self) -> Surroundings:
        """Return where the headline stands."""
        return Surroundings.of(self.element) if self.element is not None else NOWHERE

    def line_in(self, lines: PageLines) -> int:
        """Return the index of the line in which the headline begins, 0 where it is not on the page."""
        at = lines.index_of(self.element) if self.element is not None else 0
        return at or lines.index_of_text(self.text)


def choose_title(
    facts: PageFacts,
    node: Node,
    outlet_names: tuple[str, ...],
    section_names: tuple[str, ...],
    lines: PageLines,
) -> Headline:
    """Return the page's headline. `node` is its own JSON-LD object; outlet and section are cut off."""
    outlets, sections = (
        frozenset(filter(None, (title_key(n).replace(" ", "") for n in names)))
        for names in (outlet_names, section_names)
    )
    candidates = find_candidates(facts, node, outlets, sections)
    if not candidates:
        return _bold_headline(lines, facts)
    best = best_candidate(candidates)
    visible = [(c, c.mark) for c in candidates if c.mark is not None and c.source != "trail"]
    shown = next((mark for c, mark in visible if c.key == best.key), None)
    shown = shown or next((mark for c, mark in visible if _overlap(c, best) > MIN_SHOWN_OVERLAP), None)
    if shown is not None:
        return Headline(best.text, shown.element, shown.position)
    return _located(best, lines, facts)


def _overlap(a: Candidate, b: Candidate) -> float:
    """Return the share of the shorter text's words that the longer one has."""
    return len(a.words & b.words) / max(1, min(len(a.words), len(b.words)))


# Share of words that a heading has in common with the title for it to be the title's place.
MIN_SHOWN_OVERLAP = 0.5
# Lines of a page among which its headline is, and characters of a line that is a paragraph already.
MAX_HEADLINE_LINES, PARAGRAPH_CHARS = 400, 180


def _located(best: Candidate, lines: PageLines, facts: PageFacts) -> Headline:
    """Find a title that no heading shows among the page's lines; the line's own wording is the better one.

    So "Rain again - The Post" gives "Rain again" where a bold line says just that.
    """
    shorter = {" ".join(best.parts[:at]) for at in range(1, len(best.parts))}
    shorter |= {" ".join(best.parts[at:]) for at in range(1, len(best.parts))}
    found: Line | None = None
    for line in lines.first(MAX_HEADLINE_LINES)[:MAX_HEADLINE_LINES]:
        key = title_key(line.text)
        if key == best.key:
            return Headline(best.text, line.element, _position(line.element, facts))
        if (
            (key in shorter or _is_head(line.text, best.text))
            and width_of(key) >= MIN_PART_CHARS
            and (not found or len(line.text) > len(found.text))
        ):
            found = line
    if found is None:
        return Headline(best.text)
    return Headline(found.text, found.element, _position(found.element, facts))


def _is_head(text: str, title: str) -> bool:
    """Whether `title` is `text` and, behind a bar without blanks, something shorter: an outlet's name."""
    return stands_before_bar(text, title, BARS + "_") and 2 * width_of(text) > width_of(title)


def _bold_headline(lines: PageLines, facts: PageFacts) -> Headline:
    """Return the first bold or large line before the first paragraph, for pages that declare nothing."""
    for line in lines.first(MAX_HEADLINE_LINES)[:MAX_HEADLINE_LINES]:
        if len(line.text) > PARAGRAPH_CHARS:
            break
        if line.element.tag in ("b", "strong", "font", "big", "h3", "h4") and len(line.text.split()) > 2:
            return Headline(line.text, line.element, _position(line.element, facts))
    return Headline("")


def _position(element: Element, facts: PageFacts) -> int:
    return next((at for at, each in enumerate(facts.root.iter("*")) if each is element), 0)
