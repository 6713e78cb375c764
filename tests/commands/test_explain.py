import io
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from command_run import Done, Scrapy
from newscrawl.clean import clean_page
from newscrawl.model import BlockKind, CleanedPage, Page, RemovedBlock
from newscrawl.store import open_engine, write_batch
from newscrawl.stories import fingerprint_article
from sites import Site, respond

ROOT = Path(__file__).resolve().parents[2]
LEAD = (
    "The harbour of Velmora will get a second pier by the spring of next year, the council decided on "
    "Tuesday evening after a debate of four hours in a packed town hall."
)
SECOND = (
    "Fishermen had asked for it since the storm of 2019, when eleven boats were lost because there was no "
    "room left for them behind the old wall, according to the harbour master."
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Second pier for Velmora</title>
<meta property="og:title" content="Second pier for Velmora"><script>evil()</script></head>
<body onload="evil()"><nav><a href="/">Home</a> <a href="javascript:evil()">Sport</a></nav>
<article><h1>Second pier for Velmora</h1><p>{LEAD}</p><p>{SECOND}</p>
<div class="share">Share this: <a href="#">Facebook</a> <a href="#">X</a></div></article></body></html>"""


def text_form(done: Done) -> dict[str, str]:
    """The blocks of the text form: text -> the line above it, without its number and votes."""
    lines = done.out.partition("\n\n")[2].splitlines()
    heads = [line.partition("] ")[2].partition("  (")[0] for line in lines[::2]]
    return dict(zip((line.strip() for line in lines[1::2]), heads, strict=True))


@pytest.fixture
def page_file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(PAGE)
    return path


def test_a_file_shows_its_facts_and_each_block_in_order(scrapy: Scrapy, page_file: Path) -> None:
    done = scrapy("explain", str(page_file), "--url", "https://velmora.example/pier")
    assert (done.status, done.err) == (0, "")
    lines = done.out.splitlines()
    assert lines[0] == "Second pier for Velmora"
    assert "  url       https://velmora.example/pier" in lines
    blocks = text_form(done)
    assert next(iter(blocks)) == "Home Sport"
    assert blocks[LEAD] == blocks[SECOND] == "KEPT"
    assert blocks["Second pier for Velmora"].startswith("CUT  title by title:")
    assert "(score " in done.out


def test_json_has_one_line_for_the_article_and_one_for_each_block(scrapy: Scrapy, page_file: Path) -> None:
    article, *blocks = scrapy("explain", str(page_file), "--json").rows
    assert (article["row"], article["text"], article["title"]) == (
        "article",
        f"{LEAD}\n\n{SECOND}",
        "Second pier for Velmora",
    )
    assert [block["position"] for block in blocks] == list(range(len(blocks)))
    assert {block["row"] for block in blocks} == {"block"}
    title = next(block for block in blocks if block["text"] == article["title"])
    assert (title["kept"], title["kind"]) == (False, "title")
    assert title["votes"]["score"] < 1


def test_standard_input_is_explained(scrapy: Scrapy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(PAGE.encode())))
    assert scrapy("explain", "-").out.startswith("Second pier for Velmora\n")


def test_the_html_form_is_the_page_coloured_and_inert(
    scrapy: Scrapy, page_file: Path, tmp_path: Path
) -> None:
    out = tmp_path / "cuts.html"
    done = scrapy("explain", str(page_file), "--html", str(out))
    assert (done.status, done.out) == (0, "")
    assert done.err.endswith(f"written to {out}\n")
    html = out.read_text()
    assert f'<span class="nc nc-kept" title="kept: score' in html  # noqa: F541
    assert 'class="nc nc-title"' in html
    assert LEAD in html
    assert "evil" not in html


def test_what_is_no_html_has_no_article_in_it(scrapy: Scrapy, tmp_path: Path) -> None:
    (tmp_path / "x.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    done = scrapy("explain", str(tmp_path / "x.png"))
    assert (done.status, done.err) == (1, "scrapy explain: no article in it: not_html\n")


def test_a_file_that_cannot_be_read_or_written_is_one_line(scrapy: Scrapy, page_file: Path) -> None:
    done = scrapy("explain", "nowhere.html")
    assert (done.status, done.err) == (
        1,
        "scrapy explain: cannot read 'nowhere.html': No such file or directory\n",
    )
    done = scrapy("explain", str(page_file), "--html", "/nowhere/x.html")
    assert (done.status, done.err) == (
        1,
        "scrapy explain: cannot write '/nowhere/x.html': No such file or directory\n",
    )


# -- stored pages ----------------------------------------------------------------------------------------


def store(url: str, *, learned: str | None = None, keep_raw: bool = True) -> None:
    """Store the page; `learned`: a paragraph that site memory has cut from it since."""
    address = "https://velmora.example/pier"
    article = clean_page(PAGE, address)
    if learned is not None:
        cut = RemovedBlock(BlockKind.PROMO, "learned:repeated-block", learned, "/html/body", 4)
        article = replace(article, text=LEAD, removed=(*article.removed, cut))
    page = Page(
        url=address,
        requested_url=address,
        http_status=200,
        body=PAGE.encode(),
        fetched_at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC),
    )
    fingerprint = fingerprint_article(article.title, article.text, article.language)
    engine = open_engine(url)
    cleaned = CleanedPage(page=page, article=article, fingerprint=fingerprint)
    write_batch(engine, [cleaned], crawl_id=None, now=datetime.now(UTC), keep_raw=keep_raw)
    engine.dispose()


@pytest.mark.parametrize(
    "name", ["1", "https://velmora.example/pier", "http://www.velmora.example/pier/?utm_source=x"]
)
def test_a_stored_page_is_found_by_its_id_and_by_its_url(
    scrapy: Scrapy, database_url: str, name: str
) -> None:
    store(database_url)
    done = scrapy("explain", name, database=database_url)
    assert done.status == 0
    assert "article 1 in story 1, fetched 2026-11-20 09:30 UTC" in done.out
    assert text_form(done)[LEAD] == "KEPT"


def test_what_site_memory_cut_is_shown_as_cut(scrapy: Scrapy, sqlite_url: str) -> None:
    position = next(
        row["position"] for row in _file_rows(scrapy) if row["row"] == "block" and row["text"] == SECOND
    )
    store(sqlite_url, learned=SECOND)
    engine = open_engine(sqlite_url)
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE removed_blocks SET position = ? WHERE rule LIKE 'learned:%'", (position,)
        )
    engine.dispose()
    blocks = text_form(scrapy("explain", "1", database=sqlite_url))
    assert blocks[SECOND] == "CUT  promo by learned:repeated-block"
    assert blocks[LEAD] == "KEPT"


def _file_rows(scrapy: Scrapy) -> list[dict[str, object]]:
    import tempfile

    with tempfile.NamedTemporaryFile("w", suffix=".html") as file:
        file.write(PAGE)
        file.flush()
        return scrapy("explain", file.name, "--json").rows


def test_an_article_whose_page_is_not_kept_says_what_to_do(scrapy: Scrapy, sqlite_url: str) -> None:
    store(sqlite_url, keep_raw=False)
    done = scrapy("explain", "1", database=sqlite_url)
    assert done.status == 1
    assert done.err == (
        "scrapy explain: the page of article 1 is not kept (loaded from a file, or raw pages are off): "
        "`scrapy explain --fetch https://velmora.example/pier` fetches it\n"
    )


def test_an_article_that_is_not_there_is_an_error(scrapy: Scrapy, sqlite_url: str) -> None:
    done = scrapy("explain", "7", database=sqlite_url)
    assert (done.status, done.err) == (1, "scrapy explain: there is no article 7\n")


# -- pages of the web ------------------------------------------------------------------------------------


def explain_url(url: str, *words: str, settings: Mapping[str, str]) -> Done:
    """A process of its own: the reactor runs once in each."""
    given = [word for name, value in settings.items() for word in ("-s", f"{name}={value}")]
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "explain", url, *words, *given],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return Done(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    return {
        "NEWSCRAWL_DATABASE_URL": f"sqlite:///{tmp_path}/none.db",
        "NEWSCRAWL_ALLOW_LOOPBACK": "1",
        "DOWNLOAD_DELAY": "0.01",
    }


def test_an_unknown_url_is_fetched_and_not_stored(settings: dict[str, str], tmp_path: Path) -> None:
    robots = respond(b"User-agent: *\nDisallow: /secret\n", content_type="text/plain")
    site = Site({"/robots.txt": robots, "/pier": respond(PAGE.encode()), "/secret": respond(PAGE.encode())})
    with site.serve():
        done = explain_url(f"{site.url}/pier", settings=settings)
        denied = explain_url(f"{site.url}/secret", settings=settings)
        missing = explain_url(f"{site.url}/nothing", settings=settings)
    assert (done.status, done.err) == (0, "")
    assert text_form(done)[LEAD] == "KEPT"
    assert "fetched now, HTTP status 200" in done.out
    assert (denied.status, denied.out, site.hits("/secret")) == (1, "", [])
    assert denied.err.startswith(f"scrapy explain: no page from '{site.url}/secret': robots: ")
    assert missing.err == f"scrapy explain: no page from '{site.url}/nothing': gone: HTTP status 404\n"
    assert not (tmp_path / "none.db").exists()


def test_an_inner_address_is_not_fetched(settings: dict[str, str]) -> None:
    done = explain_url("http://127.0.0.1:9/", settings={**settings, "NEWSCRAWL_ALLOW_LOOPBACK": "0"})
    assert done.status == 1
    assert "refused" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.parametrize("name", ["klingon", "hex", "a b"])
def test_a_charset_that_does_not_exist_is_one_line(scrapy: Scrapy, page_file: Path, name: str) -> None:
    done = scrapy("explain", str(page_file), "--encoding", name)
    assert (done.status, done.out) == (1, "")
    assert done.err.endswith(f"--encoding: there is no charset {name!r}\n")
