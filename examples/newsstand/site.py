"""A newsstand as its server sees it: outlets, and what stands at each path of an outlet."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path

from examples.newsstand import feeds
from examples.newsstand.page import PageWriter, RenderedPage
from examples.newsstand.texts import Article, Outlet, read_outlets
from examples.newsstand.themes import THEMES, Theme

HERE = Path(__file__).parent

_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="400">'
    '<rect width="600" height="400" fill="#9ab"/></svg>'
)


@dataclass(frozen=True, slots=True)
class Resource:
    """What a path gives: text, its media type and charset, and when it last changed."""

    text: str
    media_type: str
    charset: str
    modified: datetime

    @property
    def body(self) -> bytes:
        """The bytes on the wire; what the charset cannot say becomes a character reference."""
        return self.text.encode(self.charset, "xmlcharrefreplace")


@dataclass(frozen=True)
class Site:
    """One outlet in the markup of its theme."""

    outlet: Outlet
    theme: Theme

    def path_of(self, article: Article) -> str:
        """Return the path of an article's page."""
        return self.theme.article_path(article)

    def article_page(self, article: Article, base: str) -> RenderedPage:
        """Return an article's page as served at `base`, with the texts that stand on it."""
        return self.theme.article_page(base, self.outlet, article)

    def resource(self, path: str, base: str) -> Resource | None:
        """Return what stands at `path` (with its query), or None."""
        if path.endswith((".svg", ".gif", ".jpg")):
            return Resource(_PICTURE, "image/svg+xml", "utf-8", self._newest)
        write = self._writers.get(path)
        return write(base) if write else None

    @cached_property
    def _newest(self) -> datetime:
        return max(article.updated for article in self.outlet.articles).astimezone(UTC)

    @cached_property
    def _writers(self) -> dict[str, Callable[[str], Resource]]:
        """What writes each path, given the outlet's base address."""
        outlet, theme = self.outlet, self.theme
        writers: dict[str, Callable[[str], Resource]] = {
            "/robots.txt": self._robots,
            theme.feed_path: self._feed,
            theme.sitemap_path: self._sitemap,
            theme.about_path: self._about,
            "/": partial(self._index, outlet.name, outlet.articles),
        }
        for section in outlet.sections:
            chosen = tuple(article for article in outlet.articles if article.section == section)
            writers[theme.section_path(section)] = partial(self._index, section, chosen)
        for article in outlet.articles:
            writers[theme.article_path(article)] = partial(self._article, article)
        return writers

    def _article(self, article: Article, base: str) -> Resource:
        html = self.article_page(article, base).html
        return Resource(html, "text/html", self.outlet.charset, article.updated.astimezone(UTC))

    def _robots(self, base: str) -> Resource:
        return self._as("text/plain", feeds.robots(self.theme, base))

    def _feed(self, base: str) -> Resource:
        write = feeds.atom if self.outlet.feed == "atom" else feeds.rss
        return self._as(f"application/{self.outlet.feed}+xml", write(self.outlet, self.theme, base))

    def _sitemap(self, base: str) -> Resource:
        text = feeds.news_sitemap(self.outlet, self.theme, base)
        return Resource(text, "application/xml", "utf-8", self._newest)

    def _about(self, base: str) -> Resource:
        return self._as("text/html", self.theme.write_about(PageWriter(base), self.outlet))

    def _index(self, heading: str, articles: tuple[Article, ...], base: str) -> Resource:
        return self._as("text/html", self.theme.write_index(PageWriter(base), self.outlet, heading, articles))

    def _as(self, media_type: str, text: str) -> Resource:
        return Resource(text, media_type, self.outlet.charset, self._newest)


@dataclass(frozen=True)
class Newsstand:
    """All outlets, in their file's order."""

    sites: tuple[Site, ...]

    def site(self, key: str) -> Site | None:
        """Return the outlet of that key, or None."""
        return next((site for site in self.sites if site.outlet.key == key), None)

    @property
    def articles(self) -> tuple[Article, ...]:
        """Every article of every outlet."""
        return tuple(article for site in self.sites for article in site.outlet.articles)


def load_newsstand(folder: Path = HERE) -> Newsstand:
    """Read a newsstand: `outlets.toml` and `articles/OUTLET/*.toml` under `folder`."""
    return Newsstand(tuple(Site(outlet, THEMES[outlet.theme]) for outlet in read_outlets(folder)))
