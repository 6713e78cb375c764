"""What a block's neighbours and containers say of it: the second half of the features.

All of it follows from the facts on single blocks and is computed over whole columns.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.structure import Structure

Columns = npt.NDArray[np.float32]

_FACT_NAMES_TEXT: Final = (
    "words chars link_density link_count bold emphasis sentences ends starts_upper starts_lower "
    "starts_mark upper digits commas pipes at_sign question ellipsis colon word_length after_break "
    "box_blocks stop_density justext_alone justext_context has_date in_title title_in in_description "
    "level tag depth itemprop_body evidence_strength body_match own_repeat after_image"
)
FACT_NAMES: Final = tuple(_FACT_NAMES_TEXT.split())
_CONTEXT_NAMES_TEXT: Final = (
    "position words_before good_before good_after path_good path_share path_words path_links "
    "path_size box_good box_good_share box_links box_ratio parent_good parent_share parent_links "
    "parent_ratio grand_share grand_links grand_ratio great_share great_ratio main_in main_depth "
    "main_first main_last since_good until_good words_since_good words_until_good since_h1 after_h1 "
    "near_good3 near_good8 near_links3 near_links8 prev1_words prev1_links prev1_same prev1_good "
    "prev1_rule prev2_words prev2_links prev2_good prev2_rule prev1_level next1_words next1_links "
    "next1_same next1_good next1_rule next2_words next2_links next2_good next2_rule next1_level "
    "sib_first sib_last parent_blocks page_good page_blocks page_links page_main_share article_good "
    "article_count article_best"
)
CONTEXT_NAMES: Final = tuple(_CONTEXT_NAMES_TEXT.split())


def context_columns(page: BlockPage, structure: Structure, evidence: list[Evidence | None]) -> Columns:
    """Return, for all blocks, the columns that follow from a block's neighbours and containers."""
    n = len(page.blocks)
    words = np.array(structure.words, np.float32)
    links = np.array(structure.link_density, np.float32)
    rule = np.array([found.strength if found is not None else 0 for found in evidence], np.float32)
    level = np.array([block.box.level for block in page.blocks], np.float32)
    depth = np.array([block.box.depth for block in page.blocks], np.float32)
    box_of = np.array([block.box.index for block in page.blocks], np.int64)
    path_of = np.array([block.box.path_id for block in page.blocks], np.int64)
    good = np.asarray(structure.good_words, np.float32)
    good = np.where((rule >= 3) & (words <= 60), 0, good)
    total_good = float(good.sum()) + 1e-6
    total_words = float(words.sum()) + 1e-6
    order = np.arange(n, dtype=np.float32)
    before = np.cumsum(good) - good
    words_before = np.cumsum(words) - words
    out: list[npt.NDArray[Any]] = [
        order / max(1, n - 1),
        words_before / total_words,
        before / total_good,
        1 - (before + good) / total_good,
    ]
    paths = int(path_of.max()) + 1 if n else 1
    path_good = np.bincount(path_of, good, paths)
    path_words = np.bincount(path_of, words, paths)
    path_links = np.bincount(path_of, words * links, paths)
    path_size = np.bincount(path_of, minlength=paths).astype(np.float32)
    out += [
        path_good[path_of] / np.maximum(path_words[path_of], 1),
        path_good[path_of] / total_good,
        path_words[path_of] / path_size[path_of],
        path_links[path_of] / np.maximum(path_words[path_of], 1),
        path_size[path_of],
    ]
    boxes = page.boxes
    count = len(boxes)
    parent = np.fromiter(
        (box.parent.index if box.parent is not None else 0 for box in boxes), np.int64, count
    )
    box_good = np.bincount(box_of, good, count)
    box_words = np.asarray(structure.box_words, np.float64)
    box_links = np.asarray(structure.box_link_words, np.float64)
    gathered = box_good.tolist()
    for at in range(count - 1, 0, -1):
        gathered[int(parent[at])] += gathered[at]
    box_good = np.asarray(gathered)
    ratio = box_good / np.maximum(box_words, 1)
    density = box_links / np.maximum(box_words, 1)
    up1 = parent[box_of]
    up2 = parent[up1]
    up3 = parent[up2]
    out += [
        box_good[box_of],
        box_good[box_of] / total_good,
        density[box_of],
        ratio[box_of],
        box_good[up1],
        box_good[up1] / total_good,
        density[up1],
        ratio[up1],
        box_good[up2] / total_good,
        density[up2],
        ratio[up2],
        box_good[up3] / total_good,
        ratio[up3],
    ]
    main = structure.main
    first, last = structure.box_first[main.index], structure.box_last[main.index]
    in_main = (order >= first) & (order <= last)
    out += [
        in_main.astype(np.float32),
        np.where(in_main, depth - main.depth, -1),
        np.where(in_main, order - first, -1),
        np.where(in_main, last - order, -1),
    ]
    is_good = good >= 12
    since = order - np.maximum.accumulate(np.where(is_good, order, -99)) if n else order
    until = np.minimum.accumulate(np.where(is_good, order, n + 99)[::-1])[::-1] - order
    total_before = np.cumsum(words)
    last_good_at = np.maximum.accumulate(np.where(is_good, total_before, -500))
    next_good_at = np.minimum.accumulate(np.where(is_good, total_before - words, total_words + 500)[::-1])[
        ::-1
    ]
    out += [
        np.minimum(since, 60),
        np.minimum(until, 60),
        np.minimum(total_before - last_good_at, 600),
        np.minimum(next_good_at - total_before, 600),
    ]
    h1 = np.nonzero(level == 1)[0]
    h1_at = int(h1[0]) if len(h1) else -1
    out += [
        np.clip(order - h1_at, -60, 120) if h1_at >= 0 else np.full(n, -61.0),
        (order > h1_at).astype(np.float32),
    ]
    out += [_window(good, 3), _window(good, 8), _window(links, 3), _window(links, 8)]
    same_prev = np.zeros(n, np.float32)
    same_next = np.zeros(n, np.float32)
    if n > 1:
        same = (path_of[1:] == path_of[:-1]).astype(np.float32)
        same_prev[1:] = same
        same_next[:-1] = same
    out += [
        shifted(words, 1),
        shifted(links, 1),
        same_prev,
        shifted(good, 1),
        shifted(rule, 1),
        shifted(words, 2),
        shifted(links, 2),
        shifted(good, 2),
        shifted(rule, 2),
        shifted(level, 1),
    ]
    out += [
        shifted(words, -1),
        shifted(links, -1),
        same_next,
        shifted(good, -1),
        shifted(rule, -1),
        shifted(words, -2),
        shifted(links, -2),
        shifted(good, -2),
        shifted(rule, -2),
        shifted(level, -1),
    ]
    box_first = np.asarray(structure.box_first, np.float32)
    box_last = np.asarray(structure.box_last, np.float32)
    out += [order - box_first[up1], box_last[up1] - order, box_last[up1] - box_first[up1] + 1]
    main_good = float(box_good[main.index]) / total_good
    out += [
        np.full(n, total_good),
        np.full(n, n),
        np.full(n, float((words * links).sum()) / total_words),
        np.full(n, main_good),
    ]
    article_of = np.zeros(count, np.int64)
    article_count = 0
    best, best_good = 0, 0.0
    for box in boxes:
        if box.tag == "article":
            article_of[box.index] = box.index
            article_count += 1
            if box_good[box.index] > best_good:
                best, best_good = box.index, float(box_good[box.index])
        elif box.parent is not None:
            article_of[box.index] = article_of[box.parent.index]
    mine = article_of[box_of]
    out += [
        np.where(mine > 0, box_good[mine] / total_good, -1),
        np.full(n, article_count),
        np.where(best > 0, (mine == best).astype(np.float32), -1),
    ]
    stacked: Columns = np.stack([np.asarray(column, np.float32) for column in out], axis=1)
    return stacked


def shifted(column: Columns, by: int) -> Columns:
    """Return the column moved down (or up, where `by` is negative), with -1 where the page ends."""
    moved = np.full(len(column), -1, np.float32)
    if by > 0:
        moved[by:] = column[:-by]
    else:
        moved[:by] = column[-by:]
    return moved


def _window(column: Columns, reach: int) -> Columns:
    """Mean over `reach` blocks on both sides, the block itself included."""
    n = len(column)
    sums = np.concatenate(([0.0], np.cumsum(column, dtype=np.float64)))
    at = np.arange(n)
    low = np.maximum(0, at - reach)
    high = np.minimum(n, at + reach + 1)
    means: Columns = ((sums[high] - sums[low]) / (high - low)).astype(np.float32)
    return means
