"""The agency in a text's dateline: "PARIS (AFP) -", "МОСКВА, 3 марта. /ТАСС/.", "【北京共同】"."""

import re

from newscrawl.stories.agencies import credited_agencies, names_agency

LONGEST_PLACE = 70
"""Characters of a dateline before the agency: place, date, a region."""

MOST_PLACE_WORDS = 6
"""Words of a place and date that no bracket sets off from the agency."""

LONGEST_UNSPACED = 16
"""Characters of a place and date in a script without spaces."""

MOST_SMALL_WORDS = 3
"""Words in small letters in a dateline's place and date: "Madrid, 3 de marzo"."""

MAX_LINE_CHARS = 300
"""A dateline is far shorter, whatever white space is in it."""

# All of them read a line with single spaces.
_BRACKETED = re.compile(
    rf"(?P<place>[^()\[\]（）［］【】]{{0,{LONGEST_PLACE}}}?) ?"
    r"(?P<open>[(\[（［【])(?P<names>[^()\[\]（）［］【】]{2,60})[)\]）］】] ?(?P<after>.?)"
)
_SLASHED = re.compile(
    rf"(?P<place>[^()\[\]/]{{0,{LONGEST_PLACE}}}?) ?(?P<open>/)(?P<names>[^()\[\]/]{{2,40}})/ ?(?P<after>.?)"
)
_DASHED = re.compile(
    rf"(?P<place>[^\W\d_][^()\[\]/]{{1,{LONGEST_PLACE}}}?) ?[-–—,:] ?"
    r"(?P<names>[^\W\d_][^-–—,.:()]{1,30}?)(?: [-–—]|[.,:](?= )|$)"
)
_LEADING = re.compile(r"(?P<names>[^\W_][^-–—,.:()]{1,24}?)(?: ?[-–—] (?=\S)|, ?(?=\d))")
_BARE_CJK = re.compile(
    r"(?P<names>新华社|新華社|中新社|中央社)\w{2,20}?[0-9０-９一二三四五六七八九十]{1,3}日[电電]"
)
_IN_CJK_BRACKETS = re.compile(r".*[=＝　\s](?P<last>[^=＝　\s]{2,12})|(?P<edge>.+)")
_QUOTES = ' \t\r"“”«»„'
_SEPARATORS = frozenset("-–—―:=.．")


def dateline_agencies(line: str, language: str | None) -> tuple[str, ...]:
    """Return the agencies that a text's first line credits before it begins.

    >>> dateline_agencies("МОСКВА, 3 марта. /ТАСС/. Суд в Москве", "ru")
    ('TASS',)
    >>> dateline_agencies("Agence France-Presse (AFP) - the oldest agency - said", "en")
    ()
    """
    line = " ".join(line[:MAX_LINE_CHARS].split()).lstrip(_QUOTES)
    if match := _BARE_CJK.match(line):
        return credited_agencies(match["names"], language)
    if match := _BRACKETED.match(line) or _SLASHED.match(line):
        return _in_brackets(match, language)
    if (match := _LEADING.match(line)) and len(match["names"]) > 2:
        found = credited_agencies(match["names"], language)
        if found:
            return found
    if (match := _DASHED.match(line)) and _is_place(match["place"], strictly=True):
        return credited_agencies(match["names"], language) if len(match["names"]) > 2 else ()
    return ()


def _in_brackets(match: re.Match[str], language: str | None) -> tuple[str, ...]:
    place, after = match["place"].strip(" ,.:–—-"), match["after"]
    if not _is_place(place):
        return ()
    if not after and match["open"] in "(（[":
        return ()  # a caption ends so, and a line of its own is judged as one
    sure = match["open"] not in "(（" or after in _SEPARATORS or not place
    if not (sure or place.isupper() or any(c.isdigit() for c in place)):
        return ()
    if found := credited_agencies(match["names"], language):
        return found
    inner = _IN_CJK_BRACKETS.fullmatch(match["names"].strip())
    if inner is None:
        return ()
    if inner["last"]:
        return credited_agencies(inner["last"], language)
    return _at_edge(inner["edge"], language)


def _at_edge(text: str, language: str | None) -> tuple[str, ...]:
    """Return the agency with which a dateline without spaces begins or ends: "ニューヨーク共同"."""
    if text.isascii():
        return ()
    for size in (6, 5, 4, 3, 2):
        for edge in (text[-size:], text[:size]):
            if len(text) > size and edge >= "\u3000" and (found := credited_agencies(edge, language)):
                return found
    return ()


def _is_place(place: str, *, strictly: bool = False) -> bool:
    """Tell whether words before an agency can be a place and a date. `strictly`: capitals, or with a date."""
    if names_agency(place):
        return False
    if len(place) > LONGEST_UNSPACED and " " not in place and place > "\u3000":
        return False
    words = re.findall(r"[^\W\d_]+", place)
    small = [word for word in words if word[0].islower()]
    has_day = any(c.isdigit() for c in place)
    if len(small) > (MOST_SMALL_WORDS if has_day else 1):
        return False
    return not strictly or place.isupper() or (has_day and len(words) <= MOST_PLACE_WORDS)
