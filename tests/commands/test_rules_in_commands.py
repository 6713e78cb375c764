"""Rules for a site's elements, from a sites file: in crawls, `explain`, and `reclean` when they change."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from crawl_run import ROOT, crawl, rows
from sites import Site, article, front, respond

PAGE = "/2026/11/20/a-page-with-a-box-in-it"
BOX = "<div class=box><p>The town has had a harbour for three hundred years, its chronicle says.</p></div>"
BODY = article(3).replace(b"</article>", BOX.encode() + b"</article>")


def sites_file(folder: Path, url: str, rules: str) -> str:
    path = folder / "sites.toml"
    path.write_text(f'[[site]]\nname = "Harbour Post"\nurl = "{url}/"\n{rules}\n')
    return str(path)


def scrapy(database: str, *words: str, sites: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "NEWSCRAWL_DATABASE_URL": database, "NEWSCRAWL_SITES": sites}
    command = [sys.executable, "-m", "scrapy", *words]
    return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def texts(database: str) -> list[tuple[bool, str]]:
    """For each article: does the box stand in its text, and which version of the cleaner made it."""
    query = "select text like '%three hundred years%', cleaner_version from articles order by id"
    return [(bool(has_box), version) for has_box, version in rows(database, query)]


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'news.db'}"


def test_rules_reach_every_way_to_clean_a_page(database: str, tmp_path: Path) -> None:
    with Site({"/": respond(front(PAGE)), PAGE: respond(BODY)}).serve() as site:
        dropping = sites_file(tmp_path, site.url, 'rules.drop = ["div.box"]')
        run = crawl("news", database, sites=dropping)
        assert run.status == 0, run.log
        ((has_box, version),) = texts(database)
        assert not has_box
        assert "+" in version
        removed = rows(database, "select rule from removed_blocks where text like '%three hundred years%'")
        assert removed == [("other:site-rule",)]
        pages = f"sqlite:///{tmp_path / 'pages.db'}"
        crawl("pages", pages, sites=dropping, url=site.url + PAGE)
        by_setting = f"sqlite:///{tmp_path / 'setting.db'}"
        crawl("pages", by_setting, {"NEWSCRAWL_SITES": dropping}, url=site.url + PAGE)
        assert texts(pages) == texts(by_setting) == [(False, version)]
    assert "other:site-rule" in scrapy(database, "explain", "1", "--sites", dropping).stdout
    assert "stored cut other:site-rule" in scrapy(database, "explain", "1").stdout  # it says whose cut it is


def test_reclean_follows_rules_that_change_and_undoes_none_that_it_does_not_know(
    database: str, tmp_path: Path
) -> None:
    with Site({"/": respond(front(PAGE)), PAGE: respond(BODY)}).serve() as site:
        crawl("news", database, url=site.url)
    assert texts(database)[0][0]
    plain = texts(database)
    dropping = sites_file(tmp_path, site.url, 'rules.drop = ["div.box"]')
    assert "1 articles written, 1 texts changed" in scrapy(database, "reclean", "--sites", dropping).stdout
    ruled = texts(database)
    assert not ruled[0][0]
    assert rows(database, "select count(*) from article_revisions") == [(1,)]
    without = scrapy(database, "reclean")
    assert "1 articles stay as they are: rules of a sites file made them" in without.stderr
    assert texts(database) == ruled
    assert "every article" in scrapy(database, "reclean", sites=dropping).stdout
    keeping = sites_file(tmp_path, site.url, 'rules.keep = ["div.box"]')
    scrapy(database, "reclean", sites=keeping)
    assert texts(database)[0][0]
    assert texts(database) != plain


def test_wrong_rules_are_one_clear_line_before_anything_is_fetched(database: str, tmp_path: Path) -> None:
    wrong = sites_file(tmp_path, "https://post.example", 'rules.drop = ["div["]')
    for words in (["crawl", "news", "-a", f"sites={wrong}"], ["crawl", "pages", "-a", "url=https://a.example/"],
                  ["reclean"], ["explain", "page.html"]):  # fmt: skip
        done = scrapy(database, *words, sites=wrong)
        assert done.returncode == 1
        assert "site 1 (Harbour Post), rules, drop: 'div[' is no CSS selector" in done.stderr
        assert len(done.stderr.splitlines()) == 1
