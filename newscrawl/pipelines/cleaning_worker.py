"""What a worker process does with one page: clean it, fill its gaps from the hints, take its fingerprint.

The cleaner is imported where it is used: the crawl's own process knows this module, too, and a crawl that
starts every five minutes need not load there (0.35 s of CPU) what only its workers use.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from newscrawl.discover.article_pages import why_no_article
from newscrawl.model import Article, ArticleStatus, CleanedPage, Page, PageHints, site_of
from newscrawl.pipelines.header_directives import with_header_directives
from newscrawl.pipelines.multilingual import embed_each
from newscrawl.stories import fingerprint_article

HALF_A_DAY, NEAR = timedelta(hours=12), timedelta(hours=26)
"""A day named without a time is met by a time within 26 hours of its noon: its own hours, in any zone."""


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """A cleaned page, and why it is no article, if it is none. An item between pipelines."""

    cleaned: CleanedPage
    why_no_article: str | None = None


def clean_candidate(page: Page, embed: bool = False) -> CandidatePage:
    """Clean `page`. Runs in a worker process; takes what time the page makes it take.

    `embed`: an article gets an embedding, too (NEWSCRAWL_MULTILINGUAL).
    """
    from newscrawl.clean import clean_ruled_page

    cleaned = clean_ruled_page(page.body, page.url, page.rules, encoding=page.encoding)
    article = with_header_directives(fill_gaps(cleaned, page.hints), page.headers)
    fingerprint = embedding = reason = None
    if article.status in (ArticleStatus.OK, ArticleStatus.EMPTY):  # an index may leave no text at all
        reason = why_no_article(article, page)
        if reason is None and article.status == ArticleStatus.OK:
            fingerprint = fingerprint_article(article.title, article.text, article.language)
            embedding = embed_each([article])[0] if embed else None
    cleaned_page = CleanedPage(page=page, article=article, fingerprint=fingerprint, embedding=embedding)
    return CandidatePage(cleaned_page, reason)


def fill_gaps(article: Article, hints: PageHints) -> Article:
    """Return the article with what the page itself does not say, as far as a feed or sitemap said it."""
    if article.status != ArticleStatus.OK:
        return article
    if hints.authors and not article.authors:
        article = with_hinted_authors(article, hints.authors)
    return replace(
        article,
        title=article.title or hints.title or "",
        published_at=better_date(article.published_at, hints.published_at),
        language=article.language or hints.language,
    )


def with_hinted_authors(article: Article, names: Sequence[str]) -> Article:
    """Return the article with the people that a feed names as authors; its desks and agencies are credits."""
    from newscrawl.clean.metadata import judge_names

    outlet_names = (article.site_name or "", site_of(article.url).split(".")[0])
    hinted = judge_names(names, outlet_names, article.language)
    return replace(article, authors=hinted.people, credits=article.credits or hinted.credits)


def better_date(of_page: datetime | None, of_hint: datetime | None) -> datetime | None:
    """Return the page's date or, where it names a day without a time, the hint's time on that day.

    A day in the site's own zone and one in UTC may differ by one.
    """
    if of_page is None or of_hint is None:
        return of_page or of_hint
    names_no_time = of_page.astimezone(of_page.tzinfo).time() == datetime.min.time()
    is_same_day = abs(of_hint.astimezone(UTC) - of_page.astimezone(UTC) - HALF_A_DAY) <= NEAR
    return of_hint if names_no_time and is_same_day else of_page


def uncleaned(page: Page, status: ArticleStatus, note: str) -> CandidatePage:
    """Return what stands for a page that could not be cleaned: its row says why."""
    from newscrawl.clean import CLEANER_VERSION

    article = Article(
        url=page.url, canonical_url=page.url, status=status, cleaner_version=CLEANER_VERSION, notes=(note,)
    )
    return CandidatePage(CleanedPage(page=page, article=article, fingerprint=None))
