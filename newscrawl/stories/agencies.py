"""News agencies by the names under which outlets credit them: `data/agencies.toml`.

A credit is a line that holds nothing but agencies, and words that introduce them: "Von dpa", "AFP/Reuters",
"Reuters Staff". A text that only mentions an agency credits nobody.
"""

import re
import tomllib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LONGEST_CREDIT = 90
"""Characters of a line that may be nothing but a credit."""

SHORT_FORM = 4
"""Letters up to which a form is matched letter by letter, and means an agency in its languages only."""

MOST_AGENCIES = 4
"""Agencies of one credit; a longer list is a directory."""

_MARKS = " \t\n.,:;·•|*-–—―=/\\()[]【】（）［］{}«»\"“”„'‘’"
_PARTS = re.compile(r"[/,;|+·•&、，／]|\s[-–—]\s")  # what is around a part is stripped
_TOKEN = re.compile(r"\w+")
_CODE = re.compile(r"[a-zäöüß]{1,4}")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Book:
    """The table: form -> (agency, its languages), own site -> agency, and how credits are worded."""

    forms: Mapping[str, Sequence[tuple[str, frozenset[str]]]]
    tokens: frozenset[str]
    long_names: re.Pattern[str]
    sites: Mapping[str, str]
    closings: Sequence[tuple[str, re.Pattern[str]]]
    any_closing: re.Pattern[str]
    before: Sequence[str]
    partly: Sequence[str]
    after: Sequence[str]
    joins: re.Pattern[str]


def credited_agencies(
    line: str, language: str | None, own_names: Collection[str] = (), *, alone: bool = True
) -> tuple[str, ...]:
    """Return the standard names of the agencies that `line` credits, if it holds nothing else, else ().

    `own_names` are keys (`name_key`) of the outlet's own names, which may stand beside an agency's
    ("Le Monde avec AFP"). `alone`: nobody else wrote the text; else "with AFP" is no credit.

    >>> credited_agencies("Von dpa / AFP", "de"), credited_agencies("Reuters Staff", "en")
    (('dpa', 'AFP'), ('Reuters',))
    >>> credited_agencies("Reuters cuts jobs", "en"), credited_agencies("TT", "en")
    ((), ())
    """
    book = _book()
    if len(line) > LONGEST_CREDIT or (
        line.isascii() and book.tokens.isdisjoint(_TOKEN.findall(line.casefold()))
    ):
        return ()
    text = _YEAR.sub(" ", line).strip(_MARKS)
    name, _ = _agency(book, text, language, alone=alone)
    if name:
        return (name,)
    agencies: list[str] = []
    for piece in _PARTS.split(text):
        for part in (p.strip(_MARKS) for p in book.joins.split(piece)):
            name, rest = _agency(book, part, language, alone=alone)
            if name:
                agencies.append(name)
            elif rest and name_key(rest) not in own_names and not is_code(rest):
                return ()
    return tuple(dict.fromkeys(agencies)) if len(agencies) <= MOST_AGENCIES else ()


def agency_of_site(site: str) -> str | None:
    """Return the agency whose own site this registrable domain is."""
    return _book().sites.get(site)


def closing_agency(line: str) -> str | None:
    """Return the agency that alone ends its texts with such a line."""
    text = line.strip()
    if not _book().any_closing.match(text):
        return None
    return next((name for name, pattern in _book().closings if pattern.match(text)), None)


def names_agency(text: str) -> bool:
    """Tell whether an agency's name in full, not its short form, stands anywhere in `text`."""
    return _book().long_names.search(text.casefold()) is not None


def is_code(name: str) -> bool:
    """Tell whether a name is a journalist's code, as in "mfh/dpa"."""
    return _CODE.fullmatch(name) is not None


def name_key(name: str) -> str:
    """Return what all spellings of an outlet's name have in common: its letters and digits."""
    return "".join(c for c in name.casefold() if c.isalnum())


def _agency(book: _Book, text: str, language: str | None, *, alone: bool) -> tuple[str | None, str]:
    """Return the agency that `text` names, and what is left of `text` without the words around a name."""
    words_before = [*book.before, *book.partly] if alone else book.before
    while text:
        if name := _named(book, text, language):
            return name, text
        folded = text.casefold()
        start = next((w for w in words_before if folded.startswith(w) and _parts(folded, len(w))), None)
        if start is not None:
            text = text[len(start) :].strip(_MARKS)
            continue
        end = next(
            (w for w in book.after if folded.endswith(w) and _parts(folded, len(folded) - len(w))), None
        )
        if end is None:
            return None, text
        text = text[: len(text) - len(end)].strip(_MARKS)
    return None, ""


def _parts(text: str, at: int) -> bool:
    """Tell whether a word ends at `at`; scripts without spaces part anywhere."""
    if not 0 < at < len(text):
        return True
    before, after = text[at - 1], text[at]
    return not (before.isalnum() and after.isalnum()) or before >= "\u3000" or after >= "\u3000"


def _named(book: _Book, text: str, language: str | None) -> str | None:
    is_short = len(text) <= SHORT_FORM
    known = book.forms.get(text if is_short else text.casefold(), ())
    primary = (language or "").split("-")[0].lower()
    names = {
        name for name, languages in known if not (is_short and primary and languages) or primary in languages
    }
    return names.pop() if len(names) == 1 else None


@lru_cache(maxsize=1)
def _book() -> _Book:
    data = tomllib.loads((resources.files(__package__) / "data" / "agencies.toml").read_text("utf-8"))
    words, forms = data["words"], defaultdict(list)
    for agency in data["agency"]:
        languages = frozenset(agency.get("languages", ()))
        for form in agency["forms"]:
            forms[form if len(form) <= SHORT_FORM else form.casefold()].append((agency["name"], languages))
    long_names = "|".join(sorted(re.escape(form) for form in forms if len(form) > SHORT_FORM))
    closings = [
        (agency["name"], pattern) for agency in data["agency"] for pattern in agency.get("closings", ())
    ]
    flags = re.IGNORECASE | re.DOTALL
    return _Book(
        forms=forms,
        tokens=frozenset(token for form in forms for token in _TOKEN.findall(form.casefold())),
        long_names=re.compile(rf"\b(?:{long_names})\b"),
        sites={site: agency["name"] for agency in data["agency"] for site in agency.get("domains", ())},
        closings=[(name, re.compile(pattern, flags)) for name, pattern in closings],
        any_closing=re.compile("|".join(f"(?:{pattern})" for _, pattern in closings), flags),
        before=sorted((word.casefold() for word in words["before"]), key=len, reverse=True),
        partly=sorted(words["with"], key=len, reverse=True),
        after=sorted((word.casefold() for word in words["after"]), key=len, reverse=True),
        joins=re.compile(rf"\s(?:{'|'.join(map(re.escape, (*words['joins'], *words['with'])))})\s"),
    )
