"""Make newscrawl/stories/data/embedding_centres.npz: where unrelated texts lie in the model's space.

python -m benchmarks.stories.make_centre

The mean of the means of the languages of bench/stories og2021_titles: 384 numbers, no text.
"""

from pathlib import Path

import numpy as np

from benchmarks.data import bench_folder
from benchmarks.stories.__main__ import read
from newscrawl.pipelines.multilingual import MODEL, E5Embedder

TARGET = Path(__file__).parents[2] / "newscrawl" / "stories" / "data" / "embedding_centres.npz"


def main() -> None:
    folder = bench_folder("stories")
    assert folder is not None, "the data is not here (NEWSCRAWL_BENCH)"
    rows = read(folder / "og2021_titles.jsonl.gz")
    vectors = E5Embedder().embed([row["title"] for row in rows])
    languages = np.array([row["lang"] for row in rows])
    means = [vectors[languages == language].mean(axis=0) for language in sorted(set(languages.tolist()))]
    np.savez(TARGET, **{MODEL: np.mean(means, axis=0).astype(np.float16)})


if __name__ == "__main__":
    main()
