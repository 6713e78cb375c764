"""AutoThrottle with a floor for each host: its Crawl-delay, or DOWNLOAD_DELAY where it names none."""

from scrapy import Request, Spider
from scrapy.core.downloader import Slot
from scrapy.crawler import Crawler
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response

from newscrawl.fetch.downloader import slot_of


def slow_down(crawler: Crawler, request: Request, delay_s: float) -> None:
    """Keep at least `delay_s` seconds between requests to the request's host, for the rest of the crawl."""
    downloader = crawler.engine.downloader
    name = slot_of(request)
    # Slots are dropped when idle and made again from these settings.
    downloader.per_slot_settings[name] = {
        "concurrency": 1,
        "delay": max(delay_s, downloader._delay),
        "jitter": 0.0,
    }
    slot = downloader.slots.get(name)
    if slot is not None:
        slot.concurrency, slot.delay, slot.jitter = 1, max(slot.delay, delay_s), 0.0


class PoliteThrottle(AutoThrottle):
    """Scrapy's AutoThrottle that starts at DOWNLOAD_DELAY and never goes below a host's own floor."""

    def _start_delay(self) -> float:
        return self.mindelay

    def _response_downloaded(self, response: Response, request: Request, spider: Spider) -> None:
        super()._response_downloaded(response, request, spider)
        name, slot = self._get_slot(request, spider)
        if name is not None and slot is not None:
            self._keep_floor(name, slot)

    def _keep_floor(self, name: str, slot: Slot) -> None:
        own = self.crawler.engine.downloader.per_slot_settings.get(name, {})
        slot.delay = max(slot.delay, float(own.get("delay", self.mindelay)))
