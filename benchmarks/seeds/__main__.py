"""`python -m benchmarks.seeds`: the seeds' texts on the whole road.

Each seed stands among six invented articles on an outlet of its own, once in the markup that it comes from
and once in another. The outlets are served and crawled over HTTP into a new SQLite database, and
everything that the example newsstand promises is expected of them, too: exact paragraphs, kinds of what
was cut, metadata, one story, 003 a near-copy of 001, 004 a follow-up. Exit status 1 on any difference.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from benchmarks.seeds.texts import NotTheSeedError, Seed, read_seeds, seeds_folder
from examples.newsstand import Newsstand, load_newsstand, serve
from examples.newsstand.outcome import article_differences, crawl, story_differences, wanted_articles
from examples.newsstand.site import Site
from examples.newsstand.texts import Article, Outlet
from examples.newsstand.themes import THEMES
from newscrawl.store import open_engine

ARRANGEMENTS = {
    "as found": {
        "000": "wordpress",
        "001": "wordpress",
        "002": "magazine",
        "003": "wordpress",
        "004": "handmade",
    },
    "turned": {"000": "modern", "001": "tables", "002": "handmade", "003": "magazine", "004": "wordpress"},
}
# Loopback needs no courtesy; everything else is as shipped.
FAST = ("DOWNLOAD_DELAY=0.01", "AUTOTHROTTLE_ENABLED=False")


def main() -> int:
    """Run every arrangement; return the exit status."""
    folder = seeds_folder()
    if folder is None:
        print("seeds: skipped, ../shared/seeds is not there")
        return 0
    try:
        seeds = read_seeds(folder)
    except NotTheSeedError as error:
        print(f"seeds: {error}")
        return 1
    failed = 0
    for name, themes in ARRANGEMENTS.items():
        wrong = list(differences(newsstand_of(seeds, themes)))
        print(f"seeds {name}: {len(wrong)} differences" if wrong else f"seeds {name}: all as expected")
        for line in wrong:
            print(f"  {line}")
        failed += bool(wrong)
    return 1 if failed else 0


def newsstand_of(seeds: dict[str, Seed], themes: dict[str, str]) -> Newsstand:
    """Return a newsstand of one outlet for each seed, the example's articles shared out among them."""
    example = load_newsstand()
    words = {name: text for site in example.sites for name, text in site.outlet.words.items()}
    newest = max(article.published for article in example.articles)
    # On the very same days: the night ferry, written after the seeds' pattern, is the hardest stranger.
    earlier = newest - max(seed.article.published for seed in seeds.values())
    sites = []
    for (number, seed), theirs in zip(seeds.items(), example.sites, strict=True):
        key = seed.article.outlet
        others = [_moved(article, key, earlier, themes[number]) for article in theirs.outlet.articles]
        outlet = Outlet(
            key=key,
            name=f"The Seed {number}",
            tagline="Grown from one text",
            theme=themes[number],
            charset="windows-1252" if themes[number] == "tables" else "utf-8",
            feed=theirs.outlet.feed,
            language="en",
            sections=("World",),
            words=words | seed.words,
            articles=tuple(sorted([*others, seed.article], key=lambda one: one.published, reverse=True)),
        )
        sites.append(Site(outlet, THEMES[outlet.theme]))
    return Newsstand(tuple(sites))


def differences(newsstand: Newsstand) -> Iterator[str]:
    """Serve and crawl a newsstand; give what is wrong with what was stored."""
    with serve(0, newsstand) as server, _new_database() as database_url:
        run = crawl(server.urls, database_url, *FAST)
        if run.returncode:
            yield f"the crawl ended with status {run.returncode}: {run.stderr.strip().splitlines()[-1:]}"
            return
        wanted = wanted_articles(newsstand, server.urls)
        engine = open_engine(database_url)
        with closing(engine.connect()) as connection:
            yield from article_differences(connection, wanted)
            yield from story_differences(connection, wanted)
        engine.dispose()


@contextmanager
def _new_database() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="newscrawl-seeds-") as folder:
        yield f"sqlite:///{Path(folder) / 'seeds.db'}"


def _moved(article: Article, outlet: str, earlier: timedelta, theme: str) -> Article:
    """Return an invented article as another outlet's, so much earlier, that the seeds fall among its kind."""
    copied = article.copy_of.partition("/")
    return replace(
        article,
        outlet=outlet,
        section="World",
        published=article.published - earlier,
        modified=article.modified - earlier if article.modified else None,
        paywalled=article.paywalled and theme == "modern",  # the other themes show the whole text
        copy_of=f"{_SEED_OF[copied[0]]}/{copied[2]}" if article.copy_of else "",
    )


_SEED_OF = dict(
    zip(
        (site.outlet.key for site in load_newsstand().sites),
        ("seed000", "seed001", "seed002", "seed003", "seed004"),
        strict=True,
    )
)

if __name__ == "__main__":
    sys.exit(main())
