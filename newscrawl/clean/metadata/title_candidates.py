"""What a page offers as its title: h1, JSON-LD, Open Graph, <title> and other headings."""

import re
from dataclasses import dataclass
from itertools import islice

from newscrawl.clean.metadata.date_text import fold
from newscrawl.clean.metadata.facts import ASIDE, TITLE, Marked, PageFacts, ancestors, is_aside
from newscrawl.clean.metadata.jsonld import Node, is_article
from newscrawl.clean.metadata.lines import Element, short_text
from newscrawl.clean.metadata.tidy import tidy

# Longest headline, in characters; longer ones are standfirsts or whole paragraphs in the wrong place.
MAX_TITLE_CHARS = 400
# Most headings of a kind that are compared: the headline is among the first of a page.
MAX_HEADINGS = 8
# Levels above an h1 within which a trail of links ("Home > Money > ...") makes it the trail's last item.
TRAIL_LEVELS = 4
# Levels above an element whose class speaks of a title within which such another one is but its box, which
# holds the date line, too.
CONTAINER_LEVELS = 3

# The bar between a headline and its outlet is written with many characters, the Hangul letter i among them.
_UPRIGHT = "|¦｜ㅣ"
BARS = _UPRIGHT + "-–—"
_SEPARATOR = re.compile(
    rf"\s+(?:[{_UPRIGHT}»«›‹·•●~]|::|[-–—]+|//|/|<|>|:)\s+|\s*[{_UPRIGHT}»]\s*|\s*::\s*|\s+[-–—]+(?=\S)"
    r"|(?<=\S)[–—]+\s+|\s*[〉＞]\s*|(?<=[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef])(?:[_－-]|--+)(?=[\u3000-\u9fff\uac00-\ud7af])"
)
# In <title> a colon may set the outlet apart ("The Post: Rain again"); elsewhere it is the headline's own.
_SEPARATOR_OR_COLON = re.compile(_SEPARATOR.pattern + r"|:\s+")
_EDGE = f" {BARS}_－〉＞»«›‹·•●~:/<>"
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = ("class", "id", "aria-label")
_TRAIL = re.compile(r"bread-?crumb|brotkrume|(?:^|[\s_-])crumbs?(?:$|[\s_-])", re.IGNORECASE)
_METAS = (
    ("og:title", "og"),
    ("twitter:title", "twitter"),
    ("parsely-title", "other"),
    ("sailthru.title", "other"),
    ("headline", "other"),
    ("cxenseparse:title", "other"),
    ("dc.title", "other"),
    ("dcterms.title", "other"),
    ("title", "other"),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One text that may be the headline."""

    source: str
    text: str
    key: str
    parts: tuple[str, ...] = ()  # keys of what separators set apart in it
    words: frozenset[str] = frozenset()
    mark: Marked | None = None  # where it stands, if it is on the page

    @property
    def is_declared(self) -> bool:
        """Whether the page says it to machines; a reader sees it nowhere, or in the window's title."""
        return self.mark is None


def title_key(text: str) -> str:
    """Return the form in which two spellings of one headline are equal."""
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def stands_before_bar(text: str, title: str, bars: str = BARS) -> bool:
    """Whether `title` begins with `text` and goes on with a bar right behind it, without a blank."""
    return title.startswith(text) and title[len(text) : len(text) + 1] in tuple(bars)


def find_candidates(
    facts: PageFacts, node: Node, outlets: frozenset[str], sections: frozenset[str]
) -> list[Candidate]:
    """Return what the page offers, the usual sources first. `node` is its JSON-LD, the others are keys."""
    found: list[Candidate] = []

    def add(source: str, text: str, mark: Marked | None = None) -> None:
        text = strip_outlet(text[:MAX_TITLE_CHARS], outlets, sections)
        key = title_key(text)
        if key and len(text) < MAX_TITLE_CHARS and key.replace(" ", "") not in outlets:
            pattern = _SEPARATOR_OR_COLON if source == "title" else _SEPARATOR
            parts = tuple(filter(None, map(title_key, pattern.split(text))))
            found.append(Candidate(source, text, key, parts, frozenset(key.split()), mark))

    headings = [mark for mark in facts.headings if mark.element.tag == "h1"][:MAX_HEADINGS]
    for mark in headings:
        source = "trail" if is_in_trail(mark.element) else "h1"
        add(source, short_text(mark.element, MAX_TITLE_CHARS), mark)
    headline = tidy(node.get("headline") or node.get("name"))
    if headline:  # what describes the page and no article (a WebPage) repeats its <title>
        add("ld" if is_article(node) else "title", headline)
    for name, source in _METAS:
        text = facts.meta(name)
        if text:
            add(source, text)
    if facts.title:
        add("title", facts.title)
    if found and found[0].source == "h1" and (headline or facts.meta("og:title")):
        return found  # the usual page: its h1 and a declared title
    seconds = [mark for mark in facts.headings if mark.element.tag == "h2" and not _is_repeated(mark)]
    for mark in seconds[:MAX_HEADINGS]:
        add("h2", short_text(mark.element, MAX_TITLE_CHARS), mark)
    classed = [mark for mark in facts.marked if mark.roles & TITLE][:MAX_HEADINGS]
    outer = {node for mark in classed for node in ancestors(mark.element, CONTAINER_LEVELS)}
    for mark in classed:
        is_box = mark.element in outer and mark.element.tag not in _HEADINGS
        if is_box or _is_list(mark.element):
            continue
        source = "marked" if "headline" in mark.prop else "classed"
        add(source, short_text(mark.element, MAX_TITLE_CHARS + 100), mark)
    return found


def _is_list(element: Element) -> bool:
    """Whether an element holds several links: headlines of other articles."""
    return sum(1 for _ in islice(element.iter("a"), 2)) > 1


def is_in_trail(element: Element) -> bool:
    """Whether a heading is the last item of a trail of links to it: its words are for search engines."""
    for node in (element, *ancestors(element, TRAIL_LEVELS)):
        names = " ".join((*map(str, node.keys()), *(node.get(key) or "" for key in _NAMING)))
        if node.tag == "nav" or _TRAIL.search(names[:300]):
            return True
    before = element.getprevious()
    if before is None or not any(True for _ in before.iter("a")):
        return False
    text = (before.tail or "").strip() or short_text(before, 200)
    return text[-1:] in tuple("|/›>»→")


def _is_repeated(mark: Marked) -> bool:
    """Whether a heading stands in a region of other items: related articles, a side bar."""
    return bool(mark.roles & ASIDE) or is_aside(mark.element)


def strip_outlet(text: str, outlets: frozenset[str], sections: frozenset[str] = frozenset()) -> str:
    """Return a title without the outlet's name at its end or start, and without the section beside it.

    >>> strip_outlet("Rain again | The Post", frozenset({"thepost"}))
    'Rain again'
    >>> strip_outlet("Rain again-Weather | The Post", frozenset({"thepost"}), frozenset({"weather"}))
    'Rain again'
    """
    parts = _SEPARATOR.split(text)
    if len(parts) < 2:
        return text
    start, end = 0, len(text)
    for part, cut in ((parts[-1], True), (parts[0], False)):
        key = title_key(part).replace(" ", "")
        if len(part) * 2 < len(text) + 20 and any(_names_outlet(key, name) for name in outlets):
            if cut:
                end = text.rindex(part)
            else:
                start = text.index(part) + len(part)
    if end < len(text):
        end = _before_section(text, start, end, sections)
    kept = text[start:end].strip(_EDGE) if end > start else ""
    return kept or text


def _before_section(text: str, start: int, end: int, sections: frozenset[str]) -> int:
    """Return where a section's name begins that stands between the headline and the outlet, else `end`."""
    tail = text[start:end].rstrip(_EDGE)
    at = max(map(tail.rfind, BARS))
    return start + at if at > 0 and title_key(tail[at:]).replace(" ", "") in sections else end


def _names_outlet(key: str, outlet: str) -> bool:
    return key == outlet or (len(outlet) > 4 and len(key) > 4 and (key in outlet or outlet in key))
