"""What the rules say of each block: the kind of boilerplate it looks like, by which rule, how surely.

Rules look at one block (`own_evidence`) or carry a heading's meaning over the blocks below it
(`mark_sections`). Whether a block is cut is decided elsewhere, from this and the other votes.
"""

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Final

from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.labels import MAX_LABEL_CHARS, label_of, label_within, opening_label
from newscrawl.clean.lexicon import GROUP_BITS, group_bits
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.clean.words import has_date, is_date_line, looks_like_names
from newscrawl.model import BlockKind

# Strengths of evidence.
CERTAIN: Final = 3  # cut, whatever the other votes say
LIKELY: Final = 2  # cut, unless the other votes are sure that it is a paragraph
HINT: Final = 1  # names the kind of a block that the other votes cut


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule's word on a block."""

    kind: BlockKind
    rule: str
    strength: int


_K = BlockKind
_G: Final = GROUP_BITS
_FILE_NAME = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|tiff?|mp4)\b", re.I)
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
_COPYRIGHT = re.compile(r"^\W{0,3}(?:©|\(c\)\s|copyright\b)|all rights reserved", re.I)
_STUCK_BYLINE = re.compile(r"^By[A-Z][a-z]+(?:[ -][A-Z][\w.'’-]+){0,3}$")
_WORDS = re.compile(r"\w+")
_COMMENT_RULES = re.compile(
    r"\bcomments?\b.{0,160}\b(?:approved|moderat|removed|published|deleted|not allowed|guidelines|rules"
    r"|logged in)",
    re.I,
)
_FILL = r"(?:[\w’'.-]+ )"
# "16 replies to “Headline”", "3 thoughts on ...", as blogs head their threads.
_REPLIES = re.compile(r"\d{1,5} (?:replies|responses|thoughts|comments|reactions) (?:to|on)\b", re.I)
_ROLE = re.compile(
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

_NEAR_LEVELS: Final = 3
_SIZE_OF_CARD: Final = 60  # words
# Words. What is longer under the heading of a section is left to the other votes, as its kind is to them.
MAX_CARD_WORDS: Final = 40
_OWN_GROUPS = group_bits("caption")
_AUTHOR_BOX = group_bits("bio")
_AUTHORS = group_bits("author", "byline")


# Titles often carry the site's or the section's name: "Site: Headline", "Headline | Site".
_TITLE_PARTS: Final = re.compile(r"(?<![:|»–—-])[:|»–—-]+\s+")
_TITLE_PART_WORDS: Final = 4
_TITLE_KEY_CHARS: Final = 8


def title_keys(metadata: Metadata, page: BlockPage) -> frozenset[str]:
    """Return the comparable forms of the headline: the metadata's title, and each h1 that resembles it."""
    keys = {squeeze(metadata.title)} if metadata.title else set()
    words = set(_WORDS.findall(metadata.title.casefold()))
    for block in page.blocks:
        if block.box.level == 1 and len(block.text) < 400:
            own = set(_WORDS.findall(block.text.casefold()))
            if own and (not words or 2 * len(own & words) >= min(len(own), len(words))):
                keys.add(squeeze(block.text))
    for edge in _TITLE_PARTS.finditer(metadata.title):
        for part in (metadata.title[: edge.start()], metadata.title[edge.end() :]):
            if len(part.split()) >= _TITLE_PART_WORDS:
                keys.add(squeeze(part))
    return frozenset(key for key in keys if len(key) >= _TITLE_KEY_CHARS)


def squeeze(text: str) -> str:
    """Return the letters and digits of `text` in lower case: equal for the same words.

    >>> squeeze("Ada Berg, 3rd")
    'adaberg3rd'
    """
    if text.isascii():
        return text.encode().translate(_LOWER_CASE, _NOT_IN_WORDS).decode()
    return "".join(_WORDS.findall(text.casefold()))


_LOWER_CASE: Final = bytes(range(256)).lower()
_NOT_IN_WORDS: Final = bytes(code for code in range(128) if not (chr(code).isalnum() or chr(code) == "_"))


# A container with more words, or a larger share of the page's good ones, is not judged by its class name
# alone: it may hold the article, and short articles are small.
SMALL_CONTAINER_WORDS: Final = 130
SMALL_CONTAINER_SHARE: Final = 0.35
# Words. A pitch or a notice is short; a longer block under such a name needs other votes too.
MAX_PITCH_WORDS: Final = 25
# Words. What says a set phrase somewhere within it is a line of its own, not a label.
MIN_PITCH_WORDS: Final = 4
_COMMENTS: Final = group_bits("comments")
# How surely a class name tells, on an element of its own or a small container (share of article text
# among such blocks of up to 40 words on the DEV pages: newsletter .004, comments .003, paywall .008,
# consent .006, legal .013, share .05, related .07, popular .04; it is the longer ones that need votes).
_CLASS_RULES: Final = (
    (group_bits("comments"), _K.COMMENTS, CERTAIN),
    (group_bits("newsletter"), _K.NEWSLETTER, CERTAIN),
    (group_bits("paywall"), _K.PAYWALL, CERTAIN),
    (group_bits("consent", "legal"), _K.LEGAL, CERTAIN),
    (group_bits("share"), _K.SHARE, LIKELY),
    (group_bits("bio"), _K.BIO, LIKELY),
    (group_bits("promo"), _K.PROMO, LIKELY),
    (group_bits("related", "popular"), _K.RELATED, LIKELY),
)
_CLASS_RULE_GROUPS: Final = reduce(or_, (mask for mask, _, _ in _CLASS_RULES))
_TRAIL_MARKS: Final = (" > ", " » ", " › ", " / ", " → ")
_BREADCRUMB: Final = re.compile(r"^[^.!?]{2,30}?(?:\s[>»›/→]\s[^.!?>»›]{2,40}){1,5}$")
_SHARE_BAR_SHARE: Final = 0.6


def _is_share_bar(text: str) -> bool:
    """Tell whether most words of a short text are names of networks and the like."""
    words = text.split()
    if len(words) < 2:
        return False
    left, shares, others = len(words), 0, 0
    for word in words:
        left -= 1
        if label_of(word) is _K.SHARE:
            shares += 1
        elif word.isalnum() or any(map(str.isalnum, word)):
            others += 1
            if shares + left < _SHARE_BAR_SHARE * (shares + left + others):
                return False  # not even if all that are left are
    counted = shares + others
    return counted >= 2 and shares >= _SHARE_BAR_SHARE * counted


# Words. A longer line after a picture in the same element is the text that goes on.
MAX_CAPTION_LINE_WORDS: Final = 16


def _groups_of_small_containers(boxes: list[Box], structure: Structure) -> list[int]:
    """Return per box its groups and those of the boxes around it that are too small to hold the article."""
    groups = [0] * len(boxes)
    most = SMALL_CONTAINER_SHARE * structure.total_good
    for box in boxes[1:]:  # parents stand before their children
        at = box.index
        if (
            structure.box_words[at] <= SMALL_CONTAINER_WORDS
            and structure.box_good[at] <= most
            and box is not structure.main
        ):
            groups[at] = box.groups | (groups[box.parent.index] if box.parent is not None else 0)
        elif box.groups & _COMMENTS and structure.box_good[at] < 0.3 * structure.total_good:
            groups[at] = _COMMENTS
    return groups


def _is_credit(text: str, words: float) -> bool:
    lower = text.lower()
    may_open = (  # one of these is in whatever `_CREDIT_OPENER` finds
        "photo" in lower or "image" in lower or "foto" in lower or "bild" in lower
        or "credit" in lower or "pic" in lower or "courtesy" in lower
    )  # fmt: skip
    if may_open and _CREDIT_OPENER.search(text):
        return True
    return words <= 14 and text[-1] != "." and bool(_CREDIT.search(text))


def _may_start(text: str, starts: frozenset[str]) -> bool:
    """Tell whether the squeezed `text` may begin with one of these characters."""
    first = text[0]
    return first.casefold()[0] in starts or not first.isalnum()


def _tells_of_itself(text: str) -> bool:
    """Tell whether somebody says here who they are: "I am a reporter ...", "My goal is to ..."."""
    begins_so = _ROLE.match(text) is not None
    if not begins_so and "my " not in text.lower():
        return False
    return bool(_FIRST_PERSON.search(text)) and (begins_so or bool(_FIRST_PERSON_BIO.search(text)))


class RuleReader:
    """The rules on single blocks of one page."""

    def __init__(self, page: BlockPage, structure: Structure, metadata: Metadata) -> None:
        self.titles = title_keys(metadata, page)
        self.authors = frozenset(squeeze(name) for name in metadata.authors)
        self.structure = structure
        self.total_good = structure.total_good
        self._container_groups = _groups_of_small_containers(page.boxes, structure)
        self._headline = squeeze(metadata.title)
        self._title_chars = max((len(key) for key in self.titles), default=0)
        self._title_starts = frozenset(key[0] for key in self.titles)
        self._author_chars = max((len(key) for key in self.authors), default=0)
        self._author_starts = frozenset(key[0] for key in self.authors if key)

    def own_evidence(self, block: Block) -> Evidence | None:
        """Return the first rule that speaks on `block` by itself, strongest rules first."""
        text = block.text
        box = block.box
        words = self.structure.words[block.index]
        may_be_title = words <= 60 and len(text) <= 2 * self._title_chars
        if may_be_title and _may_start(text, self._title_starts) and squeeze(text) in self.titles:
            return Evidence(_K.TITLE, "title:headline" if box.level == 1 else "title:repeated", CERTAIN)
        if box.level == 1 and words <= 3 and squeeze(text) == self._headline:
            return Evidence(_K.TITLE, "title:headline", CERTAIN)  # too short to be known elsewhere
        label = label_of(text) if len(text) <= MAX_LABEL_CHARS else None
        if text[0].isdigit() and words <= 60 and _REPLIES.match(text):
            label = _K.COMMENTS
        if label is _K.AD or label is _K.SHARE or label is _K.COMMENTS:
            return Evidence(label, f"{label}:label", CERTAIN)
        if box.inside & Inside.FIGCAPTION:
            return Evidence(_K.CAPTION, "caption:figcaption", CERTAIN)
        near = self._container_groups[box.index] | block.groups
        if words <= 100 and (block.groups | box.groups) & _OWN_GROUPS and not box.level:
            return Evidence(_K.CAPTION, "caption:class", CERTAIN if words <= 60 else LIKELY)
        if words <= 45 and (found := self._line_rule(block, words, label, near)):
            return found
        if label is not None:
            # Single words in this list are headings of real sections too ("Background", "Contents").
            sure = label in (_K.RELATED, _K.NEWSLETTER, _K.DATELINE, _K.BYLINE, _K.PAYWALL, _K.SOURCE)
            return Evidence(label, f"{label}:label", CERTAIN if sure or not box.level else LIKELY)
        return self._long_rule(block, words, near) or self._class_rule(box, words, near)

    def _class_rule(self, box: Box, words: float, near: int) -> Evidence | None:
        if box.inside & (Inside.HEADER | Inside.FOOTER | Inside.NAV):
            return None  # the site's own bars: what they hold is told by where they stand
        if not near & _CLASS_RULE_GROUPS:
            return None
        for mask, kind, strength in _CLASS_RULES:
            if near & mask:
                surest = 60 if kind is _K.COMMENTS else MAX_PITCH_WORDS
                sure = strength if words <= surest else min(strength, LIKELY)
                return Evidence(kind, f"{kind}:class", sure)
        return None

    def _has_picture(self, block: Block) -> bool:
        """Tell whether the block stands with a picture in a container that holds little else."""
        if block.after_image:
            return self.structure.words[block.index] <= MAX_CAPTION_LINE_WORDS
        box: Box | None = block.box
        structure = self.structure
        for _ in range(4):
            if box is None or box is structure.main or box.parent is None:
                return False
            blocks = structure.box_last[box.index] - structure.box_first[box.index] + 1
            if blocks > 3 or structure.box_words[box.index] > 60:
                return False
            if structure.box_images[box.index]:
                return True
            box = box.parent
        return False

    def _line_rule(self, block: Block, words: float, label: BlockKind | None, near: int) -> Evidence | None:
        text = block.text
        box = block.box
        if is_date_line(text) and not (box.tag in ("td", "th") and box.block_count == 1):
            return Evidence(_K.DATELINE, "dateline:date", CERTAIN)
        may_be_author = words <= 12 and len(text) <= 2 * self._author_chars
        if may_be_author and _may_start(text, self._author_starts) and squeeze(text) in self.authors:
            return Evidence(_K.BYLINE, "byline:author-name", CERTAIN)
        if text[:2] == "By" and _STUCK_BYLINE.match(text):
            return Evidence(_K.BYLINE, "byline:label", CERTAIN)
        if words <= 25 and "." in text and _FILE_NAME.search(text):
            return Evidence(_K.CAPTION, "caption:file-name", CERTAIN)
        if words <= 12 and _is_share_bar(text):
            return Evidence(_K.SHARE, "share:bar", CERTAIN)
        trail = words <= 14 and any(mark in text for mark in _TRAIL_MARKS)
        if trail and _BREADCRUMB.match(text) and self._stands_high(block):
            return Evidence(_K.NAVIGATION, "navigation:breadcrumb", CERTAIN)
        copyrighted = ("©" in text or "ight" in text or "(c)" in text) and _COPYRIGHT.search(text)
        if words <= 25 and copyrighted and not box.inside & Inside.FIGURE and not block.after_image:
            return Evidence(_K.LEGAL, "legal:copyright", CERTAIN)
        opening = opening_label(text)
        if opening:
            kind, phrase = opening
            rest = text[len(phrase) :].strip(" :|-–—•·")
            if kind is _K.BYLINE:
                if self._names_or_date(rest):
                    return Evidence(kind, "byline:label", CERTAIN)
            elif kind is _K.DATELINE:
                if has_date(rest) and words <= 14 and not text.endswith("."):
                    return Evidence(kind, "dateline:label", CERTAIN)
            elif kind is _K.SOURCE:
                if words <= 25 and (phrase[-1] in ":：" or text[0] == "("):
                    return Evidence(kind, "source:label", CERTAIN)
            elif kind is _K.CAPTION:
                if words <= 40 and not phrase[-1].isalnum():
                    return Evidence(kind, "caption:label", CERTAIN)
                return Evidence(kind, "caption:label", LIKELY if words <= 25 else HINT)
            elif kind is _K.RELATED:
                linked = block.link_chars > 0.5 * len(rest or text)
                if linked:
                    return Evidence(kind, "related:inline-link", CERTAIN)
                if label is None:
                    strength = LIKELY if not phrase[-1].isalnum() and words <= 25 else HINT
                    return Evidence(kind, "related:opening", strength)
            elif kind is _K.COMMENTS:
                return Evidence(kind, "comments:notice", CERTAIN if _COMMENT_RULES.search(text) else LIKELY)
            elif label is None:
                return Evidence(
                    kind, f"{kind}:opening", HINT if phrase[-1].isalnum() and len(phrase) < 12 else LIKELY
                )
        if label is None and words >= MIN_PITCH_WORDS and block.link_chars < len(text):
            pitch = label_within(text)
            if pitch is not None:
                return Evidence(pitch, f"{pitch}:phrase", CERTAIN)
        if words <= 30 and _is_credit(text, words):
            return Evidence(_K.CAPTION, "caption:credit", LIKELY)
        if copyrighted:
            return Evidence(_K.LEGAL, "legal:copyright", LIKELY)
        if near & _AUTHORS and 2 <= words <= 14 and not box.level and looks_like_names(text):
            return Evidence(_K.BYLINE, "byline:class", LIKELY)
        if not box.level and words >= 3 and block.link_chars < 0.5 * len(text) and self._has_picture(block):
            return Evidence(_K.CAPTION, "caption:picture", LIKELY)
        return None

    def _stands_high(self, block: Block) -> bool:
        return block.index < self.structure.box_last[0] / 2

    def _names_or_date(self, rest: str) -> bool:
        if not rest or looks_like_names(rest):
            return True
        if squeeze(rest) in self.authors:
            return True
        if any(author and squeeze(rest).startswith(author) for author in self.authors) and len(rest) < 120:
            return True
        return has_date(rest) and len(rest) < 110 and not rest.endswith(".")

    def _names_author(self, text: str) -> bool:
        key = squeeze(text) if self.authors else ""
        return any(author and author in key for author in self.authors)

    def _long_rule(self, block: Block, words: float, near: int) -> Evidence | None:
        text = block.text
        if near & _AUTHOR_BOX and (near & _AUTHORS or _ROLE.search(text)) and words <= 220:
            return Evidence(_K.BIO, "bio:author-box", CERTAIN)
        if words <= 160 and _tells_of_itself(text):
            return Evidence(_K.BIO, "bio:first-person", LIKELY)
        if words <= 150 and self._names_author(text[:80]) and _ROLE.search(text[:200]):
            return Evidence(_K.BIO, "bio:author-role", CERTAIN)
        thread = near & _COMMENTS or text[:8].isupper()
        if thread and words <= 90 and _COMMENT_RULES.search(text):
            return Evidence(_K.COMMENTS, "comments:rules", CERTAIN)
        if words > 45 and words <= 120:
            opening = opening_label(text)
            if (
                opening
                and opening[0] in (_K.COMMENTS, _K.LEGAL, _K.NEWSLETTER, _K.PAYWALL)
                and len(opening[1]) >= 12
            ):
                return Evidence(opening[0], f"{opening[0]}:opening", LIKELY)
        return None


def label_evidence(page: BlockPage) -> list[Evidence | None]:
    """Return what labels alone say: all that a page of very many blocks is asked."""
    found: list[Evidence | None] = []
    for block in page.blocks:
        label = label_of(block.text) if len(block.text) <= MAX_LABEL_CHARS else None
        found.append(Evidence(label, f"{label}:label", CERTAIN) if label is not None else None)
    return found


# Kinds whose label opens a section of cards, forms or comments.
_SECTION_KINDS: Final = (_K.RELATED, _K.COMMENTS, _K.NEWSLETTER, _K.SHARE, _K.BIO, _K.PROMO)
_CARD_KINDS: Final = (_K.RELATED, _K.COMMENTS)
# Words. Buttons, fields and pitches under a label; whatever is longer is judged by itself.
_MAX_BUTTON_WORDS: Final = {_K.NEWSLETTER: 30, _K.SHARE: 4, _K.BIO: 12, _K.PROMO: 20}


def mark_sections(page: BlockPage, structure: Structure, found: list[Evidence | None]) -> None:
    """Carry the meaning of a label that opens a section over the blocks of that section, in `found`.

    The section is the largest element that begins with the label and does not hold the article; where
    the label stands among the paragraphs themselves, it is the run of cards that follows.
    """
    blocks = page.blocks
    index = 0
    while index < len(blocks):
        evidence = found[index]
        block = blocks[index]
        opens = (
            evidence is not None
            and evidence.kind in _SECTION_KINDS
            and evidence.rule.endswith(":label")
            and (structure.words[index] <= 8 or evidence.kind is _K.COMMENTS)
        )
        if not opens or evidence is None:
            index += 1
            continue
        end = _section_end(page, structure, found, block, evidence.kind)
        longest = MAX_CARD_WORDS if evidence.kind in _CARD_KINDS else _MAX_BUTTON_WORDS[evidence.kind]
        for at in range(index + 1, end + 1):
            here = found[at]
            if here is None or here.strength < CERTAIN or here.kind in (_K.BYLINE, _K.DATELINE, _K.CAPTION):
                card = structure.words[at] <= longest or (
                    evidence.kind in _CARD_KINDS and structure.link_density[at] > 0.5
                )
                if card:
                    found[at] = Evidence(evidence.kind, f"{evidence.kind}:heading", CERTAIN)
                elif here is None and evidence.kind in _CARD_KINDS:
                    found[at] = Evidence(evidence.kind, f"{evidence.kind}:heading", HINT)
        index = max(end, index) + 1


def _section_end(
    page: BlockPage, structure: Structure, found: list[Evidence | None], block: Block, kind: BlockKind
) -> int:
    """Return the index of the last block of the section that `block` opens."""
    box: Box | None = block.box
    holder: Box | None = None
    share = 0.3 if kind in (_K.RELATED, _K.COMMENTS) else 0.06
    limit = max(40.0, share * structure.total_good)
    while box is not None and box.parent is not None:
        first = structure.box_first[box.index]
        opens_here = (
            all(
                found[at] is not None and (found[at].rule.endswith((":label", ":heading")))  # type: ignore[union-attr]
                for at in range(first, block.index)
            )
            if block.index - first <= 4
            else False
        )
        if not opens_here or structure.box_good[box.index] > limit:
            break
        holder = box
        box = box.parent
    if holder is not None and structure.box_last[holder.index] > block.index:
        return _before_next_section(page, found, block, structure.box_last[holder.index], kind)
    # Flat markup: take the cards that follow, up to the next running paragraph.
    end = block.index
    after_title = False
    for other in page.blocks[block.index + 1 :]:
        words = structure.words[other.index]
        linked = structure.link_density[other.index] > 0.5
        evidence = found[other.index]
        if evidence is not None and evidence.strength >= CERTAIN and evidence.kind is not kind:
            if evidence.kind in (_K.CAPTION, _K.DATELINE, _K.BYLINE, _K.AD):
                end = other.index
                continue
            break
        card = linked or (other.box.inside & Inside.LI and words <= 30 and other.link_chars > 0)
        excerpt = after_title and words <= _SIZE_OF_CARD and other.text.rstrip().endswith(("...", "…", "[…]"))
        if not (card or excerpt):
            break
        after_title = bool(linked) or (after_title and bool(excerpt))
        end = other.index
    return end


def _before_next_section(
    page: BlockPage, found: list[Evidence | None], block: Block, last: int, kind: BlockKind
) -> int:
    """Return the last block up to `last` that no label of another kind or new heading parts off."""
    for other in page.blocks[block.index + 1 : last + 1]:
        evidence = found[other.index]
        level = other.box.level
        if (
            evidence is not None
            and evidence.kind is not kind
            and evidence.kind in _SECTION_KINDS
            and evidence.rule.endswith(":label")
            and (level or not block.box.level)
        ):
            return other.index - 1
        if (
            level
            and block.box.level
            and level <= block.box.level
            and not other.link_chars
            and evidence is None
        ):
            return other.index - 1
    return last
