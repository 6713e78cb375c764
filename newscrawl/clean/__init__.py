"""Cleaning: from a page's HTML to its article, with every cut on record.

>>> from newscrawl.clean import clean_page
>>> page = "<h1>Rain</h1><p>It rained all day in the whole of the county, officials said.</p>"
>>> clean_page(page, "https://post.example/rain").text
'It rained all day in the whole of the county, officials said.'
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from newscrawl.clean.explanation import BlockReport, Explanation
    from newscrawl.clean.page import CLEANER_VERSION, clean_page, explain_page
    from newscrawl.clean.ruled_page import clean_ruled_page, explain_ruled_page, version_with
    from newscrawl.clean.site_rules import DROP_RULE, SiteRules, load_site_rules

__all__ = [
    "CLEANER_VERSION",
    "DROP_RULE",
    "BlockReport",
    "Explanation",
    "SiteRules",
    "clean_page",
    "clean_ruled_page",
    "explain_page",
    "explain_ruled_page",
    "load_site_rules",
    "version_with",
]

_MODULES = {
    "explanation": ("BlockReport", "Explanation"),
    "page": ("CLEANER_VERSION", "clean_page", "explain_page"),
    "ruled_page": ("clean_ruled_page", "explain_ruled_page", "version_with"),
    "site_rules": ("DROP_RULE", "SiteRules", "load_site_rules"),
}
_HOME = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> object:
    """Import the cleaner when it is first asked for: the store needs site memory alone."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value
