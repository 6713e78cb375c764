"""What a short line is by its own form: a credit, a share bar, a trail of links, a copyright line."""

import re
from typing import Final

from newscrawl.clean.labels import label_of_word
from newscrawl.model import BlockKind

FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|tiff?|mp4)\b", re.I)
_AGENCIES = (
    r"Getty(?: Images)?|Reuters|REUTERS|AFP|AP|EPA|EFE|Shutterstock|iStock|Unsplash|Pixabay|Pexels|Alamy|ANSA"
    r"|dpa|DPA|Imago|Wikimedia(?: Commons)?|Wikipedia|TASS|Xinhua|PTI|ANI|LUSA|Lusa|Flickr|Bloomberg"
    r"|[Hh]andout|picture alliance|PA Wire|Anadolu|NTB|TT|ANP|Ritzau|Scanpix|LaPresse"
)
_CREDIT = re.compile(rf"\b(?:{_AGENCIES})\b[^.]{{0,60}}[)\]]?\s*$")
_CREDIT_OPENER = re.compile(
    r"(?:^|[(\[/|–—-]\s*)(?:photo|image|foto|bild|photograph|credit|picture|pic|courtesy)\b[^.]{0,60}[)\]]?$",
    re.I,
)
COPYRIGHT = re.compile(r"^\W{0,3}(?:©|\(c\)\s|copyright\b)|all rights reserved", re.I)
# "责任编辑：陈晓明", "（校对：王芳）": who edited and read the proofs of a Chinese report; characters of the
# longest such line, with the job, three names and brackets.
_EDITOR_CHARS: Final = 45
_EDITOR_LINE: Final = re.compile(
    r"[（(\[【〔]?\s?(?:(?:责任|見習|见习|实习|值班)(?:编辑|編輯)|責任編輯|责编|責編|校对|校對|审核|審核|审校|終審|终审|监制|監製)"
    r"\s?[:：]\s?\S.{0,30}$"
)
STUCK_BYLINE = re.compile(r"^By[A-Z][a-z]+(?:[ -][A-Z][\w.'’-]+){0,3}$")
COMMENT_RULES = re.compile(
    r"\bcomments?\b.{0,160}\b(?:approved|moderat|removed|published|deleted|not allowed|guidelines|rules"
    r"|logged in)",
    re.I,
)
# "16 replies to “Headline”", "3 thoughts on ...", as blogs head their threads.
REPLIES = re.compile(r"\d{1,5} (?:replies|responses|thoughts|comments|reactions) (?:to|on)\b", re.I)

_BREADCRUMB: Final = re.compile(r"^[^.!?]{2,30}?(?:\s[>»›/→]\s[^.!?>»›]{2,40}){1,5}$")
_SHARE_BAR_SHARE: Final = 0.6


def names_editor(text: str) -> bool:
    """Tell whether a short line says who edited or read the proofs of a Chinese report.

    >>> names_editor("责任编辑：陈晓明"), names_editor("记者：您怎么看？")
    (True, False)
    """
    return len(text) <= _EDITOR_CHARS and not text.isascii() and _EDITOR_LINE.match(text) is not None


def is_trail(text: str) -> bool:
    """Tell whether a short text is a trail of links down to the article: "Home > News > Harbour"."""
    marked = " > " in text or " » " in text or " › " in text or " / " in text or " → " in text
    return marked and _BREADCRUMB.match(text) is not None


def is_share_bar(text: str) -> bool:
    """Tell whether most words of a short text are names of networks and the like."""
    words = text.split()
    if len(words) < 2:
        return False
    left, shares, others = len(words), 0, 0
    for word in words:
        left -= 1
        if label_of_word(word) is BlockKind.SHARE:
            shares += 1
        elif word.isalnum() or any(map(str.isalnum, word)):
            others += 1
            if shares + left < _SHARE_BAR_SHARE * (shares + left + others):
                return False  # not even if all that are left are
    counted = shares + others
    return counted >= 2 and shares >= _SHARE_BAR_SHARE * counted


def is_credit(text: str, words: float) -> bool:
    """Tell whether a line says who took or owns a picture."""
    lower = text.lower()
    may_open = (  # one of these is in whatever `_CREDIT_OPENER` finds
        "photo" in lower or "image" in lower or "foto" in lower or "bild" in lower
        or "credit" in lower or "pic" in lower or "courtesy" in lower
    )  # fmt: skip
    if may_open and _CREDIT_OPENER.search(text):
        return True
    return words <= 14 and text[-1] != "." and bool(_CREDIT.search(text))
