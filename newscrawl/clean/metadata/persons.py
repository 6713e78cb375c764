"""What can be a person's name, and what is a desk, an agency, a job, a section or a slogan.

The words that decide are data (`data/not_names.toml`), in over 40 languages.
"""

import re
from collections.abc import Iterable
from functools import cache

from newscrawl.clean.metadata.cjk_names import is_chinese_name, is_han
from newscrawl.clean.metadata.date_text import fold
from newscrawl.clean.metadata.tables import words

# Bounds of one name: "Bo Xi" to "María del Carmen Fernández de la Vega y Sanz". Characters, words.
MIN_CHARS, MAX_CHARS, MAX_WORDS = 2, 60, 7
# Most words of a name that is written in small letters throughout.
MAX_SMALL_WORDS = 3
# A name in Han, kana or Hangul; foreign names in katakana are the long ones.
MAX_HAN_CHARS = 12
# Longest abbreviation in a name with its dot ("Prof."), and longest acronym that stands alone for an agency.
MAX_ABBREVIATION, MAX_ACRONYM = 5, 4

_ODD = re.compile(
    r"[\d@#%*=<>{}\[\]()?!:;,&/\"“”„«»…\\|_~^$€£→•]|\.\.|https?|www\.|\.(?:com|org|net|gr|de|ru|fr|co|in|tv|info)\b"
)
HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# Jobs that follow a name without a blank, and "and 2 others".
_HAN_JOB = re.compile(
    r"(?<=\S\S)\s*(?:(?:선임)?기자|특파원|논설위원|記者|记者|特派員|編集委員)?(?:\s*외\s*\d+\s*명)?$"
)
# "harbourpost.pl": an outlet by its address.
_ADDRESS = re.compile(r"\S{3,60}\.(?:com|net|org|info|[a-z]{2})", re.IGNORECASE)
# Latin letters and Han characters in one word, as only outlets are called.
_MIXED = re.compile(r"[A-Za-z0-9]{1,12}[\u3400-\u9fff]{1,12}|[\u3400-\u9fff]{1,12}[A-Za-z0-9]{1,12}")
# Legal forms: what ends in one is a company or a club.
_LEGAL = re.compile(
    r"\b(?:e\.? ?V|GmbH|AG|KG|S\.? ?A|Α\.? ?Ε|o\. ?o|Ltd|Inc|LLC|Co|Corp|B\.?V|A/S|Oy|AB)\.?$"
)
_ACRONYM = re.compile(r"[B-DF-HJ-NP-TV-XZ]{3,}$")
_POSSESSIVE = re.compile(r"['’]s?$")
# "Jane Doe The Associated Press": an agency after a full name.
_AGENCY_TAIL = re.compile(
    r"^(\S+ \S.*?)\s+(?:the\s.{2,40}|associated press|ap|afp|reuters|dpa)$", re.IGNORECASE
)
EDGE = " \t,.;:–—-|/•·*\"'“”‘’«»()[]{}"


def trim_name(name: str) -> str:
    """Return `name` without jobs at its ends, quotes and edges; initials and suffixes stay."""
    name = _HAN_JOB.sub("", name.strip(EDGE + "\u200b"))
    if not name:
        return ""
    parts = _AGENCY_TAIL.sub(r"\1", name).split()
    half = len(parts) // 2
    if half > 1 and parts[:half] == parts[half:]:  # for eyes and for screen readers
        parts = parts[:half]
    jobs = words("not_names", "jobs")
    if not parts or fold(parts[-1]) in words("not_names", "desks"):
        return ""
    tails = words("not_names", "jobs", "tails")
    while len(parts) > 1 and fold(parts[-1].strip(".,")) in tails:
        parts.pop()
    while len(parts) > 2 and fold(parts[0].strip(".,")) in jobs:
        parts.pop(0)
    name = " ".join(parts).strip(EDGE)
    if re.search(r"\b(?:Jr|Sr|[A-Z])$", name) and parts and parts[-1].endswith("."):
        name += "."
    return name


def is_person(name: str, *, sure: bool = False, language: str = "") -> bool:
    """Whether `name` can be a person's. `sure` lets through pen names of one word or in lower case.

    In Han characters a name is taken for a Chinese one, unless the page's `language` is Japanese.

    >>> is_person("Ludwig van Beethoven"), is_person("News Desk"), is_person("Reuters")
    (True, False, False)
    """
    if not MIN_CHARS <= len(name) <= MAX_CHARS or _ODD.search(name) or _ADDRESS.fullmatch(name):
        return False
    spelt = name.split()
    if len(spelt) > MAX_WORDS:
        return False
    organisations, agencies = words("not_names", "organisations"), words("not_names", "agencies")
    jobs = words("not_names", "jobs")
    never = words("not_names", "organisations", "interface", "pointers", "sections")
    folded = [fold(_POSSESSIVE.sub("", w).strip(EDGE)) for w in spelt]
    if any(part in never for w in folded for part in (w, *w.split("-"))):
        return False
    if _ACRONYM.match(spelt[0]) and not name.isupper():  # "BBK Web"
        return False
    if folded[0] in words("not_names", "articles") or _LEGAL.search(name):
        return False
    if any(
        (w.endswith(_organisation_endings()) and len(w) > 7) or w.startswith(_desk_stems()) for w in folded
    ):
        return False
    if any(w.endswith(".") and len(w) > MAX_ABBREVIATION for w in spelt[:-1]):
        return False  # a sentence ends in it
    if " ".join(folded) in agencies or all(w in jobs for w in folded):
        return False
    in_capitals = any(w in agencies and s.isupper() for w, s in zip(folded, spelt, strict=True))
    if in_capitals and not (name.isupper() and len(spelt) > 1):  # "Jo Doe AFP", but not "MIA DOE"
        return False
    if HAN.search(name):
        if not sure or len(name) > MAX_HAN_CHARS or any(w in name for w in organisations if HAN.match(w)):
            return False
        if language == "ja":
            return True
        return is_chinese_name(name) if is_han(name) else _MIXED.fullmatch(name) is None
    return _reads_as_name(spelt, sure)


@cache
def _organisation_endings() -> tuple[str, ...]:
    return tuple(words("not_names", "organisation_endings"))


@cache
def _desk_stems() -> tuple[str, ...]:
    return tuple(words("not_names", "desk_stems"))


def _reads_as_name(spelt: list[str], sure: bool) -> bool:
    cased = [w for w in spelt if w[0].lower() != w[0].upper()]
    if not cased:  # Arabic, Hebrew, Indic, Thai: no letter case to go by
        return sure or 2 <= len(spelt) <= 4
    if sure and len(spelt) == 1:
        is_acronym = spelt[0].isupper() and len(spelt[0]) <= MAX_ACRONYM
        return len(spelt[0]) > 2 and not is_acronym and "admin" not in spelt[0].lower()
    if sure and not any(w[0].isupper() for w in cased):
        return len(spelt) <= MAX_SMALL_WORDS  # "viktor hedlund", but no sentence
    capitals = [w for w in cased if w[0].isupper()]
    small = [w for w in cased if not w[0].isupper()]
    if any(fold(w) not in words("bylines", "particles") and "'" not in w and "’" not in w for w in small):
        return False
    if any(not each[0].isalpha() for each in spelt) or spelt[-1] in small:
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


def is_organisation(name: str) -> bool:
    """Whether a word or the ending of `name` says that it is an agency's, a desk's or an outlet's.

    >>> is_organisation("Harbour News Agency"), is_organisation("Jane Doe")
    (True, False)
    """
    folded = [fold(word.strip(EDGE)) for word in name.split()]
    named = words("not_names", "organisations", "desks")
    return (
        any(word in named or (word.endswith(_organisation_endings()) and len(word) > 7) for word in folded)
        or " ".join(folded) in words("not_names", "agencies")
        or _LEGAL.search(name) is not None
    )
