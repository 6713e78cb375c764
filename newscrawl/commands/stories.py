"""`scrapy stories`: the stories in the database, and the decisions of a person about them."""

import argparse
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice

from scrapy.exceptions import UsageError
from sqlalchemy import Connection, Engine

from newscrawl.commands.base import Action, NewscrawlCommand
from newscrawl.errors import NewscrawlError
from newscrawl.report.harmless import harmless_block
from newscrawl.report.history import history_lines, history_rows
from newscrawl.report.story import (
    DECISION_COLUMNS,
    EXPLANATION_COLUMNS,
    LINK_COLUMNS,
    LIST_COLUMNS,
    TIMELINE_COLUMNS,
    canonical_heading,
    decision_row,
    explanation_row,
    heading,
    link_row,
    list_row,
    story_json,
    timeline_row,
)
from newscrawl.store.existing import open_existing
from newscrawl.store.queries import (
    StoryRecord,
    StorySummary,
    list_stories,
    stories_of_articles,
    story_record,
)
from newscrawl.store.revision_queries import article_history
from newscrawl.store.search import search_articles
from newscrawl.store.story_explanations import explain_story
from newscrawl.store.story_record import merge_stories, split_story
from newscrawl.store.transaction import begin_read, write_with_retry
from newscrawl.stories.explain import Explanation

DEFAULT_LIMIT = 20
"""Stories that a list shows: a screenful."""


class Command(NewscrawlCommand):
    """Lists, searches, shows, merges and splits stories."""

    summary = "List, search, show, merge and split the stories in the database."
    example = (
        "scrapy stories list --site example.com --limit 50\n"
        "scrapy stories search flood warning\n"
        "scrapy stories show 3\n"
        "scrapy stories merge 3 8\n"
        "scrapy stories split 3 41 57\n"
        "scrapy stories list --limit 0 --json | head"
    )
    actions = (
        Action("list", "the newest first", options=("limit", "site", "since", "least_sites")),
        Action(
            "search",
            "those with an article that holds all words (case and accents do not matter)",
            operands="WORDS...",
            least=1,
            most=None,
            options=("limit",),
        ),
        Action("show", "one story: who had it when, and its canonical article", "ID", 1, 1),
        Action("revisions", "how an article's text changed, with what went and what came", "ARTICLE", 1, 1),
        Action("merge", "put two stories together, for good; the first id stays", "A B", 2, 2),
        Action("split", "part some articles from the others of a story, for good", "ID ARTICLE...", 2, None),
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add what a list can be narrowed by."""
        parser.add_argument(
            "--limit", type=int, metavar="N", default=DEFAULT_LIMIT, help="at most N stories (0: all)"
        )
        parser.add_argument("--site", metavar="SITE", help="only stories that SITE told")
        parser.add_argument("--since", metavar="DATE", help="only stories with news since DATE (UTC)")
        parser.add_argument(
            "--least-sites", type=int, metavar="N", default=1, help="only stories that N sites or more told"
        )

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Do one action; status 1 where a story is not there."""
        limit = _limit(options.limit)
        since = _date(options.since)
        ids = [_id(word) for word in operands] if action != "search" else []
        engine = open_existing(self.database_url)
        try:
            if action == "merge":
                self._merge(engine, ids, as_json=options.json)
            elif action == "split":
                self._split(engine, ids, as_json=options.json)
            else:
                with begin_read(engine) as connection:
                    self._read(connection, action, operands, options, limit, since)
        finally:
            engine.dispose()
        return None

    def _read(
        self,
        connection: Connection,
        action: str,
        operands: Sequence[str],
        options: argparse.Namespace,
        limit: int | None,
        since: datetime | None,
    ) -> None:
        if action == "list":
            found = list_stories(
                connection,
                limit=limit,
                site=options.site,
                since=since,
                least_sites=options.least_sites,
            )
            self._print_list(found, as_json=options.json)
        elif action == "search":
            self._search(connection, " ".join(operands), limit, as_json=options.json)
        elif action == "revisions":
            self._revisions(connection, _id(operands[0]), as_json=options.json)
        else:
            self._show(connection, _id(operands[0]), as_json=options.json)

    def _merge(self, engine: Engine, ids: Sequence[int], *, as_json: bool) -> None:
        first, second = ids
        now = datetime.now(UTC)
        kept = write_with_retry(engine, lambda connection: merge_stories(connection, first, second, now))
        self._print_stories(engine, [kept], as_json=as_json)

    def _split(self, engine: Engine, ids: Sequence[int], *, as_json: bool) -> None:
        story_id, *articles = ids
        now = datetime.now(UTC)
        new = write_with_retry(engine, lambda connection: split_story(connection, story_id, articles, now))
        self._print_stories(engine, [story_id, new], as_json=as_json)

    def _print_stories(self, engine: Engine, ids: Sequence[int], *, as_json: bool) -> None:
        """Print what a decision has made of stories."""
        with begin_read(engine) as connection:
            records = [story_record(connection, story_id) for story_id in ids]
        self._print_list((record.summary for record in records if record), as_json=as_json)

    def _search(self, connection: Connection, words: str, limit: int | None, *, as_json: bool) -> None:
        hits = (hit.article_id for hit in search_articles(connection, words))
        self._print_list(islice(stories_of_articles(connection, hits), limit), as_json=as_json)

    def _print_list(self, stories: Iterable[StorySummary], *, as_json: bool) -> None:
        if as_json:
            for story in stories:
                self.put_json(asdict(story))
            return
        rows = [list_row(story) for story in stories]
        if rows:
            self.put_table(LIST_COLUMNS, rows)
        else:
            self.say("no stories found")

    def _revisions(self, connection: Connection, article_id: int, *, as_json: bool) -> None:
        history = article_history(connection, article_id)
        if history is None:
            raise NewscrawlError(f"there is no article {article_id}")
        if as_json:
            for row in history_rows(history):
                self.put_json(row)
        else:
            for line in history_lines(history):
                self.put(line)

    def _show(self, connection: Connection, story_id: int, *, as_json: bool) -> None:
        record = story_record(connection, story_id)
        if record is None:
            raise NewscrawlError(f"there is no story {story_id}")
        explanations = explain_story(connection, record.summary.id)
        if as_json:
            self.put_json(story_json(record, explanations))
        else:
            self._print_record(record, explanations, story_id)

    def _print_record(self, record: StoryRecord, explanations: Sequence[Explanation], asked_for: int) -> None:
        for line in heading(record, asked_for):
            self.put(line)
        self.put()
        self.put_table(TIMELINE_COLUMNS, map(timeline_row, record.articles))
        if len(explanations) > 1:
            self.put()
            self.put_table(EXPLANATION_COLUMNS, map(explanation_row, explanations))
        if record.links:
            self.put()
            self.put_table(LINK_COLUMNS, map(link_row, record.links))
        if record.decisions:
            self.put()
            self.put_table(DECISION_COLUMNS, map(decision_row, record.decisions))
        if record.canonical is not None:
            self.put()
            for line in canonical_heading(record.canonical):
                self.put(line)
            self.put()
            self.put(harmless_block(record.canonical_text))


def _limit(number: int) -> int | None:
    if number < 0:
        raise UsageError("--limit must be 0 or more", print_help=False)
    return number or None


def _id(word: str) -> int:
    if not word.isascii() or not word.isdigit() or len(word) > 18:
        raise UsageError(f"{word!r} is no id (a whole number)", print_help=False)
    return int(word)


def _date(word: str | None) -> datetime | None:
    if word is None:
        return None
    try:
        when = datetime.fromisoformat(word)
    except ValueError as error:
        raise UsageError(f"{word!r} is no date (2026-11-20)", print_help=False) from error
    return when if when.tzinfo else when.replace(tzinfo=UTC)
