"""Hold a cleaned article against what its page should give, and say each difference in one line."""

import re
from collections.abc import Iterable, Sequence

from examples.newsstand.page import Block, RenderedPage
from newscrawl.model import Article, RemovedBlock

# A cleaner may cut a page into finer or coarser blocks than the theme noted: "Share", "Facebook" or one
# run of both. So texts are compared as words, in the page's order, whatever the blocks.
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

    Each expected text must stand, word for word, in one removed block or in a run of them; it is of the
    kind of the block that most of its words stand in.
    """
    words: list[str] = []
    kinds: list[str] = []
    rules: list[str] = []
    for block in sorted(removed, key=lambda block: block.position):
        for word in _words(block.text):
            words.append(word)
            kinds.append(str(block.kind))
            rules.append(block.rule)
    wrong: list[str] = []
    for wanted in expected:
        sought = _words(wanted.text)
        places = list(_find(words, sought))
        if not places:
            wrong.append(f"not on record: {'|'.join(wanted.kinds)} {wanted.text!r}")
            continue
        found = [_most(kinds[at : at + len(sought)]) for at in places]
        if not any(kind in wanted.kinds for kind in found):
            rule = _most(rules[places[0] : places[0] + len(sought)])
            wrong.append(f"{'|'.join(wanted.kinds)} on record as {found[0]} ({rule}): {wanted.text!r}")
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


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _find(words: Sequence[str], sought: Sequence[str]) -> Iterable[int]:
    size = len(sought)
    return (at for at in range(len(words) - size + 1) if list(words[at : at + size]) == sought)


def _most(values: Sequence[str]) -> str:
    return max(sorted(set(values)), key=list(values).count)
