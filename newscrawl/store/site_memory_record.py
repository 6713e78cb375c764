"""What site memory writes: sightings, findings and counts."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy import BigInteger, Connection, Text, Update, bindparam, cast, column, func, select, update
from sqlalchemy.dialects.postgresql import ARRAY

from newscrawl.clean.site_memory import BlockState
from newscrawl.model import BlockKind
from newscrawl.store.bulk import execute_tuples
from newscrawl.store.site_memory_tables import site_boilerplate, site_sightings
from newscrawl.store.story_sets import in_set, numbers_for, one_of
from newscrawl.store.upsert import Insert, insert_for, insert_into


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A block that recurs on articles of a site which have nothing to do with one another."""

    site: str
    key: int
    kind: BlockKind
    text: str
    state: BlockState
    first_seen_at: datetime
    last_seen_at: datetime


def record_findings(connection: Connection, findings: Sequence[Finding], now: datetime) -> None:
    """Write new candidates, and new states of those that are written already. A person's word stays."""
    statement = insert_into(connection, site_boilerplate)
    new = statement.excluded
    statement = statement.on_conflict_do_update(
        index_elements=["block_key"],
        set_={"state": new.state, "kind": new.kind, "state_changed_at": new.state_changed_at},
        where=site_boilerplate.c.state == BlockState.LEARNING,
    )
    rows = [
        {
            "site": finding.site,
            "block_key": finding.key,
            "kind": str(finding.kind),
            "text": finding.text,
            "page_count": 0,  # `count_sightings` counts
            "state": str(finding.state),
            "first_seen_at": finding.first_seen_at,
            "last_seen_at": finding.last_seen_at,
            "state_changed_at": now,
        }
        for finding in findings
    ]
    connection.execute(statement, rows)


def record_sightings(connection: Connection, seen: Mapping[tuple[int, int], BlockKind | None]) -> None:
    """Write where blocks were seen: (block, article) -> the kind as which a rule cut it there, or None."""
    if not seen:
        return
    # In the order of the key: neighbours in the tree are written together.
    rows = [(key, article_id, kind and str(kind)) for (key, article_id), kind in sorted(seen.items())]
    statement = _see(connection.dialect.name)
    names = ("block_key", "article_id", "cut_kind")
    if connection.dialect.name == "postgresql":
        # One statement with three arrays: 4x faster there than a statement a row.
        values = func.unnest(
            cast(bindparam("keys"), ARRAY(BigInteger)),
            cast(bindparam("ids"), ARRAY(BigInteger)),
            cast(bindparam("kinds"), ARRAY(Text)),
        ).table_valued(*(column(name) for name in names))
        keys, ids, kinds = zip(*rows, strict=True)
        connection.execute(
            statement.from_select(names, select(values.render_derived())),
            {"keys": list(keys), "ids": list(ids), "kinds": list(kinds)},
        )
        return
    execute_tuples(connection, _see(connection.dialect.name), names, rows)


@lru_cache(maxsize=2)
def _see(dialect: str) -> Insert:
    return insert_for(dialect, site_sightings).on_conflict_do_nothing()


def count_pages(connection: Connection, counts: Mapping[int, int], seen_at: datetime) -> None:
    """Add new articles to the counts of blocks that are known; `counts` is block -> articles."""
    table = site_boilerplate.c
    by_count: defaultdict[int, list[int]] = defaultdict(list)
    for key, count in sorted(counts.items()):
        by_count[count].append(key)
    for count, keys in by_count.items():  # few statements: most blocks have the same small count
        connection.execute(
            update(site_boilerplate)
            .where(in_set(connection, table.block_key, keys))
            .values(page_count=table.page_count + count, last_seen_at=seen_at)
        )


def count_sightings(connection: Connection, keys: Collection[int]) -> None:
    """Raise the counts of the candidates among the blocks `keys` to the articles that they were seen in."""
    if keys:
        given = {"keys": numbers_for(connection, keys)}
        connection.execute(_raise_counts(connection.dialect.name), given)


@lru_cache(maxsize=2)
def _raise_counts(dialect: str) -> Update:
    table, seen = site_boilerplate.c, site_sightings.c
    count = select(func.count()).where(seen.block_key == table.block_key).scalar_subquery()
    return (
        update(site_boilerplate)
        .where(one_of(dialect, table.block_key, "keys"), table.page_count < count)
        .values(page_count=count)
    )
