"""Sentences in which authors are told of, by others or by themselves."""

import re
from typing import Final

_FILL = r"(?:[\w’'.-]+ )"
ROLE = re.compile(
    rf"\b(?:is|was|are|am) (?:an? |the |our |one of )?{_FILL}{{0,8}}?(?:writer|reporter|journalist|editor"
    r"|correspondent|columnist|author|contributor|producer|blogger|freelancer|fellow|professor|critic"
    r"|photographer|intern|analyst|lecturer|broadcaster)\b"
    rf"|^As an? {_FILL}{{0,5}}?(?:writer|reporter|journalist|editor|author|blogger|columnist)\b"
    rf"|\b(?:ist|war) {_FILL}{{0,5}}?(?:Redakteur|Autor|Journalist|Reporter|Korrespondent)(?:in)?\b"
    rf"|\best {_FILL}{{0,5}}?(?:journaliste|rédacteur|rédactrice|reporter|auteur|correspondant)\b"
    rf"|\bes {_FILL}{{0,5}}?(?:periodista|redactor|redactora|reportero|editor|editora|corresponsal)\b"
    r"|\b(?:covers|writes about|has covered|has written for|has worked (?:for|at|in))\b",
    re.I,
)
_BIO_GOAL = r"my (?:goal|passion|work|writing|mission|articles|aim|journey)"
_BIO_CRAFT = r"(?:readers?|stories|content|writing|journalism|news|audience)"
_FIRST_PERSON: Final = re.compile(r"\b(?:I|I['’]m|my|we|our)\b")
_FIRST_PERSON_BIO: Final = re.compile(
    rf"\b{_BIO_GOAL}\b.{{0,400}}\b{_BIO_CRAFT}\b|\b{_BIO_CRAFT}\b.{{0,400}}\b{_BIO_GOAL}\b", re.I | re.S
)


def tells_of_itself(text: str) -> bool:
    """Tell whether somebody says here who they are: "I am a reporter ...", "My goal is to ..."."""
    begins_so = ROLE.match(text) is not None
    if not begins_so and "my " not in text.lower():
        return False
    return bool(_FIRST_PERSON.search(text)) and (begins_so or bool(_FIRST_PERSON_BIO.search(text)))
