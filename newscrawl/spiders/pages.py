"""`scrapy crawl pages -a url=A,B` or `-a file=urls.txt`: fetches just these pages."""

import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from newscrawl.discover import RuleBook
from newscrawl.discover.sites_file import read_sites
from newscrawl.errors import ConfigError
from newscrawl.model import PageHints
from newscrawl.spiders.arguments import read_text_file, read_url_file, read_urls
from newscrawl.spiders.base import NewscrawlSpider
from newscrawl.stories import url_key

logger = logging.getLogger(__name__)


class PagesSpider(NewscrawlSpider):
    """Fetches the pages that it is given, each once; those known already are asked for changes only."""

    name = "pages"
    known_arguments = frozenset({"url", "file", "sites"})

    def read_arguments(self, given: Mapping[str, str]) -> None:
        """Take `url` and `file`, and of `sites` the rules for the cleaner."""
        urls: list[str] = []
        if "url" in given:
            urls.extend(read_urls(given["url"], "url"))
        if "file" in given:
            urls.extend(read_url_file(given["file"]))
        if not urls:
            raise ConfigError("the spider 'pages' needs -a url=URL,URL or -a file=PATH")
        if "sites" in given:
            self.rule_book = RuleBook.of_outlets(read_sites(read_text_file(given["sites"]), given["sites"]))
        by_key = {url_key(url): url for url in reversed(urls)}
        self.urls = tuple(dict.fromkeys(by_key[url_key(url)] for url in urls))

    async def start(self) -> AsyncIterator[Any]:
        """Ask for each page. A person named it, which counts as a listing."""
        await self.keep_pauses()
        known = await self.database.known(self.urls)
        self.crawler.stats.set_value("newscrawl/asked", len(self.urls))
        for url in self.urls:
            yield self.page_request(url, hints=PageHints(is_listed=True), known=known.get(url))
