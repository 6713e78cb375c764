"""Hold a cleaned article against what its page should give, and say each difference in one line."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from examples.newsstand.page import Block, RenderedPage
from newscrawl.model import Article, RemovedBlock

# A cleaner may cut a page into finer or coarser blocks than the theme noted: "Share", "Facebook" or one
# run of both, with or without a blank where only the style sheet sets them apart. So texts are compared as
# letters, in the page's order, whatever the blocks.
_WORD = re.compile(r"\w+")


def differences(page: RenderedPage, paragraphs: Sequence[str], removed: Sequence[RemovedBlock]) -> list[str]:
    """Return what is wrong with the text and the removal record of a page; empty when nothing is."""
    return [
        *text_differences(page.paragraphs, paragraphs),
        *removal_differences(page.removed, removed),
    ]


def text_differences(expected: Sequence[str], paragraphs: Sequence[str]) -> list[str]:
    """Return the paragraphs that are missing, left in or out of order."""
    wrong = [f"missing paragraph: {text!r}" for text in expected if text not in paragraphs]
    wrong += [f"left in: {text!r}" for text in paragraphs if text not in expected]
    if not wrong and list(expected) != list(paragraphs):
        wrong.append("paragraphs out of order or repeated")
    return wrong


def removal_differences(expected: Sequence[Block], removed: Sequence[RemovedBlock]) -> list[str]:
    """Return the removed texts that are not on record, or on record as something else.

    Each expected text must stand in one removed block or in a run of them; it is of the kind of the block
    that most of its letters stand in.
    """
    record = _Record(removed)
    wrong: list[str] = []
    for wanted in expected:
        found = record.find(wanted.text)
        if not found:
            wrong.append(f"not on record: {'|'.join(wanted.kinds)} {wanted.text!r}")
        elif not any(block.kind in wanted.kinds for block in found):
            as_what = f"{found[0].kind} ({found[0].rule})"
            wrong.append(f"{'|'.join(wanted.kinds)} on record as {as_what}: {wanted.text!r}")
    return wrong


def metadata_differences(
    article: Article, *, title: str, authors: Iterable[str], published_at: object, language: str
) -> list[str]:
    """Return the fields of `article` that are not as given."""
    pairs = {
        "title": (title, article.title),
        "authors": (tuple(authors), article.authors),
        "published_at": (published_at, article.published_at),
        "language": (language, (article.language or "").partition("-")[0]),
    }
    return [f"{name}: expected {want!r}, got {got!r}" for name, (want, got) in pairs.items() if want != got]


class _Record:
    """The letters of all removed blocks in the page's order, each knowing its block."""

    def __init__(self, removed: Sequence[RemovedBlock]) -> None:
        letters: list[str] = []
        self._block_of: list[RemovedBlock] = []
        self._word_starts: set[int] = set()
        for block in sorted(removed, key=lambda block: block.position):
            for word in _WORD.findall(block.text.lower()):
                self._word_starts.add(len(self._block_of))
                letters.append(word)
                self._block_of += [block] * len(word)
        self._letters = "".join(letters)

    def find(self, text: str) -> list[RemovedBlock]:
        """Return the block of each place where `text` stands, places at the start of a word before others."""
        sought = "".join(_WORD.findall(text.lower()))
        places = [match.start() for match in re.finditer(f"(?={re.escape(sought)})", self._letters)]
        places = [at for at in places if at in self._word_starts] or places
        return [self._holder(at, at + len(sought)) for at in places]

    def _holder(self, start: int, end: int) -> RemovedBlock:
        counts = Counter(block.position for block in self._block_of[start:end])
        position = max(counts, key=lambda position: counts[position])
        return next(block for block in self._block_of[start:end] if block.position == position)
