"""Redirects stay with the outlet that the request was made for, and end.

A request whose `meta` holds `outlet_key` may only be redirected within that outlet. Every hop passes all
other guards again, since a redirected request goes through them like any other.
"""

from typing import Any

from scrapy import Request
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.exceptions import IgnoreRequest

from newscrawl.discover import absolute_url, outlet_key
from newscrawl.fetch.refusal import RequestRefused
from newscrawl.model import FetchStatus


class OutletRedirects(RedirectMiddleware):
    """Scrapy's redirects, refused with a status where they leave the outlet, loop or grow too long."""

    def _redirect(self, redirected: Request, request: Request, reason: Any) -> Request:
        if absolute_url(redirected.url, redirected.url) is None:
            raise RequestRefused(FetchStatus.REFUSED, "redirects to a URL that is too long")
        key = request.meta.get("outlet_key")
        if key is not None and outlet_key(redirected.url) != key:
            raise RequestRefused(
                FetchStatus.REFUSED, f"redirects to another site: {outlet_key(redirected.url)!r}"
            )
        if redirected.url in (request.url, *request.meta.get("redirect_urls", ())):
            raise RequestRefused(FetchStatus.HTTP_ERROR, "redirects in a circle")
        try:
            return super()._redirect(redirected, request, reason)
        except IgnoreRequest as error:
            raise RequestRefused(FetchStatus.HTTP_ERROR, str(error)) from None
