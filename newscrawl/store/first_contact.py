"""The first connection of a crawl: a server that just starts is waited for, a mistake is told at once."""

import re
import time
from collections.abc import Callable

from newscrawl.store.engine import open_engine
from newscrawl.store.errors import DatabaseUnavailable
from newscrawl.store.schema import prepare_database

PAUSE_S = 1.0

_SERVER_SAID_NO = re.compile(r"\bFATAL\b")
_SERVER_STARTS = re.compile(r"starting up|not yet accepting|shutting down|recovery mode|too many")
_NO_SUCH_HOST = re.compile(r"resolve|translate host name|Name or service not known")


def prepare_when_ready(url: str, wait_s: float, tell: Callable[[str], None]) -> None:
    """Bring the database to the code's version, waiting up to `wait_s` seconds for a server that starts.

    `tell` gets one line when a wait begins. Raises StoreError as `prepare_database` does; at once where no
    wait can help (a wrong password, name or host).
    """
    engine = open_engine(url)
    deadline = time.monotonic() + wait_s
    told = False
    try:
        while True:
            try:
                prepare_database(engine)
                return
            except DatabaseUnavailable as error:
                if not may_pass(str(error)) or time.monotonic() + PAUSE_S > deadline:
                    raise
                if not told:
                    tell(f"{error}; waiting up to {wait_s:.0f} s for it")
                    told = True
            time.sleep(PAUSE_S)
    finally:
        engine.dispose()


def may_pass(message: str) -> bool:
    """Return whether a connection that failed so may succeed soon.

    >>> may_pass("connection refused"), may_pass('FATAL: password authentication failed for user "me"')
    (True, False)
    """
    if _SERVER_STARTS.search(message):
        return True
    return not _SERVER_SAID_NO.search(message) and not _NO_SUCH_HOST.search(message)
