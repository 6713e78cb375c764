"""Cleaning: from a page's HTML to its article, with every cut on record.

>>> page = "<h1>Rain</h1><p>It rained all day in the whole of the county, officials said.</p>"
>>> clean_page(page, "https://post.example/rain").text
'It rained all day in the whole of the county, officials said.'
"""

from newscrawl.clean.page import CLEANER_VERSION, BlockReport, Explanation, clean_page, explain_page
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
