"""Which revisions of the schema there are, and which one a database has: read without Alembic.

Every command asks; Alembic takes a quarter of a second to import and is needed only to change a schema.
"""

import re
from functools import lru_cache
from pathlib import Path

from sqlalchemy import Connection, Text, column, inspect, select, table

from newscrawl.errors import StoreError

VERSION_TABLE = "alembic_version"
_ASSIGNED = re.compile(r'^(revision|down_revision)\b[^=\n]*= *(?:"(\w+)"|None)', re.MULTILINE)
_VERSIONS = select(column("version_num", Text)).select_from(table(VERSION_TABLE))


@lru_cache(maxsize=8)
def known_revisions(migrations: Path) -> frozenset[str]:
    """Return the revisions in the folder `migrations`."""
    return frozenset(_parents(migrations))


@lru_cache(maxsize=8)
def head_revision(migrations: Path) -> str:
    """Return the newest revision. Raises StoreError where there is none, or more than one."""
    parents = _parents(migrations)
    heads = sorted(parents.keys() - set(parents.values()))
    if len(heads) > 1:
        raise StoreError(f"the migrations in {migrations} have more than one head: {', '.join(heads)}")
    if not heads:
        raise StoreError(f"no migrations in {migrations}: newscrawl runs from a checkout of its project")
    return heads[0]


def revision_of(connection: Connection) -> str | None:
    """Return the database's revision, or None where it has no tables of ours."""
    if not inspect(connection).has_table(VERSION_TABLE):
        return None
    return ",".join(sorted(connection.scalars(_VERSIONS))) or None


def _parents(migrations: Path) -> dict[str, str | None]:
    """Return revision -> the one before it."""
    parents: dict[str, str | None] = {}
    for file in sorted((migrations / "versions").glob("*.py")):
        values: dict[str, str] = dict(_ASSIGNED.findall(file.read_text("utf-8")))
        if values.get("revision"):
            parents[values["revision"]] = values.get("down_revision") or None
    return parents
