"""Kept blocks become paragraphs: pieces of one line-broken paragraph and cells of one row join again."""

from newscrawl.clean.blocks import Block, Box

# One <br> is a line break within a paragraph, two are a paragraph's end.
BREAKS_OF_A_PARAGRAPH = 2
_CELLS = frozenset(("td", "th"))


def join_paragraphs(blocks: list[Block]) -> list[str]:
    """Return the paragraphs that the kept `blocks` make, in the page's order.

    Blocks that a single `<br>` parts are lines of one paragraph. Cells of one table row that hold
    nothing but a line each are one paragraph, parted by tabs.
    """
    paragraphs: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = block.text
        if previous is not None:
            if (
                block.box is previous.box
                and block.index == previous.index + 1
                and 0 < block.after_break < BREAKS_OF_A_PARAGRAPH
            ):
                paragraphs[-1] = f"{paragraphs[-1]}\n{text}"
                previous = block
                continue
            if _same_row(previous.box, block.box):
                paragraphs[-1] = f"{paragraphs[-1]}\t{text}"
                previous = block
                continue
        paragraphs.append(text)
        previous = block
    return paragraphs


def _same_row(left: Box, right: Box) -> bool:
    return (
        left is not right
        and left.tag in _CELLS
        and right.tag in _CELLS
        and left.parent is right.parent
        and left.block_count == 1
        and right.block_count == 1
    )
