"""`python -m benchmarks.article_pages`: how well articles are told from other pages, by URL and by page.

The written pages are in this folder. Where the shared data lies beside the project (benchmarks/data.py), its
pages, all of them articles of some kind, are judged, too.
"""

import argparse
import gzip
import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from benchmarks.article_pages.pages import WrittenPage, written_pages
from benchmarks.data import bench_folder
from newscrawl.clean import clean_page
from newscrawl.discover import UrlKind, judge_url
from newscrawl.discover.article_pages import why_no_article
from newscrawl.model import ArticleStatus, Page, PageHints

FETCHED = (UrlKind.ARTICLE, UrlKind.MAYBE)
LEAST_FOUND, MOST_TAKEN = 0.92, 0.05
"""Floors: shares of the written articles, listed by a feed, and of the other written pages, stored."""
NEWS_SETS = frozenset({"np4k", "fundus_tests", "misinfo", "scrapinghub", "evan"})
"""Sets of the shared data whose pages are news; the others hold blogs and guides, too."""


def is_article(page: WrittenPage, *, is_listed: bool = False) -> bool:
    """Say whether the crawl would store the page as an article."""
    fetched = Page(
        url=page.url,
        requested_url=page.url,
        http_status=200,
        body=page.body,
        fetched_at=datetime(2026, 11, 20, tzinfo=UTC),
        encoding="utf-8",
        hints=PageHints(is_listed=is_listed),
    )
    article = clean_page(page.body, page.url, encoding="utf-8")
    return article.status == ArticleStatus.OK and why_no_article(article, fetched) is None


def main() -> int:
    """Judge and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.article_pages", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="name the pages that are judged wrongly")
    parser.add_argument("--written", action="store_true", help="only the pages in this folder")
    parser.add_argument("--check", action="store_true", help="as --written; status 1 below the floors")
    options = parser.parse_args()
    written = list(written_pages())
    if options.check:
        return check(written)
    tell("written articles", [page for page in written if page.is_article], verbose=options.verbose)
    tell("written other pages", [page for page in written if not page.is_article], verbose=options.verbose)
    folder = None if options.written else bench_folder("extraction")
    if folder is not None:
        shared = list(shared_pages(folder))
        tell("news articles", [page for page in shared if page.kind in NEWS_SETS], verbose=options.verbose)
        tell("other texts", [page for page in shared if page.kind not in NEWS_SETS], verbose=options.verbose)
    return 0


def check(written: list[WrittenPage]) -> int:
    """Compare the written pages with the floors; return the exit status."""
    listed = [page for page in written if page.is_article]
    others = [page for page in written if not page.is_article]
    found = sum(is_article(page, is_listed=True) for page in listed) / len(listed)
    taken = sum(is_article(page) for page in others) / len(others)
    is_well = found >= LEAST_FOUND and taken <= MOST_TAKEN
    print(f"listed articles stored {found:.3f} (at least {LEAST_FOUND}), others stored {taken:.3f} "
          f"(at most {MOST_TAKEN}): {'as it was' if is_well else 'WORSE'}")  # fmt: skip
    return 0 if is_well else 1


def tell(label: str, pages: list[WrittenPage], *, verbose: bool) -> None:
    """Print how many of `pages` would be fetched by their URL, and stored by the page."""
    stored = [page for page in pages if is_article(page)]
    counts = {
        "fetched by the URL alone": [page for page in pages if judge_url(page.url).kind in FETCHED],
        "stored": stored,
        "stored when a feed lists it": [page for page in pages if is_article(page, is_listed=True)],
    }
    told = ", ".join(f"{name} {len(some)} ({len(some) / len(pages):.1%})" for name, some in counts.items())
    print(f"{label} ({len(pages)}): {told}")
    if verbose:
        for page in pages:
            if (page in stored) is not page.is_article:
                print(f"  {page.kind}: {page.url}")


def shared_pages(folder: Path) -> Iterator[WrittenPage]:
    """Give the pages of the shared data that have an address."""
    with (folder / "data" / "pages.dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if urlsplit(row["url"] or "").path not in ("", "/"):  # one set knows the sites only
                body = gzip.decompress((folder / "data" / row["html_path"]).read_bytes())
                yield WrittenPage(row["dataset"], row["url"], body, is_article=True)


if __name__ == "__main__":
    sys.exit(main())
