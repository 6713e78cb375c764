"""The hand-made labels: what each removed block of 132 pages is, without a word of their text.

`labels.json` holds per page its key, the part it belongs to (`open`: looked at while rules are written;
`held-out`: only counted) and rows of position, hash of the text, and the right kinds joined by `|`.
Several kinds stand where they are equally right ("Print": share or navigation). `article` marks a block
that belongs to the text: to cut it is wrong under any kind.
"""

import hashlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

LABELS = Path(__file__).with_name("labels.json")
ARTICLE = "article"
_HASH_CHARS = 12


@dataclass(frozen=True, slots=True)
class Label:
    """The right kinds of the block at `position` (its place among all blocks when it was labelled)."""

    position: int
    text_hash: str
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """The labels of one page; `part` is `open` or `held-out`."""

    key: str
    part: str
    labels: tuple[Label, ...]


def read_labels() -> list[LabelledPage]:
    """Return the labelled pages in the file's order."""
    return [
        LabelledPage(
            page["key"],
            page["part"],
            tuple(Label(at, text, frozenset(kinds.split("|"))) for at, text, kinds in page["blocks"]),
        )
        for page in json.loads(LABELS.read_text("utf-8"))["pages"]
    ]


def labels_digest() -> str:
    """Return the digest of the labels: figures are comparable only under the same labels."""
    return hashlib.sha256(LABELS.read_bytes()).hexdigest()[:16]


def hash_of(text: str) -> str:
    """Return the short hash of a block's text, white space collapsed."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()[:_HASH_CHARS]


def match_labels(page: LabelledPage, blocks: list[tuple[int, str]]) -> dict[int, Label]:
    """Return the label per position of `blocks` (position, text).

    Positions shift when the cleaner parts a page differently: a label goes to the nearest block with its
    text, and each block takes one label at most.
    """
    places: dict[str, list[int]] = defaultdict(list)
    for position, text in blocks:
        places[hash_of(text)].append(position)
    found: dict[int, Label] = {}
    for label in page.labels:
        free = [at for at in places[label.text_hash] if at not in found]
        if free:
            found[min(free, key=lambda at: abs(at - label.position))] = label
    return found
