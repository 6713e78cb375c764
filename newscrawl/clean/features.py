"""What the learned scorer looks at: one row of numbers per block.

Python collects a few facts per block; all that follows from them (neighbours, containers, shares) is
computed over whole columns. The order of the columns is part of the model: see `FEATURE_NAMES`.
"""

import re
from typing import Final

import numpy as np
import numpy.typing as npt

from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.context import CONTEXT_NAMES, FACT_NAMES, Columns, context_columns
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.justext_vote import JustextVote
from newscrawl.clean.lexicon import GROUP_NAMES
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.structure import Structure
from newscrawl.clean.units import UNIT_NAMES, unit_columns
from newscrawl.clean.words import ends_like_a_sentence, has_date
from newscrawl.model import BlockKind

_UPPER = re.compile("[A-ZÀ-ÖØ-ÞΑ-ΩА-Я]")
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
    title_words = set(_WORD.findall(metadata.title.lower()))
    about_words = set(_WORD.findall((metadata.description or "").lower()))
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
        own_words = set(_WORD.findall(head.lower())) if words <= 80 and has_words else ()
        if own_words:
            if title_words:
                common = len(title_words & own_words)
                in_title = common / len(own_words)
                title_in = common / len(title_words)
            if about_words:
                in_about = len(about_words & own_words) / len(own_words)
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
                len(_UPPER.findall(head)) / len(head),
                len(_DIGIT.findall(head)) / len(head),
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
    columns: list[npt.NDArray[np.float32]] = [facts]
    columns.append(_bits(own_mask, len(GROUP_NAMES)))
    columns.append(_bits(near_mask, len(GROUP_NAMES)))
    columns.append(_bits(far_mask, len(GROUP_NAMES)))
    columns.append(_bits(inside_mask, len(INSIDE_NAMES)))
    kinds = np.zeros((len(rows), len(_KINDS)), np.float32)
    codes = np.array(kind_code, np.int64)
    ruled = np.nonzero(codes >= 0)[0]
    kinds[ruled, codes[ruled]] = facts[ruled, _STRENGTH]
    columns.append(kinds)
    columns.append(context_columns(page, structure, evidence)[rows])
    columns.append(unit_columns(page, structure, evidence, metadata)[rows])
    return np.concatenate(columns, axis=1)


_STRENGTH: Final = FACT_NAMES.index("evidence_strength")


def _bits(mask: list[int], count: int) -> Columns:
    raw = np.array(mask, "<u8").view(np.uint8).reshape(len(mask), 8)
    return np.unpackbits(raw, axis=1, bitorder="little")[:, :count].astype(np.float32)


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
