"""Is this link an article? Told by the shape of its URL and of its text, before anything is fetched.

A missed article is worse than an index page fetched once (the page itself is judged again before it is
stored), so doubt counts as `MAYBE`. The words are of the shapes that content systems give their URLs in
many languages; no site is named here.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from importlib import resources
from urllib.parse import parse_qsl, unquote, urlsplit


class UrlKind(StrEnum):
    """What a URL looks like."""

    ARTICLE = "article"
    MAYBE = "maybe"
    SECTION = "section"  # worth reading for its links
    OTHER = "other"  # tag, login, video, shop, search, file ...: not fetched


@dataclass(frozen=True, slots=True)
class UrlJudgement:
    """The verdict, the score behind it (articles from `ARTICLE_SCORE`), and what decided, as slugs."""

    kind: UrlKind
    score: float
    reasons: tuple[str, ...]


ARTICLE_SCORE = 2.0
MAYBE_SCORE = 1.0

_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|avif|bmp|tiff?|pdf|docx?|xlsx?|pptx?|csv|zip|rar|gz|7z|exe|dmg|apk|mp3|m4a|ogg|wav|"
    r"mp4|m4v|webm|avi|mov|m3u8?|css|js|mjs|json|xml|rss|atom|rdf|txt|woff2?|ttf|eot|ics|vcf|epub|torrent)$",
    re.IGNORECASE,
)
_WORDS = tomllib.loads((resources.files(__package__) / "data" / "url_words.toml").read_text("utf-8"))
_OTHER_SEGMENTS = frozenset(_WORDS["other"].split())
_SECTION_SEGMENTS = frozenset(_WORDS["section"].split())
_ARTICLE_SEGMENTS = frozenset(_WORDS["article"].split())
_OTHER_QUERY = re.compile(
    r"(?:^|&)(?:s|q|query|search|replytocom|share|print|action|login|redirect(?:_to)?|returnurl)=", re.I
)
_ID_QUERY = re.compile(
    r"(?:^|&)(?:(?:id|aid|nid|sid|newsid|news_id|article|articleid|article_id|storyid|story|idnews)=\d"
    r"|(?:p|n)=\d{2,})",
    re.IGNORECASE,
)
_DATE_PATH = re.compile(
    r"/(?:19[89]\d|20[0-4]\d)/(?:0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*(?:/(?:0?[1-9]|[12]\d|3[01]))?(?=/)",
    re.IGNORECASE,
)
_PATH_DAY = re.compile(r"/(19[89]\d|20[0-4]\d)[-/]?(0[1-9]|1[0-2])(?:[-/]?(0[1-9]|[12]\d|3[01]))?(?=[-/_])")
_DATE_IN_SEGMENT = re.compile(
    r"(?<!\d)(?:19[89]\d|20[0-4]\d)[-_.]?(?:0[1-9]|1[0-2])[-_.]?(?:0[1-9]|[12]\d|3[01])(?!\d)"
)
_DATE_ARCHIVE = re.compile(r"/(?:19[89]\d|20[0-4]\d)(?:/\d{1,2}){0,2}/?$")
_LONG_ID = re.compile(
    r"(?<![a-z0-9])[a-z]{0,3}\d{5,}(?![a-z0-9])|(?<![0-9a-f])[0-9a-f]{8,}(?![0-9a-f])", re.IGNORECASE
)
_SHORT_ID = re.compile(r"(?<![a-z0-9])\d{2,4}(?![a-z0-9])")
_PAGE_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cfm|ece|amp|xhtml)$", re.IGNORECASE)
_PAGINATION = re.compile(
    r"/(?:page|seite|pagina|p)[/-]?\d{1,4}/?$|[?&](?:page|paged|seite|pagina|offset|start)=\d+", re.IGNORECASE
)
_WORD_BREAK = re.compile(r"[-_+. ]+")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")

HEADLINE_CHARS = 28
"""Anchor texts from this length on read like headlines; section names are shorter. CJK counts double."""


def judge_url(url: str, text: str = "", *, in_navigation: bool = False) -> UrlJudgement:
    """Say what `url` looks like, given the text of the link (if any) and whether it stands in navigation.

    >>> judge_url("https://example.com/2026/03/04/council-votes-for-new-bridge").kind.value
    'article'
    >>> judge_url("https://example.com/politics/").kind.value
    'section'
    >>> judge_url("https://example.com/tag/bridges/").kind.value
    'other'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return UrlJudgement(UrlKind.OTHER, 0.0, ("broken",))
    path = unquote(parts.path)
    segments = [segment for segment in path.split("/") if segment]
    lowered = [segment.lower() for segment in segments]
    if _FILES.search(path):
        return UrlJudgement(UrlKind.OTHER, 0.0, ("file",))
    if _OTHER_QUERY.search(parts.query):
        return UrlJudgement(UrlKind.OTHER, 0.0, ("query",))
    if _PAGINATION.search(url.partition("#")[0]):
        return UrlJudgement(UrlKind.SECTION, 0.0, ("pagination",))
    has_id_query = bool(_ID_QUERY.search(parts.query)) or _is_only_id(parts.query)
    if not segments and not has_id_query:
        return UrlJudgement(UrlKind.SECTION, 0.0, ("root",))

    score, reasons = 0.0, []

    def add(points: float, reason: str) -> None:
        nonlocal score
        score += points
        reasons.append(reason)

    last = _PAGE_EXTENSION.sub("", lowered[-1]) if segments else ""
    words = [word for word in _WORD_BREAK.split(last) if word and not word.isdigit()]
    headline = len(text) + len(_CJK.findall(text)) >= HEADLINE_CHARS
    dated = bool(_DATE_PATH.search(path)) or bool(_DATE_IN_SEGMENT.search(path))
    if _DATE_ARCHIVE.search(path):
        return UrlJudgement(UrlKind.SECTION, 0.0, ("date-archive",))
    if dated:
        add(1.5, "date")
    if len(words) >= 4 or len(_CJK.findall(last)) >= 6:
        add(1.5, "slug")
    elif len(words) == 3:
        add(1.0, "short-slug")
    elif len(words) == 2:
        add(0.4, "two-words")
    if _LONG_ID.search(last):
        add(1.2, "id")
    elif _SHORT_ID.search(last) and (len(words) >= 2 or last.isdigit()):
        add(0.6, "short-id")
    if has_id_query:
        add(1.2, "id-query")
    if (
        segments
        and _PAGE_EXTENSION.search(lowered[-1])
        and not lowered[-1].startswith(("index", "default", "home"))
    ):
        add(0.5, "page-extension")
    if any(segment in _ARTICLE_SEGMENTS for segment in lowered[:-1]):
        add(1.0, "article-segment")
    if headline:
        add(0.8, "headline")
    if in_navigation:
        add(-0.5, "navigation")

    other = next((segment for segment in lowered[:-1] if segment in _OTHER_SEGMENTS), None)
    if last in _OTHER_SEGMENTS or (other is not None and not (dated or score >= 3.0)):
        return UrlJudgement(UrlKind.OTHER, score, (*reasons, "other-segment"))
    if other is not None:
        add(-1.0, "other-segment")
    if any(segment in _SECTION_SEGMENTS for segment in lowered):
        add(-1.5, "section-segment")

    if score >= ARTICLE_SCORE:
        return UrlJudgement(UrlKind.ARTICLE, score, tuple(reasons))
    if score >= MAYBE_SCORE:
        return UrlJudgement(UrlKind.MAYBE, score, tuple(reasons))
    if len(segments) <= 3:
        return UrlJudgement(UrlKind.SECTION, score, tuple(reasons))
    return UrlJudgement(UrlKind.MAYBE, score, tuple(reasons))


def date_in_url(url: str) -> datetime | None:
    """Return the day that a URL's path names (its first, where it names a month only), or None.

    >>> date_in_url("https://example.com/2026/03/04/council-votes").isoformat()
    '2026-03-04T00:00:00+00:00'
    """
    match = _PATH_DAY.search(urlsplit(url).path + "/")
    if match is None:
        return None
    year, month, day = match.groups()
    try:
        return datetime(int(year), int(month), int(day or 1), tzinfo=UTC)
    except ValueError:
        return None


def _is_only_id(query: str) -> bool:
    pairs = parse_qsl(query)
    return len(pairs) == 1 and pairs[0][1].isdigit() and len(pairs[0][1]) >= 3 and len(pairs[0][0]) <= 20
