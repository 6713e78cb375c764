"""What a crawl of a newsstand left in the database, held against what it should have."""

import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from examples.newsstand.check import removal_differences, text_differences
from examples.newsstand.site import Newsstand, Site
from examples.newsstand.texts import Article
from newscrawl.model import BlockKind, RemovedBlock
from newscrawl.store.article_tables import articles, raw_pages, removed_blocks
from newscrawl.store.raw_page import decompress

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article of a newsstand as it should be in the database, under its URL."""

    site: Site
    article: Article
    base: str

    @property
    def url(self) -> str:
        """Where the article's page is served."""
        return self.base + self.site.path_of(self.article)

    @property
    def body(self) -> bytes:
        """The page's bytes."""
        resource = self.site.resource(self.site.path_of(self.article), self.base)
        assert resource is not None
        return resource.body


def crawl(urls: tuple[str, ...], database_url: str, *settings: str) -> subprocess.CompletedProcess[str]:
    """Crawl outlets on loopback in a process of its own, with further settings as NAME=VALUE."""
    command = [sys.executable, "-m", "scrapy", "crawl", "news", "-a", f"url={','.join(urls)}"]
    for setting in settings:
        command += ["-s", setting]
    environment = {**os.environ, "NEWSCRAWL_DATABASE_URL": database_url, "NEWSCRAWL_ALLOW_LOOPBACK": "1"}
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )


def wanted_articles(newsstand: Newsstand, urls: tuple[str, ...]) -> dict[str, Wanted]:
    """Return every article of the newsstand by its URL; `urls` are the front pages in outlets' order."""
    wanted = [
        Wanted(site, article, url.rstrip("/"))
        for site, url in zip(newsstand.sites, urls, strict=True)
        for article in site.outlet.articles
    ]
    return {one.url: one for one in wanted}


def article_differences(connection: Connection, wanted: dict[str, Wanted]) -> Iterator[str]:
    """Give what is wrong with the articles: their number, texts, removal records and metadata."""
    rows = connection.execute(select(articles).where(articles.c.status == "ok")).all()
    for row in rows:
        if row.url not in wanted:
            yield f"{row.url}: stored as an article, which it is not"
    for url, one in wanted.items():
        found = [row for row in rows if row.url == url]
        if len(found) != 1:
            yield f"{url}: stored {len(found)} times as an article"
            continue
        row = found[0]
        base = one.base
        page = one.site.article_page(one.article, base)
        blocks = connection.execute(
            select(removed_blocks)
            .where(removed_blocks.c.article_id == row.id)
            .order_by(removed_blocks.c.number)
        )
        removed = [
            RemovedBlock(BlockKind(block.kind), block.rule, block.text, block.path, block.position)
            for block in blocks
        ]
        pairs = {
            "title": (one.article.title, row.title),
            "authors": (list(one.article.authors), list(row.authors)),
            "published_at": (one.article.published, row.published_at),
            "language": (one.site.outlet.language, (row.language or "").partition("-")[0]),
            "paywalled": (one.article.paywalled, row.paywalled),
        }
        wrong = text_differences(page.paragraphs, row.text.split("\n\n"))
        wrong += removal_differences(page.removed, removed)
        wrong += [
            f"{name}: expected {want!r}, got {got!r}" for name, (want, got) in pairs.items() if want != got
        ]
        wrong += _raw_page_differences(connection, row.id, one)
        yield from (f"{one.article.key}: {line}" for line in wrong)


def story_differences(connection: Connection, wanted: dict[str, Wanted]) -> Iterator[str]:
    """Give what is wrong with the stories: articles apart or together, relations, copies."""
    rows = connection.execute(select(articles).where(articles.c.status == "ok")).all()
    url_of = {row.id: row.url for row in rows}
    together: dict[int | None, list[str]] = defaultdict(list)
    for row in rows:
        together[row.story_id].append(row.url)
    for row in rows:
        one = wanted.get(row.url)
        if one is None:
            continue
        mine = {url for url, other in wanted.items() if other.article.story == one.article.story}
        stored = set(together[row.story_id])
        key = one.article.key
        if row.story_id is None:
            yield f"{key}: in no story"
        for url in sorted(mine - stored):
            yield f"{key}: not in one story with {_name(wanted, url)}"
        for url in sorted(stored - mine):
            yield f"{key}: in one story with {_name(wanted, url)}"
        if row.relation != one.article.relation:
            yield f"{key}: relation {row.relation}, expected {one.article.relation}"
        copied = _name(wanted, url_of.get(row.copy_of_id, "")) if row.copy_of_id else ""
        if copied != one.article.copy_of:
            yield f"{key}: copy of {copied or None}, expected {one.article.copy_of or None}"


def _raw_page_differences(connection: Connection, article_id: int, one: Wanted) -> list[str]:
    rows = connection.execute(select(raw_pages).where(raw_pages.c.article_id == article_id)).all()
    if len(rows) != 1:
        return [f"{len(rows)} raw pages stored"]
    wrong = []
    if decompress(rows[0].body) != one.body:
        wrong.append("the raw page is not what the server sent")
    if "etag" not in {name for name, _ in rows[0].headers}:
        wrong.append(f"the raw page lost its headers: {rows[0].headers!r}")
    return wrong


def _name(wanted: dict[str, Wanted], url: str) -> str:
    return wanted[url].article.key if url in wanted else url
