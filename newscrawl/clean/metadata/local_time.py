"""The local time of a stamp that a page gives in UTC.

Content systems often write UTC where the page itself shows local time, so that an evening's story
carries the next day's date. The instant stays what it was; only the offset shown changes, and only
where the country is known from the domain, or the day from the URL.
"""

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl.clean.metadata.date_text import FoundDate
from newscrawl.clean.metadata.tables import table

# Zones tried where the URL's day tells that local time is behind or ahead of UTC and no country is known.
_BEHIND_UTC = ("America/New_York", "America/Los_Angeles")
_AHEAD_OF_UTC = ("Europe/Berlin", "Asia/Kolkata", "Asia/Tokyo", "Australia/Sydney")


def in_local_time(found: FoundDate, url: str, url_day: FoundDate | None) -> datetime:
    """Return `found` as its outlet's clock shows it; `url_day` is the day that the URL names."""
    when = found.when
    if not found.has_zone or when.utcoffset() != timedelta() or not (when.hour or when.minute or when.second):
        return when
    region = table("country_zones").get(_top_level(url))
    if region:
        return _shifted(when, str(region))
    days_ahead = (url_day.when.date() - when.date()).days if url_day is not None else 0
    if url_day is not None and abs(days_ahead) == 1:
        for zone in _BEHIND_UTC if days_ahead < 0 else _AHEAD_OF_UTC:
            local = _shifted(when, zone)
            if local.date() == url_day.when.date():
                return local
    return when


def _top_level(url: str) -> str:
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.rstrip(".").rsplit(".", 1)[-1].lower()


def _shifted(when: datetime, region: str) -> datetime:
    """Return the same instant with the region's offset, fixed, so that it pickles and prints plainly."""
    zone = _zone(region)
    offset = when.astimezone(zone).utcoffset() if zone else None
    if offset is None:
        return when
    return when.astimezone(timezone(offset))


@lru_cache(maxsize=256)
def _zone(region: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(region)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
