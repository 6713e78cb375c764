"""Which sitemaps and pages of a listing are wanted."""

from datetime import UTC, datetime

from newscrawl.discover.listing import Listing, ListingEntry, ListingKind
from newscrawl.spiders.candidates import wanted_sitemaps

OLDEST = datetime(2026, 10, 1, tzinfo=UTC)


def index_of(*changed: datetime | None) -> Listing:
    entries = tuple(
        ListingEntry(url=f"https://example.com/{number}.xml", modified_at=when)
        for number, when in enumerate(changed)
    )
    return Listing(kind=ListingKind.SITEMAP_INDEX, url="https://example.com/index.xml", entries=entries)


def test_sitemaps_that_changed_before_the_limit_are_left_alone() -> None:
    index = index_of(datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC), None)
    assert list(wanted_sitemaps(index, OLDEST)) == ["https://example.com/1.xml", "https://example.com/2.xml"]


def test_where_all_are_older_all_are_wanted_the_newest_first() -> None:
    index = index_of(datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 14, tzinfo=UTC))
    assert list(wanted_sitemaps(index, OLDEST)) == ["https://example.com/1.xml", "https://example.com/0.xml"]
