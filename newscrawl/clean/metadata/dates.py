"""Publication and update: chosen among JSON-LD, metas, microdata, <time>, visible date lines and the URL."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

from newscrawl.clean.metadata.date_text import DateReading, FoundDate, parse_date
from newscrawl.clean.metadata.facts import PageFacts
from newscrawl.clean.metadata.jsonld import Node
from newscrawl.clean.metadata.last_dates import (
    dates_in_scripts,
    day_in_id,
    day_of_picture,
    labelled_dates,
)
from newscrawl.clean.metadata.lines import PageLines
from newscrawl.clean.metadata.local_time import in_local_time, is_utc_stamp
from newscrawl.clean.metadata.shown_dates import BY_AFTER, ShownDates, line_dates, marked_dates
from newscrawl.clean.metadata.tables import table
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# How far ahead of the clock a date may lie: zones, clocks that go wrong, a morning paper's date.
FUTURE_SLACK = timedelta(days=2)
# What systems write for "no date": the epochs of Unix and of .NET.
_PLACEHOLDERS = frozenset({(1970, 1, 1), (1969, 12, 31), (1900, 1, 1), (1999, 11, 30)})
_URL_DAY = re.compile(
    r"(?:^|[/_.=-])((?:19|20)\d{2})(?P<s>[/_.-])(0?[1-9]|1[0-2])(?P=s)(0?[1-9]|[12]\d|3[01])(?=[/_.-]|$|T|[a-z])"
    r"|(?:^|[/_-])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.t-]|\d{4,6}(?!\d)|$)"
)
_URL_NAMED_DAY = re.compile(r"/(20\d{2})/([a-z]{3})/(\d{1,2})(?=/|$)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates chosen, with notes on what was odd."""

    published: datetime | None
    modified: datetime | None
    notes: tuple[str, ...]


@dataclass(slots=True)
class _Judge:
    """Parses candidates and keeps what was wrong with the ones that failed."""

    reading: DateReading
    now: datetime
    notes: list[str]

    def read(self, text: str) -> FoundDate | None:
        """Return the plausible date in a value that is meant to be a date; note why there is none."""
        if not text:
            return None
        found = parse_date(text, self.reading)
        if found is None:
            if re.search(r"\d", text):
                self.note("date:impossible")
            return None
        return self.accept(found)

    def accept(self, found: FoundDate) -> FoundDate | None:
        """Return a declared date unless it lies in the future or is a placeholder; note it if so."""
        if self.plausible(found):
            return found
        self.note("date:in-the-future" if found.when > self.now else "date:placeholder")
        return None

    def plausible(self, found: FoundDate) -> FoundDate | None:
        """Return a date seen in a text unless it is none of the page's: it may be of what it tells."""
        day = (found.when.year, found.when.month, found.when.day)
        return None if found.when > self.now + FUTURE_SLACK or day in _PLACEHOLDERS else found

    def note(self, slug: str) -> None:
        if slug not in self.notes:
            self.notes.append(slug)

    def first(self, values: Iterable[str]) -> FoundDate | None:
        """Return the first plausible date; a later one of the same day wins where it knows the time."""
        best: FoundDate | None = None
        for value in values:
            best = _more_exact(best, self.read(value)) if value else best
            if best and best.has_time:
                break
        return best


def choose_dates(
    facts: PageFacts,
    nodes: Sequence[Node],
    headline: Headline,
    lines: PageLines,
    reading: DateReading,
    now: datetime,
) -> Dates:
    """Return when the page was published and modified. `nodes` are its own JSON-LD objects, best first."""
    judge = _Judge(reading, now, [])
    metas = table("date_metas")
    published = judge.first(_declared(nodes, ("datePublished",)))
    modified = judge.first(_declared(nodes, ("dateModified",)))
    published = published or judge.first(map(facts.meta, metas["published"]))
    modified = modified or judge.first(map(facts.meta, metas["modified"]))
    marked = ShownDates()
    is_loose = False
    if not published or not modified or not published.has_time or is_utc_stamp(published):
        marked = marked_dates(facts, headline, lines, reading, judge.plausible)
        is_loose = published is None and marked.is_loose
        published = _more_exact(published, marked.published)
        modified = modified or marked.modified
    if not published or not published.has_time or is_loose:
        seen = line_dates(lines, headline, reading, judge.plausible)
        if is_loose and seen.distance <= BY_AFTER:
            published = seen.published
        published = _more_exact(published, seen.published)
        modified = modified or seen.modified
        if published is None and seen.has_odd:
            judge.note("date:impossible")
    address = url_day(facts.url)
    published = published or (judge.accept(address) if address else None)
    published = published or judge.first(_declared(nodes, ("dateCreated", "uploadDate")))
    if published is None and modified is None:
        published, modified = _last_dates(facts, headline, lines, judge)
    if published is None and modified is not None:
        judge.note("date:from-update")
        published = modified
    shown = marked.worded or address
    published_at = in_local_time(published, facts.url, shown, reading.language) if published else None
    modified_at = in_local_time(modified, facts.url, None, reading.language) if modified else None
    if published and modified and published_at and modified_at:
        # A mere day is midnight UTC, and lies on no clock but the page's own.
        both_told = published.has_time and modified.has_time
        since = modified_at - published_at if both_told else modified.when - published.when
        if since < timedelta():
            if both_told:
                judge.note("date:modified-before-published")
            modified_at = None
    return Dates(published_at, modified_at, tuple(judge.notes))


def _last_dates(
    facts: PageFacts, headline: Headline, lines: PageLines, judge: _Judge
) -> tuple[FoundDate | None, FoundDate | None]:
    """Return publication and update from where no date of the article stands as a rule."""
    published = modified = None
    for found, is_update in labelled_dates(lines, headline, judge.reading, judge.plausible):
        if is_update:
            modified = modified or found
        else:
            published = published or found
    if published or modified:
        return published, modified
    numbered = day_in_id(facts.url)
    if numbered and judge.plausible(numbered):
        return numbered, None
    for found in dates_in_scripts(facts, judge.reading):
        if judge.plausible(found):
            judge.note("date:from-script")
            return found, None
    filed = day_of_picture(facts.meta("og:image", "twitter:image"))
    if filed and judge.plausible(filed):
        judge.note("date:from-picture")
        return filed, None
    return None, None


def _more_exact(known: FoundDate | None, other: FoundDate | None) -> FoundDate | None:
    """Return `known`, or `other` where it adds something: a date at all, or the time of the same day."""
    if known is None or other is None:
        return known or other
    adds_time = other.has_time and not known.has_time and other.when.date() == known.when.date()
    return other if adds_time else known


def url_day(url: str) -> FoundDate | None:
    """Return the day that the URL's path names, such as /2024/05/12/ or -20240512.

    >>> url_day("https://post.example/2024/05/12/rain").when.isoformat()
    '2024-05-12T00:00:00+00:00'
    """
    try:
        path = urlsplit(url).path[:500]
    except ValueError:
        return None
    match = _URL_DAY.search(path)
    if match:
        year, month, day = match[1] or match[5], match[3] or match[6], match[4] or match[7]
        return parse_date(f"{year}-{month}-{day}")
    named = _URL_NAMED_DAY.search(path)
    return parse_date(f"{named[3]} {named[2]} {named[1]}") if named else None


def _declared(nodes: Sequence[Node], keys: Iterable[str]) -> Iterator[str]:
    for key in keys:
        for node in nodes:
            value = node.get(key)
            yield tidy(value[0] if isinstance(value, list) and value else value)


def utc_now() -> datetime:
    """Return the clock's time. Only where no caller injects one."""
    return datetime.now(UTC)
