"""Names of people: told from desks, agencies, jobs, sections and slogans, and split out of bylines.

The words that decide are data (`data/bylines.toml`, `data/not_names.toml`), in over 40 languages.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import takewhile

from newscrawl.clean.metadata.date_text import find_dates, fold
from newscrawl.clean.metadata.tables import table, words

# Bounds of one name: "Bo Xi" to "María del Carmen Fernández de la Vega y Sanz". Characters, words.
MIN_CHARS, MAX_CHARS, MAX_WORDS = 2, 60, 7
# Most words of a name that is written in small letters throughout.
MAX_SMALL_WORDS = 3
# A name in Han, kana or Hangul; foreign names in katakana are the long ones.
MAX_HAN_CHARS = 12
# Longest byline that is read, in characters; ten names with their titles stay under it.
MAX_BYLINE_CHARS = 400
MAX_NAMES = 20

_ODD = re.compile(
    r"[\d@#%*=<>{}\[\]()?!:;,&/\"“”„«»…\\|_~^$€£→•]|\.\.|https?|www\.|\.(?:com|org|net|gr|de|ru|fr|co|in|tv|info)\b"
)
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\(@?[^()]{0,60}\)|\[[^\[\]]{0,60}\]")
_BREAK = re.compile(r"\s*[|•·●▪/\\\n;；、，+>»]\s*|\s+[–—-]+\s+|\s*[–—](?=\s|$)|\s*:\s*|\.\s*$|\s{3,}")
_COMMA = re.compile(r"\s*[,،]\s*(?!(?:jr|sr|ii|iii|iv)\b\.?)", re.I)
# Legal forms: what ends in one is a company or a club.
_LEGAL = re.compile(
    r"\b(?:e\.? ?V|GmbH|AG|KG|S\.? ?A|Α\.? ?Ε|o\. ?o|Ltd|Inc|LLC|Co|Corp|B\.?V|A/S|Oy|AB)\.?$"
)
_POSSESSIVE = re.compile(r"['’]s?$")
# "Jane Doe The Associated Press": an agency after a full name.
_AGENCY_TAIL = re.compile(
    r"^(\S+ \S.*?)\s+(?:the\s.{2,40}|associated press|ap|afp|reuters|dpa)$", re.IGNORECASE
)
_EDGE = " \t,.;:–—-|/•·*\"'“”‘’«»()[]{}"


def _any_of(phrases: Iterable[str]) -> str:
    """Return a pattern of any of `phrases`, the longest first."""
    return "(?:" + "|".join(map(re.escape, sorted(set(phrases), key=len, reverse=True))) + ")"


def _labels() -> set[str]:
    return {label for entries in table("bylines")["labels"].values() for label in entries}


@cache
def _by_words(language: str) -> re.Pattern[str]:
    """Return the pattern of what stands before a name, for pages in `language` (any, if "")."""
    by = table("bylines")["by"]
    own = {w for code, entries in by.items() if not language or code in (language, "en") for w in entries}
    return re.compile(_any_of(own | _labels()) + r"(?![\w.])\s*[:：／/＝・-]?\s*")


@cache
def _byline_start(language: str) -> re.Pattern[str]:
    """Return the pattern of a byline's start: the language's own words, or any label and a colon."""
    by = table("bylines")["by"]
    own = {*by["en"], *by.get(language, ())}
    labels = _labels().union(*by.values())
    return re.compile(_any_of(own) + r"(?:\s*[:：＝・]\s*|\s+)(?=\S)|" + _any_of(labels) + r"\s*[:：]\s*")


@cache
def _joiners() -> re.Pattern[str]:
    """Return the pattern of what joins two names; words of one letter only before a full name."""
    return re.compile(
        r"\s+" + _any_of(words("bylines", "joiners")) + r"\s+(?=\S+\s+\S+)|\s*&\s*", re.IGNORECASE
    )


def is_byline(line: str, language: str = "") -> bool:
    """Whether `line` begins as a byline does: "By ", "Von ", "Автор:"; says nothing of what follows."""
    return _byline_start(language).match(fold(line[:40])) is not None or bool(re.match(r"By[A-Z]", line))


def says_author(line: str, language: str = "") -> bool:
    """Whether `line` begins with words that can only lead to an author: "Written by", "Author:"."""
    start = fold(line[:40])
    if ":" in start or "：" in start:
        return _label_start(language).match(start) is not None
    return _phrase_start(language).match(start) is not None


@cache
def _phrase_start(language: str) -> re.Pattern[str]:
    by = table("bylines")["by"]
    return re.compile(_any_of(w for w in (*by["en"], *by.get(language, ())) if " " in w) + r"\s")


@cache
def _label_start(language: str) -> re.Pattern[str]:
    labels = _labels() | set(table("bylines")["by"].get(language, ()))
    return re.compile(_any_of(labels) + r"\s*[:：]")


def strip_by(text: str, language: str = "") -> str:
    """Return `text` without the words that lead to a name.

    >>> strip_by("Written by: Jane Doe"), strip_by("ByJane Doe"), strip_by("Von Jana Doe", "de")
    ('Jane Doe', 'Jane Doe', 'Jana Doe')
    """
    for _ in range(3):
        text = text.lstrip(_EDGE)
        folded = fold(text[:60])
        match = _by_words(language).match(folded)
        if match and len(folded) == len(text[:60]):
            text = text[match.end() :]
        elif re.match(r"By[A-Z][a-z]", text):
            text = text[2:]
        else:
            break
    return text


def split_names(text: str, language: str = "", *, sure: bool = False) -> list[str]:
    """Return the people named in a byline. `sure`: the page declares the whole string to be authors.

    >>> split_names("By Jane Doe and John Roe, Senior Reporters | Updated 4 May")
    ['Jane Doe', 'John Roe']
    """
    text = _ADDRESS.sub(" | ", without_dates(text[:MAX_BYLINE_CHARS]))
    names: list[str] = []
    rest = strip_by(text, language)
    is_led = len(rest) < len(text.strip(_EDGE))
    for part in filter(None, _BREAK.split(rest)):
        bare = strip_by(part, language)
        is_led = is_led or len(bare) < len(part.strip(_EDGE))
        pieces = [each for piece in _comma_parts(bare, sure) for each in _joiners().split(piece)]
        for each in pieces:
            # In a list, one word alone is a place or a job: "Jane Doe, London".
            is_sure = sure and (len(pieces) == 1 or " " in each.strip() or _HAN.search(each) is not None)
            name = _one_name(each, language, is_sure, is_led)
            if name and name not in names:
                names.append(name)
        if (names and not sure) or len(names) >= MAX_NAMES:
            break  # what stands behind the first part with a name is a place, a date or a job
    return names[:MAX_NAMES]


def without_dates(text: str) -> str:
    """Return `text` with a bar in place of each date: "By Jo Doe | " for "By Jo Doe 4 May 2024"."""
    if not any(c.isdigit() for c in text):
        return text
    for found in reversed(find_dates(text)):
        text = text[: found.start] + " | " + text[found.end :]
    return text


def _one_name(text: str, language: str, sure: bool, is_led: bool) -> str:
    """Return the person that a piece of a byline names, or "". `is_led`: "by" or a label stood before it."""
    name = trim_name(strip_by(text, language))
    if not name:
        return ""
    # Without capitals, only the word before it tells a name from any other word.
    if is_person(name, sure=sure or (is_led and _HAN.search(name) is not None)):
        return name
    if is_led and not sure:  # "By Jane Doe in Springfield": the capitals end where the name does
        run = list(takewhile(_may_be_in_name, name.split()))
        name = trim_name(" ".join(run))
        return name if len(run) >= 2 and is_person(name) else ""
    return ""


def _may_be_in_name(word: str) -> bool:
    return word[0].isupper() or fold(word) in words("bylines", "particles")


def _comma_parts(part: str, sure: bool) -> list[str]:
    """Split at commas; of "Jane Doe, Springfield" only a list that says "and" keeps what follows."""
    pieces = [p for p in _COMMA.split(part) if p]
    if len(pieces) < 2 or sure or _joiners().search(pieces[-1]) or len(pieces) > 3:
        return pieces
    return pieces[:1]


def trim_name(name: str) -> str:
    """Return `name` without jobs at its ends, quotes and edges; initials and suffixes stay."""
    name = name.strip(_EDGE + "\u200b")
    if not name:
        return ""
    parts = _AGENCY_TAIL.sub(r"\1", name).split()
    jobs = words("not_names", "jobs")
    if not parts or fold(parts[-1]) in words("not_names", "desks"):
        return ""
    tails = words("not_names", "tails")
    while len(parts) > 1 and fold(parts[-1].strip(".,")) in jobs | tails:
        parts.pop()
    while len(parts) > 2 and fold(parts[0].strip(".,")) in jobs:
        parts.pop(0)
    name = " ".join(parts).strip(_EDGE)
    if re.search(r"\b(?:Jr|Sr|[A-Z])$", name) and parts and parts[-1].endswith("."):
        name += "."
    return name


def is_person(name: str, *, sure: bool = False) -> bool:
    """Whether `name` can be a person's. `sure` lets through pen names of one word or in lower case.

    >>> is_person("Ludwig van Beethoven"), is_person("News Desk"), is_person("Reuters")
    (True, False, False)
    """
    if not MIN_CHARS <= len(name) <= MAX_CHARS or _ODD.search(name):
        return False
    spelt = name.split()
    if len(spelt) > MAX_WORDS:
        return False
    organisations, agencies = words("not_names", "organisations"), words("not_names", "agencies")
    jobs, never = words("not_names", "jobs"), organisations | words("not_names", "interface")
    folded = [fold(_POSSESSIVE.sub("", w).strip(_EDGE)) for w in spelt]
    if any(part in never for w in folded for part in (w, *w.split("-"))):
        return False
    if folded[0] in words("not_names", "articles") or _LEGAL.search(name):
        return False
    if any(w.endswith(_organisation_endings()) and len(w) > 7 for w in folded):
        return False
    if " ".join(folded) in agencies or all(w in jobs for w in folded):
        return False
    in_capitals = any(w in agencies and s.isupper() for w, s in zip(folded, spelt, strict=True))
    if in_capitals and not (name.isupper() and len(spelt) > 1):  # "Jo Doe AFP", but not "MIA DOE"
        return False
    if _HAN.search(name):
        return (
            sure and len(name) <= MAX_HAN_CHARS and not any(w in name for w in organisations if _HAN.match(w))
        )
    return _reads_as_name(spelt, sure)


@cache
def _organisation_endings() -> tuple[str, ...]:
    return tuple(words("not_names", "organisation_endings"))


def _reads_as_name(spelt: list[str], sure: bool) -> bool:
    cased = [w for w in spelt if w[0].lower() != w[0].upper()]
    if not cased:  # Arabic, Hebrew, Indic, Thai: no letter case to go by
        return sure or 2 <= len(spelt) <= 4
    if sure and len(spelt) == 1:
        return len(spelt[0]) > 2
    if sure and not any(w[0].isupper() for w in cased):
        return len(spelt) <= MAX_SMALL_WORDS  # "viktor hedlund", but no sentence
    capitals = [w for w in cased if w[0].isupper()]
    small = [w for w in cased if not w[0].isupper()]
    if any(fold(w) not in words("bylines", "particles") and "'" not in w and "’" not in w for w in small):
        return False
    return len(capitals) >= 2 and 2 <= len(spelt) <= 6


def unique_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names once each, the first spelling kept; order stays.

    >>> unique_names(["JANE DOE", "Jane Doe", "John Roe"])
    ('JANE DOE', 'John Roe')
    """
    seen: dict[str, str] = {}
    for name in names:
        key = " ".join(re.findall(r"\w+", fold(name)))
        if key:
            seen.setdefault(key, name)
    return tuple(seen.values())
