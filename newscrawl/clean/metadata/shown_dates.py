"""Dates that a page shows: elements marked as dates, and lines of text near the headline."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache

from newscrawl.clean.metadata.date_text import (
    DateReading,
    FoundDate,
    find_dates,
    fold,
    has_digit,
    has_odd_date,
    parse_date,
)
from newscrawl.clean.metadata.facts import DATE, UPDATED, Marked, PageFacts, ancestors, is_aside
from newscrawl.clean.metadata.lines import Element, PageLines, short_text
from newscrawl.clean.metadata.names import is_byline
from newscrawl.clean.metadata.tables import table
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# Longest text, in characters, that is a date line and not a sentence with a date in it; characters
# around a date without a label beyond which the line speaks of something else.
MAX_DATE_LINE, MAX_AROUND = 160, 60
# Lines before and after the headline in which a date line is looked for.
LINES_BEFORE, LINES_AFTER = 8, 30
# How much nearer, in elements, a date for machines counts than one in words, and a declared
# datePublished than either: what is marked best is right even at the foot of an article.
MACHINE_BONUS, DECLARED_BONUS = 30, 2000
# Elements from the headline within which a date in words is surely the article's.
MAX_WORDED_DISTANCE = 60
# Elements above the headline beyond which a date in words without a label may be that of the day, in
# the head of every page.
MAX_ABOVE = 15
# Lines right before and after the headline in which a date is the article's, whatever its region, as
# long as no paragraph (a line of so many characters) stands between.
BY_BEFORE, BY_AFTER, PARAGRAPH_CHARS = 3, 12, 180

# The first year of the web. Older dates that nothing calls the page's are of what it tells.
FIRST_WEB_YEAR = 1991

Accept = Callable[[FoundDate], FoundDate | None]


@dataclass(slots=True)
class ShownDates:
    """The nearest dates of publication and update found so far, with their distance from the headline."""

    published: FoundDate | None = None
    modified: FoundDate | None = None
    worded: FoundDate | None = None  # the nearest date of publication in words, as a reader sees it
    is_loose: bool = False  # `published` stands far above the headline, in words: it may be today's
    has_odd: bool = False  # a date line holds a date that cannot be
    _distances: dict[bool, float] = field(default_factory=dict)
    _worded_distance: float = float("inf")

    def add(self, found: FoundDate, *, is_update: bool, distance: float, is_loose: bool = False) -> None:
        """Keep `found` if it is nearer to the headline than what is known."""
        if distance >= self._distances.get(is_update, float("inf")):
            return
        self._distances[is_update] = distance
        if is_update:
            self.modified = found
        else:
            self.published, self.is_loose = found, is_loose

    @property
    def distance(self) -> float:
        """How far from the headline the date of publication is."""
        return self._distances.get(False, float("inf"))

    def see(self, worded: FoundDate, *, distance: float) -> None:
        """Keep a date in words if it is nearer to the headline than the one known."""
        if distance < self._worded_distance:
            self.worded, self._worded_distance = worded, distance


def marked_dates(
    facts: PageFacts, headline: Headline, lines: PageLines, reading: DateReading, accept: Accept
) -> ShownDates:
    """Return the dates in <time>, microdata and elements whose class speaks of a date."""
    shown = ShownDates()
    around = headline.around
    for mark in (*facts.times, *(m for m in facts.marked if m.roles & DATE)):
        machine = _machine_value(mark.element)
        text = short_text(mark.element, MAX_DATE_LINE + 40)
        if not machine and (len(text) > MAX_DATE_LINE or not has_digit(text)):
            continue
        declared = parse_date(machine, reading) if machine else None
        declared = accept(declared) if declared else None
        worded = (
            [d for d in map(accept, find_dates(text, reading)) if d] if len(text) <= MAX_DATE_LINE else []
        )
        if declared is None and not worded:
            continue
        distance = _distance(mark, headline.position)
        if is_aside(mark.element, around) and not _stands_by(headline, mark.element, lines):
            continue
        is_update = _is_update(mark, text)
        if worded and not is_update and distance < MAX_WORDED_DISTANCE:
            shown.see(worded[0], distance=distance)
        if declared is None:
            is_above = mark.position < headline.position - MAX_ABOVE
            _add_labelled(shown, text, worded, distance, bool(mark.roles & UPDATED), is_above)
            continue
        if worded and not declared.has_time and worded[0].has_time and _same_day(worded[0], declared):
            declared = worded[0]
        is_published = "publish" in mark.prop or "created" in mark.prop
        bonus = DECLARED_BONUS if is_published else MACHINE_BONUS
        shown.add(declared, is_update=is_update, distance=distance - bonus)
    return shown


def _stands_by(headline: Headline, element: Element, lines: PageLines) -> bool:
    """Whether `element` is a line right by the headline, before the text begins."""
    if headline.element is None:
        return False
    at = headline.line_in(lines)
    every = lines.first(at + BY_AFTER)
    for line in every[max(0, at - BY_BEFORE) : at + BY_AFTER]:
        if line.element is element or element in ancestors(line.element, 5):
            return True
        if len(line.text) > PARAGRAPH_CHARS:
            return False
    return False


def _machine_value(element: Element) -> str:
    for name in ("datetime", "content", "data-datetime", "data-timestamp", "data-time"):
        value = element.get(name)
        if value and has_digit(value[:60]):
            return tidy(value[:100])
    return ""


def _is_update(mark: Marked, text: str) -> bool:
    """Whether a <time> tells an update: by its words, the words before it, its property, its class."""
    label = label_before(fold(text[:60])) or label_before(_text_before(mark.element))
    if label:
        return label == "updated"
    if "modif" in mark.prop or "updated" in mark.prop:
        return True
    # WordPress writes class="entry-date updated" on the only date of a post that never changed.
    names = (mark.element.get("class") or "").lower()
    return bool(mark.roles & UPDATED) and not any(w in names for w in ("entry-date", "publish", "posted"))


def _add_labelled(
    shown: ShownDates,
    text: str,
    worded: list[FoundDate],
    distance: float,
    is_update: bool,
    is_above: bool,
) -> None:
    """Add the dates of a text, each under the nearest label before it."""
    folded = fold(text)
    begin = 0
    for at, found in enumerate(worded):
        label = label_before(folded[begin : found.start])
        updated = label == "updated" if label else is_update and not at
        is_loose = is_above and not label
        shown.add(found, is_update=updated, distance=distance + at, is_loose=is_loose)
        begin = found.end


def _distance(mark: Marked, start: int) -> float:
    """Return how far a mark is from the headline in elements; what stands above counts double."""
    gap = mark.position - start
    return gap if gap >= 0 else -2.0 * gap


def _same_day(one: FoundDate, other: FoundDate) -> bool:
    return one.when.date() == other.when.date()


def _text_before(element: Element) -> str:
    """Return the words right before an element: "Updated " in "Updated <time>"."""
    before = element.getprevious()
    if before is None:
        parent = element.getparent()
        text = (parent.text or "") if parent is not None else ""
    else:
        text = before.tail or ""
        if not text.strip() and isinstance(before.tag, str) and before.tag != "time":
            text = short_text(before, 60)
    return fold(text[-60:])


@cache
def _labels() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Return for each kind a pattern of its labels, which begin a word where words are set apart."""
    return tuple(
        (kind, re.compile(r"(?<![a-zа-яα-ω])(?:" + "|".join(map(re.escape, labels)) + ")"))
        for kind, labels in table("date_labels").items()
    )


def label_before(folded: str) -> str:
    """Return "updated", "published" or "" for the words before a date; the nearest label decides.

    >>> label_before("posted by jo | last update: ")
    'updated'
    """
    best, kind = -1, ""
    for name, pattern in _labels():
        for match in pattern.finditer(folded[-80:]):
            if match.start() > best:
                best, kind = match.start(), name
    return kind


def line_dates(lines: PageLines, headline: Headline, reading: DateReading, accept: Accept) -> ShownDates:
    """Return the dates in the lines around the headline: those after it first, then those before."""
    at = headline.line_in(lines)
    every = lines.first(at + LINES_AFTER)
    shown = ShownDates()
    around = headline.around
    order = (*range(at, min(len(every), at + LINES_AFTER)), *range(at - 1, max(-1, at - LINES_BEFORE), -1))
    label_line = ""
    for distance, index in enumerate(order):
        line = every[index]
        text = line.text
        if len(text) > MAX_DATE_LINE or not has_digit(text):
            label_line = fold(text) if len(text) < 40 else ""
            continue
        worded = [d for d in map(accept, find_dates(text, reading)) if d]
        if worded and is_aside(line.element, around):
            continue
        folded = fold(text)
        spoken = sum(found.end - found.start for found in worded)
        begin = 0
        if worded and is_byline(text, reading.language):
            distance = min(distance, BY_AFTER)
        for found in worded:
            label = label_before(folded[begin : found.start]) or label_before(label_line)
            begin = found.end
            if label or (len(folded) - spoken <= MAX_AROUND and found.when.year >= FIRST_WEB_YEAR):
                shown.add(found, is_update=label == "updated", distance=distance)
        if not worded and label_before(folded) and has_odd_date(text, reading):
            shown.has_odd = True
        label_line = ""
        if shown.published and shown.modified:
            break
    return shown
