"""Where a date is looked for once nothing else has one: signed lines, ids in addresses, scripts, pictures."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from newscrawl.clean.metadata.date_text import DateReading, FoundDate, find_dates, fold, has_digit, parse_date
from newscrawl.clean.metadata.facts import PageFacts, is_aside
from newscrawl.clean.metadata.lines import PageLines
from newscrawl.clean.metadata.shown_dates import MAX_DATE_LINE, Accept, label_before
from newscrawl.clean.metadata.tidy import tidy
from newscrawl.clean.metadata.title import Headline

# Content systems number articles by day and time: /article/A2026012914320005196.
_ID_DAY = re.compile(r"(?:^|[/_-])[A-Za-z]?(20\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{4,11}(?!\d)")
# Pictures are filed by the day they came in: /2024/05/12/ in their address.
_FILED_DAY = re.compile(r"/(20\d{2})[/-](0[1-9]|1[0-2])[/-](0[1-9]|[12]\d|3[01])/")
# Longest script, in characters, that does no more than write a date; scripts that are looked at.
MAX_SCRIPT_CHARS, MAX_SCRIPTS = 200, 100


def labelled_dates(
    lines: PageLines, headline: Headline, reading: DateReading, accept: Accept
) -> Iterator[tuple[FoundDate, bool]]:
    """Yield the dates in lines anywhere that say what they are the date of, and whether it is an update."""
    around = headline.around
    for line in lines.first():
        text = line.text
        if len(text) > MAX_DATE_LINE or not has_digit(text):
            continue
        folded = fold(text)
        for found in find_dates(text, reading):
            label = label_before(folded[: found.start])
            if label and accept(found) and not is_aside(line.element, around):
                yield found, label == "updated"


def day_in_id(url: str) -> FoundDate | None:
    """Return the day with which the article's number in its address begins.

    >>> day_in_id("https://post.example/news/A2026012914320005196").when.date().isoformat()
    '2026-01-29'
    """
    try:
        match = _ID_DAY.search(urlsplit(url).path[:500])
    except ValueError:
        return None
    return parse_date("-".join(match.groups())) if match else None


def day_of_picture(url: str | None) -> FoundDate | None:
    """Return the day under which the main picture is filed.

    >>> day_of_picture("https://img.post.example/2024/05/12/harbour.jpg").when.date().isoformat()
    '2024-05-12'
    """
    match = _FILED_DAY.search((url or "")[:500])
    return parse_date("-".join(match.groups())) if match else None


def dates_in_scripts(facts: PageFacts, reading: DateReading) -> Iterator[FoundDate]:
    """Yield the dates that short scripts write where they stand: `showDate("2024/05/12 14:30")`."""
    body = next(facts.root.iter("body"), None)
    if body is None:
        return
    for at, script in enumerate(body.iter("script")):
        if at == MAX_SCRIPTS:
            return
        source = script.text or ""
        if len(source) <= MAX_SCRIPT_CHARS and has_digit(source):
            yield from find_dates(tidy(source), reading)
