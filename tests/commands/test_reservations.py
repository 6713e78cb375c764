"""What pages, headers and files ask of machines: recorded by a crawl, honoured by an export (line 27)."""

import json
import os
import subprocess
import sys

import pytest
from sqlalchemy import text

from crawl_run import ROOT, crawl, rows
from newscrawl.store import open_engine
from sites import Answer, Site, article, front, respond

DAY = "/2026/11/20"
TDMREP = [
    {"location": "/2026/11/20/in-the-file*", "tdm-reservation": 1, "tdm-policy": "https://x.example/p.json"},
    {"location": "/2026/11/20/in-the-file-but-open*", "tdm-reservation": 0},
]


def head(markup: str, number: int) -> Answer:
    return respond(article(number).replace(b"<head>", b"<head>" + markup.encode()))


def header(name: str, value: str, number: int) -> Answer:
    return respond(article(number), headers=((name, value),))


# page -> (its answer, the directive that keeps it out of exports, or None)
PAGES: dict[str, tuple[Answer, str | None]] = {
    "plain-and-open-to-all": (respond(article(1)), None),
    "meta-noarchive-in-it": (head('<meta name="robots" content="NOARCHIVE, follow">', 2), "noarchive"),
    "meta-none-in-its-head": (head('<meta name="robots" content="none">', 3), "noindex"),
    "meta-noai-in-its-head": (head('<meta name=robots content="noai, noimageai">', 4), "noai"),
    "meta-tdm-reservation-one": (head('<meta name="tdm-reservation" content="1">', 5), "tdm-reservation"),
    "meta-for-another-machine": (head('<meta name="googlebot" content="noindex">', 6), None),
    "header-says-noarchive-too": (header("X-Robots-Tag", "noarchive", 7), "noarchive"),
    "header-says-noindex-and-more": (header("X-Robots-Tag", "nofollow, noindex", 8), "noindex"),
    "header-says-none-at-all": (header("X-Robots-Tag", "none", 9), "noindex"),
    "header-for-another-machine": (header("X-Robots-Tag", "googlebot: noindex", 10), None),
    "header-for-this-very-machine": (header("X-Robots-Tag", "newscrawl: noai", 11), "noai"),
    "header-of-tdm-reservation": (header("TDM-Reservation", "1", 12), "tdm-reservation"),
    "in-the-file-of-the-site": (respond(article(13)), "tdm-reservation"),
    "in-the-file-but-open-after-all": (respond(article(14)), None),
    "in-the-file-and-not-in-its-header": (header("TDM-Reservation", "0", 15), None),
    "only-pictures-are-reserved": (
        head('<meta name=robots content="noimageai"><meta property="og:image" content="/a.jpg">', 16),
        None,
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One crawl of a site with all of these pages."""
    database = f"sqlite:///{tmp_path_factory.mktemp('reserved') / 'news.db'}"
    site = Site({f"{DAY}/{name}": answer for name, (answer, _) in PAGES.items()})
    site.paths["/"] = respond(front(*site.paths))
    site.paths["/.well-known/tdmrep.json"] = respond(
        json.dumps(TDMREP).encode(), content_type="application/json"
    )
    with site.serve():
        run = crawl("news", database, url=site.url)
        assert len(site.hits("/.well-known/tdmrep.json")) == 1
    assert run.status == 0, run.log
    assert rows(database, "select count(*) from articles where status = 'ok'") == [(len(PAGES),)]
    return database


def export(database: str, *words: str) -> tuple[list[dict[str, object]], str]:
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "export", *words],
        cwd=ROOT,
        env={**os.environ, "NEWSCRAWL_DATABASE_URL": database},
        capture_output=True,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()], done.stderr


def names(exported: list[dict[str, object]]) -> set[str]:
    return {str(row["url"]).rsplit("/", 1)[-1] for row in exported}


OPEN = {name for name, (_, directive) in PAGES.items() if directive is None}


@pytest.mark.parametrize("name", PAGES)
def test_what_a_page_asks_is_recorded(database: str, name: str) -> None:
    ((robots,),) = rows(database, "select robots from articles where url like :u", u=f"%/{name}")
    directive = PAGES[name][1]
    reserving = {"noarchive", "noindex", "noai", "tdm-reservation"} & set(json.loads(robots))
    assert reserving == ({directive} if directive else set())


def test_an_export_keeps_to_it_and_says_so(database: str) -> None:
    exported, told = export(database)
    assert names(exported) == OPEN
    assert f"{len(PAGES) - len(OPEN)} left out as their pages ask for" in told
    assert [row["image_url"] for row in exported if "only-pictures" in str(row["url"])] == [None]
    everything, _ = export(database, "--all")
    assert names(everything) == set(PAGES)


def test_stories_are_told_without_them(database: str) -> None:
    stories, _ = export(database, "--what", "stories")
    told = {str(url).rsplit("/", 1)[-1] for story in stories for url in story["urls"]}  # type: ignore[attr-defined]
    assert told == OPEN
    assert all(story["article_count"] == len(story["urls"]) for story in stories)  # type: ignore[arg-type]
    everything, _ = export(database, "--what", "stories", "--all")
    assert len({url for story in everything for url in story["urls"]}) == len(PAGES)  # type: ignore[attr-defined]


def test_cleaning_again_forgets_none_of_it(database: str) -> None:
    engine = open_engine(database)
    with engine.begin() as connection:
        connection.execute(text("update articles set cleaner_version = '0'"))
    engine.dispose()
    subprocess.run(
        [sys.executable, "-m", "scrapy", "reclean", "--workers", "1"],
        cwd=ROOT, env={**os.environ, "NEWSCRAWL_DATABASE_URL": database}, capture_output=True, check=True,
    )  # fmt: skip
    exported, _ = export(database)
    assert names(exported) == OPEN
    assert rows(database, "select count(*) from articles where cleaner_version = '0'") == [(0,)]
