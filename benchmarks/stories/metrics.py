"""Scores of a clustering: BCubed (Bagga and Baldwin 1998) and pairs."""

from collections import Counter
from collections.abc import Mapping


def bcubed_f(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Return BCubed precision, recall and F."""
    both = Counter((gold[i], found[i]) for i in gold)
    golds, founds = Counter(gold.values()), Counter(found[i] for i in gold)
    precision = sum(n * n / founds[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / golds[g] for (g, _), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def pair_scores(gold: Mapping[str, str], found: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1 over pairs of articles put together."""

    def pairs(counts: Counter[object]) -> int:
        return sum(n * (n - 1) // 2 for n in counts.values())

    hits = pairs(Counter((gold[i], found[i]) for i in gold))
    precision = hits / max(pairs(Counter(found[i] for i in gold)), 1)
    recall = hits / max(pairs(Counter(gold.values())), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
