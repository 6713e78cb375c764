"""The database's schema: created, brought up to date, or refused. Alembic does the work (migrations/)."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from newscrawl.errors import StoreError
from newscrawl.store.engine import WRITE_OPTION
from newscrawl.store.errors import is_other_schema, shown_url, store_error
from newscrawl.store.revisions import head_revision, known_revisions, revision_of
from newscrawl.store.transaction import WRITE_LOCK
from newscrawl.store.types import JsonValue, StringList

if TYPE_CHECKING:
    from alembic.config import Config

MIGRATIONS = Path(__file__).resolve().parents[2] / "migrations"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The database's revision (None: no tables of ours) and the one that this code writes."""

    revision: str | None
    head: str

    @property
    def current(self) -> bool:
        """Whether the database has the schema that this code writes."""
        return self.revision == self.head


def prepare_database(engine: Engine) -> None:
    """Create the tables of a new database, or bring an older one up to date.

    Raises StoreError when the database was written by a newer newscrawl, when it cannot be reached, opened
    or written, and when it holds other tables of the same names. Several processes may call it at once.
    """
    upgrade_database(engine)


def upgrade_database(engine: Engine, migrations: Path = MIGRATIONS) -> SchemaState:
    """Bring the database to the newest revision in `migrations`; return the state it was in before."""
    with _one_line_errors(engine):
        with engine.connect() as connection:
            before = checked_state(connection, migrations)
        if before.current:
            return before
        with migration_connection(engine) as connection:
            # Looked up again, now under the lock: another process may have done it in the meantime.
            before = checked_state(connection, migrations)
            if not before.current:
                _upgrade(connection, migrations)
        return before


def _upgrade(connection: Connection, migrations: Path) -> None:
    from alembic import command  # late: see `revisions`
    from alembic.util.exc import CommandError

    config = alembic_config(migrations)
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        where = shown_url(connection.engine)
        raise StoreError(f"cannot set up {where}: {error}; nothing was changed") from error


def schema_state(connection: Connection, migrations: Path = MIGRATIONS) -> SchemaState:
    """Return the database's revision and the code's."""
    return SchemaState(revision_of(connection), head_revision(migrations))


@contextmanager
def migration_connection(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one transaction that holds the write lock; all DDL in it happens or none does.

    SQLite cannot alter most of a table in place: Alembic copies it, drops it and renames the copy. With
    foreign keys on, the drop would delete the rows of every table that refers to it. They are off here, and
    checked before the commit.
    """
    with engine.connect().execution_options(**{WRITE_OPTION: True}) as connection:
        sqlite = connection.dialect.name == "sqlite"
        if sqlite:
            _set_foreign_keys(connection, on=False)  # has no effect inside a transaction
        try:
            with connection.begin():
                if not sqlite:
                    connection.execute(select(func.pg_advisory_xact_lock(WRITE_LOCK)))
                yield connection
                if sqlite and connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None:
                    raise StoreError("the migration would leave rows that refer to nothing; it was undone")
        finally:
            if sqlite and not connection.invalidated:
                _set_foreign_keys(connection, on=True)


def alembic_config(migrations: Path = MIGRATIONS) -> "Config":
    """Return Alembic's configuration for `migrations`."""
    from alembic.config import Config

    config = Config(stdout=sys.stdout)  # its default is what stdout was when Alembic was first imported
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def checked_state(connection: Connection, migrations: Path = MIGRATIONS) -> SchemaState:
    """Return what `schema_state` does; raise StoreError for a revision that a newer newscrawl wrote."""
    state = schema_state(connection, migrations)
    if state.revision is None or state.current:
        return state
    if state.revision not in known_revisions(migrations):
        raise StoreError(
            f"the database {shown_url(connection.engine)} has schema {state.revision}, which this newscrawl "
            f"(schema {state.head}) does not know: it was written by a newer one; update newscrawl"
        )
    return state


@contextmanager
def _one_line_errors(engine: Engine) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        clear = None if is_other_schema(error) else store_error(error, engine)
        if clear is None:
            reason = str(error.orig).strip().splitlines()[0] if str(error.orig).strip() else repr(error.orig)
            clear = StoreError(f"cannot set up {shown_url(engine)}: {reason}; nothing was changed")
        raise clear from error


def _set_foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    assert driver is not None
    driver.execute("PRAGMA foreign_keys = ON" if on else "PRAGMA foreign_keys = OFF")


def same_type(
    _context: object, _column: object, _model: object, found: TypeEngine[Any], wanted: TypeEngine[Any]
) -> bool | None:
    """Return whether a column's type has changed; None leaves it to Alembic.

    Postgres reports JSONB and SQLite JSON for the same type of ours.
    """
    if isinstance(wanted, JsonValue | StringList):
        return "JSON" not in type(found).__name__.upper()
    return None


def is_ours(_thing: object, name: str | None, kind: str, reflected: bool, compared_to: object) -> bool:
    """Return whether Alembic's autogenerate should look at a table: others may share the database.

    The full-text index brings tables of its own, which no `Table` describes.
    """
    return not (kind == "table" and reflected and compared_to is None)
