"""What a worker process does with one page: clean it, fill its gaps from the hints, take its fingerprint."""

from dataclasses import dataclass, replace

from newscrawl.clean import CLEANER_VERSION, clean_page
from newscrawl.discover.page_facts import PageFacts, read_facts
from newscrawl.model import Article, ArticleStatus, CleanedPage, Page, PageHints
from newscrawl.stories import fingerprint_article


@dataclass(frozen=True, slots=True)
class CandidatePage:
    """A cleaned page that is yet to be judged, with the facts to judge it by. An item between pipelines."""

    cleaned: CleanedPage
    facts: PageFacts | None


def clean_candidate(page: Page) -> CandidatePage:
    """Clean `page`. Runs in a worker process; takes what time the page makes it take."""
    article = fill_gaps(clean_page(page.body, page.url, encoding=page.encoding), page.hints)
    fingerprint = None
    if article.status == ArticleStatus.OK:
        fingerprint = fingerprint_article(article.title, article.text, article.language)
    return CandidatePage(CleanedPage(page=page, article=article, fingerprint=fingerprint), read_facts(page))


def fill_gaps(article: Article, hints: PageHints) -> Article:
    """Return the article with what the page itself does not say, as far as a feed or sitemap said it."""
    if article.status != ArticleStatus.OK:
        return article
    return replace(
        article,
        title=article.title or hints.title or "",
        published_at=article.published_at or hints.published_at,
        language=article.language or hints.language,
        authors=article.authors or hints.authors,
    )


def uncleaned(page: Page, status: ArticleStatus, note: str) -> CandidatePage:
    """Return what stands for a page that could not be cleaned: its row says why."""
    article = Article(
        url=page.url, canonical_url=page.url, status=status, cleaner_version=CLEANER_VERSION, notes=(note,)
    )
    return CandidatePage(CleanedPage(page=page, article=article, fingerprint=None), None)
