"""Which agency's text an article is, by its own word: byline, dateline, last line, or the agency's own site.

Outlets that print a wire text tell nobody's news but the agency's, so what they have is no independent
report. A false agency would take an independent report away: only a place where a credit stands counts, and
only a line that holds nothing else. "According to Reuters" is a source, "AP contributed to this report" help.
"""

import re
from collections.abc import Sequence

from newscrawl.model import Article, BlockKind
from newscrawl.stories.agencies import (
    agency_of_site,
    closing_agency,
    credited_agencies,
    is_code,
    name_key,
)
from newscrawl.stories.dateline import dateline_agencies

CLOSING_PARAGRAPHS = 3
"""Last paragraphs of a text in which a credit may stand."""

LEAST_SENTENCE = 60
"""Characters of a last paragraph that can end in a credit: a shorter one may be a caption."""

AFTER_TEXT = 6
"""Blocks after the last paragraph in which a line that was cut may be the text's own credit."""

LONGEST_NOTICE = 300
"""Characters of a notice of copyright."""

_SOURCE = re.compile(r"[来來稿]源\s*[:：]\s*([^\s【\[(（]{2,20})")
_SIGNS = re.compile(r"(?:\s[A-Z]{2,4})+$")
_ENDING = re.compile(
    r"[.!?…。”\"’»]\s*[(\[（/\-–—―]{0,2}\s?(?P<names>[^()\[\]（）\n]{2,40}?)\s?[)\]）/]?\.?$"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©|\(c\))?\s*(?:(?:19|20)\d\d)?\s*(?:by )?(?P<names>[^.,\n]{2,40})(?:[.,]|$)",
    re.IGNORECASE,
)


def wire_agency(article: Article, site: str) -> str | None:
    """Return what `wire_agencies` finds as one name: "AFP, Reuters" of several, None of none."""
    return ", ".join(sorted(wire_agencies(article, site))) or None


def wire_agencies(article: Article, site: str) -> tuple[str, ...]:
    """Return the standard names of the agencies that `article` credits its text to; mostly none.

    About 0.03 ms.
    """
    language = article.language
    if (sources := _named_sources(article)) or (own := agency_of_site(site)) is None:
        named = [name for source in sources for name in credited_agencies(source, language)]
        return tuple(dict.fromkeys((*named, *_credited(article, site))))
    return (own,)


def _credited(article: Article, site: str) -> Sequence[str]:
    language = article.language
    people = [name for name in article.authors if not is_code(name) and not credited_agencies(name, language)]
    own_names = frozenset(map(name_key, (article.site_name or "", site.split(".")[0], *people))) - {""}
    found: list[str] = []
    for line in (*article.credits, *article.authors):
        found.extend(credited_agencies(line, language, own_names, alone=not people))
    for line in _cut_bylines(article):
        # Beside a person's byline, an agency alone is a picture's credit.
        if without := _without(people, line) if people else line:
            found.extend(credited_agencies(without, language, own_names, alone=not people))
    paragraphs = [part for part in article.text.split("\n") if part.strip()]
    for line in (*_cut_datelines(article), *paragraphs[:1]):
        found.extend(dateline_agencies(line, language))
    for line in (*paragraphs[-CLOSING_PARAGRAPHS:], *_cut_after(article)):
        found.extend(_closing_agencies(line, language, own_names, alone=not people))
    if not found and paragraphs:
        found.extend(_ending_agencies(paragraphs[-1].strip(), language))
    return found


def _without(people: Sequence[str], line: str) -> str:
    """Return a byline with a slash for each person's name; "" where it names none of them."""
    shorter = line
    for name in people:
        shorter = re.sub(re.escape(name), " / ", shorter, flags=re.IGNORECASE)
    return shorter if shorter != line else ""


def _closing_agencies(
    line: str, language: str | None, own_names: frozenset[str], *, alone: bool
) -> tuple[str, ...]:
    line = line.strip()
    if name := closing_agency(line):
        return (name,)
    if found := credited_agencies(line, language, own_names, alone=alone):
        return found
    if match := _COPYRIGHT.match(line):
        return credited_agencies(match["names"], language)
    return ()


def _ending_agencies(line: str, language: str | None) -> tuple[str, ...]:
    """Return the agencies that the last sentence is followed by."""
    if len(line) >= LEAST_SENTENCE and (match := _ENDING.search(line[-LEAST_SENTENCE:])):
        # Editors' signs behind it: "PTI LUX NAB".
        names = match["names"]
        return credited_agencies(names, language) or credited_agencies(_SIGNS.sub("", names), language)
    return ()


def _cut_bylines(article: Article) -> Sequence[str]:
    return [block.text for block in article.removed if block.kind is BlockKind.BYLINE]


def _cut_datelines(article: Article) -> Sequence[str]:
    return [block.text for block in article.removed if block.kind is BlockKind.DATELINE]


def _named_sources(article: Article) -> Sequence[str]:
    """Return the outlets that lines above a Chinese text name as its source: agencies' sites reprint, too."""
    kinds = (BlockKind.BYLINE, BlockKind.DATELINE, BlockKind.SOURCE)
    lines = [block.text for block in article.removed if block.kind in kinds]
    return [match[1] for line in lines if "源" in line for match in _SOURCE.finditer(line)]


def _cut_after(article: Article) -> Sequence[str]:
    """Return the lines of source and copyright that were cut right after the last paragraph."""
    if not article.removed:
        return []
    kinds = (BlockKind.SOURCE, BlockKind.LEGAL)
    lines = [
        (b.position, b.text) for b in article.removed if b.kind in kinds and len(b.text) <= LONGEST_NOTICE
    ]
    if not lines:
        return []
    cut = {block.position for block in article.removed}
    last = max(cut)
    while last in cut:
        last -= 1
    return [text for position, text in lines if last <= position <= last + AFTER_TEXT]
