"""Pull quotes: a sentence of the text that stands once more as a line of its own."""

from typing import Final

from newscrawl.clean.blocks import Block, Inside

_MIN_WORDS: Final = 5
_MIN_BARE_WORDS: Final = 8  # without a quotation mark
_MAX_WORDS: Final = 45
_MIN_CHARS: Final = 28
# Kept blocks. Each candidate is looked for in the whole text; one of 1,525 labelled pages keeps more.
_MOST_BLOCKS: Final = 1_000
# The paragraph that holds the sentence says more than it.
_LONGER: Final = 1.2
_LISTS: Final = Inside.LI | Inside.TABLE
_QUOTES: Final = "\"“”„«»‹›「」『』‘’' "
_EDGES: Final = _QUOTES + ".,…—–-!"
_CLOSING: Final = '”“»"」』'


def find_pull_quotes(blocks: list[Block], words: list[float], kept: list[bool]) -> list[int]:
    """Return the places of the kept blocks that only repeat a part of a longer kept paragraph.

    The first line that stays may be the standfirst, a heading or an item of a list names what follows: they
    are left alone, and so is what has the markup of the paragraph that holds it.
    """
    texts = [block.text for block in blocks if kept[block.index]]
    if len(texts) > _MOST_BLOCKS:
        return []
    paths = {block.text: block.box.path_id for block in blocks if kept[block.index]}
    whole = "\n".join(texts)
    found = []
    for block in blocks:
        at = block.index
        if not kept[at] or not _MIN_WORDS <= words[at] <= _MAX_WORDS or block.text == texts[0]:
            continue
        if block.box.level or block.box.inside & _LISTS:
            continue
        if block.text[0] not in _QUOTES and words[at] < _MIN_BARE_WORDS:
            continue
        core = _core(block.text)
        if len(core) < _MIN_CHARS or whole.find(core, whole.find(core) + 1) < 0:
            continue
        longest = max((text for text in texts if core in text), key=len)
        if len(longest) >= _LONGER * len(block.text) and paths[longest] != block.box.path_id:
            found.append(at)
    return [at for at in found if not _goes_on(blocks, at)]


def _goes_on(blocks: list[Block], at: int) -> bool:
    """Tell whether a quotation has more than this paragraph: then it is one, and no pull quote."""
    box = blocks[at].box
    if not box.inside & Inside.QUOTE or box.tag == "blockquote":
        return False
    beside = (other.box for other in blocks[max(0, at - 1) : at + 2] if other.box is not box)
    return any(other.parent is box.parent and other.path_id == box.path_id for other in beside)


def _core(text: str) -> str:
    """Return the words of a line without quotation marks, and without who said them.

    >>> _core("“We heard nothing in the night.” Ilse Brandt")
    'We heard nothing in the night'
    """
    if text[0] in _QUOTES:
        inner = text.lstrip(_QUOTES)
        ends = [at for mark in _CLOSING if (at := inner.find(mark)) > 0]
        text = inner[: min(ends)] if ends else inner
    return text.strip(_EDGES)
