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
_NEVER_GOOD = _OUTSIDE & ~Inside.HIDDEN
_FOREIGN_GROUPS = group_bits("comments", "consent", "popup", "footer", "related", "newsletter", "bio")
_FOREIGN_WORTH = 0.3
# Names that are right on long texts too: threads of comments and lists of teasers can outweigh an article.
_TELLING_GROUPS = group_bits("comments", "related", "popular", "teaser", "sidebar", "list", "footer")
# What the name of an element that holds the article may mean.
_CONTENT_GROUPS = group_bits(
    "body", "content", "article", "title", "standfirst", "quote", "live", "section", "correction"
)
# Hidden text goes on where the element around it shows so many words, or this share of what is shown, and
# where all that is hidden in elements of its path is this much beside it.
_SHOWN_WORDS, _SHOWN_AROUND, _HIDDEN_OF_SHOWN = 25.0, 0.3, 0.3
# Shares of the page's good words.
_NEARLY_ALL, _MOST, _SHARE_OF_PATH = 0.85, 0.5, 0.2
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
        ends = count_sentences(text)
        value = 0.0
        if (
            number >= MIN_GOOD_WORDS
            and links <= MAX_GOOD_LINK_DENSITY
            and not block.box.inside & _NEVER_GOOD
            and (number >= 20 or ends_like_a_sentence(text))
        ):
            value = number if ends else number / 2
        words.append(number)
        sentences.append(ends)
        density.append(links)
        good.append(value)
    _show_what_scripts_show(page, good)
    for block in page.blocks:
        if block.box.inside & Inside.HIDDEN:
            good[block.index] = 0.0
    _settle_names(page, good)
    for block in page.blocks:
        box, at = block.box, block.box.index
        if box.groups_above & _FOREIGN_GROUPS:
            good[block.index] *= _FOREIGN_WORTH
        value, number = good[block.index], words[block.index]
        box_words[at] += number
        box_links[at] += number * density[block.index]
        box_good[at] += value
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
        box_good=box_good,
        box_words=box_words,
        box_link_words=box_links,
        box_first=first,
        box_last=last,
        box_images=images,
        main=main,
        total_good=box_good[0],
    )


def _show_what_scripts_show(page: BlockPage, good: list[float]) -> None:
    """Take hidden elements for shown where they go on with the text that is shown around them.

    Metered sites send the whole article and hide the paragraphs after the first until a script has
    asked who reads.
    """
    if not any(box.inside & Inside.HIDDEN for box in page.boxes):
        return
    shown = [0.0] * len(page.boxes)
    hidden_on_path: dict[int, float] = {}
    held = [0.0] * len(page.boxes)
    for block in page.blocks:
        at = block.box.index
        if block.box.inside & Inside.HIDDEN:
            held[at] += good[block.index]
        else:
            shown[at] += good[block.index]
    for box in reversed(page.boxes):
        if held[box.index]:
            hidden_on_path[box.path_id] = hidden_on_path.get(box.path_id, 0.0) + held[box.index]
        if box.parent is not None:
            held[box.parent.index] += held[box.index]
            shown[box.parent.index] += shown[box.index]
    total = shown[0]
    was_hidden = [bool(box.inside & Inside.HIDDEN) for box in page.boxes]
    for box in page.boxes[1:]:  # parents stand before their children
        if not was_hidden[box.index] or box.parent is None:
            continue
        up = box.parent.index
        if was_hidden[up]:
            hides = bool(box.parent.inside & Inside.HIDDEN)
        else:
            hides = (
                shown[up] < min(_SHOWN_WORDS, _SHOWN_AROUND * total)
                or hidden_on_path.get(box.path_id, 0.0) < _HIDDEN_OF_SHOWN * total
            )
        if not hides:
            box.inside &= ~Inside.HIDDEN


def _settle_names(page: BlockPage, good: list[float]) -> None:
    """Forget class names that cannot mean what they say: those of elements that hold most of the text.

    Themes write "comments-open" or "has-newsletter" on the body, and paywalls "subscriber-only" on each
    paragraph. Comments and teasers may be longer than the article: their names take nearly all of the text.
    """
    total = sum(good)
    if not total:
        return
    held = [0.0] * len(page.boxes)
    on_path: dict[int, float] = {}
    for block in page.blocks:
        value = good[block.index]
        if value:
            held[block.box.index] += value
    for box in reversed(page.boxes):
        value = held[box.index]
        if value and box.parent is not None:
            held[box.parent.index] += value
            on_path[box.path_id] = on_path.get(box.path_id, 0.0) + value
    for box in page.boxes:
        if box.groups:
            share = held[box.index] / total
            if share > _NEARLY_ALL:
                box.groups &= _CONTENT_GROUPS
            elif share > _MOST or on_path.get(box.path_id, 0.0) > _SHARE_OF_PATH * total:
                box.groups &= _CONTENT_GROUPS | _TELLING_GROUPS
        box.groups_above = box.groups | (box.parent.groups_above if box.parent is not None else 0)


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
