"""What every theme does: name the pages' paths and write them."""

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from itertools import groupby

from examples.newsstand.page import PageWriter, RenderedPage
from examples.newsstand.texts import Article, Outlet, Part


class Theme(ABC):
    """The markup of one kind of site, free of any outlet's words."""

    @abstractmethod
    def article_path(self, article: Article) -> str:
        """Return the path of an article's page."""

    @abstractmethod
    def section_path(self, section: str) -> str:
        """Return the path of a section's index page."""

    @abstractmethod
    def write_article(self, page: PageWriter, outlet: Outlet, article: Article) -> str:
        """Return an article's page as HTML, all its visible texts noted on `page`."""

    @abstractmethod
    def write_index(self, page: PageWriter, outlet: Outlet, heading: str, articles: Sequence[Article]) -> str:
        """Return the front page or a section's page as HTML."""

    @abstractmethod
    def write_about(self, page: PageWriter, outlet: Outlet) -> str:
        """Return the page that says who publishes: a page that is no article."""

    feed_path: str
    sitemap_path: str
    about_path: str

    def article_page(self, base: str, outlet: Outlet, article: Article) -> RenderedPage:
        """Return an article's page with the texts that stand on it."""
        page = PageWriter(base, article.title)
        return page.finish(self.write_article(page, outlet, article))


def slug_of(words: str) -> str:
    """Return `words` as they stand in a path."""
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


def others(outlet: Outlet, article: Article, count: int) -> list[Article]:
    """Return the `count` articles that follow `article` in its outlet's list, around the end."""
    articles = outlet.articles
    start = articles.index(article) + 1
    return [articles[(start + i) % len(articles)] for i in range(min(count, len(articles) - 1))]


def runs_of(parts: Sequence[Part]) -> Iterator[list[Part]]:
    """Give the parts one by one, list items that follow one another as one run."""
    for number_or_item, run in groupby(
        enumerate(parts), lambda at: "item" if at[1].kind == "item" else at[0]
    ):
        del number_or_item
        yield [part for _, part in run]


def attribute(text: str) -> str:
    """Return `text` escaped for an attribute in double quotes, or for an element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
