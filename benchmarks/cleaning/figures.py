"""Quality figures of a cleaner's texts, set by set, by the benchmark's own metrics."""

import statistics
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from benchmarks.cleaning.corpus import SNIPPET_SETS

Figures = dict[str, dict[str, float]]


def text_figures(bench: Any, texts: Iterable[tuple[dict[str, Any], str]]) -> Figures:
    """Return F1, P, R, cln99, wrong shingles a page and empty texts per set; F1 and leak for snippets."""
    by_set: dict[str, list[dict[str, Any]]] = defaultdict(list)
    snippets: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    by_language: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for gold, text in texts:
        if gold["gold_text"]:
            score = bench.score_text(gold, text)
            by_set[gold["dataset"]].append(score)
            if gold["dataset"] == "daniel":
                by_language[f"daniel:{gold['lang']}"].append(score)
        elif gold["dataset"] in SNIPPET_SETS:
            snippets[gold["dataset"]].append(bench.score_snippets(gold, text))
    figures = {name: _of_pages(bench, scores) for name, scores in (by_set | by_language).items()}
    for name, counts in snippets.items():
        hit, missed, bad, good = (sum(column) for column in zip(*counts, strict=True))
        precision, recall = hit / max(1, hit + bad), hit / max(1, hit + missed)
        figures[name] = {
            "pages": len(counts),
            "f1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
            "p": round(precision, 4),
            "r": round(recall, 4),
            "leak": round(bad / max(1, bad + good), 4),
        }
    return dict(sorted(figures.items()))


def _of_pages(bench: Any, scores: list[dict[str, Any]]) -> dict[str, float]:
    total = bench.aggregate(scores, 2)
    pairs = [bench.page_pr(score) for score in scores]
    return {
        "pages": len(scores),
        "f1": round(float(total["f1"]), 4),
        "p": round(float(total["p"]), 4),
        "r": round(float(total["r"]), 4),
        "cln99": round(statistics.mean((p or 0) >= 0.99 and (r or 0) >= 0.99 for p, r in pairs), 4),
        "fp": round(statistics.mean(score["fp"] for score in scores), 1),
        "empty": sum(bool(score["empty"]) for score in scores),
    }


def print_figures(title: str, figures: Figures) -> None:
    """Print one line a set."""
    print(f"\n{title}")
    print(f"  {'set':14} {'pages':>5} {'F1':>6} {'P':>6} {'R':>6} {'cln99':>6} {'fp/pg':>7} {'empty':>5}")
    for name, row in figures.items():
        tail = (
            f"{row['cln99']:6.3f} {row['fp']:7.1f} {row['empty']:5.0f}"
            if "cln99" in row
            else f"  leak {row['leak']:.3f}"
        )
        print(f"  {name:14} {row['pages']:5.0f} {row['f1']:6.3f} {row['p']:6.3f} {row['r']:6.3f} {tail}")
