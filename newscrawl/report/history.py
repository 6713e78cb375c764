"""An article's revisions as people read them: each change with what went and what came."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from newscrawl.report.harmless import harmless_line
from newscrawl.report.table import shown
from newscrawl.report.text_diff import diff_lines
from newscrawl.store.revision_queries import History, Version


def history_lines(history: History) -> Iterator[str]:
    """Yield the article's address, then for each revision a head and its changes."""
    yield f"Article {history.article_id}: {harmless_line(history.url)}"
    first = history.versions[0]
    yield f"first seen {shown(first.seen_at)} UTC: {harmless_line(first.title) or '(no title)'}"
    for old, new in pairwise(history.versions):
        yield ""
        yield f"changed, seen {shown(old.replaced_at)} UTC{_by_us(old, new)}"
        for line in changes(old, new):
            yield "  " + harmless_line(line)
    if len(history.versions) == 1:
        yield "its text has not changed since"


def history_rows(history: History) -> Iterator[dict[str, Any]]:
    """Yield one object for each version, with what changed against the one before."""
    before: Version | None = None
    for version in history.versions:
        yield {
            "article_id": history.article_id,
            "seen_at": version.seen_at,
            "replaced_at": version.replaced_at,
            "title": version.title,
            "text": version.text,
            "cleaner_version": version.cleaner_version,
            "changes": [] if before is None else changes(before, version),
        }
        before = version


def changes(old: Version, new: Version) -> list[str]:
    """Return what changed between two versions; a line on the title begins with `title `."""
    title = [f"title {line}" for line in diff_lines([old.title], [new.title])]
    return title + list(diff_lines(_paragraphs(old), _paragraphs(new)))


def _paragraphs(version: Version) -> list[str]:
    return version.text.split("\n\n") if version.text else []


def _by_us(old: Version, new: Version) -> str:
    """Say where it was perhaps not the publisher: another cleaner reads the same page otherwise."""
    if old.cleaner_version == new.cleaner_version:
        return ""
    return f" (cleaner {old.cleaner_version} -> {new.cleaner_version})"
