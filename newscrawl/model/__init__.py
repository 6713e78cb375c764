"""The words that all layers share. What crosses a layer is one of these frozen dataclasses."""

from newscrawl.model.article import Article, ArticleStatus, BlockKind, RemovedBlock
from newscrawl.model.page import FetchStatus, Page, PageHints
from newscrawl.model.site import site_of

__all__ = [
    "Article",
    "ArticleStatus",
    "BlockKind",
    "FetchStatus",
    "Page",
    "PageHints",
    "RemovedBlock",
    "site_of",
]
