"""What both spiders share: checked arguments, requests that carry their hints, outcomes as records."""

import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings
from twisted.python.failure import Failure

from newscrawl.discover import RuleBook
from newscrawl.discover.schedule import next_revisit
from newscrawl.discover.sites_file import read_sites
from newscrawl.fetch.pauses import PauseMiddleware
from newscrawl.fetch.tdm_reservations import MAY_BE_PAGE, TdmReservations
from newscrawl.model import FetchStatus, Page, PageHints
from newscrawl.pipelines.crawl_database import CrawlDatabase
from newscrawl.pipelines.store import StorePipeline
from newscrawl.spiders.answers import (
    content_type,
    failure_record,
    header_text,
    is_stored,
    is_unchanged,
    page_of,
    requested_url,
    validators,
)
from newscrawl.spiders.arguments import check_names, read_text_file
from newscrawl.store.fetch_state import FetchRecord, KnownUrl

logger = logging.getLogger(__name__)

_NO_PAGES = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/octet-stream",
)


class NewscrawlSpider(Spider):
    """Base of the project's spiders."""

    known_arguments: ClassVar[frozenset[str]] = frozenset()
    """The names that `-a` may give."""

    rule_book = RuleBook()

    def __init__(self, name: str | None = None, **kwargs: str) -> None:
        # Scrapyd adds arguments of its own, such as `_job`.
        given = {key: value for key, value in kwargs.items() if not key.startswith("_")}
        check_names(given, self.known_arguments, name or self.name)
        super().__init__(name)
        self.arguments_given: Mapping[str, str] = given
        self.read_arguments(self.arguments_given)

    @classmethod
    def update_settings(cls, settings: BaseSettings) -> None:
        """Name the contact in the user agent, wherever it was set; a user agent given by hand stays."""
        super().update_settings(settings)
        contact = str(settings["NEWSCRAWL_CONTACT"] or "").strip()
        if contact and settings.getpriority("USER_AGENT") != SETTINGS_PRIORITIES["cmdline"]:
            settings.set("USER_AGENT", f"{settings['USER_AGENT']} (+{contact})", priority="spider")

    @classmethod
    def check_arguments(cls, given: Mapping[str, str]) -> None:
        """Raise `ConfigError` where a crawl with these arguments could not begin."""
        cls(**given)

    def read_arguments(self, given: Mapping[str, str]) -> None:
        """Take the arguments; raise `ConfigError` where one is missing or wrong."""
        raise NotImplementedError

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Build it as Scrapy asks for it."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        if path := crawler.settings["NEWSCRAWL_SITES"]:
            known = RuleBook.of_outlets(read_sites(read_text_file(path), path))
            spider.rule_book = RuleBook({**known.rules, **spider.rule_book.rules})
        spider.connect_signals(crawler)
        return spider

    def connect_signals(self, crawler: Crawler) -> None:
        """Listen to what the crawl does; nothing by default."""

    @property
    def database(self) -> CrawlDatabase:
        """The crawl's database."""
        pipeline = self.crawler.get_item_pipeline(StorePipeline)
        assert pipeline is not None
        return pipeline.database

    def now(self) -> datetime:
        """Return the time by which the crawl decides what is due (see `CrawlDatabase.now`)."""
        return self.database.now()

    async def keep_pauses(self) -> None:
        """Leave the hosts alone that asked an earlier crawl to, until the time that they named."""
        pauses = self.crawler.get_downloader_middleware(PauseMiddleware)
        if pauses is not None:
            pauses.park(await self.database.parked())

    def page_request(
        self, url: str, *, hints: PageHints, known: KnownUrl | None, priority: int = 0, **meta: Any
    ) -> Request:
        """Return the request for an article's page; one that was fetched before is asked for changes only."""
        return Request(
            url,
            callback=self.page_fetched,
            errback=self.page_failed,
            priority=priority,
            dont_filter=True,  # spiders know what they asked for; the URL's key is what counts
            headers=validators(known.etag, known.last_modified) if known and is_stored(known) else {},
            meta={"hints": hints, "known": known, "handle_httpstatus_list": [304], MAY_BE_PAGE: True, **meta},
        )

    async def page_fetched(self, response: Response) -> Any:
        """Give the page on to the pipelines."""
        known: KnownUrl | None = response.meta["known"]
        now = self.now()
        if response.status == 304 or (known is not None and is_unchanged(response, known)):
            seen_at = known and (known.published_at or known.first_seen_at)
            yield FetchRecord(
                url=requested_url(response),
                fetched_at=now,
                status=FetchStatus.NOT_MODIFIED,
                http_status=response.status,
                etag=header_text(response, "ETag"),
                last_modified=header_text(response, "Last-Modified"),
                next_fetch_at=next_revisit(seen_at, now) if seen_at else None,
            )
            return
        if content_type(response).startswith(_NO_PAGES):
            yield FetchRecord(
                url=requested_url(response),
                fetched_at=now,
                status=FetchStatus.NOT_HTML,
                http_status=response.status,
                detail=f"Content-Type {content_type(response)[:80]!r}",
            )
            return
        known_since = known.first_seen_at if known is not None else None
        yield await self.completed(page_of(response, response.meta["hints"], now, known_since))

    async def completed(self, page: Page) -> Page:
        """Return the page with what is said of it elsewhere: its site's tdmrep.json, a sites file's rules."""
        reservations = self.crawler.get_downloader_middleware(TdmReservations)
        own = await reservations.headers_for(page.url) if reservations is not None else ()
        rules = self.rule_book.rules_for(page.requested_url)
        return replace(page, headers=(*page.headers, *own), rules=rules)

    async def page_failed(self, failure: Failure) -> Any:
        """Record why a page could not be had."""
        request: Request = failure.request  # type: ignore[attr-defined]
        record = failure_record(failure, request, self.now())
        self.crawler.stats.inc_value(f"newscrawl/failed/{record.status}")
        logger.log(
            logging.DEBUG if record.status in (FetchStatus.ROBOTS, FetchStatus.PARKED) else logging.INFO,
            "no page from %r: %s (%s)",
            record.url,
            record.status,
            record.detail,
        )
        yield record
