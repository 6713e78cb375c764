"""Faults that a process brings upon itself: Python runs this file at its start where PYTHONPATH leads here.

FAULT_CLOCK_S: seconds by which the process's clock is off. FAULT_KILL_AT: the beginning of the SQL statement
(or COMMIT) before which the process is killed.
"""

import os
import signal

CLOCK_S = float(os.environ.get("FAULT_CLOCK_S", "0"))
KILL_AT = os.environ.get("FAULT_KILL_AT", "")


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


if CLOCK_S:
    from datetime import UTC, datetime, timedelta

    import time_machine

    time_machine.travel(datetime.now(UTC) + timedelta(seconds=CLOCK_S), tick=True).start()

if KILL_AT:
    from sqlalchemy import Engine, event

    @event.listens_for(Engine, "before_cursor_execute")
    def _die_at_statement(_connection, _cursor, statement, *_rest):  # type: ignore[no-untyped-def]
        if statement.lstrip().startswith(KILL_AT):
            die()

    @event.listens_for(Engine, "commit")
    def _die_at_commit(connection):  # type: ignore[no-untyped-def]
        # The first transactions set up the database and write that a crawl has begun.
        if KILL_AT == "COMMIT" and connection.exec_driver_sql("SELECT count(*) FROM articles").scalar():
            die()
