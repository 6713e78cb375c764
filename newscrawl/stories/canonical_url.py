"""Which declared `rel=canonical` may be believed (RFC 6596; sites get it wrong in known ways)."""

import re
from urllib.parse import urljoin, urlsplit

from newscrawl.model import site_of
from newscrawl.stories.url_key import bare_host, url_key, without_tracking

_PAGE_OF_ARTICLE = re.compile(
    r"^/(?:page/|seite-?|p|pagina/)?\d{1,3}/?$|^/(?:all|full|single|comments?)/?$", re.I
)
_TELLING_SEGMENT = re.compile(r"\d{4,}|(?:[^-_]+[-_]){3,}")


def usable_canonical_url(declared: str | None, page_url: str) -> str:
    """Return the declared canonical URL where it can be believed, else `page_url` without tracking.

    Not believed: what is no http(s) URL, another site's (a syndicated copy is an article of its own), the
    front page or a section that the page lies in (a template's mistake that would swallow the whole site),
    and a URL that lost the parameter which names the article.
    """
    if not declared or not declared.strip() or declared.strip() == page_url:
        return without_tracking(page_url)
    try:
        canonical = urljoin(page_url, declared.strip())
        theirs, ours = urlsplit(canonical), urlsplit(page_url)
        their_port, our_port = theirs.port, ours.port
    except ValueError:
        return without_tracking(page_url)
    if theirs.scheme not in ("http", "https") or not theirs.hostname:
        return without_tracking(page_url)
    key, own_key = url_key(canonical), url_key(page_url)
    if key == own_key:
        return canonical
    if _is_other_place(theirs.hostname, their_port, ours.hostname or "", our_port):
        return without_tracking(page_url)
    path, own_path = _path(key), _path(own_key)
    if path == "/" or _is_section_of(path, own_path) or _lost_the_article(key, own_key):
        return without_tracking(page_url)
    return canonical


def _is_other_place(host: str, port: int | None, own_host: str, own_port: int | None) -> bool:
    defaults = (None, 80, 443)
    if (port if port not in defaults else None) != (own_port if own_port not in defaults else None):
        return True
    return bare_host(host) != bare_host(own_host) and site_of(f"http://{host}") != site_of(
        f"http://{own_host}"
    )


def _path(key: str) -> str:
    path = key.partition("/")[2]
    return "/" + path.split("?")[0].split("#")[0]


def _is_section_of(path: str, own_path: str) -> bool:
    if not own_path.startswith(path + "/"):
        return False
    return not _PAGE_OF_ARTICLE.match(own_path[len(path) :])


def _lost_the_article(key: str, own_key: str) -> bool:
    """Tell whether only parameters differ, some are gone, and the path alone does not name an article."""
    query, own_query = key.partition("?")[2], own_key.partition("?")[2]
    if _path(key) != _path(own_key):
        return False
    lost = set(own_query.split("&")) - set(query.split("&"))
    return bool(lost - {""}) and not _TELLING_SEGMENT.search(_path(key).rsplit("/", 1)[-1])
