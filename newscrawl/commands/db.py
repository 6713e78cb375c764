"""`scrapy db`: set up, check and count the database."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import Engine

from newscrawl.commands.base import EXIT_ERROR, Action, NewscrawlCommand
from newscrawl.report import Column
from newscrawl.store import begin_read, open_engine, schema_state, upgrade_database
from newscrawl.store.checks import check_database
from newscrawl.store.errors import shown_url
from newscrawl.store.existing import open_existing
from newscrawl.store.statistics import Statistics, read_statistics

UPGRADE = Action("upgrade", "create the tables, or bring an older database up to date")
CHECK = Action("check", "look for what must not be: schema, integrity, counts, stories")
STATS = Action("stats", "count what is stored")


class Command(NewscrawlCommand):
    """Sets up, checks and counts the database."""

    summary = "Set up, check and count the database."
    actions = (STATS, UPGRADE, CHECK)
    example = (
        "scrapy db upgrade\nscrapy db check --json\nscrapy db stats --database postgresql://me@localhost/news"
    )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Run the action; a check that fails gives status 1."""
        upgrade = action == UPGRADE.name
        engine = open_engine(self.database_url) if upgrade else open_existing(self.database_url)
        try:
            if action == CHECK.name:
                return self._check(engine, options.json)
            if upgrade:
                self._upgrade(engine, options.json)
            else:
                self._stats(engine, options.json)
            return None
        finally:
            engine.dispose()

    def _upgrade(self, engine: Engine, as_json: bool) -> None:
        before = upgrade_database(engine)
        if as_json:
            self.put_json({"database": shown_url(engine), "from": before.revision, "to": before.head})
        elif before.current:
            self.put(f"{shown_url(engine)} is up to date (schema {before.head})")
        else:
            self.put(f"{shown_url(engine)}: schema {before.revision or 'none'} -> {before.head}")

    def _check(self, engine: Engine, as_json: bool) -> int:
        with begin_read(engine) as connection:
            checks = list(check_database(connection))
        if as_json:
            for check in checks:
                self.put_json({**asdict(check), "ok": check.ok})
        else:
            columns = (Column("check"), Column("result"), Column("rule", flexible=True), Column("example"))
            self.put_table(
                columns,
                [
                    (c.name, "ok" if c.ok else f"{c.wrong} wrong", c.rule, None if c.ok else c.example)
                    for c in checks
                ],
            )
        failed = [check.name for check in checks if not check.ok]
        if failed:
            self.say(f"scrapy db: {shown_url(engine)} fails: {', '.join(failed)}")
            return EXIT_ERROR
        return 0

    def _stats(self, engine: Engine, as_json: bool) -> None:
        with begin_read(engine) as connection:
            statistics = read_statistics(connection, schema_state(connection).revision)
        if as_json:
            self.put_json({"database": shown_url(engine), **asdict(statistics)})
        else:
            self.put_table((Column("what"), Column("how much", right=True)), _lines(statistics, engine))


def _lines(stats: Statistics, engine: Engine) -> list[tuple[str, object]]:
    lines: list[tuple[str, object]] = [
        ("database", shown_url(engine)),
        ("schema", stats.revision),
        ("size on disk, MB", f"{stats.size_bytes / 1e6:,.1f}"),
        ("raw pages, MB", f"{stats.raw_bytes / 1e6:,.1f}"),
        ("raw pages compressed, MB", f"{stats.raw_bytes_compressed / 1e6:,.1f}"),
        ("text, million characters", f"{stats.text_characters / 1e6:,.1f}"),
        ("sites", f"{stats.site_count:,}"),
    ]
    lines += [(f"articles {status}", f"{count:,}") for status, count in stats.articles_by_status.items()]
    lines += [(f"relation {name}", f"{count:,}") for name, count in stats.articles_by_relation.items()]
    lines += [(f"fetches {status}", f"{count:,}") for status, count in stats.fetches_by_status.items()]
    lines += [(f"rows in {table}", f"{count:,}") for table, count in stats.rows.items()]
    lines += [
        ("first seen", stats.first_seen_at),
        ("last seen", stats.last_seen_at),
        ("last crawl", stats.last_crawl_at),
    ]
    return lines
