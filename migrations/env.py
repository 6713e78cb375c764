"""Alembic's way in: `alembic COMMAND` by hand, or `newscrawl.store.prepare_database` with its connection."""

import os
from logging.config import fileConfig
from typing import Any

from alembic import context
from alembic.autogenerate.api import AutogenContext
from sqlalchemy import Connection

from newscrawl.store.engine import open_engine
from newscrawl.store.schema import is_ours, migration_connection, same_type
from newscrawl.store.tables import metadata
from newscrawl.store.types import CleanText, JsonValue, StringList, UtcDateTime

DEFAULT_URL = "sqlite:///newscrawl.db"

config = context.config


def database_url() -> str:
    """Return `-x url=...`, else the environment's, else the project's default."""
    given = context.get_x_argument(as_dictionary=True).get("url")
    return given or os.environ.get("NEWSCRAWL_DATABASE_URL") or DEFAULT_URL


def render_type(kind: str, thing: Any, autogen: AutogenContext) -> str | bool:
    """Write our column types as the plain ones they stand for: a migration must not change with the code."""
    if kind != "type":
        return False
    if isinstance(thing, CleanText):
        return "sa.Text()"
    if isinstance(thing, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(thing, JsonValue | StringList):
        return 'sa.JSON(none_as_null=True).with_variant(postgresql.JSONB(none_as_null=True), "postgresql")'
    return False


def run(connection: Connection) -> None:
    """Run the command in the connection's transaction."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=same_type,
        include_object=is_ours,
        render_item=render_type,
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    raise SystemExit("newscrawl's migrations look at the database: run them without --sql")
given_connection = config.attributes.get("connection")
if given_connection is not None:
    run(given_connection)
else:
    if config.config_file_name is not None:
        fileConfig(config.config_file_name, disable_existing_loggers=False)
    with migration_connection(open_engine(database_url())) as own_connection:
        run(own_connection)
