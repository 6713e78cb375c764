"""Is this page an article? A vote of what it declares, its URL, its text and its links.

No vote decides alone, and doubt is in favour of the article: a page that a feed names, or that declares
itself one, has to look very much like an index to be turned down. How well it does is told in
docs/crawling.md.
"""

import re

from newscrawl.discover.article_urls import UrlKind
from newscrawl.discover.page_facts import PageFacts, count_headline_chars, read_facts
from newscrawl.model import Article, Page

# schema.org's types and Open Graph's (https://schema.org/Article, https://ogp.me/#types), in lower case.
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

TINY_TEXT_CHARS = 100
SHORT_TEXT_CHARS = 250
FAIR_TEXT_CHARS = 600
LONG_TEXT_CHARS = 1_500
LOGIN_TEXT_CHARS = 600
FRONT_PAGE_POINTS = -3.0
"""For the root of a site: some front pages declare themselves articles and carry long texts."""
HEADLINE_POINTS = ((2.0, -2.5), (1.0, -1.25), (0.25, -0.5))
"""(characters of headline links for each one of text, points): the more of a page leads elsewhere, the more
it is an index. Articles have such links, too, beside and below their text."""
LISTED_LINKS_SHARE = 0.5
"""What the links' vote counts for a page that a feed lists, unless links are nearly all of it: short items
stand among long side columns, and "not found" pages among lists of other articles."""
CJK_LETTERS = 3
"""Letters of an alphabet that one character of Chinese, Japanese or Korean stands for."""
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_URL_POINTS = {UrlKind.ARTICLE: 1.5, UrlKind.MAYBE: 0.5, UrlKind.SECTION: -1.5, UrlKind.OTHER: -1.5}


def why_no_article(article: Article, page: Page) -> str | None:
    """Return a slug that says why a cleaned page is no article, or None where it is one.

    Cost: about 1 ms for a page of 150 KB, 4 ms where its links have to be counted to decide.
    """
    facts = read_facts(page)
    chars = text_size(article.text)
    if not facts.kinds & ARTICLE_KINDS:
        if facts.asks_password and chars < LOGIN_TEXT_CHARS and article.published_at is None:
            return "login"
        if facts.kinds & VIDEO_KINDS and chars < FAIR_TEXT_CHARS:
            return "video"
    score = declared_score(article, facts)
    if 0 <= score < -HEADLINE_POINTS[0][1]:  # links can still turn it
        points = headline_points(count_headline_chars(page), chars)
        is_mild = points > HEADLINE_POINTS[0][1]
        score += points * LISTED_LINKS_SHARE if facts.is_listed and is_mild else points
    if score >= 0:
        return None
    return "front-page" if "root" in facts.url_reasons else "index"


def declared_score(article: Article, facts: PageFacts) -> float:
    """Return the sum of all votes but the links': below 0 it is no article."""
    chars = text_size(article.text)
    score = _URL_POINTS[facts.url_kind]
    if facts.is_listed and "root" not in facts.url_reasons:
        score = max(score, 0.0)  # feeds list no sections, whatever their articles' addresses look like
    if facts.kinds & ARTICLE_KINDS:
        score += 2.0
    if facts.kinds & INDEX_KINDS:
        score -= 2.0
    if "og:website" in facts.kinds:
        score -= 0.5
    if facts.is_listed:
        score += 2.0
    if "root" in facts.url_reasons:
        score += FRONT_PAGE_POINTS
    if article.published_at is not None:
        score += 0.5
    if article.authors:
        score += 0.5
    if chars >= LONG_TEXT_CHARS:
        score += 1.5
    elif chars >= FAIR_TEXT_CHARS:
        score += 1.0
    elif chars < TINY_TEXT_CHARS:
        score -= 2.5
    elif chars < SHORT_TEXT_CHARS:
        score -= 1.5
    if not article.title:
        score -= 0.5
    return score


def text_size(text: str) -> float:
    """Return the characters of a text, as they would be in an alphabet: one of Chinese, Japanese or Korean
    says about as much as three letters.

    >>> text_size("橋の建設"), text_size("bridge")
    (12, 6)
    """
    return len(text) + (CJK_LETTERS - 1) * len(_CJK.findall(text))


def headline_points(headline_chars: int, text_chars: float) -> float:
    """Return the vote of the links: an index is mostly headlines that lead elsewhere."""
    for share, points in HEADLINE_POINTS:
        if headline_chars > share * text_chars:
            return points
    return 0.0
