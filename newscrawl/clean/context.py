"""What a block's neighbours and containers say of it: the second half of the features.

All of it follows from the facts on single blocks and is computed over whole columns.
"""

from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.columns import PageColumns, as_matrix
from newscrawl.clean.evidence import Evidence

Columns = npt.NDArray[np.float32]
Places = npt.NDArray[np.int64]

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


# Words; a good block has at least so many. Blocks and words beyond which distance says no more.
_GOOD_WORDS: Final = 12
_FAR_BLOCKS, _FAR_WORDS = 60, 600


def context_columns(columns: PageColumns, evidence: list[Evidence | None], rows: Places) -> Columns:
    """Return, for the blocks in `rows`, the columns that follow from a block's neighbours and containers."""
    page, structure = columns.page, columns.structure
    n = len(page.blocks)
    words = np.array(structure.words, np.float32)
    links = np.array(structure.link_density, np.float32)
    rule = np.array([found.strength if found is not None else 0 for found in evidence], np.float32)
    boxes = page.boxes
    box_of = columns.box_of
    level = np.array([box.level for box in boxes], np.float32)[box_of]
    path_of = np.array([box.path_id for box in boxes], np.int64)[box_of]
    good = np.array(structure.good_words, np.float32)
    good[(rule >= 3) & (words <= 60)] = 0
    total_good = float(good.sum()) + 1e-6
    total_words = float(words.sum()) + 1e-6
    order = np.arange(n, dtype=np.float32)
    before = np.cumsum(good) - good
    total_before = np.cumsum(words)
    is_good = good >= _GOOD_WORDS
    last_good = np.maximum.accumulate(np.where(is_good, order, -99))
    next_good = np.minimum.accumulate(np.where(is_good, order, n + 99)[::-1])[::-1]
    last_good_at = np.maximum.accumulate(np.where(is_good, total_before, -500))
    next_good_at = np.minimum.accumulate(np.where(is_good, total_before - words, total_words + 500)[::-1])[
        ::-1
    ]
    h1 = np.nonzero(level == 1)[0]
    h1_at = int(h1[0]) if len(h1) else -1
    up1 = columns.around[0][rows]
    first, last = np.array((structure.box_first, structure.box_last), np.float32)[:, up1]
    box_good = _gathered(columns, good)
    main_good = float(box_good[structure.main.index]) / total_good
    link_share = float((words * links).sum()) / total_words
    here, own_good, own_before, words_until = order[rows], good[rows], before[rows], total_before[rows]
    return as_matrix(
        [
            here / max(1, n - 1),
            (words_until - words[rows]) / total_words,
            own_before / total_good,
            1 - (own_before + own_good) / total_good,
            *_of_paths(path_of, words, links, good, total_good)[:, path_of[rows]],
            *_of_containers(columns, box_good, total_good, rows),
            *_of_main(columns, rows),
            np.minimum(here - last_good[rows], _FAR_BLOCKS),
            np.minimum(next_good[rows] - here, _FAR_BLOCKS),
            np.minimum(words_until - last_good_at[rows], _FAR_WORDS),
            np.minimum(next_good_at[rows] - words_until, _FAR_WORDS),
            np.clip(here - h1_at, -60, 120) if h1_at >= 0 else -61,
            here > h1_at,
            *_windows(good, links, rows),
            *_neighbours((words, links, good, rule, level), path_of, rows),
            here - first,
            last - here,
            last - first + 1,
            total_good,
            n,
            link_share,
            main_good,
            *_of_articles(columns, box_good, total_good, rows),
        ],
        len(rows),
    )


def _of_paths(
    path_of: Places, words: Columns, links: Columns, good: Columns, total_good: float
) -> npt.NDArray[Any]:
    """What the blocks of elements of the same path hold together: a column a path."""
    held = np.bincount(path_of, good)
    spoken = np.bincount(path_of, words)
    linked = np.bincount(path_of, words * links)
    size = np.bincount(path_of).astype(np.float32)
    some = np.maximum(spoken, 1)
    return np.array((held / some, held / total_good, spoken / np.maximum(size, 1), linked / some, size))


def _gathered(columns: PageColumns, good: Columns) -> npt.NDArray[np.float64]:
    """Return per box the good words in it and in all boxes within it."""
    parents = columns.parents
    gathered = np.bincount(columns.box_of, good, len(parents)).tolist()
    for at in range(len(parents) - 1, 0, -1):
        if gathered[at]:
            gathered[parents[at]] += gathered[at]
    return np.array(gathered)


def _of_containers(
    columns: PageColumns, box_good: npt.NDArray[np.float64], total_good: float, rows: Places
) -> list[npt.NDArray[Any]]:
    """What the box of a block and the three around it hold: good words, links, shares."""
    words, link_words = np.array((columns.structure.box_words, columns.structure.box_link_words), np.float64)
    some = np.maximum(words, 1)
    table = np.array((box_good, box_good / total_good, link_words / some, box_good / some))
    up1, up2, up3 = columns.around
    return [
        *table[:, columns.box_of[rows]],
        *table[:, up1[rows]],
        *table[1:, up2[rows]],
        *table[1::2, up3[rows]],
    ]


def _of_main(columns: PageColumns, rows: Places) -> list[npt.NDArray[Any]]:
    """Whether and where the block stands in the main container."""
    main = columns.structure.main
    first, last = columns.structure.box_first[main.index], columns.structure.box_last[main.index]
    in_main = (rows >= first) & (rows <= last)
    return [
        in_main,
        np.where(in_main, columns.depth_of_box[columns.box_of[rows]] - main.depth, -1),
        np.where(in_main, rows - first, -1),
        np.where(in_main, last - rows, -1),
    ]


def _neighbours(facts: tuple[Columns, ...], path_of: Places, rows: Places) -> list[npt.NDArray[Any]]:
    """Words, links, good words, rule and level of the two blocks before and the two behind; -1 for none."""
    padded = np.full((len(facts), len(path_of) + 4), -1, np.float32)
    for at, column in enumerate(facts):
        padded[at, 2:-2] = column
    same = np.zeros(len(path_of) + 1, np.float32)
    same[1:-1] = path_of[1:] == path_of[:-1]
    out: list[npt.NDArray[Any]] = []
    for near, far, is_same in ((rows + 1, rows, same[rows]), (rows + 3, rows + 4, same[rows + 1])):
        words, links, good, rule, level = padded[:, near]
        out += [words, links, is_same, good, rule, *padded[:-1, far], level]
    return out


def _of_articles(
    columns: PageColumns, box_good: npt.NDArray[np.float64], total_good: float, rows: Places
) -> tuple[npt.NDArray[Any] | float, float, npt.NDArray[Any] | float]:
    """The `<article>` around the block: its share, how many there are, whether it holds the most."""
    boxes = columns.page.boxes
    articles = [box.index for box in boxes if box.tag == "article"]
    if not articles:
        return -1, 0, -1
    article_of = [0] * len(boxes)
    for at in articles:
        article_of[at] = at
    for at in range(articles[0], len(boxes)):
        article_of[at] = article_of[at] or article_of[columns.parents[at]]
    best = max(articles, key=box_good.__getitem__)
    mine = np.array(article_of, np.int64)[columns.box_of[rows]]
    return (
        np.where(mine > 0, box_good[mine] / total_good, -1),
        len(articles),
        mine == best if best > 0 and box_good[best] > 0 else -1,
    )


def shifted(column: Columns, by: int) -> Columns:
    """Return the column moved down (or up, where `by` is negative), with -1 where the page ends."""
    moved = np.full(len(column), -1, np.float32)
    if by > 0:
        moved[by:] = column[:-by]
    else:
        moved[:by] = column[-by:]
    return moved


def _windows(good: Columns, links: Columns, rows: Places) -> list[npt.NDArray[Any]]:
    """Means of both columns over three and eight blocks on both sides, the block itself included."""
    n = len(good)
    sums = np.zeros((2, n + 1))
    np.cumsum((good, links), axis=1, dtype=np.float64, out=sums[:, 1:])
    means = []
    for reach in (3, 8):
        low, high = np.maximum(0, rows - reach), np.minimum(n, rows + reach + 1)
        means.append((sums[:, high] - sums[:, low]) / (high - low))
    near, wide = means
    return [near[0], wide[0], near[1], wide[1]]
