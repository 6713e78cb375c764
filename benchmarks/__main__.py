"""Run every benchmark: `python -m benchmarks [--check]`.

Without arguments each prints its tables, one after the other. With `--check` each compares with its floors,
two at a time, since no floor is one of time; the exit status is 1 if any floor is broken. A benchmark whose
data is absent says so in one line and passes.
"""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

from benchmarks.data import PROJECT

BENCHMARKS = ("cleaning", "stories", "kinds", "metadata", "article_pages", "seeds")
CHECKED_AT_ONCE = 2


def main(arguments: list[str]) -> int:
    """Run the benchmarks with `arguments`; return the exit status."""
    failed = check(arguments) if "--check" in arguments else print_tables(arguments)
    if failed:
        print(f"benchmarks failed: {', '.join(failed)}")
    return 1 if failed else 0


def print_tables(arguments: list[str]) -> list[str]:
    """Run one after the other, so that costs are measured alone; return the names of those that failed."""
    failed = []
    for name in BENCHMARKS:
        print(f"-- benchmarks.{name}", flush=True)
        if subprocess.run(_command(name, arguments), cwd=PROJECT, check=False).returncode != 0:
            failed.append(name)
    return failed


def check(arguments: list[str]) -> list[str]:
    """Compare with the floors; return the names of the benchmarks that broke one."""

    def run(name: str) -> subprocess.CompletedProcess[str]:
        command = _command(name, arguments)
        return subprocess.run(
            command, cwd=PROJECT, check=False, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )

    failed = []
    with ThreadPoolExecutor(CHECKED_AT_ONCE) as pool:
        for name, done in zip(BENCHMARKS, pool.map(run, BENCHMARKS), strict=True):
            print(f"-- benchmarks.{name}\n{done.stdout}", end="", flush=True)
            if done.returncode != 0:
                failed.append(name)
    return failed


def _command(name: str, arguments: list[str]) -> list[str]:
    return [sys.executable, "-m", f"benchmarks.{name}", *arguments]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
