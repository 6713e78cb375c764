"""What stays because its like stays: lines of one element, and elements of the path that the text is made of.

A scorer that looks at blocks one by one loses the tenth item of a list, a paragraph under the fourth
picture, the cells of half a table. Where most words of a path are text, so is the rest of it that no rule
speaks against.
"""

from typing import Final

from newscrawl.clean.blocks import Box
from newscrawl.clean.evidence import CERTAIN
from newscrawl.clean.votes import Votes

# Kept words of a path, and their share of its words, from which its other blocks stay: between the first and
# the last block that stay, and beyond them (there only what has so many words). The least score of those
# blocks, and their largest link density. Cross-validated mean F1 of six sets .9609 -> .9623, .9613 -> .9627
# (two trainings), on both halves of the sites (with `HEADING_BY_ITSELF`).
# wcxb .944 -> .947, fundus_tests .976 -> .979, scrapinghub .970 -> .972, np4k -.0004.
PATH_WORDS: Final = 40.0
SHARE_WITHIN: Final = 0.5
SHARE_BEYOND: Final = 0.7
WORDS_BEYOND: Final = 8
LIKE_THE_TEXT: Final = 0.1
MAX_LINKS: Final = 0.3
# A paragraph right after one of its path that stays does so from this score on, whatever its length, where so
# many blocks of the path, and such a share of them, stay.
REST_OF_A_RUN: Final = 0.06
RUN_SHARE: Final = 0.8
# Lines of one element that stay, from which one that goes on with them stays, and its least score.
RUN_BLOCKS: Final = 5
LAST_LINE: Final = 0.35


def keep_what_is_like_the_text(votes: Votes, kept: list[bool]) -> None:
    """Keep the blocks whose path is mostly text already, where no rule speaks against them."""
    page, structure, evidence, scores = votes
    words = structure.words
    total: dict[int, float] = {}
    stay: dict[int, float] = {}
    first = last = -1
    for block in page.blocks:
        at, path = block.index, block.box.path_id
        total[path] = total.get(path, 0.0) + words[at]
        if kept[at]:
            stay[path] = stay.get(path, 0.0) + words[at]
            first, last = at if first < 0 else first, at
    for block in page.blocks:
        at, path = block.index, block.box.path_id
        if kept[at] or evidence[at] is not None or scores[at] < LIKE_THE_TEXT:
            continue
        within = first < at < last
        if structure.link_density[at] > MAX_LINKS or not (within or words[at] >= WORDS_BEYOND):
            continue
        share = SHARE_WITHIN if within else SHARE_BEYOND
        found = stay.get(path, 0.0)
        if found >= max(PATH_WORDS, share * total[path]) and any(map(str.isalnum, block.text)):
            kept[at] = True


def keep_the_rest_of_a_run(votes: Votes, kept: list[bool]) -> None:
    """Where nearly all elements of one path stay, so do those next to them that no rule speaks against."""
    page, structure, evidence, scores = votes
    total: dict[int, int] = {}
    stay: dict[int, int] = {}
    for block in page.blocks:
        path = block.box.path_id
        total[path] = total.get(path, 0) + 1
        stay[path] = stay.get(path, 0) + kept[block.index]
    last = -1  # the block before, past advertisements, captions and the like
    for at, block in enumerate(page.blocks):
        path, rule = block.box.path_id, evidence[at]
        if (
            last >= 0
            and not kept[at]
            and kept[last]
            and rule is None
            and scores[at] >= REST_OF_A_RUN
            and block.box.tag == "p"
            and path == page.blocks[last].box.path_id
            and total[path] >= RUN_BLOCKS
            and stay[path] >= RUN_SHARE * total[path]
            and structure.link_density[at] <= MAX_LINKS
            and any(map(str.isalnum, block.text))
        ):
            kept[at] = True
        if kept[at] or rule is None or rule.strength < CERTAIN:
            last = at


def keep_the_last_lines(votes: Votes, kept: list[bool]) -> None:
    """Where the lines of one element, parted by breaks, stay, so does one that goes on with them."""
    page, structure, evidence, scores = votes
    run: Box | None = None
    lines = 0
    for block in page.blocks:
        at, rule = block.index, evidence[block.index]
        if block.box is not run:
            run, lines = (block.box, 1) if kept[at] else (None, 0)
        elif kept[at]:
            lines += 1
        elif (
            lines >= RUN_BLOCKS
            and rule is None
            and scores[at] >= LAST_LINE
            and structure.link_density[at] <= MAX_LINKS
            and any(map(str.isalnum, block.text))
        ):
            kept[at] = True
        elif rule is None or rule.strength < CERTAIN:
            run = None
