"""Texts and dates made to break a store, a page, a table or a log, crawled and shown by the commands."""

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from command_run import Scrapy
from crawl_run import CrawlRun, crawl, outcomes, rows, stored
from newscrawl.store import begin_write, open_engine
from outlet import DAY
from sites import Site, article, respond

GOOD_PATHS = [f"{DAY}/good-page-number-{number}" for number in range(6)]
NEXT_YEAR = f"{datetime.now(UTC).year + 1}-12-20T10:00:00Z"
DATES = {
    "31-february": ("2026-02-31T10:00:00Z", "date:impossible"),
    "year-99999": ("99999-01-01T00:00:00Z", "date:impossible"),
    "5000-digits": ("1" * 5000, "date:impossible"),
    "zone-of-99-hours": ("2026-11-20T10:00:00+99:99", "date:impossible"),
    "next-year": (NEXT_YEAR, "date:in-the-future"),
}
SCRIPT = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"
TITLES = {
    "script": f"Harbour &lt;script&gt;alert(1)&lt;/script&gt; reopened today {SCRIPT}",
    "formula": '=HYPERLINK("https://evil.example","Ferry adrift off Holm")',
    "escape": "Tug \x1b[31mred\x1b[0m&#10;2026-11-25 00:00:00 ERROR: forged line of the log",
}
WILDCARDS = {
    "wildcards": "Turnout of 100% in snake_case county",
    "no-wildcards": "Zoo counts 1000 eels and a snakexcase",
}
ZOO = (
    "The keepers emptied every tank of the aquarium on Monday and found 1000 eels behind the glass.",
    "A vet has looked at the largest of them, a snakexcase of two metres that eats nothing but shrimps.",
    "Feeding starts at noon, and children who come in a costume get their tickets for half the price.",
)
SURROGATES = (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry \\u0000adrift \\ud800off'
    ' Holm", "author": {"name": "Ana \\u0000\\udc00Berg"}}</script>'
)
SCRIPTED_LINKS = b'<p><a href="javascript:alert(1)" onclick="alert(1)">Click me</a></p></article>'


def page(number: int, title: str = "", head: str = "") -> bytes:
    body = article(number)
    if title:
        body = re.sub(rb"<title>.*?</title>", lambda _: f"<title>{title}</title>".encode(), body)
        body = re.sub(rb"<h1>.*?</h1>", lambda _: f"<h1>{title.partition('</title>')[0]}</h1>".encode(), body)
    return body.replace(b"</head>", head.encode() + b"</head>").replace(b"</article>", SCRIPTED_LINKS)


def zoo(title: str) -> bytes:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in ZOO)
    kind = '<meta property="og:type" content="article">'
    head = f"<head><title>{title}</title>{kind}</head>"
    return f"<html lang=en>{head}<body><article><h1>{title}</h1>{text}</article></body></html>".encode()


def hostile_site() -> Site:
    site = Site({path: respond(article(number)) for number, path in enumerate(GOOD_PATHS)})
    for number, (name, (date, _)) in enumerate(DATES.items(), start=20):
        head = f'<meta property="article:published_time" content="{date}">'
        site.paths[f"/news/{name}"] = respond(page(number, head=head))
    for number, (name, title) in enumerate(TITLES.items(), start=40):
        site.paths[f"{DAY}/{name}"] = respond(page(number, title))
    site.paths[f"{DAY}/wildcards"] = respond(page(50, WILDCARDS["wildcards"]))
    site.paths[f"{DAY}/no-wildcards"] = respond(zoo(WILDCARDS["no-wildcards"]))
    site.paths[f"{DAY}/surrogates"] = respond(page(60, "Short", SURROGATES))
    site.paths[f"{DAY}/poison"] = respond(page(61))
    return site


def refuse_poison(database: str) -> None:
    """Have the database itself refuse one page's row, as it would one that no code foresaw."""
    engine = open_engine(database)
    statements = (
        [
            "create trigger refuse before insert on articles when new.url like '%/poison' "
            "begin select raise(abort, 'poison'); end"
        ]
        if engine.dialect.name == "sqlite"
        else ["alter table articles add constraint refuse check (url not like '%/poison')"]
    )
    with begin_write(engine) as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


@pytest.fixture
def crawled(database_url: str, tmp_path: Path) -> Iterator[tuple[CrawlRun, str, Site]]:
    """One crawl of everything in one batch."""
    refuse_poison(database_url)
    site = hostile_site()
    with site.serve():
        file = tmp_path / "urls.txt"
        file.write_text("".join(f"{site.url}{path}\n" for path in site.paths))
        run = crawl("pages", database_url, {"NEWSCRAWL_BATCH_DELAY": "5"}, file=str(file))
        yield run, database_url, site


def value(database: str, column: str, name: str) -> str:
    query = f"select {column} from articles where url like '%/{name}'"
    return str(rows(database, query)[0][0])


def test_what_the_web_writes_is_stored_clean_and_shown_harmless(
    crawled: tuple[CrawlRun, str, Site], scrapy: Scrapy, tmp_path: Path
) -> None:
    run, database, site = crawled
    # 56: NUL and lone surrogates.
    assert value(database, "title", "surrogates") in ("Ferry adrift \ufffdoff Holm", "Ferry adrift off Holm")
    # 57: the poison row costs itself alone, and has its status.
    assert run.status == 0
    assert outcomes(database)[f"{site.url}{DAY}/poison"] == "error"
    assert sorted(stored(database)) == sorted(
        site.url + path for path in site.paths if not path.endswith("/poison")
    )
    # 58: dates that are none.
    for name, (_, note) in DATES.items():
        assert value(database, "published_at", name) == "None", name
        assert note in value(database, "notes", name), name
    # 59: nothing runs in a page that we write.
    page_out = tmp_path / "explained.html"
    explained = scrapy("explain", value(database, "id", "script"), "--html", str(page_out), database=database)
    assert explained.status == 0, explained.err
    assert not re.search(r"<script|\ssrc=|\son\w+\s*=|href=.javascript", page_out.read_text("utf-8"))
    # 60: no cell of a spreadsheet is a formula.
    exported = scrapy("export", "--what", "articles", "--format", "csv", database=database)
    cells = [cell for row in csv.reader(io.StringIO(exported.out)) for cell in row]
    assert any("HYPERLINK" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@\t\r" and cell and not cell[1:2].isdigit()]
    # 61: one line of the log is one line, and no terminal acts on it.
    shown = scrapy("stories", "list", database=database)
    for output in (run.log, shown.out, exported.out):
        assert "\x1b" not in output
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", line) for line in run.log.splitlines())
    assert not re.search(r"^.{0,24}ERROR: forged", run.log + shown.out, re.MULTILINE)
    # 62: `%` and `_` stand for themselves.
    for words in ("100%", "snake_case"):
        found = scrapy("stories", "search", words, "--json", database=database)
        shown_ids = {json.loads(line)["id"] for line in found.out.splitlines()}
        assert shown_ids == {int(value(database, "story_id", "wildcards"))}, words
