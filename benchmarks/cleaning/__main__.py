"""The cleaner's quality and cost: `python -m benchmarks.cleaning [--check] [--speed] [--peers]`.

`--check` holds the floors: (1) the cross-validated figures that training recorded, on this very data;
(2) the shipped cleaner on the pages that it was trained on, which says nothing of new pages but catches
a change that breaks it. `--speed` measures the cost alone, `--peers` the installed peers' beside it.
"""

import argparse
import hashlib
import json
import logging
import resource
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.cleaning.corpus import digest, metrics
from benchmarks.cleaning.figures import Figures, print_figures, text_figures
from benchmarks.cleaning.peers import Cleaner, installed_peers
from benchmarks.data import bench_folder
from newscrawl.clean import clean_page

HERE = Path(__file__).parent
# The cost is measured on so many pages of these sets, picked by the digest of their keys.
SPEED_SETS = ["scrapinghub", "np4k", "fundus_tests"]
SPEED_PAGES = 60
SPEED_PASSES = 3


def ours(html: str, url: str) -> str:
    """Return the text that the shipped cleaner gives."""
    return clean_page(html, url).text


def main(arguments: list[str]) -> int:
    """Print the tables, or with `--check` what is below its floor; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with floors.toml")
    parser.add_argument("--peers", action="store_true", help="run the installed peers on a sample too")
    parser.add_argument("--speed", action="store_true", help="measure the cost alone")
    options = parser.parse_args(arguments)
    folder = bench_folder("extraction")
    if folder is None:
        print("cleaning: skipped, the labelled pages are not here (../shared/bench/extraction)")
        return 0
    logging.disable(logging.CRITICAL)
    bench = metrics(folder)
    cleaners: dict[str, Cleaner] = {"newscrawl": ours}
    if options.peers:
        cleaners |= installed_peers()
    if options.speed:
        _print_speed(bench, cleaners)
        return 0
    measured = json.loads((HERE / "measured.json").read_text("utf-8"))
    floors = tomllib.loads((HERE / "floors.toml").read_text("utf-8"))
    print_figures(
        "cross-validated by site, recorded by benchmarks.cleaning.train", measured["cross_validated"]
    )
    in_sample = _figures(bench, ours)
    print_figures("in sample: the shipped cleaner on the pages it was trained on", in_sample)
    if options.check:
        return _check(floors, measured, in_sample, digest(folder))
    print_figures("of these, sealed pages", measured["sealed"])
    _print_speed(bench, cleaners)
    return 0


def _figures(bench: Any, cleaner: Cleaner) -> Figures:
    labelled = (page for page in bench.load_pages("dev") if page["gold_text"] or page["gold_with"])
    return text_figures(bench, ((page, cleaner(bench.read_html(page), page["url"])) for page in labelled))


def _check(floors: dict[str, Any], measured: dict[str, Any], in_sample: Figures, found: str) -> int:
    if floors["digest"] != found:
        print(f"cleaning: skipped, the floors are for other data ({floors['digest']}, this is {found})")
        return 0
    wrong = []
    if measured["digest"] != found:
        wrong.append("measured.json was recorded on other data: run benchmarks.cleaning.train")
    for part, figures in (("cross_validated", measured["cross_validated"]), ("in_sample", in_sample)):
        for name, bounds in floors[part].items():
            for measure, bound in bounds.items():
                value = figures.get(name, {}).get(measure)
                fails = value is None or (value > bound if measure in ("leak", "empty") else value < bound)
                if fails:
                    wrong.append(f"{part}: {name} {measure} is {value}, the floor is {bound}")
    for line in wrong:
        print(f"cleaning: {line}")
    print(f"cleaning: {'broken' if wrong else 'all floors hold'}")
    return 1 if wrong else 0


def _print_speed(bench: Any, cleaners: dict[str, Cleaner]) -> None:
    """Print what a page costs; the cleaners take turns, so that a busy machine is busy for all."""
    pages = sorted(bench.load_pages("dev", SPEED_SETS), key=_shuffled(bench))
    documents = [(bench.read_html(page), page["url"]) for page in pages[:SPEED_PAGES]]
    size = statistics.mean(len(html) for html, _ in documents)
    costs: dict[str, list[list[float]]] = {name: [] for name in cleaners}
    for html, url in documents[:5]:
        for cleaner in cleaners.values():
            _cost(cleaner, html, url)
    for _ in range(SPEED_PASSES):
        for name in cleaners:
            costs[name].append([])
        for html, url in documents:
            for name, cleaner in cleaners.items():
                costs[name][-1].append(_cost(cleaner, html, url))
    print(f"\nCPU per page over {len(documents)} pages of {size / 1000:.0f} KB (text, metadata, record)")
    means = {name: statistics.median(map(statistics.mean, passes)) for name, passes in costs.items()}
    highest = {name: _percentile_95(passes) for name, passes in costs.items()}
    for name in cleaners:
        ours, theirs = means["newscrawl"] / means[name], highest["newscrawl"] / highest[name]
        print(
            f"  {name:18} mean {means[name]:6.1f} ms   p95 {highest[name]:6.1f} ms"
            f"   newscrawl takes {ours:.2f} and {theirs:.2f} of it"
        )
    print(f"  peak memory of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


def _shuffled(bench: Any) -> Callable[[Any], str]:
    """Return a sort key that mixes the sets, the same on every run."""
    return lambda page: hashlib.sha256(bench.key_of(page).encode()).hexdigest()


def _percentile_95(passes: list[list[float]]) -> float:
    """Return the 95th percentile over the pages, each by the median of its passes."""
    by_page = sorted(map(statistics.median, zip(*passes, strict=True)))
    return by_page[int(len(by_page) * 0.95)]


def _cost(cleaner: Cleaner, html: str, url: str) -> float:
    began = time.process_time()
    try:
        cleaner(html, url)
    except Exception as error:  # a peer's crash is a result of the peer
        print(f"  ({type(error).__name__} on {url})")
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
