"""The crawl's clock. Setting: NEWSCRAWL_CLOCK, the dotted name of a function that returns the time, aware.

What a crawl decides by the time (what is due, who holds a claim, until when a host is left alone) it asks
this clock for, so that weeks of crawling can be tried in seconds.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from scrapy.settings import BaseSettings
from scrapy.utils.misc import load_object

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the time of this machine."""
    return datetime.now(UTC)


def clock_of(settings: BaseSettings) -> Clock:
    """Return the clock that the settings name."""
    clock: Clock = load_object(settings["NEWSCRAWL_CLOCK"])
    return clock
