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
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.model import BlockKind

Columns = npt.NDArray[np.float32]

_UNIT_NAMES_TEXT: Final = (
    "title_meet_depth title_meet_share title_meet_up title_good_between title_blocks_between "
    "title_headings_between unit_order unit_count unit_share unit_holds_title unit_after_title "
    "unit_dates unit_images unit_links told_own told_parent told_grand told_unit told_page "
    "dates_parent dates_grand bylines_grand images_parent images_grand"
)
UNIT_NAMES: Final = tuple(_UNIT_NAMES_TEXT.split())

_WORD: Final = re.compile(r"\w{4,}|[^\W\d_a-zA-Z]{2}")
# Words of headline and description that are looked for in the text; as bits of one number.
_TELLING_WORDS: Final = 60
# Characters of a word that count, and of a block that are looked through; words of a block that is looked at.
_STEM_CHARS: Final = 7
_HEAD_CHARS: Final = 400
_LINE_WORDS: Final = 5
# A text is what holds so many good words, and such a share of the page's.
_UNIT_WORDS: Final = 40.0
_UNIT_SHARE: Final = 0.02
_NO_UNITS: Final = frozenset(("p", "li", "td", "tr", "blockquote"))


def unit_columns(
    page: BlockPage, structure: Structure, evidence: list[Evidence | None], metadata: Metadata
) -> Columns:
    """Return, for all blocks, the columns on the texts that a page holds."""
    blocks, boxes = page.blocks, page.boxes
    n, count = len(blocks), len(boxes)
    above = [box.parent.index if box.parent is not None else 0 for box in boxes]
    parent = np.array(above, np.int64)
    box_of = np.fromiter((block.box.index for block in blocks), np.int64, n)
    box_good = np.asarray(structure.box_good, np.float32)
    total = float(sum(structure.good_words)) + 1e-6
    title = _title_block(page, evidence)
    told_of, told_in, number = _told_words(page, structure, metadata)
    dates = _count_of_kind(page, evidence, BlockKind.DATELINE)
    bylines = _count_of_kind(page, evidence, BlockKind.BYLINE)
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
    order_of, size_of, unit_of = _units(boxes, structure.box_good, total)
    unit = unit_of[box_of]
    has = unit > 0
    title_unit = int(unit_of[blocks[title].box.index]) if title >= 0 else 0
    images = np.asarray(structure.box_images, np.float32)
    words = np.asarray(structure.box_words, np.float32)
    links = np.asarray(structure.box_link_words, np.float32)
    up1, up2 = parent[box_of], parent[parent[box_of]]
    out: list[npt.NDArray[Any]] = [
        *_beside_the_title(page, structure, above, title, total),
        np.where(has, order_of[unit], -1),
        np.where(has, size_of[unit], 0),
        np.where(has, box_good[unit] / total, -1),
        np.where(has & (title_unit > 0), unit == title_unit, -1),
        np.where(has & (title_unit > 0), unit > title_unit, -1),
        np.where(has, date_count[unit], -1),
        np.where(has, images[unit], -1),
        np.where(has, links[unit] / np.maximum(words[unit], 1), -1),
        np.array([mask.bit_count() for mask in told_of], np.float32) / number,
        told_share[up1],
        told_share[up2],
        np.where(has, told_share[unit], -1),
        np.full(n, told_share[0]),
        date_count[up1],
        date_count[up2],
        byline_count[up2],
        images[up1],
        images[up2],
    ]
    stacked: Columns = np.stack([np.asarray(column, np.float32) for column in out], axis=1)
    return stacked


def _beside_the_title(
    page: BlockPage, structure: Structure, above: list[int], title: int, total: float
) -> list[npt.NDArray[Any]]:
    """Where a block stands to the headline: the element that holds both, and what lies between."""
    blocks, boxes = page.blocks, page.boxes
    n, count = len(blocks), len(boxes)
    if title < 0:
        return [np.full(n, -1.0)] * 6
    around: set[int] = set()
    box: Box | None = blocks[title].box
    while box is not None:
        around.add(box.index)
        box = box.parent
    meet = [0] * count
    for at in range(1, count):
        meet[at] = at if at in around else meet[above[at]]
    depth = np.fromiter((box.depth for box in boxes), np.float32, count)
    met = np.fromiter((meet[block.box.index] for block in blocks), np.int64, n)
    box_good = np.asarray(structure.box_good, np.float32)
    good = np.concatenate(([0.0], np.cumsum(np.asarray(structure.good_words, np.float32))))
    headings = [0]
    for block in blocks:
        is_heading = 1 <= block.box.level <= 3 and structure.words[block.index] >= 3
        headings.append(headings[-1] + is_heading)
    return [
        depth[met],
        box_good[met] / total,
        depth[blocks[title].box.index] - depth[met],
        (good[:-1] - good[title]) / total,
        np.clip(np.arange(n) - title, -60, 200),
        np.clip(np.array(headings[:-1]) - headings[title], -20, 40),
    ]


def _told_words(
    page: BlockPage, structure: Structure, metadata: Metadata
) -> tuple[list[int], list[int], int]:
    """Return which words of headline and description each block and each box itself names, as bits."""
    of_block, in_box = [0] * len(page.blocks), [0] * len(page.boxes)
    bits = _bits_of_words(metadata)
    if bits:
        for block in page.blocks:
            if structure.words[block.index] >= _LINE_WORDS:
                mask = 0
                for word in _WORD.findall(block.text[:_HEAD_CHARS].lower()):
                    mask |= bits.get(word[:_STEM_CHARS], 0)
                of_block[block.index] = mask
                in_box[block.box.index] |= mask
    return of_block, in_box, max(1, len(bits))


def _count_of_kind(page: BlockPage, evidence: list[Evidence | None], kind: BlockKind) -> list[int]:
    counts = [0] * len(page.boxes)
    for block in page.blocks:
        found = evidence[block.index]
        if found is not None and found.kind is kind:
            counts[block.box.index] += 1
    return counts


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
    for word in _WORD.findall(f"{metadata.title} {metadata.description or ''}".lower()):
        words.setdefault(word[:_STEM_CHARS], 0)
        if len(words) == _TELLING_WORDS:
            break
    return {word: 1 << at for at, word in enumerate(words)}


def _units(
    boxes: list[Box], box_good: list[float], total: float
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.int64]]:
    """Return per box its order and number among its like, and the outermost unit that it lies in (or 0)."""
    count = len(boxes)
    order, size, unit = [0] * count, [0] * count, [0] * count
    least = max(_UNIT_WORDS, _UNIT_SHARE * total)
    seen: dict[int, list[int]] = {}
    for box in boxes[1:]:
        if box_good[box.index] >= least and box.tag not in _NO_UNITS:
            seen.setdefault(box.path_id, []).append(box.index)
    for ats in seen.values():
        if len(ats) > 1:
            for place, at in enumerate(ats):
                order[at], size[at] = place, len(ats)
    for box in boxes[1:]:
        at = box.index
        up = box.parent.index if box.parent is not None else 0
        unit[at] = unit[up] or (at if size[at] else 0)
    return np.array(order, np.float32), np.array(size, np.float32), np.array(unit, np.int64)
