"""The local time of a page's dates: of stamps in UTC, and of times without a zone.

Content systems often write UTC where the page itself shows local time, so that an evening's story
carries the next day's date. The instant stays what it was; only the offset shown changes, and only
where the country is known from the domain, or the day from the URL.

A time without a zone is what the outlet's clock showed: the zone is that of the country behind the domain,
else of the language, where that is written in one zone only; else it counts as UTC.
"""

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl.clean.metadata.date_text import FoundDate
from newscrawl.clean.metadata.tables import table

# Zones tried where the URL's day tells that local time is behind or ahead of UTC and no country is known.
_BEHIND_UTC = ("America/New_York", "America/Los_Angeles")
_AHEAD_OF_UTC = ("Europe/Berlin", "Asia/Kolkata")
# How far the minute that a page shows may be from the stamp's, for the two to be one time.
CLOCK_SLACK = timedelta(minutes=2)


def is_utc_stamp(found: FoundDate) -> bool:
    """Whether `found` is a time of day that the page gives in UTC."""
    return found.has_zone and found.when.utcoffset() == timedelta() and _is_after_midnight(found.when)


def _is_after_midnight(when: datetime) -> bool:
    """Whether `when` is a time of day: midnight to the second is what systems write for a mere day."""
    return bool(when.hour or when.minute or when.second)


def in_local_time(found: FoundDate, url: str, shown: FoundDate | None, language: str = "") -> datetime:
    """Return `found` as its outlet's clock shows it. `language` is the page's, as primary subtag.

    `shown` is the date that a reader sees, in words or in the URL: with a time, the difference is the
    offset; without one, a day before or after tells on which side of UTC the outlet lives.
    """
    when = found.when
    region = table("country_zones").get(_top_level(url))
    if found.has_time and not found.has_zone:
        return _on_the_clock_of(str(region or table("language_zones").get(language, "")), when)
    if not is_utc_stamp(found):
        return when
    if region:
        return _shifted(when, str(region))
    if shown is None:
        return when
    if shown.has_time and not shown.has_zone:
        return _by_clock(when, shown.when)
    days_ahead = (shown.when.date() - when.date()).days
    if abs(days_ahead) == 1:
        for zone in _BEHIND_UTC if days_ahead < 0 else _AHEAD_OF_UTC:
            local = _shifted(when, zone)
            if local.date() == shown.when.date():
                return local
    return when


def _on_the_clock_of(region: str, when: datetime) -> datetime:
    """Return the instant at which clocks in `region` show the day and time of `when`."""
    zone = _zone(region) if region and _is_after_midnight(when) else None
    offset = when.replace(tzinfo=zone).utcoffset() if zone else None
    return when if offset is None else when.replace(tzinfo=timezone(offset))


def _by_clock(when: datetime, clock: datetime) -> datetime:
    """Return `when` with the offset at which it reads `clock`, where that is one that zones have."""
    minutes = round((clock - when) / timedelta(minutes=30)) * 30
    is_near = abs(clock - when - timedelta(minutes=minutes)) <= CLOCK_SLACK
    if minutes and is_near and -11 * 60 <= minutes <= 13 * 60:
        return when.astimezone(timezone(timedelta(minutes=minutes)))
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
