"""Clean a page by the rules that a sites file has for its site, and say so in the cleaner's version."""

from dataclasses import replace
from functools import lru_cache

from newscrawl.clean.explanation import Explanation
from newscrawl.clean.page import CLEANER_VERSION, clean_page, explain_page
from newscrawl.clean.site_rules import SiteRules, compile_selectors
from newscrawl.model import Article, SiteSelectors, site_of

RULES_MARK = "+"
"""Stands in a version between the cleaner's own and the mark of the rules."""


def version_with(selectors: SiteSelectors | None) -> str:
    """Return the version of what the cleaner makes of a page by these rules."""
    return f"{CLEANER_VERSION}{RULES_MARK}{selectors.mark}" if selectors else CLEANER_VERSION


def clean_ruled_page(
    html: str | bytes, url: str, selectors: SiteSelectors | None, *, encoding: str | None = None
) -> Article:
    """Return the article as `clean_page` does, by the rules of its site, if there are any."""
    if selectors is None:
        return clean_page(html, url, encoding=encoding)
    article = clean_page(html, url, encoding=encoding, site_rules=_rules_at(site_of(url), selectors))
    return replace(article, cleaner_version=version_with(selectors))


def explain_ruled_page(
    html: str | bytes, url: str, selectors: SiteSelectors | None, *, encoding: str | None = None
) -> Explanation:
    """Return the explanation as `explain_page` does, by the rules of its site, if there are any."""
    if selectors is None:
        return explain_page(html, url, encoding=encoding)
    found = explain_page(html, url, encoding=encoding, site_rules=_rules_at(site_of(url), selectors))
    return replace(found, article=replace(found.article, cleaner_version=version_with(selectors)))


@lru_cache(maxsize=256)
def _rules_at(site: str, selectors: SiteSelectors) -> SiteRules:
    return SiteRules({site: compile_selectors(selectors, site)})
