"""Bylines in lines of text near the headline, and signatures below the text."""

import re
from collections.abc import Sequence

from newscrawl.clean.metadata.byline import Byline, read_credit
from newscrawl.clean.metadata.date_text import find_dates
from newscrawl.clean.metadata.facts import Surroundings, is_aside, is_caption
from newscrawl.clean.metadata.lines import Line, PageLines
from newscrawl.clean.metadata.names import (
    is_byline,
    says_author,
    says_other_role,
    split_names,
    strip_by,
    without_dates,
)
from newscrawl.clean.metadata.outlets import is_outlet
from newscrawl.clean.metadata.persons import EDGE, is_person
from newscrawl.clean.metadata.title import Headline

# Longest byline on a page, in characters: five names with their jobs.
MAX_BYLINE = 300
_BAR = re.compile(r"\s*[|•·●▪/]\s*|\s+[–—-]+\s+|\s{2,}")
# Longest line, in characters, that signs an article somewhere below it.
MAX_SIGNED_CHARS = 120
# Lines around the headline in which a byline is looked for; a credit only in the nearest ones.
LINES_BEFORE, NEAR_LINES, LINES_AFTER, CREDIT_LINES = 8, 10, 25, 6
# Lines after the headline in which a name stands alone, and characters of such a line.
BARE_LINES, MAX_BARE_CHARS = 8, 40
# Lines after a name that stands alone within which its date is.
DATE_LINES = 2
_SLASH = re.compile(r"\s*[/,&]\s*")
_BOLD = ("b", "strong", "em", "i")
# Longest line, in characters, that is a label for the line below it: "Written by".
MAX_LABEL = 20
# Characters from which on a line is a paragraph: the article has begun.
PARAGRAPH_CHARS = 150
# Characters from which on the line after a name is the article's first sentence.
MIN_TEXT_CHARS = 60
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6", "li", "button")


def read_near_lines(byline: Byline, lines: PageLines, headline: Headline) -> None:
    """Add the names in the first line right below the headline that reads as a byline."""
    at, around = headline.line_in(lines), headline.around
    every = lines.first(at + NEAR_LINES + DATE_LINES + 1)
    below = range(at, min(len(every), at + NEAR_LINES))
    if not _read_lines(byline, every, below, at, headline) and headline.element is not None:
        _add_bare_names(byline, every, at, around)


def read_far_lines(byline: Byline, lines: PageLines, headline: Headline) -> None:
    """Add the names in a byline farther below the headline or above it, else in a signature."""
    every, around = lines.first(), headline.around
    at = headline.line_in(lines)
    below = range(at + NEAR_LINES, min(len(every), at + LINES_AFTER))
    above = range(at - 1, max(-1, at - LINES_BEFORE), -1)
    if not _read_lines(byline, every, (*below, *above), at, headline):
        _add_signed(byline, every, around)


def _read_lines(byline: Byline, every: list[Line], order: Sequence[int], at: int, headline: Headline) -> bool:
    """Read lines until one names a person; tell if one does. The headline is at `at`."""
    around = headline.around
    for index in order:
        line = every[index]
        if line.text == headline.text or len(line.raw) > 3 * MAX_BYLINE:
            continue
        text, names = _names_at(every, index, byline.language)
        credit = ""
        if not names and not byline.credits and 0 < index - at <= CREDIT_LINES and len(text) <= MAX_BYLINE:
            credit = read_credit(text, byline.language) if is_byline(text, byline.language) else ""
        if not (names or credit) or is_aside(line.element, around) or is_caption(line.element):
            continue
        if names and byline.add_names(names):
            return True
        if credit:
            byline.add_credit(credit)
    return False


def _names_at(every: list[Line], index: int, language: str) -> tuple[str, list[str]]:
    """Return the byline that begins in a line, and the names in it; a label may have its own line."""
    text = every[index].text
    names = _line_names(text, language) or _pen_name(text, every, index, language)
    is_label = not names and len(text) < MAX_LABEL and not is_byline(text, language)
    if is_label and index + 1 < len(every) and is_byline(text + ": ", language):
        text = f"{text}: {every[index + 1].text}"
        names = _line_names(text, language)
    return text, names


def _add_signed(byline: Byline, every: list[Line], around: Surroundings) -> None:
    """Add the names in a line anywhere that says outright who wrote: "Written by", "Author:"."""
    for line in every:
        if len(line.text) > MAX_SIGNED_CHARS or not says_author(line.text, byline.language):
            continue
        names = split_names(line.text, byline.language)
        is_own = bool(names) and not is_aside(line.element, around) and not is_caption(line.element)
        if is_own and byline.add_names(names):
            return


def _line_names(text: str, language: str) -> list[str]:
    """Return the names in a line that begins as a byline, or holds one beside a date or a bar."""
    if len(text) > MAX_BYLINE or says_other_role(text, language):
        return []
    if is_byline(text, language):
        return split_names(text, language)
    bare = without_dates(text)
    parts = [part for part in (each.strip(EDGE) for each in _BAR.split(bare)) if part]
    if len(parts) < 2 and bare == text:
        return []
    led = [p for p in parts if is_byline(p, language)]
    if led:
        return split_names(led[0], language)
    # "Jane Doe | 12 May 2024": a name alone between bars, on the line of a date.
    return [p for p in parts if _is_plain_name(p)][:1] if bare != text else []


def _is_plain_name(text: str) -> bool:
    """Whether a text that nothing leads to is a name by its capitals; other letters have none to go by."""
    has_case = any(char.isupper() for char in text)
    return len(text) <= MAX_BARE_CHARS and has_case and is_person(text)


def _pen_name(text: str, every: list[Line], index: int, language: str) -> list[str]:
    """Return the one word after "by" beside a date: "by seagull"."""
    if len(text) > MAX_BARE_CHARS or not is_byline(text, language):
        return []
    name = strip_by(text, language)
    is_name = " " not in name and is_person(name, sure=True)
    return [name] if is_name and any(find_dates(line.text) for line in _beside(every, index)) else []


def _add_bare_names(byline: Byline, every: list[Line], at: int, around: Surroundings) -> bool:
    """Add the names that stand alone on a line under the headline; tell if there are any.

    One name counts right by a date. Where the page credits an outlet, bold names right before the text do.
    """
    has_begun = False
    for index in range(at + 1, min(at + 1 + BARE_LINES, len(every) - 1)):
        line = every[index]
        has_begun = has_begun or len(line.text) > PARAGRAPH_CHARS
        if line.element.tag in _HEADINGS or is_byline(line.text, byline.language):
            continue
        names = _SLASH.split(line.text) if line.element.tag in _BOLD and byline.credits else [line.text]
        if not all(_is_plain_name(name) and not is_outlet(name, byline.outlets) for name in names):
            continue
        dated = any(
            len(each.text) <= MAX_SIGNED_CHARS and find_dates(each.text) for each in _beside(every, index)
        )
        leads = not has_begun and byline.credits and line.element.tag in _BOLD
        leads = leads and len(every[index + 1].text) > MIN_TEXT_CHARS
        if (dated or leads) and not is_aside(line.element, around) and not is_caption(line.element):
            return byline.add_names(names)
    return False


def _beside(every: list[Line], index: int) -> list[Line]:
    return [*every[max(0, index - 1) : index], *every[index + 1 : index + 1 + DATE_LINES]]
