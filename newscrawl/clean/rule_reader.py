"""The rules on single blocks: what is plain of a block by its own words, its element and its class names."""

from typing import Final

from newscrawl.clean.bio_texts import ROLE, tells_of_itself
from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.class_rules import class_evidence, groups_of_small_containers
from newscrawl.clean.evidence import CERTAIN, HINT, LIKELY, Evidence
from newscrawl.clean.labels import MAX_LABEL_CHARS, label_of, label_within, opening_label
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.line_forms import (
    COMMENT_RULES,
    COPYRIGHT,
    FILE_NAME,
    REPLIES,
    STUCK_BYLINE,
    is_credit,
    is_share_bar,
    is_trail,
    names_editor,
)
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.clean.title_keys import squeeze, title_keys
from newscrawl.clean.words import has_date, is_date_line, looks_like_names
from newscrawl.model import BlockKind

_K = BlockKind
_BUTTON_WORDS: Final = 14
_EMPHASIS_WORDS: Final = 40
_ALL_EMPHASIS: Final = 0.95
_OWN_GROUPS = group_bits("caption")
_AUTHOR_BOX = group_bits("bio")
_AUTHORS = group_bits("author", "byline")
# Words. What says a set phrase somewhere within it is a line of its own, not a label.
MIN_PITCH_WORDS: Final = 4
_COMMENTS: Final = group_bits("comments")
# Words. A longer line after a picture in the same element is the text that goes on.
MAX_CAPTION_LINE_WORDS: Final = 16


def _may_start(text: str, starts: frozenset[str]) -> bool:
    """Tell whether the squeezed `text` may begin with one of these characters."""
    first = text[0]
    return first.casefold()[0] in starts or not first.isalnum()


def _is_buttons_text(block: Block) -> bool:
    """Tell whether a block is what a button says; the questions of a list that opens are headings."""
    return block.box.tag == "button" and not block.box.level and block.text[-1] not in "?？؟"


def _is_emphasised_caption(block: Block) -> bool:
    """Tell whether all of a line is set apart by its letters, below a picture in the same paragraph."""
    if block.emphasis_chars < _ALL_EMPHASIS * len(block.text) or block.box.level:
        return False
    return bool(block.box.images) and (block.after_image or block.after_break > 0)


class RuleReader:
    """The rules on single blocks of one page."""

    def __init__(self, page: BlockPage, structure: Structure, metadata: Metadata) -> None:
        self.titles = title_keys(metadata, page)
        self.authors = frozenset(squeeze(name) for name in metadata.authors)
        self.structure = structure
        self.total_good = structure.total_good
        self._container_groups = groups_of_small_containers(page.boxes, structure)
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
        if text[0].isdigit() and words <= 60 and REPLIES.match(text):
            label = _K.COMMENTS
        if label is _K.AD or label is _K.SHARE or label is _K.COMMENTS:
            return Evidence(label, f"{label}:label", CERTAIN)
        if box.inside & Inside.FIGCAPTION:
            return Evidence(_K.CAPTION, "caption:figcaption", CERTAIN)
        near = self._container_groups[box.index] | block.groups
        if words <= 100 and (block.groups | box.groups) & _OWN_GROUPS and not box.level:
            return Evidence(_K.CAPTION, "caption:class", CERTAIN if words <= 60 else LIKELY)
        if (
            label is None
            and box.inside & Inside.BUTTON
            and words <= _BUTTON_WORDS
            and _is_buttons_text(block)
        ):
            return Evidence(_K.NAVIGATION, "navigation:button", CERTAIN)
        if block.emphasis_chars and words <= _EMPHASIS_WORDS and _is_emphasised_caption(block):
            return Evidence(_K.CAPTION, "caption:emphasis", CERTAIN)
        if words <= 45 and (found := self._line_rule(block, words, label, near)):
            return found
        if label is not None:
            # Single words in this list are headings of real sections too ("Background", "Contents").
            sure = label in (_K.RELATED, _K.NEWSLETTER, _K.DATELINE, _K.BYLINE, _K.PAYWALL, _K.SOURCE)
            return Evidence(label, f"{label}:label", CERTAIN if sure or not box.level else LIKELY)
        return self._long_rule(block, words, near) or class_evidence(box, words, near)

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
        if names_editor(text) or (text[:2] == "By" and STUCK_BYLINE.match(text)):
            return Evidence(_K.BYLINE, "byline:label", CERTAIN)
        if words <= 25 and "." in text and FILE_NAME.search(text):
            return Evidence(_K.CAPTION, "caption:file-name", CERTAIN)
        if words <= 12 and is_share_bar(text):
            return Evidence(_K.SHARE, "share:bar", CERTAIN)
        if words <= 14 and is_trail(text) and self._stands_high(block):
            return Evidence(_K.NAVIGATION, "navigation:breadcrumb", CERTAIN)
        copyrighted = ("©" in text or "ight" in text or "(c)" in text) and COPYRIGHT.search(text)
        if words <= 25 and copyrighted and not box.inside & Inside.FIGURE and not block.after_image:
            return Evidence(_K.LEGAL, "legal:copyright", CERTAIN)
        pitched = label is None and words >= MIN_PITCH_WORDS and block.link_chars < len(text)
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
                return Evidence(kind, "comments:notice", CERTAIN if COMMENT_RULES.search(text) else LIKELY)
            elif label is None:
                weak = phrase[-1].isalnum() and len(phrase) < 12
                if pitched and label_within(text) is not None:
                    return Evidence(kind, f"{kind}:phrase", CERTAIN)
                return Evidence(kind, f"{kind}:opening", HINT if weak else LIKELY)
        if pitched:
            pitch = label_within(text)
            if pitch is not None:
                return Evidence(pitch, f"{pitch}:phrase", CERTAIN)
        if words <= 30 and is_credit(text, words):
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
        if near & _AUTHOR_BOX and (near & _AUTHORS or ROLE.search(text)) and words <= 220:
            return Evidence(_K.BIO, "bio:author-box", CERTAIN)
        if words <= 160 and tells_of_itself(text):
            return Evidence(_K.BIO, "bio:first-person", LIKELY)
        if words <= 150 and self._names_author(text[:80]) and ROLE.search(text[:200]):
            return Evidence(_K.BIO, "bio:author-role", CERTAIN)
        thread = near & _COMMENTS or text[:8].isupper()
        if thread and words <= 90 and COMMENT_RULES.search(text):
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
