"""Links to the pages of people on the site: their text is a name and nothing else."""

import re

from newscrawl.clean.metadata.byline import Byline, read_credit
from newscrawl.clean.metadata.facts import PageFacts, is_aside, is_caption
from newscrawl.clean.metadata.lines import Element, short_text
from newscrawl.clean.metadata.names import says_other_role, split_names
from newscrawl.clean.metadata.title import Headline

PROFILE = re.compile(
    r"/(?:authors?|autor(?:en|es|i)?|auteurs?|autores|people|person|staff|profiles?|journalists?|writers?|"
    r"contributors?|columnists?|reporters?|by|byline|bio|team|redaktion|yazar(?:lar)?|firmas?|users?|mitarbeiter|"
    r"redacteur|journaliste|correspondents?|penulis|skribent(?:er)?|expert|experts|member)s?[/=-]",
    re.I,
)
# Elements from the headline within which a link to a person's page is a byline.
MAX_DISTANCE = 30
# Longest name of a link, in characters.
MAX_LINK_CHARS = 60


def read_profile_links(byline: Byline, facts: PageFacts, headline: Headline) -> None:
    """Add the names in links to people's pages right by the headline, however they are marked."""
    if headline.element is None:
        return
    start, around = headline.position, headline.around
    for position, element in enumerate(facts.root.iter("*")):
        if position > start + MAX_DISTANCE:
            break
        if element.tag != "a" or position < start - MAX_DISTANCE:
            continue
        if not PROFILE.search((element.get("href") or "")[:300]):
            continue
        text = short_text(element, MAX_LINK_CHARS + 1)
        if len(text) > MAX_LINK_CHARS or is_of_another_role(element, text, byline.language):
            continue
        if is_aside(element, around) or is_caption(element):
            continue
        if not byline.add_names(split_names(text, byline.language)) and not byline.people:
            credit = read_credit(text, byline.language)
            if credit:
                byline.add_credit(credit)


def is_of_another_role(element: Element, text: str, language: str) -> bool:
    """Whether the element, or what it completes, speaks of somebody who did not write: "Reviewed by Jo"."""
    parent = element.getparent()
    before = (parent.text or "").strip() if parent is not None else ""
    return says_other_role(text, language) or (bool(before) and says_other_role(before + " ", language))
