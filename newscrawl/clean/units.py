"""Which of several texts on a page is the headline's: the third part of the features.

Pages with a second text (endless scroll, threads of comments, lists of whole articles) show it by
repetition: elements of one path that each hold a text. The one that stands with the headline and speaks
of what it names is the article.
"""

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage, Box
from newscrawl.clean.columns import PageColumns, as_matrix
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.clean.words import lower_words
from newscrawl.model import BlockKind

Columns = npt.NDArray[np.float32]

_UNIT_NAMES_TEXT: Final = (
    "title_meet_depth title_meet_share title_meet_up title_good_between title_blocks_between "
    "title_headings_between unit_order unit_count unit_share unit_holds_title unit_after_title "
    "unit_dates unit_images unit_links told_own told_parent told_grand told_unit told_page "
    "dates_parent dates_grand bylines_grand images_parent images_grand"
)
UNIT_NAMES: Final = tuple(_UNIT_NAMES_TEXT.split())

# The first characters of a word; two of a word of another script than Latin.
_STEM: Final = re.compile(r"(\w{4,7}|[^\W\d_a-zA-Z]{2})(?:(?<=\w{7})\w*)?")
# Words of headline and description that are looked for in the text; as bits of one number.
_TELLING_WORDS: Final = 60
_STEM_CHARS: Final = 7
_PAIR_CHARS: Final = 2
# Characters of a block that are looked through; words of a block that is looked at.
_HEAD_CHARS: Final = 400
_LINE_WORDS: Final = 5
# A text is what holds so many good words, and such a share of the page's.
_UNIT_WORDS: Final = 40.0
_UNIT_SHARE: Final = 0.02
_NO_UNITS: Final = frozenset(("p", "li", "td", "tr", "blockquote"))


def unit_columns(
    columns: PageColumns,
    evidence: list[Evidence | None],
    metadata: Metadata,
    rows: npt.NDArray[np.int64],
) -> Columns:
    """Return, for the blocks in `rows`, the columns on the texts that a page holds."""
    page, structure, above = columns.page, columns.structure, columns.parents
    blocks, boxes = page.blocks, page.boxes
    count = len(boxes)
    box_of = columns.box_of[rows]
    total = float(sum(structure.good_words)) + 1e-6
    title = _title_block(page, evidence)
    told_of, told_in, number = _told_words(page, structure, metadata)
    dates, bylines = _dates_and_bylines(page, evidence)
    for at in range(count - 1, 0, -1):  # parents stand before their children
        up = above[at]
        if told_in[at]:
            told_in[up] |= told_in[at]
        if dates[at]:
            dates[up] += dates[at]
        if bylines[at]:
            bylines[up] += bylines[at]
    told_share = np.array([mask.bit_count() for mask in told_in], np.float32) / number
    date_count, byline_count = np.array(dates, np.float32), np.array(bylines, np.float32)
    images = np.array(structure.box_images, np.float32)
    up1, up2 = columns.around[0][rows], columns.around[1][rows]
    out = _beside_the_title(columns, title, total, rows)
    units = _units(boxes, structure.box_good, total)
    if units is None:
        out += [-1, 0, *[-1] * 6]
        told_in_unit: npt.NDArray[Any] | float = -1
    else:
        order_of, size_of, unit_of = units
        unit = unit_of[box_of]
        has = unit > 0
        title_unit = int(unit_of[blocks[title].box.index]) if title >= 0 else 0
        words = np.array(structure.box_words, np.float32)
        links = np.array(structure.box_link_words, np.float32)
        out += [
            np.where(has, order_of[unit], -1),
            np.where(has, size_of[unit], 0),
            np.where(has, np.array(structure.box_good, np.float32)[unit] / total, -1),
            np.where(has & (title_unit > 0), unit == title_unit, -1),
            np.where(has & (title_unit > 0), unit > title_unit, -1),
            np.where(has, date_count[unit], -1),
            np.where(has, images[unit], -1),
            np.where(has, links[unit] / np.maximum(words[unit], 1), -1),
        ]
        told_in_unit = np.where(has, told_share[unit], -1)
    out += [
        np.array([told_of[at].bit_count() for at in rows.tolist()], np.float32) / number,
        told_share[up1],
        told_share[up2],
        told_in_unit,
        float(told_share[0]),
        date_count[up1],
        date_count[up2],
        byline_count[up2],
        images[up1],
        images[up2],
    ]
    return as_matrix(out, len(rows))


def _beside_the_title(
    columns: PageColumns, title: int, total: float, rows: npt.NDArray[np.int64]
) -> list[npt.NDArray[Any] | float]:
    """Where a block stands to the headline: the element that holds both, and what lies between."""
    blocks, structure, above = columns.page.blocks, columns.structure, columns.parents
    n, count = len(blocks), len(above)
    if title < 0:
        return [-1] * 6
    around: set[int] = set()
    box: Box | None = blocks[title].box
    while box is not None:
        around.add(box.index)
        box = box.parent
    meet = [0] * count
    for at in range(1, count):
        meet[at] = at if at in around else meet[above[at]]
    depth = columns.depth_of_box
    met = np.array(meet, np.int64)[columns.box_of[rows]]
    box_good = np.array(structure.box_good, np.float32)
    good = np.zeros(n + 1)
    good[1:] = np.cumsum(np.array(structure.good_words, np.float32))
    is_heading = [1 <= block.box.level <= 3 and structure.words[block.index] >= 3 for block in blocks]
    headings = np.zeros(n + 1)
    np.cumsum(is_heading, out=headings[1:])
    return [
        depth[met],
        box_good[met] / total,
        depth[blocks[title].box.index] - depth[met],
        (good[rows] - good[title]) / total,
        np.clip(rows - title, -60, 200),
        np.clip(headings[rows] - headings[title], -20, 40),
    ]


def _told_words(
    page: BlockPage, structure: Structure, metadata: Metadata
) -> tuple[list[int], list[int], int]:
    """Return which words of headline and description each block and each box itself names, as bits."""
    of_block, in_box = [0] * len(page.blocks), [0] * len(page.boxes)
    bits = _bits_of_words(metadata)
    if bits:
        are_words = all(len(stem) > _PAIR_CHARS for stem in bits)
        for block in page.blocks:
            if structure.words[block.index] >= _LINE_WORDS:
                head = block.text[:_HEAD_CHARS]
                mask = 0
                if are_words:
                    for word in lower_words(head):
                        mask |= bits.get(word[:_STEM_CHARS], 0)
                else:
                    for stem in _STEM.findall(head.lower()):
                        mask |= bits.get(stem, 0)
                if mask:
                    of_block[block.index] = mask
                    in_box[block.box.index] |= mask
    return of_block, in_box, max(1, len(bits))


def _dates_and_bylines(page: BlockPage, evidence: list[Evidence | None]) -> tuple[list[int], list[int]]:
    """Return how many date lines and bylines stand right in each box."""
    dates, bylines = [0] * len(page.boxes), [0] * len(page.boxes)
    for block, found in zip(page.blocks, evidence, strict=True):
        if found is not None:
            if found.kind is BlockKind.DATELINE:
                dates[block.box.index] += 1
            elif found.kind is BlockKind.BYLINE:
                bylines[block.box.index] += 1
    return dates, bylines


def _title_block(page: BlockPage, evidence: list[Evidence | None]) -> int:
    """Return the index of the headline: an h1 that says it, else what says it first, else the first h1."""
    said = first = -1
    for block in page.blocks:
        found = evidence[block.index]
        if found is not None and found.kind is BlockKind.TITLE:
            if block.box.level == 1:
                return block.index
            if said < 0:
                said = block.index
        if first < 0 and block.box.level == 1:
            first = block.index
    return said if said >= 0 else first


def _bits_of_words(metadata: Metadata) -> dict[str, int]:
    words: dict[str, int] = {}
    for stem in _STEM.findall(f"{metadata.title} {metadata.description or ''}".lower()):
        words.setdefault(stem, 0)
        if len(words) == _TELLING_WORDS:
            break
    return {word: 1 << at for at, word in enumerate(words)}


def _units(
    boxes: list[Box], box_good: list[float], total: float
) -> tuple[Columns, Columns, npt.NDArray[np.int64]] | None:
    """Return per box its order and number among its like, and the outermost unit that it lies in (or 0)."""
    least = max(_UNIT_WORDS, _UNIT_SHARE * total)
    seen: dict[int, list[int]] = {}
    for box in boxes[1:]:
        if box_good[box.index] >= least and box.tag not in _NO_UNITS:
            seen.setdefault(box.path_id, []).append(box.index)
    if all(len(ats) == 1 for ats in seen.values()):
        return None
    count = len(boxes)
    order, size, unit = [0] * count, [0] * count, [0] * count
    for ats in seen.values():
        if len(ats) > 1:
            for place, at in enumerate(ats):
                order[at], size[at] = place, len(ats)
    for box in boxes[1:]:
        at = box.index
        up = box.parent.index if box.parent is not None else 0
        unit[at] = unit[up] or (at if size[at] else 0)
    return np.array(order, np.float32), np.array(size, np.float32), np.array(unit, np.int64)
