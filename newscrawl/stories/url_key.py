"""The key under which all variants of one address meet: scheme, www, AMP, mobile, print, tracking, order."""

import re
import tomllib
from functools import lru_cache
from importlib import resources
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

MAX_URL_LENGTH = 8192
"""Characters of a URL that count (a trap can grow one for ever)."""

# Labels that stand before a host for another dress of the same site.
_DRESS_LABELS = frozenset({"www", "www2", "www3", "m", "mobile", "mobil", "amp", "touch", "wap", "print"})

# Families of parameters that say where a reader came from; single ones are in data/url_parameters.toml.
_TRACKING_FAMILY = re.compile(
    r"(?:utm|hsa|mc|pk|piwik|matomo|mtm|itm|at|ns|wt|vero|oly|trk|fb|sc|mkt|icn|ic|_hs|elq|cm|dg|otc)[_.]\w+$"
    r"|_hs\w+$|elq\w*$|aspsessionid\w*$"
)
_PARAMETERS = tomllib.loads(
    (resources.files(__package__) / "data" / "url_parameters.toml").read_text("utf-8")
)
_TRACKING = frozenset(_PARAMETERS["tracking"])
_SESSION = frozenset(_PARAMETERS["session"])
_DRESS = frozenset(_PARAMETERS["dress"])
_DRESS_VALUES = re.compile(
    r"(?:|1|0|true|false|yes|y|no|amp|print|printable|print-view|mobile|desktop|m|app|full|standard|html)$",
    re.I,
)
_SESSION_VALUE = re.compile(r"[0-9a-f]{16,}|[0-9A-Za-z]{20,}$")
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;?]*", re.I)
_DEFAULT_PAGE = re.compile(r"/(?:index|default|home)\.(?:html?|php|aspx?|jsp|shtml|cfm)$", re.I)
_DRESS_START = re.compile(r"^/(?:amp|mobile|print)(?=/)(?!/?$)", re.I)
_DRESS_END = re.compile(
    r"(?:/(?:amp|print|printable|print-view|imprimir|drucken|mobile)|[./]amp)(?=(?:\.html?)?$)", re.I
)
_DRESS_FILE = re.compile(r"/(?:amp|print)\.html?$", re.I)
_AMP_CACHE = re.compile(r"^/(?:[acvir]/)?(?:s/)?(?P<rest>[^/]+\.[^/]+/.*)$")


def url_key(url: str) -> str:
    """Return the key of `url`: host, path and telling parameters, in one spelling. "" without a host.

    Two URLs with one key are one article; keys are compared, never fetched.

    >>> url_key("https://www.Example.com:443/a/b/?utm_source=x&id=7#top")
    'example.com/a/b?id=7'
    >>> url_key("http://m.example.com/amp/a/b.html?id=7&fbclid=1")
    'example.com/a/b.html?id=7'
    """
    return _key(url.strip()[:MAX_URL_LENGTH])


@lru_cache(maxsize=1 << 14)
def _key(url: str) -> str:
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return ""
    if not host:
        return ""
    if cached := _inside_amp_cache(host, parts.path, parts.query):
        return _key(cached)
    netloc = bare_host(host) if port in (None, 80, 443) else f"{bare_host(host)}:{port}"
    fragment = f"#{parts.fragment}" if parts.fragment.startswith("!") else ""
    query = _telling_parameters(parts.query)
    return netloc + _bare_path(parts.path) + (f"?{query}" if query else "") + fragment


def without_tracking(url: str) -> str:
    """Return `url` as the site would name it: without tracking and session parameters and the fragment.

    What it gives may be fetched: order, spelling and all other parameters stay as they are.

    >>> without_tracking("https://example.com/a/b/?id=7&utm_source=x#top")
    'https://example.com/a/b/?id=7'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    kept = [pair for pair in parts.query.split("&") if _is_the_sites_own(pair)]
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    path = _PATH_SESSION.sub("", parts.path)
    return parts._replace(path=path, query="&".join(kept), fragment=fragment).geturl()


def bare_host(host: str) -> str:
    """Return `host` in lower case without www, m, amp and the like in front.

    >>> bare_host("www.m.example.co.uk"), bare_host("m.com"), bare_host("127.0.0.1")
    ('example.co.uk', 'm.com', '127.0.0.1')
    """
    try:
        host = host.lower().encode("idna").decode() if not host.isascii() else host.lower()
    except UnicodeError:
        host = host.lower()
    while host.count(".") >= 2 and host.split(".", 1)[0] in _DRESS_LABELS:
        host = host.split(".", 1)[1]
    return host


def _inside_amp_cache(host: str, path: str, query: str) -> str | None:
    """Return the URL that an AMP cache shows (https://developers.google.com/amp/cache/overview)."""
    if host.endswith(".cdn.ampproject.org"):
        rest = _AMP_CACHE.match(path)
    elif host in ("google.com", "www.google.com") and path.startswith("/amp/"):
        rest = _AMP_CACHE.match(path[4:])
    else:
        return None
    return f"https://{rest['rest']}" + (f"?{query}" if query else "") if rest else None


def _bare_path(path: str) -> str:
    path = _PATH_SESSION.sub("", path)
    path = quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    path = re.sub(r"/{2,}", "/", path)
    path = _DEFAULT_PAGE.sub("/", path)
    path = _DRESS_START.sub("", path)
    bare = path.rstrip("/")
    shorter = _DRESS_FILE.sub("", bare)
    shorter = _DRESS_END.sub("", shorter)
    # "/amp" alone is a page about amplifiers, "/story/amp" is a dress of "/story".
    return (shorter if shorter.count("/") >= 1 and len(shorter) > 1 else bare) or "/"


def _telling_parameters(query: str) -> str:
    if not query:
        return ""
    try:
        pairs = parse_qsl(query, keep_blank_values=True, max_num_fields=200)
    except ValueError:
        return query
    return urlencode(sorted({(name, value) for name, value in pairs if _tells(name.lower(), value)}))


def _tells(name: str, value: str) -> bool:
    return not (_follows_the_reader(name, value) or (name in _DRESS and _DRESS_VALUES.match(value)))


def _is_the_sites_own(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(pair) and not _follows_the_reader(unquote(name).lower(), unquote(value))


def _follows_the_reader(name: str, value: str) -> bool:
    if name in _TRACKING or name in _SESSION or _TRACKING_FAMILY.match(name):
        return True
    return name in ("s", "session", "token", "tok") and bool(_SESSION_VALUE.match(value))
