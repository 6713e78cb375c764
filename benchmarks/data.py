"""Where the labelled data lies that quality is measured on.

The data are other people's texts, so they are no part of the project: a folder beside the checkout holds
them, or the one that NEWSCRAWL_BENCH names.
"""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


def bench_folder(part: str) -> Path | None:
    """Return the folder of `part` (`extraction` or `stories`), or None where the data is absent."""
    root = Path(os.environ.get("NEWSCRAWL_BENCH") or PROJECT.parent / "shared" / "bench")
    folder = root / part
    return folder if folder.is_dir() else None
