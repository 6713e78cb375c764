"""Carry what a heading says over the blocks of its section: cards, forms, comments, buttons."""

from typing import Final

from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.evidence import CERTAIN, HINT, Evidence
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

_K = BlockKind
_SIZE_OF_CARD: Final = 60  # words
# Words. What is longer under the heading of a section is left to the other votes, as its kind is to them.
MAX_CARD_WORDS: Final = 40
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
