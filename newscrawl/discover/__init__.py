"""Finding what there is to read: feeds, sitemaps, robots.txt, links, and which of them are articles."""

from newscrawl.discover.article_urls import UrlJudgement, UrlKind, judge_url
from newscrawl.discover.inflate import InflateError, TooLargeError
from newscrawl.discover.links import PageLink, PageLinks, read_links
from newscrawl.discover.listing import Listing, ListingEntry, ListingKind, NotAListingError
from newscrawl.discover.read_listing import read_listing
from newscrawl.discover.robots import RobotsRules, read_robots
from newscrawl.discover.scope import Outlet, RuleBook, outlet_key
from newscrawl.discover.weburl import absolute_url, origin_of

__all__ = [
    "InflateError",
    "Listing",
    "ListingEntry",
    "ListingKind",
    "NotAListingError",
    "Outlet",
    "PageLink",
    "PageLinks",
    "RobotsRules",
    "RuleBook",
    "TooLargeError",
    "UrlJudgement",
    "UrlKind",
    "absolute_url",
    "judge_url",
    "origin_of",
    "outlet_key",
    "read_links",
    "read_listing",
    "read_robots",
]
