"""A clock for crawls under test: as much later than this machine's as the environment says."""

import os
from datetime import UTC, datetime, timedelta


def now() -> datetime:
    return datetime.now(UTC) + timedelta(seconds=float(os.environ["MOVED_CLOCK_SECONDS"]))
