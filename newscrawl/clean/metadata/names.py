"""Bylines taken apart: the words that lead to names, and the names between commas, bars and "and".

The words that decide are data (`data/bylines.toml`), in over 40 languages.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import takewhile

from newscrawl.clean.metadata.cjk_names import korean_name_before_job, split_han_names
from newscrawl.clean.metadata.date_text import find_dates, fold, has_digit
from newscrawl.clean.metadata.persons import EDGE, HAN, is_person, trim_name
from newscrawl.clean.metadata.tables import table, words

# Longest byline that is read, in characters; ten names with their titles stay under it.
MAX_BYLINE_CHARS = 400
MAX_NAMES = 20
# Longest text without "by" that is a list of a name and its jobs; a longer one with commas is a life.
MAX_LOOSE_CHARS = 80

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+|(?<!\w)@\w+|\(@?[^()]{0,60}\)|\[[^\[\]]{0,60}\]")
# "【聯合報╱記者張嘉芳／台北報導】": the name between the job and the place.
_HAN_REPORTER = re.compile(
    r"(?:記者|记者|特派員|特派员|通讯员|見習記者)\s*[:：]?\s*([\u4e00-\u9fff]{2,4}?)"
    r"(?=\s*(?:[/／╱|｜、，,;；】）)\]]|$|\s|報[導道]|报道|综合|整理|攝影|摄影))"
)
# "Jane (Jo) Doe", "Jane (J.D.) Doe": one name, where brackets else hold an agency or a place.
_NICKNAME = re.compile(r"^[^\W\d_]\w+ \([^\W\d_][\w.]+\) [^\W\d_]\w+$")
# "Autor: post.example (Jan Doe)": the person stands in brackets behind the outlet.
_BRACKETED = re.compile(r"\(([^()\d@]{5,60})\)")
# A dot between Han characters is within a foreign name.
_BREAK = re.compile(
    r"\s*(?:(?<![\u3400-\u9fff])·|·(?![\u3400-\u9fff]))\s*"
    r"|\s*[|•●▪/\\\n;；、，+>»]\s*|\s+[–—-]+\s+|\s*[–—](?=\s|$)|\s*[:：]\s*|\.\s*$|\s{3,}"
)
# "Jane Doe Illustration von John Roe": another job begins inside the line.
_OTHER_JOB = re.compile(
    r"\s(?:illustrations?|illustrationen|fotos?|photos?|photographs?|photography|bilder|video)\s?"
    r"(?::|(?:von|by|par|por|di|door|av)\s).*$",
    re.IGNORECASE,
)
_COMMA = re.compile(r"\s*[,،]\s*(?!(?:jr|sr|ii|iii|iv)\b\.?)", re.I)


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


def says_other_role(line: str, language: str = "") -> bool:
    """Whether `line` begins with words that lead to somebody who did not write: "Reviewed by", "Photo:"."""
    return _other_role_start(language).match(fold(line[:40])) is not None


@cache
def _other_role_start(language: str) -> re.Pattern[str]:
    roles = table("bylines")["other_roles"]
    return re.compile(_any_of({*roles["en"], *roles.get(language, ())}) + r"(?=\s|\s*[:：])")


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
        text = text.lstrip(EDGE)
        match = _by_words(language).match(fold(text[:60]))
        if match:
            text = text[_length_before(text, match.end()) :]
        elif re.match(r"By[A-Z][a-z]", text):
            text = text[2:]
        else:
            break
    return text


def _length_before(text: str, folded_end: int) -> int:
    """Return how many characters of `text` give the first `folded_end` of its folded form."""
    end = folded_end
    while end < len(text) and len(fold(text[:end])) < folded_end:
        end += 1
    while end > 0 and len(fold(text[:end])) > folded_end:
        end -= 1
    return end


def split_names(text: str, language: str = "", *, sure: bool = False) -> list[str]:
    """Return the people named in a byline. `sure`: the page declares the whole string to be authors.

    >>> split_names("By Jane Doe and John Roe, Senior Reporters | Updated 4 May")
    ['Jane Doe', 'John Roe']
    """
    if _NICKNAME.match(text):
        return [text]
    if not text.isascii():
        reporters = [
            name for name in _HAN_REPORTER.findall(text[:MAX_BYLINE_CHARS]) if is_person(name, sure=True)
        ]
        if reporters:
            return reporters[:MAX_NAMES]
    whole = text[:MAX_BYLINE_CHARS]
    text = _ADDRESS.sub(" | ", without_dates(_OTHER_JOB.sub("", whole)))
    names: list[str] = []
    rest = strip_by(text, language)
    is_led = len(rest) < len(text.strip(EDGE))
    is_prose = not (sure or is_led) and len(text) > MAX_LOOSE_CHARS
    for part in filter(None, _BREAK.split(rest)):
        bare = strip_by(part, language)
        is_led = is_led or len(bare) < len(part.strip(EDGE))
        if is_prose and _COMMA.search(bare):
            break
        pieces = [
            each
            for piece in _comma_parts(bare, sure)
            for joined in _joiners().split(piece)
            for each in ([joined] if language == "ja" else split_han_names(joined))
        ]
        for each in pieces:
            # In a list, one word alone is a place or a job: "Jane Doe, London".
            is_sure = sure and (len(pieces) == 1 or " " in each.strip() or HAN.search(each) is not None)
            name = _one_name(each, language, is_sure, is_led)
            if name and name not in names:
                names.append(name)
        if (names and not sure) or len(names) >= MAX_NAMES:
            break  # what stands behind the first part with a name is a place, a date or a job
    if not names and (sure or is_led):
        names = [name for name in _BRACKETED.findall(whole) if is_person(name, language=language)]
    return names[:MAX_NAMES]


def without_dates(text: str) -> str:
    """Return `text` with a bar in place of each date: "By Jo Doe | " for "By Jo Doe 4 May 2024"."""
    if not has_digit(text):
        return text
    for found in reversed(find_dates(text)):
        text = text[: found.start] + " | " + text[found.end :]
    return text


def _one_name(text: str, language: str, sure: bool, is_led: bool) -> str:
    """Return the person that a piece of a byline names, or "". `is_led`: "by" or a label stood before it."""
    bare = strip_by(text, language)
    bare = korean_name_before_job(bare) or bare
    name = trim_name(bare)
    if not name or (" " not in name and " " in bare.strip()):  # "Garden Science" is no Garden
        return ""
    # Without capitals, only the word before it tells a name from any other word.
    if is_person(name, sure=sure or (is_led and HAN.search(name) is not None), language=language):
        return name
    if is_led and not sure:  # "By Jane Doe in Springfield": the capitals end where the name does
        run = list(takewhile(_may_be_in_name, name.split()))
        name = trim_name(" ".join(run))
        return name if len(run) >= 2 and is_person(name) else ""
    return ""


def _may_be_in_name(word: str) -> bool:
    folded = fold(word)
    return folded in words("bylines", "particles") or (
        word[0].isupper() and folded not in words("not_names", "interface")
    )


def _comma_parts(part: str, sure: bool) -> list[str]:
    """Split at commas; of "Jane Doe, Springfield" only a list that says "and" keeps what follows."""
    pieces = [p for p in _COMMA.split(part) if p]
    if len(pieces) < 2 or sure or _joiners().search(pieces[-1]) or len(pieces) > 3:
        return pieces
    return pieces[:1]
