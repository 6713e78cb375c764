"""Kept blocks become paragraphs: the pieces of a broken line and the cells of one row join again."""

from newscrawl.clean.blocks import Block, Box

# One <br> may break a line within a sentence, two are a paragraph's end.
BREAKS_OF_A_PARAGRAPH = 2
_LINE_ENDS = frozenset('.!?…:;。！？”»"')
_CELLS = frozenset(("td", "th"))


def join_paragraphs(blocks: list[Block]) -> list[str]:
    """Return the paragraphs that the kept `blocks` make, in the page's order.

    Each line stands for itself, but a line that a single `<br>` broke off within a sentence is joined
    again. Cells of one table row that hold nothing but a line each are one paragraph, parted by tabs.
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
                and text[0].islower()
                and paragraphs[-1][-1] not in _LINE_ENDS
            ):
                paragraphs[-1] = f"{paragraphs[-1]} {text}"
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
