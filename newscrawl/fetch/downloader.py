"""One download slot a host, and a host never holds more of the downloader than its slot can use."""

from collections import Counter
from urllib.parse import ParseResult, SplitResult, urlsplit

from scrapy import Request
from scrapy.core.downloader import Downloader
from scrapy.pqueues import DownloaderAwarePriorityQueue
from scrapy.utils.httpobj import urlparse_cached

_USUAL_PORTS = (None, 80, 443)


def slot_of(request: Request) -> str:
    """Return the slot of a request: its host, with the port where that is a server of its own.

    http and https of one host share a slot; two outlets on two odd ports of one address do not.
    """
    return _slot(urlparse_cached(request))


def slot_of_url(url: str) -> str:
    """Return the slot of requests for `url`."""
    try:
        return _slot(urlsplit(url))
    except ValueError:
        return ""


def _slot(parts: SplitResult | ParseResult) -> str:
    try:
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return host if port in _USUAL_PORTS else f"{host}:{port}"


class PoliteDownloader(Downloader):
    """Scrapy's downloader with `slot_of` as its slots, worked out anew for every hop of a redirect.

    Scrapy keeps the first hop's slot in `meta`, so that a redirected request would run in, and slow down,
    the slot of a host that it no longer goes to.
    """

    def get_slot_key(self, request: Request) -> str:
        """Return the name of the request's slot."""
        return slot_of(request)


class FairQueue(DownloaderAwarePriorityQueue):
    """Scrapy's per-host queue that leaves a host's requests queued while its slot is busy.

    Without this, one host that hangs, waits for its robots.txt or has asked for a pause fills
    CONCURRENT_REQUESTS with waiting requests and stops the crawl of all others.
    """

    def pop(self) -> Request | None:
        """Return a request of the host that is least busy, or None where all are busy."""
        downloader = self._downloader_interface.downloader
        busy = Counter(slot_of(request) for request in downloader.active)
        limit = max(1, downloader.domain_concurrency)
        free = [(busy[slot], slot) for slot in self.pqueues if busy[slot] < limit]
        if not free:
            return None
        slot = self._next_slot(free, update_state=True)
        queue = self.pqueues[slot]
        request = queue.pop()
        if len(queue) == 0:
            del self.pqueues[slot]
            queue.close()
        return request
