"""Pages made to break a parser, served to a real crawl among good ones.

Time and memory are bounded, each bad page has its status, and the good pages are stored once. What the
cleaner makes of each alone: tests/clean.
"""

import sys
import zlib
from dataclasses import dataclass
from pathlib import Path

import pytest

from crawl_run import outcomes, rows, stored
from measured_crawl import MeasuredRun, measured_crawl
from outlet import DAY
from sites import Site, article, respond

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="measures in /proc")

SENTENCE = b"The council met on Tuesday and the members said that they would vote on the plan. "
STORY = b"<p>" + SENTENCE * 3 + b"</p>"
PNG = b"\x89PNG\r\n\x1a\n" + zlib.compress(bytes(range(256)) * 40)
# What counts is processor time: on a busy machine a page may take long for reasons of its own.
SETTINGS = {"NEWSCRAWL_CLEAN_WORKERS": "2", "NEWSCRAWL_CLEAN_TIMEOUT": "120"}
MOST_CPU_S = 15.0
MOST_BYTES = 10**9
GOOD_PATHS = [f"{DAY}/good-page-number-{number}" for number in range(12)]


def page(body: bytes) -> bytes:
    return b"<!doctype html><html><body>" + body


def votes(count: int) -> bytes:
    return b"".join(
        b"<p>Member %d of the council said that they would vote on the plan." % n for n in range(count)
    )


# name -> (the page, the status that it gets, how many times "would vote on the plan" stands in its text)
CASES: dict[str, tuple[bytes, str, int]] = {
    "300-nested-divs": (page(b"<div>" * 300 + STORY + b"</div>" * 300), "ok", 3),
    "100000-nested-divs": (page(b"<div>" * 100_000 + STORY), "too_deep", 0),
    "5000-short-paragraphs": (page(votes(5_000)), "ok", 5_000),
    "80000-short-paragraphs": (page(votes(80_000)), "ok", 80_000),
    "a-million-breaks": (page(STORY + b"<br>" * 1_000_000), "ok", 3),
    "100000-attributes": (
        page(b"<p " + b" ".join(b"a%d=x" % n for n in range(100_000)) + b">" + STORY),
        "too_large",
        0,
    ),
    "20-megabytes": (page(STORY * 80_000), "too_large", 0),
    "a-text-node-of-20-megabytes": (page(b"<p>" + b"word " * 4_000_000), "too_large", 0),
    "200000-links": (page(STORY + b"<a href=/x>a link</a> " * 200_000), "ok", 3),
    "200000-comments": (page(STORY + b"<!-- c -->" * 200_000), "ok", 3),
    "2-megabytes-of-spaces": (page(b" " * 2_000_000 + STORY), "ok", 3),
    "nothing": (b"", "not_html", 0),
    "blank": (b" \n\t " * 100, "not_html", 0),
    "a-picture": (PNG, "not_html", 0),
    "unknown-charset": (
        b"<meta charset=no-such>" + STORY + b"<p>" + SENTENCE + b"\xff\xfe caf\xc3\xa9.</p>",
        "ok",
        4,
    ),
}


@dataclass(frozen=True)
class Outcome:
    run: MeasuredRun
    database: str
    site: Site

    def url(self, name: str) -> str:
        return f"{self.site.url}{DAY}/{name}"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One crawl of all bad pages, with good ones before, between and after them."""
    folder = tmp_path_factory.mktemp("hostile-pages")
    database = f"sqlite:///{folder / 'news.db'}"
    bad = {f"{DAY}/{name}": respond(body) for name, (body, _, _) in CASES.items()}
    good = {path: respond(article(number)) for number, path in enumerate(GOOD_PATHS)}
    site = Site({**bad, **good})
    with site.serve():
        file = urls_file(folder, site, list(bad))
        run = measured_crawl("pages", database, SETTINGS, file=str(file))
    return Outcome(run, database, site)


def urls_file(folder: Path, site: Site, bad: list[str]) -> Path:
    mixed = [path for pair in zip(GOOD_PATHS, bad, strict=False) for path in pair]
    rest = [path for path in (*GOOD_PATHS, *bad) if path not in mixed]
    file = folder / "urls.txt"
    file.write_text("".join(f"{site.url}{path}\n" for path in mixed + rest))
    return file


@pytest.mark.parametrize("name", CASES)
def test_the_bad_page_has_its_status_and_none_of_its_text_is_lost(outcome: Outcome, name: str) -> None:
    _, status, sentences = CASES[name]
    assert outcomes(outcome.database)[outcome.url(name)] == status
    found = rows(outcome.database, "select text from articles where url = :url", url=outcome.url(name))
    text = found[0][0] if found else ""
    assert text.count("would vote on the plan") == sentences


def test_mixed_bytes_become_replacement_characters(outcome: Outcome) -> None:
    url = outcome.url("unknown-charset")
    ((text,),) = rows(outcome.database, "select text from articles where url = :url", url=url)
    assert "\ufffd" in text
    assert "café" in text


def test_the_good_pages_around_them_are_stored_once(outcome: Outcome) -> None:
    urls = [url for url in stored(outcome.database) if "good-page" in url]
    assert urls == sorted(outcome.site.url + path for path in GOOD_PATHS)


def test_the_crawl_ends_well_and_within_its_bounds(outcome: Outcome) -> None:
    assert (outcome.run.status, "Traceback" in outcome.run.log) == (0, False), outcome.run.log
    assert outcome.run.cpu_s < MOST_CPU_S
    assert outcome.run.peak_bytes < MOST_BYTES
