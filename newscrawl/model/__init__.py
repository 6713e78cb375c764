"""The words that all layers share. What crosses a layer is one of these frozen dataclasses."""

from newscrawl.model.article import Article, ArticleStatus, BlockKind, RemovedBlock
from newscrawl.model.embedding import Embedding
from newscrawl.model.fingerprint import Fingerprint
from newscrawl.model.page import CleanedPage, FetchStatus, Page, PageHints
from newscrawl.model.selectors import SiteSelectors
from newscrawl.model.site import site_of
from newscrawl.model.story import MatchKind, Placement, Relation, StoryInput

__all__ = [
    "Article",
    "ArticleStatus",
    "BlockKind",
    "CleanedPage",
    "Embedding",
    "FetchStatus",
    "Fingerprint",
    "MatchKind",
    "Page",
    "PageHints",
    "Placement",
    "Relation",
    "RemovedBlock",
    "SiteSelectors",
    "StoryInput",
    "site_of",
]
