"""What a rule says of a block: the kind of boilerplate it looks like, by which rule, how surely.

Rules look at one block (`rule_reader`) or carry a heading's meaning over the blocks below it (`sections`).
Whether a block is cut is decided elsewhere, from this and the other votes.
"""

from dataclasses import dataclass
from typing import Final

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.labels import MAX_LABEL_CHARS, label_of
from newscrawl.model import BlockKind

# Strengths of evidence.
CERTAIN: Final = 3  # cut, whatever the other votes say
LIKELY: Final = 2  # cut, unless the other votes are sure that it is a paragraph
HINT: Final = 1  # names the kind of a block that the other votes cut


@dataclass(frozen=True, slots=True)
class Evidence:
    """One rule's word on a block."""

    kind: BlockKind
    rule: str
    strength: int


def label_evidence(page: BlockPage) -> list[Evidence | None]:
    """Return what labels alone say: all that a page of very many blocks is asked."""
    found: list[Evidence | None] = []
    for block in page.blocks:
        label = label_of(block.text) if len(block.text) <= MAX_LABEL_CHARS else None
        found.append(Evidence(label, f"{label}:label", CERTAIN) if label is not None else None)
    return found
