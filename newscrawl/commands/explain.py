"""`scrapy explain`: what cleaning kept of a page, what it cut, and by which rule."""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from newscrawl.clean import DROP_RULE, BlockReport, Explanation, explain_page, explain_ruled_page
from newscrawl.commands.base import NewscrawlCommand
from newscrawl.commands.one_page import fetch_one_page
from newscrawl.commands.rule_book import add_sites_option, read_rule_book
from newscrawl.errors import ConfigError, NewscrawlError, StoreError
from newscrawl.model import ArticleStatus, BlockKind, Page
from newscrawl.report.explained_page import explained_page
from newscrawl.report.explanation import (
    article_facts,
    counted,
    explanation_rows,
    print_explanation,
    shown_blocks,
)
from newscrawl.store.existing import open_existing
from newscrawl.store.page_queries import StoredCut, StoredPage, article_of_url, stored_page
from newscrawl.store.transaction import begin_read

STDIN = STDOUT = "-"
FILE_URL = "https://file.invalid/"
"""The address of a page from a file where none is given (RFC 2606: `.invalid` is nobody's)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page to explain, where it comes from, and what the database cut from it beyond the rules."""

    html: bytes
    url: str
    encoding: str | None
    facts: tuple[tuple[str, str], ...]
    cuts: tuple[StoredCut, ...] = ()


class Command(NewscrawlCommand):
    """Explains the cleaning of one page."""

    summary = "Show what cleaning kept of a page, what it cut, and by which rule."
    operands = "URL|FILE|ARTICLE-ID"
    least, most = 1, 1
    details = (
        "A URL that the database knows is explained from its stored page, any other is fetched as a crawl "
        "would fetch it (robots.txt, limits), and not stored. - is standard input."
    )
    example = (
        "scrapy explain https://example.com/news/1.html\n"
        "scrapy explain 42 --html cuts.html\n"
        "scrapy explain page.html --url https://example.com/news/1.html --json"
    )

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the HTML form and what a file does not say."""
        parser.add_argument("--html", metavar="OUT", help="write the page, cut blocks coloured, to OUT")
        parser.add_argument("--url", metavar="URL", help="the address that a FILE came from")
        parser.add_argument("--encoding", metavar="NAME", help="the charset of a FILE, where it has none")
        add_sites_option(parser)
        parser.add_argument("--fetch", action="store_true", help="fetch a URL even if its page is stored")

    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Explain the page; status 1 where it cannot be had or is no HTML."""
        assert self.settings is not None
        if options.encoding:
            _check_encoding(options.encoding)
        book = read_rule_book(options.sites, self.settings["NEWSCRAWL_SITES"])
        source = self._source(operands[0], options)
        rules = book.rules_for(source.url)
        explanation = explain_ruled_page(source.html, source.url, rules, encoding=source.encoding)
        explanation = with_stored_cuts(explanation, source.cuts)
        if options.html:
            self._write_html(options.html, source, explanation)
        if options.json:
            for row in explanation_rows(explanation, source.facts):
                self.put_json(row)
        elif not options.html:
            print_explanation(explanation, source.facts, sys.stdout)
        status = explanation.article.status
        if status is not ArticleStatus.OK and not explanation.blocks:
            self.say(f"scrapy explain: no article in it: {status}")
            return 1
        return None

    def _source(self, word: str, options: argparse.Namespace) -> Source:
        if word.isascii() and word.isdigit():
            return self._stored_source(int(word))
        if word.startswith(("http://", "https://")):
            return self._web_source(word, fetch=options.fetch)
        html = _read(word)
        return Source(
            html=html,
            url=options.url or _own_address(html, options.encoding),
            encoding=options.encoding,
            facts=(("source", word if word != STDIN else "standard input"),),
        )

    def _stored_source(self, article_id: int) -> Source:
        engine = open_existing(self.database_url)
        with begin_read(engine) as connection:
            found = stored_page(connection, article_id)
        engine.dispose()
        if found is None:
            raise NewscrawlError(f"there is no article {article_id}")
        if found.page is None:
            raise NewscrawlError(
                f"the page of article {article_id} is not kept (loaded from a file, or raw pages are off): "
                f"`scrapy explain --fetch {found.url}` fetches it"
            )
        return _of_stored(found, found.page)

    def _web_source(self, url: str, *, fetch: bool) -> Source:
        if not fetch:
            found = self._stored(url)
            if found is not None and found.page is not None:
                return _of_stored(found, found.page)
        assert self.settings is not None
        page = fetch_one_page(self.settings, url)
        fetched = f"fetched now, HTTP status {page.http_status}, {len(page.body):,} bytes"
        return Source(page.body, page.url, page.encoding, (("source", fetched),))

    def _stored(self, url: str) -> StoredPage | None:
        try:
            engine = open_existing(self.database_url)
        except StoreError:
            return None  # without a database everything is new
        with begin_read(engine) as connection:
            article_id = article_of_url(connection, url)
            found = stored_page(connection, article_id) if article_id is not None else None
        engine.dispose()
        return found

    def _write_html(self, out: str, source: Source, explanation: Explanation) -> None:
        facts = [*article_facts(explanation.article), *source.facts]
        document = explained_page(
            source.html,
            source.url,
            source.encoding,
            explanation.article.title,
            facts,
            shown_blocks(explanation.blocks),
        )
        if out == STDOUT:
            self.put(document)
            return
        try:
            Path(out).write_text(document, encoding="utf-8")
        except OSError as error:
            raise ConfigError(f"cannot write {out!r}: {error.strerror}") from error
        self.say(f"{counted(explanation.blocks)}; written to {out}")


def with_stored_cuts(explanation: Explanation, cuts: Sequence[StoredCut]) -> Explanation:
    """Return `explanation` with what was cut from the stored article and one page cannot show: by
    what is known of its site, or by rules that are not given now.
    """
    stored = {(cut.position, cut.text): cut for cut in cuts}
    blocks: list[BlockReport] = []
    for block in explanation.blocks:
        cut = stored.get((block.position, block.text))
        if block.kept and cut is not None:
            votes = (*block.votes, ("stored cut" if cut.rule == DROP_RULE else "site memory", cut.rule))
            block = replace(block, kept=False, kind=BlockKind(cut.kind), rule=cut.rule, votes=votes)
        blocks.append(block)
    return replace(explanation, blocks=tuple(blocks))


def _check_encoding(name: str) -> None:
    try:
        b"x".decode(name)
    except (LookupError, ValueError) as error:
        raise ConfigError(f"--encoding: there is no charset {name!r}") from error


def _own_address(html: bytes, encoding: str | None) -> str:
    """Return the address that a page gives as its own: what rules for its site go by."""
    return explain_page(html, FILE_URL, encoding=encoding).article.canonical_url


def _of_stored(found: StoredPage, page: Page) -> Source:
    story = f" in story {found.story_id}" if found.story_id is not None else ""
    fetched = f"fetched {page.fetched_at:%Y-%m-%d %H:%M} UTC"
    facts = (("source", f"article {found.article_id}{story}, {fetched}"),)
    return Source(page.body, page.url, page.encoding, facts, found.cuts)


def _read(name: str) -> bytes:
    try:
        return sys.stdin.buffer.read() if name == STDIN else Path(name).read_bytes()
    except OSError as error:
        raise ConfigError(f"cannot read {name!r}: {error.strerror}") from error
