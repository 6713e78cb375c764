"""Second step: is the page an article? Index, login, tag and video pages get their status here."""

from dataclasses import replace
from typing import Any, Self

from scrapy.crawler import Crawler

from newscrawl.model import ArticleStatus, CleanedPage
from newscrawl.pipelines.cleaning_worker import CandidatePage


def judged(candidate: CandidatePage) -> CleanedPage:
    """Return the cleaned page, marked as no article where it is none (its text is let go)."""
    cleaned = candidate.cleaned
    if candidate.why_no_article is None:
        return cleaned
    article = replace(
        cleaned.article,
        status=ArticleStatus.NOT_ARTICLE,
        text="",
        removed=(),
        notes=(*cleaned.article.notes, f"page:{candidate.why_no_article}"),
    )
    return replace(cleaned, article=article, fingerprint=None)


class ValidatePipeline:
    """Turns a `CandidatePage` into a `CleanedPage`; other items pass. Counts `newscrawl/status/STATUS`."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it as Scrapy asks for it."""
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Judge a candidate."""
        if not isinstance(item, CandidatePage):
            return item
        cleaned = judged(item)
        self._crawler.stats.inc_value(f"newscrawl/status/{cleaned.article.status}")
        return cleaned
