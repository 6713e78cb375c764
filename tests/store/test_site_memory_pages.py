"""From HTML to the database: pages of three kinds of markup, with standing lines that no rule knows."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from sqlalchemy import select

import site_memory_texts as texts
from newscrawl.clean import clean_page
from newscrawl.model import CleanedPage, Page
from newscrawl.store import open_engine, write_batch
from newscrawl.store.tables import articles

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
Theme = Callable[[str, tuple[str, ...]], str]


def in_article(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return f"""<header><a href="/">Fell Post</a></header><article><h1>{title}</h1>
        <p class="byline">By Mara Lindqvist</p>{body}</article>
        <aside><h3>Related</h3><ul><li><a href="/1">Tide tables for May</a></li></ul></aside>"""


def in_divs(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "".join(f"<div>{text}</div>" for text in paragraphs)
    return f'<div id="top"><a href="/">Home</a></div><div><h1>{title}</h1><div>{body}</div></div>'


def in_a_table(title: str, paragraphs: tuple[str, ...]) -> str:
    body = "<br><br>".join(paragraphs)
    return f'<table><tr><td><a href="/">Home</a></td><td><h2>{title}</h2>{body}</td></tr></table>'


@pytest.mark.parametrize("theme", [in_article, in_divs, in_a_table])
def test_standing_lines_go_and_every_paragraph_stays(theme: Theme, sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    for number, (title, paragraphs) in enumerate(texts.ARTICLES):
        url = f"https://fellpost.example/2026/{number}"
        head = f"<head><meta charset=utf-8><title>{title}</title></head>"
        content = theme(title, texts.framed(paragraphs))
        body = f"<!doctype html><html>{head}<body>{content}</body></html>".encode()
        page = Page(url=url, requested_url=url, http_status=200, body=body, fetched_at=NOW)
        cleaned = CleanedPage(page=page, article=clean_page(body, url), fingerprint=None)
        write_batch(engine, [cleaned], crawl_id=None, now=NOW)
    with engine.connect() as connection:
        stored = connection.scalars(select(articles.c.text).order_by(articles.c.id)).all()
    assert stored == ["\n\n".join(paragraphs) for _, paragraphs in texts.ARTICLES]
