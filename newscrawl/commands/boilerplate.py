"""`scrapy boilerplate`: what site memory has learned, and a person's word on it."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial

from scrapy.exceptions import UsageError
from sqlalchemy import Engine

from newscrawl.clean.site_memory import BlockState
from newscrawl.commands.base import Action, NewscrawlCommand
from newscrawl.commands.progress import Report, progress
from newscrawl.report.table import Column
from newscrawl.store.existing import open_existing
from newscrawl.store.site_memory_people import catch_up, list_blocks, settle_blocks, settle_text
from newscrawl.store.transaction import begin_read

DEFAULT_LIMIT = 50
"""Blocks that a list shows."""

_STATES = {"allow": BlockState.ALLOWED, "deny": BlockState.DENIED, "forget": BlockState.LEARNING}
_COLUMNS = (
    Column("id", right=True),
    Column("site"),
    Column("state"),
    Column("kind"),
    Column("pages", right=True),
    Column("text", flexible=True),
)


class Command(NewscrawlCommand):
    """Lists, allows and denies the blocks that recur on a site."""

    summary = "List the boilerplate that was learned of each site; allow or deny blocks."
    example = (
        "scrapy boilerplate list --site example.com --state learning\n"
        "scrapy boilerplate allow 12 --note 'our standing correction policy'\n"
        "scrapy boilerplate deny --site example.com 'Read the full story in our app.'"
    )
    actions = (
        Action("list", "blocks that recur, the most frequent first", options=("state", "limit")),
        Action("allow", "they may stay in articles, for good", "ID|TEXT...", 1, None, ("note",)),
        Action("deny", "they are always cut, for good", "ID|TEXT...", 1, None, ("note",)),
        Action("forget", "take a word back: evidence decides again", "ID...", 1, None),
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the site, what a list is narrowed by, and a note."""
        parser.add_argument(
            "--site",
            metavar="SITE",
            help="list: only this site. allow, deny: what follows are whole paragraphs of this site, no ids",
        )
        parser.add_argument(
            "--state", choices=[str(state) for state in BlockState], help="only blocks in this state"
        )
        parser.add_argument(
            "--limit", type=int, metavar="N", default=DEFAULT_LIMIT, help="at most N blocks (0: all)"
        )
        parser.add_argument("--note", metavar="TEXT", help="why, for whoever lists it later")

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Do one action; where a state changed, put the stored articles of its site right."""
        ids = [_id(word) for word in operands] if action != "list" and not _are_texts(action, options) else []
        if options.limit < 0:
            raise UsageError("--limit must be 0 or more", print_help=False)
        engine = open_existing(self.database_url)
        if action == "list":
            self._list(engine, options)
        elif _are_texts(action, options):
            now = datetime.now(UTC)
            for text in operands:
                settle_text(engine, options.site, text, _STATES[action], now=now, note=options.note)
            self._catch_up(engine, [options.site], as_json=options.json)
        else:
            sites = settle_blocks(engine, ids, _STATES[action], now=datetime.now(UTC), note=options.note)
            self._catch_up(engine, sites, as_json=options.json)
        engine.dispose()
        return None

    def _list(self, engine: Engine, options: argparse.Namespace) -> None:
        states = [BlockState(options.state)] if options.state else []
        with begin_read(engine) as connection:
            blocks = list_blocks(connection, site=options.site, states=states, limit=options.limit or None)
        if options.json:
            for block in blocks:
                self.put_json(asdict(block))
        elif blocks:
            rows = [(b.id, b.site, b.state, b.kind, b.page_count, b.text) for b in blocks]
            self.put_table(_COLUMNS, rows)
        else:
            self.say("no recurring blocks found")

    def _catch_up(self, engine: Engine, sites: Sequence[str], *, as_json: bool) -> None:
        for site in sites:
            with progress(None) as report:
                changed = catch_up(engine, site, now=datetime.now(UTC), report=partial(_tell, report, site))
            if as_json:
                self.put_json({"site": site, "changed": changed})
            else:
                self.put(f"{site}: {changed:,} stored articles changed")


def _tell(report: Report, site: str, looked_at: int, changed: int) -> None:
    report(f"{site}: {looked_at:,} articles, {changed:,} changed", looked_at)


def _are_texts(action: str, options: argparse.Namespace) -> bool:
    return options.site is not None and action in ("allow", "deny")


def _id(word: str) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 18:
        raise UsageError(f"{word!r} is no id (a whole number); for a text, name its --site", print_help=False)
    return int(word)
