"""Cleaning: from a page's HTML to its article, with every cut on record.

>>> page = "<h1>Rain</h1><p>It rained all day in the whole of the county, officials said.</p>"
>>> clean_page(page, "https://post.example/rain").text
'It rained all day in the whole of the county, officials said.'
"""

from newscrawl.clean.page import CLEANER_VERSION, BlockReport, Explanation, clean_page, explain_page
from newscrawl.clean.site_rules import SiteRules, load_site_rules

__all__ = [
    "CLEANER_VERSION",
    "BlockReport",
    "Explanation",
    "SiteRules",
    "clean_page",
    "explain_page",
    "load_site_rules",
]
