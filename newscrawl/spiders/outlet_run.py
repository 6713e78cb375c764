"""What one run knows of one outlet: its budgets, what it has seen, and how it went."""

from dataclasses import dataclass, field

from newscrawl.discover import Outlet, outlet_key
from newscrawl.model import PageHints
from newscrawl.spiders.feed_ledger import FeedLedger
from newscrawl.stories import url_key

FEW_PAGES = 5
"""New pages that mere links lead to, none of them an article, of a site that has articles: no trouble yet."""


@dataclass(slots=True)
class OutletTally:
    """How an outlet's run went.

    `fronts`, `unchanged` and `left_alone` count listings: front pages that were read, feeds, sitemaps and
    index pages that had not changed, and ones that were not due. The others count pages: `named` ones of the
    outlet that its listings name, known or not; `elsewhere` those that they name on other sites or that the
    outlet's patterns deny; `new` ones never fetched before, `new_listed` of them in a feed or news sitemap;
    `known` articles that stood in the database before; `stored` new ones that do now.
    """

    fronts: int = 0
    unchanged: int = 0
    left_alone: int = 0
    named: int = 0
    elsewhere: int = 0
    known: int = 0
    new: int = 0
    new_listed: int = 0
    stored: int = 0
    over_budget: int = 0


@dataclass(slots=True)
class OutletRun:
    """The state of one outlet in one run. Budgets count down; `seen`, `queued` and `listed` are by URL key,
    `fresh` and `asked` by URL. `open_work` counts requests without an answer and items that are not
    stored: at 0 the outlet is done.
    """

    outlet: Outlet
    pages_left: int
    listed_left: int
    sections_left: int
    sitemaps_left: int
    keys: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    queued: dict[str, str] = field(default_factory=dict)  # the URL that a key is fetched by
    fresh: set[str] = field(default_factory=set)  # of these, the URLs that were never stored before
    listed: dict[str, PageHints] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    has_news_listing: bool = False  # a feed or a news sitemap was read: undated sitemaps need not be
    tally: OutletTally = field(default_factory=OutletTally)
    ledger: FeedLedger = field(default_factory=FeedLedger)
    open_work: int = 0
    has_asked: bool = False
    reached: bool = False
    failure: str | None = None  # why the front page, or whatever was asked for first, could not be had

    def __post_init__(self) -> None:
        self.keys.add(self.outlet.key)

    def covers(self, url: str) -> bool:
        """Say whether a URL belongs to the outlet, by its name or by where its front page moved to."""
        return outlet_key(url) in self.keys

    def is_new(self, url: str, hints: PageHints) -> bool:
        """Say whether this page was not met before in this run, under any spelling; it counts as met now.

        The best hints are kept either way: the front page may link to an article before its feed is read.
        """
        key = url_key(url)
        if hints.is_listed:
            self.listed.setdefault(key, hints)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

    def url_in_queue(self, url: str) -> str | None:
        """Return the URL by which this run fetches a page, if it does."""
        return self.queued.get(url_key(url))

    def queue(self, url: str) -> None:
        """Note that this run fetches a page."""
        self.queued[url_key(url)] = url

    def hints_for(self, url: str) -> PageHints | None:
        """Return what a feed or news sitemap said of a page, if one did."""
        return self.listed.get(url_key(url))

    def takes(self, *, is_listed: bool) -> bool:
        """Say whether the budget has room for one more page; it counts as taken now."""
        if (self.listed_left if is_listed else self.pages_left) <= 0:
            self.tally.over_budget += 1
            return False
        if is_listed:
            self.listed_left -= 1
        else:
            self.pages_left -= 1
        return True

    def asks(self, url: str) -> bool:
        """Say whether this listing was not asked for before in this run; it counts as asked now."""
        if url in self.asked:
            return False
        self.asked.add(url)
        return True

    @property
    def is_lost(self) -> bool:
        """Whether the outlet was asked for something and gave no answer at all."""
        return self.has_asked and not self.reached

    def trouble(self) -> str | None:
        """Return what a person should look into, if the run went badly: a lost site, or nothing found."""
        if self.is_lost:
            return f"{self.outlet.url} was not reached: {self.failure or 'no answer'}"
        if what := trouble_in(self.tally):
            return f"{self.outlet.url}: {what}"
        return None


def trouble_in(tally: OutletTally) -> str | None:
    """Return what is wrong with an outlet of which this is all that a run found, or None.

    >>> trouble_in(OutletTally(fronts=1, named=40, new=40))
    'of 40 new pages not one became an article'
    >>> trouble_in(OutletTally(fronts=1, unchanged=2)) is None
    True
    """
    if tally.new and not tally.stored:
        if tally.new_listed or not tally.known or tally.new > FEW_PAGES:
            return f"of {tally.new} new pages not one became an article"
    elif tally.fronts and not (tally.unchanged or tally.left_alone or tally.named):
        if tally.elsewhere:
            return f"all that it lists ({tally.elsewhere}) is on other sites, or not allowed by its patterns"
        return "neither feeds nor sitemaps nor links name an article"
    return None
