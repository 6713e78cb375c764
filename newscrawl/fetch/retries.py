"""Which failures are tried again: the network's, the server's, and bodies that ended too early."""

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from newscrawl.fetch.decompression import TRUNCATED_FLAG
from newscrawl.fetch.refusal import RequestRefused
from newscrawl.model import FetchStatus

PARTIAL_FLAG = "partial"  # Scrapy's: no Content-Length and the connection closed; often the normal end


class RetryTruncated(RetryMiddleware):
    """Scrapy's retries, and a truncated body among their reasons. What stays truncated is refused."""

    def process_response(  # type: ignore[override]  # the spider argument is deprecated
        self, request: Request, response: Response
    ) -> Request | Response:
        """Return the response, a new request for it, or raise `RequestRefused`."""
        if TRUNCATED_FLAG in response.flags:
            again = None if request.meta.get("dont_retry") else self._retry(request, "truncated body")
            if again is None:
                raise RequestRefused(FetchStatus.TRUNCATED, "the compressed body ends too early")
            return again
        return super().process_response(request, response)
