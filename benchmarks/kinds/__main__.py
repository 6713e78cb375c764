"""How often a removed block has the right kind: `python -m benchmarks.kinds [--check] [--errors]`.

132 DEV pages, one a site, in 18 languages, were labelled by hand, up to 40 removed blocks each, those in
and near the article first. Accuracy counts the labelled blocks that are removed and visible; a block
that belongs to the article is no error of kind and is counted apart (`cut wrongly`). `--errors` lists the
blocks of the open pages with a wrong kind; those of the held-out pages are never listed.
"""

import argparse
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.cleaning.corpus import digest, metrics
from benchmarks.data import bench_folder
from benchmarks.kinds.labels import ARTICLE, labels_digest, match_labels, read_labels
from newscrawl.clean import clean_page

FLOORS = Path(__file__).with_name("floors.toml")
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One labelled block that was removed: what it was called and what it is."""

    part: str
    page: str
    position: int
    text: str
    kind: str
    rule: str
    right: frozenset[str]

    @property
    def is_article(self) -> bool:
        """Tell whether the block should have stayed."""
        return ARTICLE in self.right

    @property
    def is_right(self) -> bool:
        """Tell whether the kind is one of the right ones."""
        return self.kind in self.right


def main(arguments: list[str]) -> int:
    """Print the tables, or with `--check` what is below its floor; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with floors.toml")
    parser.add_argument("--errors", action="store_true", help="list the wrong kinds of the open pages")
    options = parser.parse_args(arguments)
    folder = bench_folder("extraction")
    if folder is None:
        print("kinds: skipped, the labelled pages are not here (../shared/bench/extraction)")
        return 0
    floors = tomllib.loads(FLOORS.read_text("utf-8"))
    if options.check and (floors["pages"], floors["labels"]) != (digest(folder), labels_digest()):
        print("kinds: skipped, the floors are for other pages or labels")
        return 0
    verdicts = list(_verdicts(metrics(folder)))
    accuracy = {part: _print_accuracy(part, verdicts) for part in ("open", "held-out", "all")}
    if options.check:
        wrong = [part for part, floor in floors["accuracy"].items() if accuracy[part] < floor]
        for part in wrong:
            print(f"kinds: {part} is {accuracy[part]:.4f}, the floor is {floors['accuracy'][part]}")
        print(f"kinds: {'broken' if wrong else 'all floors hold'}")
        return 1 if wrong else 0
    _print_kinds([verdict for verdict in verdicts if not verdict.is_article])
    _print_rules([verdict for verdict in verdicts if not verdict.is_article and verdict.part == OPEN])
    if options.errors:
        _print_errors([verdict for verdict in verdicts if verdict.part == OPEN])
    return 0


def _verdicts(bench: Any) -> Iterator[Verdict]:
    """Yield the labelled blocks that the cleaner removes."""
    pages = {bench.key_of(page): page for page in bench.load_pages("dev")}
    for labelled in read_labels():
        page = pages[labelled.key]
        removed = clean_page(bench.read_html(page), page["url"]).removed
        by_position = {block.position: block for block in removed}
        found = match_labels(labelled, [(block.position, block.text) for block in removed])
        for position, label in sorted(found.items()):
            block = by_position[position]
            yield Verdict(
                labelled.part, labelled.key, position, block.text, str(block.kind), block.rule, label.kinds
            )


def _print_accuracy(part: str, verdicts: list[Verdict]) -> float:
    here = [verdict for verdict in verdicts if part in ("all", verdict.part)]
    judged = [verdict for verdict in here if not verdict.is_article]
    right = sum(verdict.is_right for verdict in judged)
    share = right / max(1, len(judged))
    print(
        f"  {part:9} {len({verdict.page for verdict in here}):3} pages  {len(judged):5} removed blocks  "
        f"right {share:.4f}  wrong {len(judged) - right:4}  cut wrongly {len(here) - len(judged):3}"
    )
    return share


def _print_kinds(judged: list[Verdict]) -> None:
    """Print precision and recall per kind; a block with several right kinds counts for the one given."""
    print(f"\n  {'kind':12} {'given':>5} {'right':>6} {'found':>6}  taken for")
    names = sorted({verdict.kind for verdict in judged} | {kind for v in judged for kind in v.right})
    for name in names:
        given = [verdict for verdict in judged if verdict.kind == name]
        meant = [verdict for verdict in judged if name in verdict.right and (not verdict.is_right)]
        good = sum(verdict.is_right for verdict in given)
        only = Counter(verdict.kind for verdict in meant if len(verdict.right) == 1)
        confused = ", ".join(f"{kind} {count}" for kind, count in only.most_common(5))
        precision = good / len(given) if given else 0.0
        recall = good / max(1, good + sum(only.values()))
        print(f"  {name:12} {len(given):5} {precision:6.3f} {recall:6.3f}  {confused}")


def _print_rules(judged: list[Verdict]) -> None:
    given = Counter(verdict.rule for verdict in judged)
    wrong = Counter(verdict.rule for verdict in judged if not verdict.is_right)
    print("\n  rules with the most wrong kinds on the open pages")
    for rule, count in wrong.most_common(15):
        print(f"  {rule:32} {count:4} of {given[rule]:4}")


def _print_errors(verdicts: list[Verdict]) -> None:
    for verdict in verdicts:
        if not verdict.is_right:
            right = "|".join(sorted(verdict.right))
            place = f"{verdict.page[:24]} {verdict.position:4}"
            print(f"  {place} {verdict.rule} -> {right}: {verdict.text[:70]}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
