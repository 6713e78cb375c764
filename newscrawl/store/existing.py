"""Open a database that is there already: commands that read never make one, and never change its schema."""

from pathlib import Path

from sqlalchemy import Engine

from newscrawl.errors import StoreError
from newscrawl.store.engine import open_engine
from newscrawl.store.errors import shown_url
from newscrawl.store.schema import checked_state
from newscrawl.store.transaction import begin_read


def open_existing(url: str) -> Engine:
    """Return an engine for a database with the schema of this code.

    Raises StoreError, with what to do, where there is none, where it is older or newer, and where it cannot
    be reached or read.
    """
    engine = open_engine(url)
    shown = shown_url(engine)
    none_yet = StoreError(f"no newscrawl database at {shown} yet: `scrapy crawl` and `scrapy load` make it")
    file = engine.url.database or ""
    # SQLite would make an empty file of a wrong name. A "file:" URI has its own rules.
    if engine.dialect.name == "sqlite" and not file.startswith("file:") and not Path(file).exists():
        raise none_yet
    with begin_read(engine) as connection:
        state = checked_state(connection)
    if state.revision is None:
        raise none_yet
    if not state.current:
        raise StoreError(
            f"the database {shown} has schema {state.revision}, this newscrawl reads {state.head}: "
            "run `scrapy db upgrade`"
        )
    return engine
