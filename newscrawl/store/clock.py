"""The database's clock, beside the machine's: crawls on several machines must agree on what is due."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from newscrawl.store.transaction import begin_read

TOLERANCE = timedelta(seconds=5)
"""Clocks that are kept by NTP differ by milliseconds; less than this decides nothing here."""


def clock_offset(engine: Engine) -> timedelta:
    """Return what has to be added to the machine's clock to have the database's; zero within `TOLERANCE`.

    SQLite has no clock of its own: those who share its file share a machine.
    """
    if engine.dialect.name != "postgresql":
        return timedelta()
    with begin_read(engine) as connection:
        connection.execute(select(1))  # connecting takes its time
        before = datetime.now(UTC)
        theirs = connection.scalar(select(func.clock_timestamp()))
        after = datetime.now(UTC)
    assert theirs is not None
    offset: timedelta = theirs - (before + (after - before) / 2)
    return offset if abs(offset) > TOLERANCE else timedelta()
