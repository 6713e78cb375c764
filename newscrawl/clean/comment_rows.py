"""Comments in neutral markup: a name, a time and a short text, again and again in one shape, after the text.

No class name and no heading says what they are; their shape does. A live blog's entries have no names,
teasers have links, and a list of persons has no times.
"""

import re
from collections import defaultdict
from typing import Final

from newscrawl.clean.blocks import Block, BlockPage, Box
from newscrawl.clean.evidence import CERTAIN, Evidence
from newscrawl.clean.structure import Structure
from newscrawl.clean.words import has_date, is_date_line
from newscrawl.model import BlockKind

_MIN_ROWS: Final = 2
_MAX_LEVELS: Final = 4  # elements between a row and the line with its time
_MAX_ROW_BLOCKS: Final = 12
_MIN_TEXT_WORDS: Final = 2
_MAX_TEXT_WORDS: Final = 150  # of one comment
_MIN_BEFORE_WORDS: Final = 60  # of running text that stands before the first row
_MAX_TIME_CHARS: Final = 70
_MIN_DATE_CHARS: Final = 5  # a year alone is no time
_MAX_NAME_WORDS: Final = 4
_MAX_NAME_CHARS: Final = 40
_HEADLINE_WORDS: Final = 5
# Shares of the rows that must have a time and a name, and of the names that must differ.
_MOST: Final = 0.8
_DIFFERENT: Final = 0.6
_JOINTS: Final = " ·|•–—,()-"
_SPLIT: Final = re.compile(r"[·|•–—,(]|\s-\s|\s(?=\d)")


def find_comment_rows(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None]
) -> tuple[Box, ...]:
    """Return the elements that are comments by their shape, in the page's order."""
    times = [block for block in page.blocks if _tells_time(block, evidence[block.index])]
    if len(times) < _MIN_ROWS:
        return ()
    rows: dict[tuple[int, int], dict[int, tuple[Box, Block]]] = defaultdict(dict)
    for block in times:
        box: Box | None = block.box
        for _ in range(_MAX_LEVELS):
            if box is None or box.parent is None:
                break
            size = structure.box_last[box.index] - structure.box_first[box.index] + 1
            if size > _MAX_ROW_BLOCKS:
                break
            if size > 1:
                rows[box.parent.index, box.path_id].setdefault(box.index, (box, block))
            box = box.parent
    for alike in rows.values():
        if len(alike) >= _MIN_ROWS and _are_comments(list(alike.values()), page, structure):
            return tuple(box for box, _ in alike.values())
    return ()


def mark_comment_rows(rows: tuple[Box, ...], structure: Structure, evidence: list[Evidence | None]) -> None:
    """Say of all blocks of `rows` that they are comments, in `evidence`."""
    for row in rows:
        for at in range(structure.box_first[row.index], structure.box_last[row.index] + 1):
            evidence[at] = Evidence(BlockKind.COMMENTS, "comments:rows", CERTAIN)


def _tells_time(block: Block, evidence: Evidence | None) -> bool:
    text = block.text
    if len(text) > _MAX_TIME_CHARS or not any(map(str.isdigit, text)):
        return False
    if evidence is not None and evidence.kind is BlockKind.DATELINE:
        return True
    name = _SPLIT.split(text, maxsplit=1)[0]
    rest = text[len(name) :].strip(_JOINTS)
    return len(rest) >= _MIN_DATE_CHARS and _is_name(name.strip()) and is_date_line(rest)


def _are_comments(rows: list[tuple[Box, Block]], page: BlockPage, structure: Structure) -> bool:
    first = min(structure.box_first[box.index] for box, _ in rows)
    if sum(structure.good_words[:first]) < _MIN_BEFORE_WORDS:
        return False
    names = []
    for box, time in rows:
        start, end = structure.box_first[box.index], structure.box_last[box.index]
        blocks = page.blocks[start : end + 1]
        if any(block.box.level == 1 or _is_headline(block, structure) for block in blocks):
            return False
        text = sum(structure.words[at] for at in range(time.index + 1, end + 1))
        name = _name_of(time, blocks)
        if name and _MIN_TEXT_WORDS <= text <= _MAX_TEXT_WORDS:
            names.append(name)
    return len(names) >= max(_MIN_ROWS, _MOST * len(rows)) and len(set(names)) >= max(
        _MIN_ROWS, _DIFFERENT * len(names)
    )


def _is_headline(block: Block, structure: Structure) -> bool:
    return structure.link_density[block.index] > 0.5 and structure.words[block.index] >= _HEADLINE_WORDS


def _name_of(time: Block, blocks: list[Block]) -> str:
    """Return the name that stands before a time, in its line or in the line before, or nothing."""
    own = _SPLIT.split(time.text, maxsplit=1)[0]
    if own != time.text and _is_name(own.strip()):
        return own.strip()
    before = next((block.text for block in blocks if block.index == time.index - 1), "")
    return before if _is_name(before) else ""


def _is_name(text: str) -> bool:
    if not text or len(text) > _MAX_NAME_CHARS or not text[0].isalpha() or has_date(text):
        return False
    return len(text.split()) <= _MAX_NAME_WORDS and text[-1] not in "!?…。！？:"
