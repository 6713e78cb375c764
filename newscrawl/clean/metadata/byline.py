"""What a byline names: people, and the agencies, desks and outlets beside them or in their place."""

import re
from dataclasses import dataclass, field

from newscrawl.clean.labels import label_of
from newscrawl.clean.metadata.date_text import fold, has_digit
from newscrawl.clean.metadata.names import split_names, strip_by, without_dates
from newscrawl.clean.metadata.outlets import is_outlet, outlet_key
from newscrawl.clean.metadata.persons import EDGE, is_person, unique_names
from newscrawl.clean.metadata.persons import is_organisation as is_an_organisation
from newscrawl.clean.metadata.tables import words
from newscrawl.model import BlockKind

# Bounds of a credit: "AP" to "Investigations and Data Desk of the Harbour Post". Characters, words.
MIN_CREDIT_CHARS, MAX_CREDIT_CHARS, MAX_CREDIT_WORDS = 2, 60, 8
# Words from which on a credit is a sentence unless most of them begin with a capital.
SENTENCE_WORDS = 4

_END = re.compile(r"\s*[|•·●▪\\\n;；、，+>»]\s*|\s+[–—-]+(?:\s+|$)|\s{3,}|\s*[([]")
_NO_CREDIT = re.compile(r"[@#%*=<>{}\[\]?!\"“”„…【】╱／^$€£→:：、，。()]|https?|www\.|\d{3}")

# Kinds of labels that are no outlet's name: "Related articles", "Log in".
_WIDGETS = frozenset(
    {BlockKind.RELATED, BlockKind.NAVIGATION, BlockKind.SHARE, BlockKind.COMMENTS, BlockKind.NEWSLETTER}
)


@dataclass(slots=True)
class Byline:
    """The names found so far; `is_decided` once a byline by the headline has named an organisation."""

    outlets: frozenset[str]
    sections: frozenset[str]  # names of sections, as `outlet_key` gives them
    folders: frozenset[str]  # of the page's address: sections, too, but also people's own pages
    language: str
    people: list[str] = field(default_factory=list)
    credits: list[str] = field(default_factory=list)
    is_decided: bool = False

    def add_names(self, names: list[str]) -> bool:
        """Sort names that read as people's into people and outlets; tell whether any was a person's."""
        names = [name for name in names if outlet_key(name) not in self.sections]
        people = [name for name in names if not is_outlet(name, self.outlets)]
        self.people += people
        for name in names:
            if name not in people:
                self.add_credit(name)
        return bool(people)

    def add_credit(self, name: str) -> None:
        """Add what is no person's name; a section is no credit."""
        if outlet_key(name) in self.sections | self.folders:
            return
        self.credits.append(name)
        self.is_decided = self.is_decided or is_outlet(name, self.outlets) or is_an_organisation(name)

    def distinct_credits(self) -> tuple[str, ...]:
        """Return the credits once each, without what is the beginning of another or a person's name."""
        kept = unique_names(credit for credit in self.credits if credit not in self.people)
        return tuple(c for c in kept if not any(other.startswith(c + " ") for other in kept))

    def read_declared(self, text: str, *, is_organisation: bool = False) -> None:
        """Read what the page declares to be its author."""
        text = text.strip()
        if not text or re.match(r"https?:|www\.|/", text) or text.count(":") > 1:
            return
        head = re.split(r"[,;|&]", text, maxsplit=1)[0]
        if not is_organisation and is_an_organisation(head) and len(head) < len(text):
            is_organisation = not is_person(
                text.rpartition(",")[2].strip()
            )  # "Ministry of Ferries, Ports and Sea"
        names = [] if is_organisation else split_names(text, self.language, sure=True)
        people = [name for name in names if not is_outlet(name, self.outlets)]
        self.people += people
        if not people:
            credit = strip_by(text, self.language) or text
            if is_credit(credit) and outlet_key(credit) not in self.sections:
                self.credits.append(credit)


def read_credit(text: str, language: str) -> str:
    """Return the organisation, desk or outlet that the text of a byline names, or "".

    >>> read_credit("By Harbour News Agency | 4 May 2024", "en")
    'Harbour News Agency'
    """
    bare = strip_by(without_dates(text), language)
    first = next(filter(None, (part.strip(EDGE) for part in _END.split(bare))), "")
    words_left = first.split()
    while words_left and words_left[0].islower() and words_left[0] in words("bylines", "particles"):
        words_left.pop(0)
    first = " ".join(words_left)
    return first if is_credit(first) else ""


def is_credit(name: str) -> bool:
    """Whether `name` can be an organisation's, and is no button, sentence or job.

    >>> is_credit("Voice of the Harbour"), is_credit("Share this"), is_credit("Senior Reporter")
    (True, False, False)
    """
    if not MIN_CREDIT_CHARS <= len(name) <= MAX_CREDIT_CHARS or _NO_CREDIT.search(name):
        return False
    if label_of(name) in _WIDGETS and not has_digit(name):  # "Tag24" is no tag
        return False
    spelt = [word for word in (each.strip(EDGE) for each in name.split()) if word]
    if not spelt or len(spelt) > MAX_CREDIT_WORDS:
        return False
    if len(spelt) >= SENTENCE_WORDS and 2 * sum(_may_begin_name(word) for word in spelt) < len(spelt):
        return False
    folded = [fold(word) for word in spelt]
    jobs = words("not_names", "jobs")
    empty = words("not_names", "pointers") | words("not_names", "articles") | words("bylines", "particles")
    if all(word in jobs or word in empty for word in folded):
        return any(word in words("not_names", "desks") for word in folded)
    return not any(
        word in words("not_names", "interface") - words("not_names", "in_outlets") for word in folded
    )


def _may_begin_name(word: str) -> bool:
    return word[0].isupper() or word[0].lower() == word[0].upper()
