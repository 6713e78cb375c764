"""The cleaner's quality and cost: `python -m benchmarks.cleaning [--check] [--peers]`.

`--check` holds the floors: (1) the cross-validated figures that training recorded, on this very data;
(2) the shipped cleaner on the pages that it was trained on, which says nothing of new pages but catches
a change that breaks it. `--peers` runs the installed peers on a sample beside it.
"""

import argparse
import json
import logging
import resource
import statistics
import sys
import time
import tomllib
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


def ours(html: str, url: str) -> str:
    """Return the text that the shipped cleaner gives."""
    return clean_page(html, url).text


def main(arguments: list[str]) -> int:
    """Print the tables, or with `--check` what is below its floor; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="compare with floors.toml")
    parser.add_argument("--peers", action="store_true", help="run the installed peers on a sample too")
    options = parser.parse_args(arguments)
    folder = bench_folder("extraction")
    if folder is None:
        print("cleaning: skipped, the labelled pages are not here (../shared/bench/extraction)")
        return 0
    logging.disable(logging.CRITICAL)
    bench = metrics(folder)
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
    cleaners: dict[str, Cleaner] = {"newscrawl": ours}
    if options.peers:
        cleaners |= installed_peers()
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
    pages = sorted(bench.load_pages("dev", SPEED_SETS), key=lambda page: bench.key_of(page)[::-1])
    documents = [(bench.read_html(page), page["url"]) for page in pages[:SPEED_PAGES]]
    size = statistics.mean(len(html) for html, _ in documents)
    print(f"\nCPU per page over {len(documents)} pages of {size / 1000:.0f} KB (text, metadata, record)")
    for name, cleaner in cleaners.items():
        for html, url in documents[:5]:
            cleaner(html, url)
        costs = sorted(_cost(cleaner, html, url) for html, url in documents)
        print(
            f"  {name:18} mean {statistics.mean(costs):6.1f} ms   p95 {costs[int(len(costs) * 0.95)]:6.1f} ms"
            f"   peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB"
        )


def _cost(cleaner: Cleaner, html: str, url: str) -> float:
    began = time.process_time()
    try:
        cleaner(html, url)
    except Exception as error:  # a peer's crash is a result of the peer
        print(f"  ({type(error).__name__} on {url})")
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
