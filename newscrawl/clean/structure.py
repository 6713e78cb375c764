"""The vote of structure: where the page's good text stands, and which container holds most of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage, Box, Inside
from newscrawl.clean.lexicon import group_bits
from newscrawl.clean.words import count_sentences, count_words, ends_like_a_sentence

# Text in these is rarely the article's, whatever it reads like.
_OUTSIDE = (
    Inside.NAV | Inside.FOOTER | Inside.FORM | Inside.HIDDEN | Inside.BUTTON | Inside.DIALOG | Inside.NOSCRIPT
)
_FOREIGN_GROUPS = group_bits("comments", "consent", "popup", "footer", "related", "newsletter", "bio")
# Words. A paragraph shorter than this says little about where the article stands.
MIN_GOOD_WORDS = 9
MAX_GOOD_LINK_DENSITY = 0.33
# The main container is followed down as long as one child holds this share of its good words.
_DESCEND_SHARE = 0.9


@dataclass(slots=True)
class Structure:
    """Facts per block and box, by index. `words` and `good_words` are counts of words."""

    words: list[float]
    sentences: list[int]
    link_density: list[float]
    good_words: list[float]
    path_good: dict[int, float]  # good words by the box's path: tags and classes from the root down
    box_good: list[float]  # in the box and all boxes within it
    box_words: list[float]
    box_link_words: list[float]
    box_first: list[int]  # index of the first and last block in the box, boxes within included
    box_last: list[int]
    box_images: list[int]  # in the box and all boxes within it
    main: Box
    total_good: float


def read_structure(page: BlockPage) -> Structure:
    """Count words and find the main container. Cost: linear in blocks and boxes."""
    count = len(page.boxes)
    path_good: dict[int, float] = {}
    words: list[float] = []
    sentences: list[int] = []
    density: list[float] = []
    good: list[float] = []
    box_good = [0.0] * count
    box_words = [0.0] * count
    box_links = [0.0] * count
    first = [-1] * count
    last = [-1] * count
    for block in page.blocks:
        text = block.text
        number = count_words(text)
        links = block.link_chars / len(text)
        box = block.box
        ends = count_sentences(text)
        value = 0.0
        if (
            number >= MIN_GOOD_WORDS
            and links <= MAX_GOOD_LINK_DENSITY
            and not box.inside & _OUTSIDE
            and (number >= 20 or ends_like_a_sentence(text))
        ):
            value = number if ends else number / 2
            if box.groups_above & _FOREIGN_GROUPS:
                value *= 0.3
        words.append(number)
        sentences.append(ends)
        density.append(links)
        good.append(value)
        at = box.index
        box_words[at] += number
        box_links[at] += number * links
        box_good[at] += value
        if value:
            path_good[box.path_id] = path_good.get(box.path_id, 0.0) + value
        if first[at] < 0:
            first[at] = block.index
        last[at] = block.index
    images = [box.images for box in page.boxes]
    for box in reversed(page.boxes):  # children stand after their parents
        if box.parent is not None:
            up, at = box.parent.index, box.index
            box_words[up] += box_words[at]
            box_links[up] += box_links[at]
            box_good[up] += box_good[at]
            images[up] += images[at]
            if first[at] >= 0:
                first[up] = first[at] if first[up] < 0 else min(first[up], first[at])
                last[up] = max(last[up], last[at])
    main = _main_box(page.boxes, box_good)
    return Structure(
        words=words,
        sentences=sentences,
        link_density=density,
        good_words=good,
        path_good=path_good,
        box_good=box_good,
        box_words=box_words,
        box_link_words=box_links,
        box_first=first,
        box_last=last,
        box_images=images,
        main=main,
        total_good=box_good[0],
    )


# The scores that structure alone gives.
_PARAGRAPH, _HEADING, _LINE, _LINKS, _ELSEWHERE, _NOWHERE = 0.95, 0.55, 0.6, 0.2, 0.45, 0.05


def structure_scores(page: BlockPage, structure: Structure) -> npt.NDArray[np.float32]:
    """Return a score per block by structure alone: for pages too large to look at each block closely."""
    main = structure.main.index
    first, last = structure.box_first[main], structure.box_last[main]
    scores = np.full(len(page.blocks), _NOWHERE, np.float32)
    for block in page.blocks:
        at = block.index
        good = structure.good_words[at]
        if not first <= at <= last or block.box.inside & _OUTSIDE:
            scores[at] = _ELSEWHERE if good >= 20 else _NOWHERE
        elif good:
            scores[at] = _PARAGRAPH
        elif structure.link_density[at] > MAX_GOOD_LINK_DENSITY:
            scores[at] = _LINKS
        else:
            scores[at] = _HEADING if block.box.level else _LINE
    return scores


def _main_box(boxes: list[Box], box_good: list[float]) -> Box:
    best_child: dict[int, Box] = {}
    for box in boxes[1:]:
        assert box.parent is not None
        up = box.parent.index
        if up not in best_child or box_good[box.index] > box_good[best_child[up].index]:
            best_child[up] = box
    main = boxes[0]
    while main.index in best_child:
        child = best_child[main.index]
        if box_good[child.index] < _DESCEND_SHARE * box_good[main.index] or not box_good[child.index]:
            break
        if child.tag in ("p", "li", "blockquote", "pre", "tr", "td") and box_good[child.index] < 150:
            break
        main = child
    return main
