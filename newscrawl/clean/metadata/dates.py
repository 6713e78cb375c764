"""Publication and update: chosen among JSON-LD, metas, microdata, <time>, visible date lines and the URL."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from newscrawl.clean.metadata.date_text import DateReading, FoundDate, find_dates, fold, parse_date
from newscrawl.clean.metadata.facts import DATE, UPDATED, Marked, PageFacts, is_aside
from newscrawl.clean.metadata.jsonld import Node
from newscrawl.clean.metadata.lines import Element, LinesOnDemand, short_text
from newscrawl.clean.metadata.tables import table
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# How far ahead of the clock a date may lie: zones, clocks that go wrong, a morning paper's date.
FUTURE_SLACK = timedelta(days=2)
# What systems write for "no date": the epochs of Unix and of .NET.
_PLACEHOLDERS = frozenset([(1970, 1, 1), (1969, 12, 31), (1900, 1, 1), (1999, 11, 30)])
# Longest text, in characters, that is a date line and not a sentence with a date in it.
MAX_DATE_LINE = 160
# Lines before and after the headline in which a date line is looked for.
LINES_BEFORE, LINES_AFTER = 6, 30

_PUBLISHED_METAS = (
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "article:published",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "dcterms.issued",
    "dc.date.issued",
    "dc:date.issued",
    "dcterms.date",
    "publishdate",
    "publish-date",
    "publish_date",
    "published_date",
    "published-date",
    "publisheddate",
    "publicationdate",
    "publication_date",
    "publication-date",
    "pubdate",
    "published_time",
    "published_at",
    "publish_time",
    "publishtime",
    "date_published",
    "bt:pubdate",
    "ptime",
    "pdate",
    "rnews:datepublished",
    "vr:published_time",
    "shareaholic:article_published_time",
    "article_date_original",
    "originalpublicationdate",
    "article.published",
    "article.created",
    "analyticsattributes.articledate",
    "citation_publication_date",
    "citation_date",
    "citation_online_date",
    "firstpublishedtime",
    "first_published_date",
    "iso-8601-publish-date",
    "displaydate",
    "datecreated",
    "dcterms.created",
    "dc.date.created",
    "dc.created",
    "created",
    "og:pubdate",
    "eomportal-lastupdate-created",
    "dc.date",
    "dc.date.x-metadatadate",
    "dc:date",
    "date",
    "article:date",
    "article_date",
    "article-date",
    "releasedate",
    "release_date",
    "time",
    "datetime",
    "pubdatetime",
    "mediator_published_time",
)
_MODIFIED_METAS = (
    "article:modified_time",
    "og:article:modified_time",
    "og:modified_time",
    "article:modified",
    "og:updated_time",
    "article:updated_time",
    "datemodified",
    "dcterms.modified",
    "dc.date.modified",
    "dc.modified",
    "lastmod",
    "last-modified",
    "last_modified",
    "lastmodified",
    "modified_time",
    "updated_time",
    "date_modified",
    "modificationdate",
    "revision_date",
    "revised",
    "bt:moddate",
    "utime",
    "update_time",
)
_URL_DAY = re.compile(
    r"(?:^|[/_.=-])((?:19|20)\d{2})(?P<s>[/_.-])(0?[1-9]|1[0-2])(?P=s)(0?[1-9]|[12]\d|3[01])(?=[/_.-]|$|T|[a-z])"
    r"|(?:^|[/_-])(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?=[/_.t-]|\d{4,6}(?!\d)|$)"
)
_URL_NAMED_DAY = re.compile(r"/(20\d{2})/([a-z]{3})/(\d{1,2})(?=/|$)", re.I)
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0[1-9]|1[0-2])(?=/|$)")


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
                self._note("date:impossible")
            return None
        return self.accept(found)

    def accept(self, found: FoundDate) -> FoundDate | None:
        """Return `found` unless it lies in the future or is a placeholder."""
        when = found.when
        if when > self.now + FUTURE_SLACK:
            self._note("date:in-the-future")
            return None
        if (when.year, when.month, when.day) in _PLACEHOLDERS:
            self._note("date:placeholder")
            return None
        return found

    def _note(self, slug: str) -> None:
        if slug not in self.notes:
            self.notes.append(slug)


def choose_dates(
    facts: PageFacts,
    nodes: Sequence[Node],
    headline: Headline,
    lines: LinesOnDemand,
    reading: DateReading,
    now: datetime,
) -> Dates:
    """Return when the page was published and modified. `nodes` are its own JSON-LD objects, best first."""
    judge = _Judge(reading, now, [])
    published = _first(judge, _declared(nodes, ("datePublished",)))
    modified = _first(judge, _declared(nodes, ("dateModified",)))
    published = published or _first(judge, (facts.meta(name) for name in _PUBLISHED_METAS))
    modified = modified or _first(judge, (facts.meta(name) for name in _MODIFIED_METAS))
    if not published or not modified:
        shown = _shown(facts, judge, headline.position)
        published = published or shown[0]
        modified = modified or shown[1]
    address = url_day(facts.url)
    if published is None or not published.has_time:
        visible = _visible(lines, judge, headline)
        if published is None or (visible[0] and visible[0].has_time and _same_day(visible[0], published)):
            published = visible[0]
        modified = modified or visible[1]
    published = published or (address and judge.accept(address))
    published = published or _first(judge, _declared(nodes, ("dateCreated", "uploadDate")))
    if published is None and modified is not None:
        judge.notes.append("date:from-update")
        published = modified
    if published and modified and modified.when < published.when and modified is not published:
        if modified.has_time and published.has_time:
            judge.notes.append("date:modified-before-published")
        modified = None
    return Dates(
        published.when if published else None,
        modified.when if modified else None,
        tuple(judge.notes),
    )


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


def _first(judge: _Judge, values: Iterable[str]) -> FoundDate | None:
    """Return the first plausible date; a later one of the same day wins where it knows the time."""
    best: FoundDate | None = None
    for value in values:
        if not value:
            continue
        found = judge.read(value)
        if found is None:
            continue
        if best is None or (not best.has_time and found.has_time and _same_day(best, found)):
            best = found
        if best.has_time:
            break
    return best


def _same_day(one: FoundDate, other: FoundDate) -> bool:
    return one.when.date() == other.when.date()


def _shown(facts: PageFacts, judge: _Judge, start: int) -> tuple[FoundDate | None, FoundDate | None]:
    """Return published and modified of the elements that are marked as dates, nearest to the headline."""
    published: list[tuple[float, FoundDate]] = []
    modified: list[tuple[float, FoundDate]] = []
    for mark in (*facts.times, *(m for m in facts.marked if m.roles & DATE)):
        element = mark.element
        prop = mark.prop
        machine = element.get("datetime") or element.get("content") or element.get("data-datetime") or ""
        is_date = element.tag == "time" or "date" in prop or "publish" in prop or bool(machine)
        text = short_text(element, MAX_DATE_LINE + 40)
        if len(text) > MAX_DATE_LINE and not machine:
            continue
        if not machine and not re.search(r"\d", fold(text)):
            continue
        found = parse_date(tidy(machine), judge.reading) if machine else None
        found = found and judge.accept(found)
        seen = [d for d in map(judge.accept, find_dates(text, judge.reading)) if d]
        if found is None and machine and not seen:
            continue
        if found is None:
            if not seen or is_aside(element):
                continue
            _by_label(text, seen, mark, start, published, modified)
            continue
        if seen and not found.has_time and seen[0].has_time and _same_day(seen[0], found):
            found = seen[0]
        if is_aside(element):
            continue
        distance = _distance(mark, start) - (
            2000 if is_date and ("publish" in prop or "created" in prop) else 0
        )
        is_update = "modif" in prop or "updated" in prop or bool(mark.roles & UPDATED)
        label = _label_of(fold(text[:60]) if seen else _text_before(element))
        if label:
            is_update = label == "updated"
        (modified if is_update else published).append((distance, found))
    return _nearest(published), _nearest(modified)


def _nearest(entries: list[tuple[float, FoundDate]]) -> FoundDate | None:
    return min(entries, key=lambda entry: entry[0])[1] if entries else None


def _by_label(
    text: str,
    seen: list[FoundDate],
    mark: Marked,
    start: int,
    published: list[tuple[float, FoundDate]],
    modified: list[tuple[float, FoundDate]],
) -> None:
    folded = fold(text)
    begin = 0
    for at, found in enumerate(seen):
        label = _label_of(folded[begin : found.start]) or (
            "updated" if mark.roles & UPDATED and not at else ""
        )
        (modified if label == "updated" else published).append((_distance(mark, start) + at, found))
        begin = found.end


def _distance(mark: Marked, start: int) -> float:
    """Return how far a mark is from the headline in elements; what stands above counts double."""
    gap = mark.position - start
    return gap if gap >= 0 else -2.0 * gap


def _text_before(element: Element) -> str:
    """Return the words right before an element: "Updated " in "Updated <time>"."""
    before = element.getprevious()
    if before is not None:
        text = before.tail or ""
        if not text.strip() and isinstance(before.tag, str):
            text = short_text(before, 60)
    else:
        parent = element.getparent()
        text = (parent.text or "") if parent is not None else ""
    return fold(text[-60:])


@cache
def _labels() -> dict[str, tuple[str, ...]]:
    return {kind: tuple(entries) for kind, entries in table("date_labels").items()}


def _label_of(folded: str) -> str:
    """Return "updated", "published" or "" for the words before a date; the nearest word decides."""
    best, kind = -1, ""
    for name, labels in _labels().items():
        for word in labels:
            at = folded.rfind(word)
            if at > best:
                best, kind = at, name
    return kind


def _visible(
    lines: LinesOnDemand, judge: _Judge, headline: Headline
) -> tuple[FoundDate | None, FoundDate | None]:
    """Return published and modified as date lines around the headline tell them."""
    every = lines.get()
    at = headline.line_in(every)
    published: FoundDate | None = None
    modified: FoundDate | None = None
    order = [*range(at, min(len(every), at + LINES_AFTER)), *range(at - 1, max(-1, at - LINES_BEFORE), -1)]
    carried = ""
    for index in order:
        line = every[index]
        folded = fold(line.text)
        if len(line.text) > MAX_DATE_LINE or not re.search(r"\d", folded):
            carried = folded if len(folded) < 40 else ""
            continue
        seen = [d for d in map(judge.accept, find_dates(line.text, judge.reading)) if d]
        begin = 0
        for found in seen:
            label = _label_of(folded[begin : found.start]) or _label_of(carried)
            rest = len(folded) - (found.end - found.start)
            if not label and rest > 60:
                continue
            if label == "updated":
                modified = modified or found
            else:
                published = published or found
            begin = found.end
        carried = ""
        if published and modified:
            break
    return published, modified


def utc_now() -> datetime:
    """Return the clock's time. Only where no caller injects one."""
    return datetime.now(UTC)
