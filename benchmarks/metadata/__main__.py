"""Print how well metadata is read: `python -m benchmarks.metadata [--check] [--held-out]`.

With `--check` the figures are compared with the floors below and the status is 1 where one is broken.
"""

import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

from benchmarks.data import bench_folder
from benchmarks.metadata.pages import data_digest, load_pages, score_page
from newscrawl.clean.metadata import read_metadata
from newscrawl.clean.parse import parse_page

FIELDS = ("title", "title_near", "authors", "authors_or_credits", "date")
# What a change may not fall below, on the labels with this digest.
DIGEST = "88b88b34ae27ce38"
FLOORS: dict[str, dict[str, float]] = {
    "np4k": {"title": 0.93, "authors": 0.925, "authors_or_credits": 0.945, "date": 0.895},
    "fundus_tests": {"title": 0.885, "authors": 0.775, "authors_or_credits": 0.93, "date": 0.975},
    "wcxb": {"title": 0.855, "authors": 0.635, "authors_or_credits": 0.835, "date": 0.835},
    "misinfo": {"title": 0.95, "authors": 0.765, "authors_or_credits": 0.92, "date": 0.935},
    "htmldate_mc": {"date": 0.925},
}
Scores = dict[str, dict[str, list[float]]]


def measure(folder: Path, *, held_out_only: bool) -> tuple[Scores, list[float]]:
    """Return the scores by set and field, and the milliseconds that each page took."""
    scores: Scores = defaultdict(lambda: defaultdict(list))
    costs = []
    for page in load_pages(folder):
        if held_out_only and not page.is_held_out():
            continue
        root = parse_page(page.html(), "utf-8").root
        if root is None:
            continue
        began = time.process_time()
        found = read_metadata(root, page.url)
        costs.append((time.process_time() - began) * 1000)
        for field, score in score_page(page, found).items():
            scores[page.dataset][field].append(score)
    return scores, costs


def print_table(scores: Scores, costs: list[float]) -> None:
    """Print a line for each set: the mean of each field and how many pages it is of."""
    print(f"{'set':14}" + "".join(f"{field:>20}" for field in FIELDS))
    for name, fields in scores.items():
        cells = (
            f"{statistics.mean(fields[f]):.3f} ({len(fields[f])})" if f in fields else "-" for f in FIELDS
        )
        print(f"{name:14}" + "".join(f"{cell:>20}" for cell in cells))
    ranked = sorted(costs)
    p95 = ranked[int(len(ranked) * 0.95)]
    mean, median = statistics.mean(costs), statistics.median(costs)
    print(f"CPU ms a page: mean {mean:.2f}, median {median:.2f}, p95 {p95:.2f}")


def broken_floors(scores: Scores) -> list[str]:
    """Return a line for each figure that lies below its floor."""
    return [
        f"{name} {field}: {statistics.mean(scores[name][field]):.3f} is below {floor:.3f}"
        for name, fields in FLOORS.items()
        for field, floor in fields.items()
        if statistics.mean(scores[name][field]) < floor
    ]


def main(arguments: list[str]) -> int:
    """Measure, print, and with `--check` judge; return the exit status."""
    folder = bench_folder("extraction")
    if folder is None:
        print("metadata: skipped, the labelled pages are not there (see benchmarks/data.py)")
        return 0
    scores, costs = measure(folder, held_out_only="--held-out" in arguments)
    print_table(scores, costs)
    if "--check" not in arguments:
        return 0
    if data_digest(folder) != DIGEST:
        print(f"metadata: the labels have changed (digest {data_digest(folder)}): measure the floors again")
        return 1
    broken = broken_floors(scores)
    print("\n".join(broken) if broken else "metadata: all floors hold")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
