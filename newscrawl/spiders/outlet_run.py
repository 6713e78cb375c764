"""What one run knows of one outlet: its budgets, what it has seen, and how it went."""

from dataclasses import dataclass, field

from newscrawl.discover import Outlet, outlet_key
from newscrawl.model import PageHints
from newscrawl.stories import url_key


@dataclass(slots=True)
class OutletRun:
    """The state of one outlet in one run. Budgets count down; `seen` and `listed`
    are by URL key, `asked` by the URL of a listing."""

    outlet: Outlet
    pages_left: int
    listed_left: int
    sections_left: int
    sitemaps_left: int
    keys: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    queued: dict[str, str] = field(default_factory=dict)  # the URL that a key is fetched by
    listed: dict[str, PageHints] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    has_news_listing: bool = False  # a feed or a news sitemap was read: undated sitemaps need not be
    pages_asked: int = 0
    pages_stored: int = 0  # pages of which an article stands in the database, new or not
    over_budget: int = 0
    reached: bool = False
    failure: str | None = None  # why the front page could not be had

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
            self.over_budget += 1
            return False
        if is_listed:
            self.listed_left -= 1
        else:
            self.pages_left -= 1
        self.pages_asked += 1
        return True

    def trouble(self) -> str | None:
        """Return what a person should look into, if the run went badly: a lost site, or nothing stored."""
        if not self.reached:
            return f"{self.outlet.url} was not reached: {self.failure or 'no answer'}"
        if self.pages_asked and not self.pages_stored:
            return f"{self.outlet.url}: of {self.pages_asked} pages not one became an article"
        return None

    def asks(self, url: str) -> bool:
        """Say whether this listing was not asked for before in this run; it counts as asked now."""
        if url in self.asked:
            return False
        self.asked.add(url)
        return True
