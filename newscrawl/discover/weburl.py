"""URLs as pages spell them, made absolute; what is no web address is dropped here."""

from urllib.parse import urljoin, urlsplit, urlunsplit

from w3lib.url import safe_url_string

LONGEST_URL = 2_083
"""Characters. Longer ones are traps far more often than pages; Scrapy's URLLENGTH_LIMIT is the same."""


def absolute_url(base: str, link: str) -> str | None:
    """Return `link`, seen from `base`, as an absolute http(s) URL without its fragment, or None.

    `file:`, `data:`, `javascript:`, hosts that are none, and URLs over `LONGEST_URL` give None. `///host/`
    is a path for us, as for RFC 3986, and never a host.

    >>> absolute_url("https://example.com/a/b", "../c?d=é#e")
    'https://example.com/c?d=%C3%A9'
    >>> absolute_url("https://example.com/", "javascript:alert(1)") is None
    True
    """
    link = link.strip()
    if not link or len(link) > LONGEST_URL:
        return None
    try:
        joined = urljoin(base, link)
        parts = urlsplit(joined)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        _ = parts.port  # raises for what is no port
        if not parts.path:
            joined = urlunsplit(parts._replace(path="/"))
        safe: str = safe_url_string(joined.partition("#")[0])
    except (ValueError, UnicodeError):
        return None
    return safe if len(safe) <= LONGEST_URL else None


def origin_of(url: str) -> str:
    """Return scheme, host and port of `url` in one canonical spelling, or "" where there is no host.

    >>> origin_of("HTTP://Example.com:80/a")
    'http://example.com'
    >>> origin_of("http://127.0.0.1:8001/")
    'http://127.0.0.1:8001'
    """
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    if ":" in host:
        host = f"[{host}]"
    if port is None or port == {"http": 80, "https": 443}.get(parts.scheme):
        return f"{parts.scheme}://{host}"
    return f"{parts.scheme}://{host}:{port}"
