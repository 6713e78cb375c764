"""What one run knows of one outlet: its budgets, what it has seen, and how it went."""

from dataclasses import dataclass, field

from newscrawl.discover import Outlet, outlet_key
from newscrawl.stories import url_key


@dataclass(slots=True)
class OutletRun:
    """The state of one outlet in one run. Budgets count down; `seen` holds URL keys, `asked` listing URLs."""

    outlet: Outlet
    pages_left: int
    listed_left: int
    sections_left: int
    sitemaps_left: int
    keys: set[str] = field(default_factory=set)
    seen: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    listings_read: int = 0
    pages_asked: int = 0
    over_budget: int = 0
    reached: bool = False
    trouble: str | None = None

    def __post_init__(self) -> None:
        self.keys.add(self.outlet.key)

    def covers(self, url: str) -> bool:
        """Say whether a URL belongs to the outlet, by its name or by where its front page moved to."""
        return outlet_key(url) in self.keys

    def is_new(self, url: str) -> bool:
        """Say whether this page was not met before in this run, under any spelling; it counts as met now."""
        key = url_key(url)
        if key in self.seen:
            return False
        self.seen.add(key)
        return True

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

    def asks(self, url: str) -> bool:
        """Say whether this listing was not asked for before in this run; it counts as asked now."""
        if url in self.asked:
            return False
        self.asked.add(url)
        return True
