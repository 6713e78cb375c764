"""What 2, 5 and 10 known pages of a site bring: `python -m benchmarks.site_memory`.

For the pages of sites with more than k labelled pages: text quality without memory and with a memory that
knows k other pages of the site. The shipped scorer was trained on these very pages and leaves little to
learn; `--scorer FILE` takes one that was trained without them. `--uncleaned` gives memory every visible
block. `--check` fails where memory loses a must-have snippet or costs F1.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from benchmarks.data import bench_folder
from benchmarks.site_memory.multi_page_sites import (
    KnownPage,
    by_cleaner,
    evaluator,
    sites_of,
    uncleaned,
    use_scorer,
    with_memory,
)
from newscrawl.clean.site_memory_page import MemoryPage, normalised

KNOWN_PAGES = (2, 5, 10)
CLEAN_SHARE = 0.99
F1_TOLERANCE = 0.0005
"""What memory may cost in F1, as noise of the gold, before `--check` fails."""


@dataclass
class Scores:
    """Sums over pages, without memory or with it."""

    evaluate: ModuleType
    texts: list[dict[str, Any]] = field(default_factory=list)
    wrong: int = 0
    had: int = 0  # must-have snippets that are there
    bad: int = 0  # must-not snippets that are there

    def add(self, gold: Any, page: MemoryPage) -> None:
        text = "\n\n".join(page.paragraphs)
        if gold["gold_text"]:
            score = self.evaluate.score_text(gold, text)
            self.texts.append(score)
            self.wrong += score["fp"]
        hit, _, bad, _ = self.evaluate.score_snippets(gold, text)
        self.had += hit
        self.bad += bad

    @property
    def f1(self) -> float:
        return float(self.evaluate.aggregate(self.texts, n_boot=1)["f1"]) if self.texts else 0.0

    @property
    def clean(self) -> float:
        pairs = [self.evaluate.page_pr(score) for score in self.texts]
        return sum((p or 0) >= CLEAN_SHARE and (r or 0) >= CLEAN_SHARE for p, r in pairs) / max(1, len(pairs))

    @property
    def wrong_per_page(self) -> float:
        return self.wrong / max(1, len(self.texts))


def main(arguments: Sequence[str]) -> int:
    """Print the tables; return 1 where `--check` finds a loss."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.site_memory", description=__doc__)
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--uncleaned", action="store_true", help="with every visible block, as a test of care"
    )
    parser.add_argument("--scorer", type=Path, metavar="FILE", help="a scorer trained without these sites")
    options = parser.parse_args(arguments)
    if options.scorer is not None:
        use_scorer(options.scorer)
    folder = bench_folder("extraction")
    if folder is None:
        print("benchmarks.site_memory: skipped, the labelled data is not here (see NEWSCRAWL_BENCH)")
        return 0
    evaluate = evaluator(folder)
    sites = sites_of(evaluate, uncleaned if options.uncleaned else by_cleaner, KNOWN_PAGES[0] + 1)
    print("known pages |  sites  pages | F1 without  with | cln99 without  with | wrong/page without   with |"
          " must-have lost | blocks cut, of these in the gold")  # fmt: skip
    lost = False
    for known in KNOWN_PAGES:
        before, after = Scores(evaluate), Scores(evaluate)
        eligible = {site: pages for site, pages in sites.items() if len(pages) > known}
        cut = in_gold = 0
        for site, pages in eligible.items():
            for item, page in with_memory(site, pages, known):
                before.add(item.gold, item.page)
                after.add(item.gold, page)
                removed = _removed(item, page)
                cut += len(removed)
                in_gold += sum(_is_in_gold(item, text) for text in removed)
        print(
            f"{known:11} | {len(eligible):6} {len(before.texts):6} | {before.f1:10.4f} {after.f1:.4f} "
            f"| {before.clean:13.3f} {after.clean:.3f} | {before.wrong_per_page:18.1f} "
            f"{after.wrong_per_page:6.1f} | {before.had - after.had:14} | {cut:6} {in_gold:4}"
        )
        lost = lost or after.f1 < before.f1 - F1_TOLERANCE or before.had > after.had
    return 1 if options.check and lost else 0


def _removed(item: KnownPage, page: MemoryPage) -> list[str]:
    left = list(page.paragraphs)
    removed = []
    for text in item.page.paragraphs:
        if left and left[0] == text:
            left.pop(0)
        else:
            removed.append(text)
    return removed


def _is_in_gold(item: KnownPage, text: str) -> bool:
    gold = item.gold["gold_text"]
    return bool(gold) and f" {normalised(text)} " in f" {normalised(gold)} "


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
