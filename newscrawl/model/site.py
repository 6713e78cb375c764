"""The site of a URL: the registrable domain, or the host itself where it is an address."""

import ipaddress
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract


def site_of(url: str) -> str:
    """Return the site of `url` in lower case, or "" where the URL has no host.

    >>> site_of("https://www.news.example.co.uk/a?b=c")
    'example.co.uk'
    >>> site_of("http://127.0.0.1:8000/a")
    '127.0.0.1'
    """
    try:
        host = urlsplit(url).hostname
    except ValueError:
        return ""
    return _site_of_host(host) if host else ""


@lru_cache(maxsize=4096)
def _site_of_host(host: str) -> str:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    host = host.rstrip(".").lower()
    parts = _suffix_list()(host)
    if parts.suffix:
        return f"{parts.domain}.{parts.suffix}" if parts.domain else host
    # No rule matches (intranet names, *.localhost): the list's own default is that the last label is
    # the suffix (https://publicsuffix.org/list/, "the prevailing rule is '*'").
    return ".".join(host.split(".")[-2:])


@lru_cache(maxsize=1)
def _suffix_list() -> "TLDExtract":
    import tldextract  # late: it imports all of requests, and who only reads the database never needs it

    # The bundled snapshot of the Public Suffix List: no crawl waits for, or depends on, a download.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
