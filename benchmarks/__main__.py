"""Run every benchmark in turn: `python -m benchmarks [--check]`.

Without arguments each prints its tables. With `--check` each compares with its floors; the exit status
is 1 if any floor is broken. A benchmark whose data is absent says so in one line and passes.
"""

import subprocess
import sys

from benchmarks.data import PROJECT

BENCHMARKS = ("cleaning", "kinds", "metadata", "article_pages", "stories", "seeds")


def main(arguments: list[str]) -> int:
    """Run the benchmarks with `arguments`; return the exit status."""
    failed = []
    for name in BENCHMARKS:
        print(f"-- benchmarks.{name}", flush=True)
        command = [sys.executable, "-m", f"benchmarks.{name}", *arguments]
        if subprocess.run(command, cwd=PROJECT, check=False).returncode != 0:
            failed.append(name)
    if failed:
        print(f"benchmarks failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
