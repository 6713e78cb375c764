"""Generated articles in files, made once for several runs of `benchmarks.stories.scale`.

python -m benchmarks.stories.pages --articles 1000000 --into DIR     (3 GB)
python -m benchmarks.stories.scale --articles 1000000 --pages DIR    (may be started at the same time)
"""

import argparse
import pickle
import time
from collections.abc import Iterator
from pathlib import Path

import zstandard

from benchmarks.stories.newsroom import Newsroom
from newscrawl.model import CleanedPage
from newscrawl.store.chunks import chunks

PAGES_PER_FILE = 1_000
WAIT_S = 0.2


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--into", type=Path, required=True)
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    for number, pages in enumerate(chunks(Newsroom().articles(options.articles), PAGES_PER_FILE)):
        path = _path(options.into, number)
        unfinished = path.with_suffix(".part")
        unfinished.write_bytes(zstandard.compress(pickle.dumps(pages, pickle.HIGHEST_PROTOCOL), 1))
        unfinished.rename(path)


def pages_in(directory: Path, count: int) -> Iterator[CleanedPage]:
    """Yield the first `count` articles of `directory`, waiting for those that are still to be made."""
    for number in range(-(-count // PAGES_PER_FILE)):
        path = _path(directory, number)
        while not path.exists():
            time.sleep(WAIT_S)
        pages: list[CleanedPage] = pickle.loads(zstandard.decompress(path.read_bytes()))
        yield from pages[: count - number * PAGES_PER_FILE]


def _path(directory: Path, number: int) -> Path:
    return directory / f"{number:05}.pickle.zst"


if __name__ == "__main__":
    main()
