"""Clean stored pages again: what it would change, and the writing of it."""

import logging
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection, Engine, select, update
from zstandard import ZstdError

from newscrawl.clean.site_memory import recall
from newscrawl.clean.site_memory_page import block_key
from newscrawl.model import Article, ArticleStatus, CleanedPage, Page
from newscrawl.store.article_rows import Change, prepare_page
from newscrawl.store.article_tables import articles
from newscrawl.store.article_writes import rewrite_articles
from newscrawl.store.chunks import chunks
from newscrawl.store.raw_page import read_raw_page
from newscrawl.store.site_memory import consult_memory, remember
from newscrawl.store.site_memory_correct import corrections
from newscrawl.store.site_memory_rows import known_blocks
from newscrawl.store.transaction import write_with_retry
from newscrawl.stories.tokens import tokenize

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class RecleanedArticle:
    """A stored article after its page was cleaned again. `text_hash` is that of the text stored before."""

    article_id: int
    text_hash: str
    article: Article


@dataclass(slots=True)
class SiteSummary:
    """What cleaning again changes on one site. Words are counted as a bag: moved text is no change."""

    site: str
    articles: int = 0  # looked at
    changed: int = 0  # their text or title changes
    gained_words: int = 0
    lost_words: int = 0
    emptied: int = 0  # would have no text any more, and are kept as they are
    failed: int = 0  # their page could not be cleaned


@dataclass(slots=True)
class Summary:
    """The summaries of all sites."""

    sites: dict[str, SiteSummary] = field(default_factory=dict)

    def of(self, site: str) -> SiteSummary:
        """Return the summary of `site`, a new one where there is none."""
        return self.sites.setdefault(site, SiteSummary(site))

    def compare(self, site: str, old_title: str, old: str, title: str, text: str) -> None:
        """Count one article whose title and text were `old_title` and `old`."""
        summary = self.of(site)
        summary.articles += 1
        if (old_title, old) == (title, text):
            return
        summary.changed += 1
        before, after = Counter(tokenize(old)), Counter(tokenize(text))
        summary.gained_words += (after - before).total()
        summary.lost_words += (before - after).total()


def take_over(connection: Connection, cleaned: Mapping[int, Article]) -> dict[int, RecleanedArticle]:
    """Return articles as cleaned again, by id, with what only the database knows of them.

    Addresses stay. A feed may have given the title and the language, which the raw page does not repeat.
    """
    table = articles.c
    taken = {}
    for part in chunks(sorted(cleaned)):
        query = select(table.id, table.url, table.canonical_url, table.title, table.language, table.text_hash)
        for row in connection.execute(query.where(table.id.in_(part))):
            new = cleaned[row.id]
            article = replace(
                new,
                url=row.url,
                canonical_url=row.canonical_url,
                title=new.title or row.title,
                language=new.language or row.language,
            )
            taken[row.id] = RecleanedArticle(row.id, row.text_hash, article)
    return taken


def preview(connection: Connection, items: Collection[RecleanedArticle], summary: Summary) -> None:
    """Count into `summary` what writing `items` would change, with what is known of their sites now."""
    table = articles.c
    by_id = {item.article_id: item for item in items}
    for part in chunks(sorted(by_id)):
        query = select(table.id, table.site, table.status, table.title, table.text).where(table.id.in_(part))
        rows = connection.execute(query).all()
        keys = {
            key
            for row in rows
            for text in by_id[row.id].article.paragraphs
            if (key := block_key(row.site, text)) is not None
        }
        known = known_blocks(connection, keys)
        for row in rows:
            article = by_id[row.id].article
            if row.text and article.status is not ArticleStatus.OK:
                summary.of(row.site).articles += 1
                summary.of(row.site).emptied += 1
                continue
            article = recall(row.site, article, known)
            summary.compare(row.site, row.title, row.text, article.title, article.text)


def preview_memory(connection: Connection, ids: Collection[int], summary: Summary) -> None:
    """Count into `summary` what the newest site memory changes in the stored articles `ids`."""
    changed = {article.row["id"]: (article, result) for article, result in corrections(connection, ids)}
    for part in chunks(sorted(ids)):
        query = select(articles.c.id, articles.c.site).where(articles.c.id.in_(part))
        for article_id, site in connection.execute(query):
            if article_id not in changed:
                summary.of(site).articles += 1
                continue
            article, result = changed[article_id]
            title, text = article.row["title"], "\n\n".join(result.paragraphs)
            summary.compare(site, title, article.row["text"], title, text)


def write_recleaned(engine: Engine, items: Sequence[RecleanedArticle], now: datetime) -> Counter[Change]:
    """Write a batch in one transaction; return how many articles ended as which change.

    An article whose text was changed in the meantime (by a crawl, say) is passed over.
    """

    def write(connection: Connection) -> Counter[Change]:
        hashes = _text_hashes(connection, [item.article_id for item in items])
        pages = [
            prepare_page(
                item.article_id,
                CleanedPage(page=None, article=item.article, fingerprint=None),
                crawl_id=None,
                keep_raw=False,
            )
            for item in items
            if hashes.get(item.article_id) == item.text_hash
        ]
        memory = consult_memory(connection, pages, now)
        changes = rewrite_articles(connection, {page.number: page for page in memory.pages}, now)
        rewritten = {id_: (id_, False) for id_, change in changes.items() if change is Change.TEXT}
        remember(connection, memory, rewritten, now)
        kept = {page.number: page for page in pages if changes.get(page.number) is Change.KEPT}
        for article_id, page in kept.items():
            # Looked at, and better left alone: the next reclean need not look again.
            version = page.cleaned.article.cleaner_version
            connection.execute(
                update(articles).where(articles.c.id == article_id).values(cleaner_version=version)
            )
        return Counter(changes.values())

    return write_with_retry(engine, write)


def read_pages(connection: Connection, ids: Collection[int]) -> dict[int, Page]:
    """Return the raw pages of articles by id; a damaged one is passed over."""
    pages = {}
    for article_id in ids:
        try:
            page = read_raw_page(connection, article_id)
        except ZstdError:
            logger.warning("the stored page of article %d is damaged", article_id)
            continue
        if page is not None:
            pages[article_id] = page
    return pages


def count_failed(connection: Connection, ids: Collection[int], summary: Summary) -> None:
    """Count the articles `ids` into `summary` as those whose page could not be cleaned."""
    for part in chunks(sorted(ids)):
        for site in connection.scalars(select(articles.c.site).where(articles.c.id.in_(part))):
            summary.of(site).articles += 1
            summary.of(site).failed += 1


def _text_hashes(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    query = select(articles.c.id, articles.c.text_hash).where(articles.c.id.in_(ids))
    return {row.id: row.text_hash for row in connection.execute(query)}
