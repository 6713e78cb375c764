"""Is this page an article? A vote of what it declares, its URL, its text and its links.

No vote decides alone, and doubt is in favour of the article: a page that a feed names, or that declares
itself one, has to look very much like an index to be turned down.
"""

from newscrawl.discover.article_urls import UrlKind
from newscrawl.discover.page_facts import PageFacts
from newscrawl.model import Article

ARTICLE_KINDS = frozenset(
    [
        "article",
        "newsarticle",
        "reportagenewsarticle",
        "analysisnewsarticle",
        "opinionnewsarticle",
        "backgroundnewsarticle",
        "reviewnewsarticle",
        "advertisercontentarticle",
        "satiricalarticle",
        "scholarlyarticle",
        "techarticle",
        "report",
        "blogposting",
        "socialmediaposting",
        "liveblogposting",
        "review",
        "recipe",
        "og:article",
    ]
)
INDEX_KINDS = frozenset(
    [
        "collectionpage",
        "searchresultspage",
        "profilepage",
        "contactpage",
        "aboutpage",
        "itempage",
        "faqpage",
        "og:profile",
    ]
)
VIDEO_KINDS = frozenset(
    ["og:video", "og:video.other", "og:video.episode", "og:video.movie", "og:video.tv_show", "og:music.song"]
)

SHORT_TEXT_CHARS = 250
FAIR_TEXT_CHARS = 600
LONG_TEXT_CHARS = 1_500
LOGIN_TEXT_CHARS = 600


def why_no_article(article: Article, facts: PageFacts) -> str | None:
    """Return a slug that says why a cleaned page is no article, or None where it is one."""
    chars = len(article.text)
    declared = bool(facts.kinds & ARTICLE_KINDS)
    if "root" in facts.url_reasons:
        return "front-page"
    if facts.asks_password and not declared and chars < LOGIN_TEXT_CHARS:
        return "login"
    if facts.kinds & VIDEO_KINDS and not declared and chars < FAIR_TEXT_CHARS:
        return "video"
    return None if article_score(article, facts) >= 0 else "index"


def article_score(article: Article, facts: PageFacts) -> float:
    """Return the sum of the votes: articles have 0 or more."""
    chars = len(article.text)
    score = 0.0
    if facts.kinds & ARTICLE_KINDS:
        score += 2.0
    if facts.kinds & INDEX_KINDS:
        score -= 2.0
    if "og:website" in facts.kinds:
        score -= 0.5
    if facts.is_listed:
        score += 2.0
    score += {UrlKind.ARTICLE: 1.5, UrlKind.MAYBE: 0.5, UrlKind.SECTION: -1.5, UrlKind.OTHER: -1.5}[
        facts.url_kind
    ]
    if article.published_at is not None:
        score += 0.5
    if article.authors:
        score += 0.5
    if chars >= LONG_TEXT_CHARS:
        score += 1.5
    elif chars >= FAIR_TEXT_CHARS:
        score += 1.0
    elif chars < SHORT_TEXT_CHARS:
        score -= 1.5
    if facts.headline_chars > 2 * chars:
        score -= 1.5
    elif facts.headline_chars > chars:
        score -= 0.75
    if not article.title:
        score -= 0.5
    return score
