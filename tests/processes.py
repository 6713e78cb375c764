"""The processes that a process has started, and what they have used (Linux: /proc)."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Usage:
    """What one process has used so far."""

    pid: int
    parent: int
    cpu_s: float
    peak_bytes: int


def usage(pid: int) -> Usage | None:
    """Return what a process has used; None when it is no more."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return None
    peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), "VmHWM: 0 kB")
    cpu_s = (int(fields[11]) + int(fields[12])) / TICKS_PER_S
    return Usage(pid, int(fields[1]), cpu_s, int(peak.split()[1]) * 1024)


def descendants(pid: int) -> list[Usage]:
    """Return the processes that `pid` has started, and those that they have started."""
    alive = [found for path in Path("/proc").glob("[0-9]*") if (found := usage(int(path.name))) is not None]
    family, count = {pid}, 0
    while len(family) != count:
        count = len(family)
        family |= {process.pid for process in alive if process.parent in family}
    return [process for process in alive if process.pid in family - {pid}]
