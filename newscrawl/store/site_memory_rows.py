"""What site memory reads from the database: known blocks, where a block was seen, stored articles."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, select

from newscrawl.clean.site_memory import DENIED_RULE, LEARNED_RULE, BlockState, KnownBlock, undo_memory
from newscrawl.clean.site_memory_page import MemoryPage
from newscrawl.model import BlockKind, RemovedBlock
from newscrawl.store.article_tables import articles, removed_blocks
from newscrawl.store.chunks import chunks
from newscrawl.store.site_memory_tables import site_boilerplate, site_sightings
from newscrawl.store.story_sets import numbers_for, one_of


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of the database as site memory needs it. `paragraphs` are as stored, after memory's cuts.

    `removed` are all its removed blocks, or, where only the page is needed, those that memory cut.
    """

    row: Mapping[str, Any]
    paragraphs: tuple[str, ...]
    removed: tuple[RemovedBlock, ...]

    @property
    def first_seen_at(self) -> datetime:
        """When the article was first seen."""
        seen: datetime = self.row["first_seen_at"]
        return seen

    def page(self) -> MemoryPage:
        """Return the article as the cleaner gave it."""
        base = undo_memory(self.paragraphs, self.removed).paragraphs
        row = self.row
        return MemoryPage(row["url"], row["title"], row["language"], row["authors"], base)


def known_blocks(connection: Connection, keys: Collection[int]) -> dict[int, KnownBlock]:
    """Return what is known of the blocks `keys`, whatever their state."""
    known = {}
    found = connection.execute(_known_query(connection.dialect.name), {"keys": numbers_for(connection, keys)})
    for key, kind, state in found.all():
        known[key] = KnownBlock(BlockKind(kind), BlockState(state))
    return known


@lru_cache(maxsize=2)
def _known_query(dialect: str) -> Select[Any]:
    table = site_boilerplate.c
    return select(table.block_key, table.kind, table.state).where(one_of(dialect, table.block_key, "keys"))


@lru_cache(maxsize=2)
def _sightings_query(dialect: str) -> Select[Any]:
    table = site_sightings.c
    statement = select(table.block_key, table.article_id, table.cut_kind)
    return statement.where(one_of(dialect, table.block_key, "keys"))


@dataclass(frozen=True, slots=True)
class Sightings:
    """The articles that a block was seen in, by id: in their text, or cut by a rule, with its kind."""

    kept: tuple[int, ...] = ()
    cut: tuple[tuple[int, BlockKind], ...] = ()


def sightings_of(connection: Connection, keys: Collection[int]) -> dict[int, Sightings]:
    """Return where the blocks `keys` were seen; blocks that were not seen are left out."""
    kept: defaultdict[int, list[int]] = defaultdict(list)
    cut: defaultdict[int, list[tuple[int, BlockKind]]] = defaultdict(list)
    found = connection.execute(
        _sightings_query(connection.dialect.name), {"keys": numbers_for(connection, keys)}
    )
    for key, article_id, kind in found.all():
        if kind is None:
            kept[key].append(article_id)
        else:
            cut[key].append((article_id, BlockKind(kind)))
    return {
        key: Sightings(tuple(sorted(kept.get(key, ()))), tuple(sorted(cut.get(key, ()))))
        for key in kept.keys() | cut.keys()
    }


def load_articles(
    connection: Connection, ids: Collection[int], *, all_blocks: bool
) -> dict[int, StoredArticle]:
    """Return the articles `ids` that there are; with all their removed blocks, or only those of memory."""
    blocks = _load_blocks(connection, ids, all_blocks)
    loaded = {}
    for part in chunks(sorted(ids)):
        for row in connection.execute(select(articles).where(articles.c.id.in_(part))).mappings():
            paragraphs = tuple(row["text"].split("\n\n")) if row["text"] else ()
            loaded[row["id"]] = StoredArticle(dict(row), paragraphs, tuple(blocks.get(row["id"], ())))
    return loaded


def _load_blocks(
    connection: Connection, ids: Collection[int], all_blocks: bool
) -> dict[int, list[RemovedBlock]]:
    table = removed_blocks.c
    blocks: defaultdict[int, list[RemovedBlock]] = defaultdict(list)
    for part in chunks(sorted(ids)):
        statement = select(removed_blocks).where(table.article_id.in_(part))
        if not all_blocks:
            statement = statement.where(table.rule.in_((LEARNED_RULE, DENIED_RULE)))
        for row in connection.execute(statement.order_by(table.article_id, table.number)):
            block = RemovedBlock(BlockKind(row.kind), row.rule, row.text, row.path, row.position)
            blocks[row.article_id].append(block)
    return blocks
