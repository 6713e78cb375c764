"""What the learned scorer looks at: one row of numbers per block.

Python collects a few facts per block; all that follows from them (neighbours, containers, shares) is
computed over whole columns. The order of the columns is part of the model: see `FEATURE_NAMES`.
"""

import re
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.columns import page_columns
from newscrawl.clean.context import CONTEXT_NAMES, FACT_NAMES, Columns, context_columns
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.justext_vote import JustextVote
from newscrawl.clean.lexicon import GROUP_NAMES
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.clean.units import UNIT_NAMES, unit_columns
from newscrawl.clean.words import ends_like_a_sentence, has_date, lower_words
from newscrawl.model import BlockKind

_UPPER = re.compile("[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
_UPPER_OF_ASCII = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"\w{2,}")
_HEAD_CHARS: Final = 120
_INSIDE_TEXT: Final = (
    "li table figure figcaption quote aside nav header footer form article main hidden button heading "
    "noscript pre address dialog details"
)
INSIDE_NAMES: Final = tuple(_INSIDE_TEXT.split())
_KINDS: Final = tuple(BlockKind)
_KIND_CODE: Final = {kind: code for code, kind in enumerate(_KINDS)}
_TAG_TEXT: Final = (
    "div p li td section article body h1 h2 h3 h4 h5 h6 blockquote figcaption dd dt th pre address footer "
    "header nav aside button figure main ul ol summary"
)
_TAGS: Final = {tag: code for code, tag in enumerate(_TAG_TEXT.split(), 1)}


def block_features(
    page: BlockPage,
    structure: Structure,
    evidence: list[Evidence | None],
    vote: JustextVote,
    metadata: Metadata,
    rows: list[int],
) -> Columns:
    """Return the matrix (rows x features) of the blocks in `rows`. Cost: about 25 microseconds a row.

    The blocks that no score is asked for still count as neighbours and in their containers.
    """
    blocks = page.blocks
    title_words = _words_of(metadata.title)
    about_words = _words_of(metadata.description or "")
    body = "".join(_WORD.findall(metadata.article_body.casefold())) if metadata.article_body else ""
    seen: dict[str, int] = {}
    for block in blocks:
        seen[block.text] = seen.get(block.text, 0) + 1
    base: list[list[float]] = []
    has_words = bool(title_words or about_words)
    own_mask: list[int] = []
    near_mask: list[int] = []
    far_mask: list[int] = []
    inside_mask: list[int] = []
    kind_code: list[int] = []
    for at in rows:
        block = blocks[at]
        text = block.text
        size = len(text)
        head = text[:_HEAD_CHARS]
        box = block.box
        first = text[0]
        words = structure.words[at]
        in_title = title_in = in_about = 0.0
        own_words = _words_of(head) if words <= 80 and has_words else ()
        if own_words:
            if title_words:
                common = len(title_words.intersection(own_words))
                in_title = common / len(own_words)
                title_in = common / len(title_words)
            if about_words:
                in_about = len(about_words.intersection(own_words)) / len(own_words)
        match = -1.0
        if body:
            match = 1.0 if "".join(_WORD.findall(head.casefold())) in body else 0.0
        found = evidence[at]
        kind_code.append(_KIND_CODE[found.kind] if found is not None else -1)
        own = block.groups | box.groups
        parent = box.parent
        near = 0
        itembody = box.itemprop == "articleBody"
        if parent is not None:
            near = parent.groups
            itembody = itembody or parent.itemprop == "articleBody"
            grand = parent.parent
            if grand is not None:
                near |= grand.groups
                itembody = itembody or grand.itemprop == "articleBody"
        own_mask.append(own)
        near_mask.append(near)
        far_mask.append(box.groups_above)
        inside_mask.append(box.inside)
        base.append(
            [
                words,
                size,
                structure.link_density[at],
                block.link_count,
                block.bold_chars / size,
                block.emphasis_chars / size,
                structure.sentences[at],
                ends_like_a_sentence(text),
                first.isupper(),
                first.islower(),
                not first.isalnum(),
                _count_upper(head) / len(head),
                _count_digits(head) / len(head),
                text.count(",") + text.count("，"),
                "|" in text or "•" in text or "»" in text or "·" in text,
                "@" in text or "http" in text,
                text[-1] == "?" or text[-1] == "!",
                text[-1] == "…" or text[-3:] == "..." or text[-1] == "]",
                text[-1] == ":",
                size / max(1.0, words),
                block.after_break,
                box.block_count,
                vote.stop_density[at],
                vote.alone[at],
                vote.in_context[at],
                has_date(head) if words <= 25 else 0.0,
                in_title,
                title_in,
                in_about,
                box.level,
                _TAGS.get(box.tag, 0),
                box.depth,
                itembody,
                found.strength if found is not None else 0,
                match,
                seen[text],
                block.after_image,
            ]
        )
    facts = np.array(base, np.float32).reshape(len(rows), len(FACT_NAMES))
    columns: list[npt.NDArray[Any]] = [facts]
    columns += _bits(own_mask, near_mask, far_mask, inside_mask)
    shared = page_columns(page, structure)
    wanted = np.array(rows, np.int64)
    kinds = np.zeros((len(rows), len(_KINDS)), np.float32)
    codes = np.array(kind_code, np.int64)
    ruled = np.nonzero(codes >= 0)[0]
    kinds[ruled, codes[ruled]] = facts[ruled, _STRENGTH]
    columns.append(kinds)
    columns.append(context_columns(shared, evidence, wanted))
    columns.append(unit_columns(shared, evidence, metadata, wanted))
    return np.concatenate(columns, axis=1)


def _words_of(text: str) -> set[str]:
    """Return the words of two characters and more in lower case."""
    return {word for word in lower_words(text) if len(word) > 1}


def _count_upper(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode().translate(None, _UPPER_OF_ASCII))
    return len(_UPPER.findall(text))


def _count_digits(text: str) -> int:
    if text.isascii():
        return len(text) - len(text.encode().translate(None, b"0123456789"))
    return len(_DIGIT.findall(text))


_STRENGTH: Final = FACT_NAMES.index("evidence_strength")


def _bits(own: list[int], near: list[int], far: list[int], inside: list[int]) -> list[npt.NDArray[Any]]:
    """Return the bits of each mask as columns: groups of the block, of what is near and far, places."""
    raw = np.array((own, near, far, inside), "<u8").view(np.uint8).reshape(4, len(own), 8)
    bits = np.unpackbits(raw, axis=2, bitorder="little")
    groups, places = len(GROUP_NAMES), len(INSIDE_NAMES)
    return [bits[0, :, :groups], bits[1, :, :groups], bits[2, :, :groups], bits[3, :, :places]]


FEATURE_NAMES: Final[tuple[str, ...]] = (
    *FACT_NAMES,
    *(f"own:{name}" for name in GROUP_NAMES),
    *(f"near:{name}" for name in GROUP_NAMES),
    *(f"far:{name}" for name in GROUP_NAMES),
    *(f"inside:{name}" for name in INSIDE_NAMES),
    *(f"rule:{kind}" for kind in _KINDS),
    *CONTEXT_NAMES,
    *UNIT_NAMES,
)
