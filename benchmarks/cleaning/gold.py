"""Labels for blocks from a page's gold text: which share of a block is article."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

# As in the benchmark's own metric: runs of word characters, scripts without spaces by character.
_TOKEN = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]"
    r"|[^\W\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)
_SHINGLE = 4
# Blocks around a block that tell which of two equal blocks is the one in the gold text.
_NEIGHBOURS = 6
# A page with less of its gold found in its blocks has other text than the gold: not used for training.
MIN_COVERAGE = 0.7
_OPTIONAL = 0.5


@dataclass(frozen=True, slots=True)
class BlockLabels:
    """Per block the share (0 to 1) of its tokens in the gold, its weight, and the gold's coverage."""

    share: list[float]
    weight: list[float]
    coverage: float


def tokens(text: str) -> list[str]:
    """Return the metric's tokens, in lower case."""
    return _TOKEN.findall(text.lower())


def _shingles(toks: Sequence[str]) -> list[tuple[str, ...]]:
    if len(toks) < _SHINGLE:
        return [tuple(toks)] if toks else []
    return [tuple(toks[at : at + _SHINGLE]) for at in range(len(toks) - _SHINGLE + 1)]


def _line_keys(text: str) -> set[tuple[str, ...]]:
    return {tuple(tokens(line)) for line in text.split("\n")}


def label_blocks(texts: Sequence[str], gold: str, optional: Sequence[str] = ()) -> BlockLabels:
    """Label the blocks of a page against its gold text.

    Weight is (min(tokens, 200) + 5) / (gold tokens + 60): a block counts by its share of the page, as it
    does in F1. Blocks of optional paragraphs have share 0.5 and no weight.
    """
    gold_tokens = tokens(gold)
    gold_grams = set(_shingles(gold_tokens))
    gold_lines = _line_keys(gold)
    optional_grams: set[tuple[str, ...]] = set()
    optional_lines: set[tuple[str, ...]] = set()
    for extra in optional:
        optional_grams.update(_shingles(tokens(extra)))
        optional_lines.update(_line_keys(extra))
    gold_bag = set(gold_tokens)
    shares: list[float] = []
    toks_of = [tokens(text) for text in texts]
    is_optional = []
    for toks in toks_of:
        shares.append(_share(toks, gold_grams, gold_lines, gold_bag))
        is_optional.append(
            bool(toks) and _share(toks, optional_grams, optional_lines, set()) > _OPTIONAL
            if optional
            else False
        )
    covered, found = _in_the_flow(toks_of, gold_grams)
    for at, toks in enumerate(toks_of):
        if (
            0 < len(toks) < _SHINGLE
        ):  # a cell or a short line: the gold may join it with what stands beside it
            shares[at] = max(shares[at], covered[at] / len(toks))
    _settle_duplicates(toks_of, shares)
    weights = []
    for at, toks in enumerate(toks_of):
        weight = (min(len(toks), 200) + 5) / (len(gold_tokens) + 60)
        if is_optional[at]:
            shares[at], weight = 0.5, 0.0
        weights.append(weight)
    for at, toks in enumerate(toks_of):
        if shares[at] > 0.2 or is_optional[at]:
            found.update(_shingles(toks))
    coverage = len(found & gold_grams) / len(gold_grams) if gold_grams else 0.0
    return BlockLabels(shares, weights, coverage)


def _share(toks: list[str], grams: set[tuple[str, ...]], lines: set[tuple[str, ...]], bag: set[str]) -> float:
    if not toks:
        return 0.0
    if len(toks) < _SHINGLE:
        return 1.0 if tuple(toks) in lines else 0.0
    covered = [False] * len(toks)
    for at, gram in enumerate(_shingles(toks)):
        if gram in grams:
            covered[at : at + _SHINGLE] = [True] * _SHINGLE
    return sum(covered) / len(toks)


def _in_the_flow(
    toks_of: list[list[str]], grams: set[tuple[str, ...]]
) -> tuple[list[int], set[tuple[str, ...]]]:
    """Count each block's tokens in gold shingles that run over its edges; return those shingles too."""
    flow = [(token, at) for at, toks in enumerate(toks_of) for token in toks]
    covered = [False] * len(flow)
    found = set()
    for start in range(len(flow) - _SHINGLE + 1):
        piece = flow[start : start + _SHINGLE]
        if piece[0][1] != piece[-1][1]:
            gram = tuple(token for token, _ in piece)
            if gram in grams:
                covered[start : start + _SHINGLE] = [True] * _SHINGLE
                found.add(gram)
    counts = [0] * len(toks_of)
    for (_, at), is_covered in zip(flow, covered, strict=True):
        counts[at] += is_covered
    return counts, found


def _settle_duplicates(toks_of: list[list[str]], shares: list[float]) -> None:
    """Of blocks with the same text keep the one whose neighbourhood is densest in gold."""
    places: dict[tuple[str, ...], list[int]] = {}
    for at, toks in enumerate(toks_of):
        if toks and shares[at] > 0.5:
            places.setdefault(tuple(toks), []).append(at)
    before = list(shares)
    for ats in places.values():
        if len(ats) > 1:
            densities = [_density(at, toks_of, before) for at in ats]
            best = max(range(len(ats)), key=lambda i: (densities[i], -ats[i]))
            for i, at in enumerate(ats):
                if i != best:
                    shares[at] = 0.0


def _density(at: int, toks_of: list[list[str]], shares: list[float]) -> float:
    total = hit = 0.0
    for other in range(max(0, at - _NEIGHBOURS), min(len(shares), at + _NEIGHBOURS + 1)):
        if other != at:
            total += len(toks_of[other])
            hit += len(toks_of[other]) * shares[other]
    return hit / total if total else 0.0
