"""Dates in text: ISO stamps, numbers with dots or slashes, month names in 60 languages, CJK, three calendars.

Pure and linear: every pattern looks at a bounded window, and texts are cut at `MAX_CHARS` first.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache, lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from newscrawl.clean.metadata.tables import table, words

# Longest text that is searched for dates, in characters: a date line is under 100.
MAX_CHARS = 300
# Years that a page on the web can carry. Older ones are placeholders (0001-01-01) or history.
FIRST_YEAR, LAST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text. `start` and `end` are places in the folded text that was searched."""

    when: datetime  # aware; midnight UTC where the text gives only the day
    has_time: bool
    has_zone: bool
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class DateReading:
    """How to read a page's dates: its language (primary subtag) and the order in 05/06/2024."""

    language: str = ""
    month_first: bool = False


def fold(text: str) -> str:
    """Return `text` in lower case, without marks, with Western digits: the form all tables are in.

    >>> fold("12 Août ٢٠٢٤")
    '12 aout 2024'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(
        str(unicodedata.digit(c)) if c > "\x7f" and c.isdigit() else c
        for c in decomposed
        if not unicodedata.combining(c)
    )
    return unicodedata.normalize("NFC", kept).replace("ı", "i")


def has_digit(text: str) -> bool:
    """Whether `text` holds a digit of any script: without one it holds no date."""
    return _DIGIT.search(text) is not None


_DIGIT = re.compile(r"\d")
_ISO = re.compile(
    r"(?<![\d.])(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:(?:\s*t\s*|\s+|,\s*)(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:[.,:]\d{1,9})?)?)?(?!\d)"
)
_COMPACT = re.compile(r"^(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
_EPOCH = re.compile(r"^(\d{10})(?:\.\d+)?$|^(\d{10})\d{3}$")
_ZONE = re.compile(r"\s*\(?(?:(?:gmt|utc)\s*)?([+−-])(\d{1,2})(?::?(\d{2}))?(?!\d)")
_ZONE_NAME = re.compile(r"[\s(]*([A-ZМСК]{1,5})\b")
_ZONE_REGION = re.compile(r"\s*\[?([A-Z][A-Za-z]{2,20}/[A-Z][A-Za-z_]{2,30})\]?")
_NUMERIC = re.compile(
    r"(?<![\d./-])(?<!\d:)(\d{1,4})\.?\s{0,2}([./-])\s{0,2}(\d{1,2})\s{0,2}\2\s{0,2}(\d{4}|\d{2})(?![\d:])"
)
_CJK = re.compile(r"(令和|平成)?\s*(\d{1,4}|元)\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號]")
_THANG = re.compile(r"(\d{1,2})\s*(?:thang|/)\s*(\d{1,2})[,\s/]*(?:nam)?\s*(\d{4})")
_TOKEN = re.compile(r"\d+|[^\s\d.,;:|/()\[\]{}<>–—\-'’`\"“”„«»•·,، ]+")
_HOUR = r"(\d{1,2})\s*(?:[:.h時시点點]|\bh\b)\s*(\d{2})(?:\s*分|\s*분|[:.](\d{2}))?"
_MERIDIEM = r"\s*(a\.?\s?m\b\.?|p\.?\s?m\b\.?|pm|π\.?μ|μ\.?μ|uhr|hrs)?"
_TIME_AFTER = re.compile(
    r"(?:[^\d]{0,24}?)(上午|下午|오전|오후)?\s*(?:"
    + _HOUR
    + _MERIDIEM
    + r"|(\d{1,2})\s*(a\.?m\b|p\.?m\b|uhr|時|시|h\b))"
)
_TIME_BEFORE = re.compile(
    r"(?<![\d.:/])(\d{1,2})[:.h](\d{2})(?::\d{2})?\s*(a\.?\s?m\.?|p\.?\s?m\.?|uhr|hrs)?\s*([a-z]{2,5})?[^\d]{0,14}$"
)
# "Fri Apr 28 19:20:36 CEST 2023", as C and Java print it: the year belongs before the time.
_TIME_WITHIN = re.compile(r"\b([^\W\d]{3,12} \d{1,2}) (\d{1,2}:\d\d(?::\d\d)?)( [A-Z]{1,5})? (\d{4})\b")
# Thai shortens months with dots inside: "3 เม.ย. 2563".
_THAI_DOTS = re.compile("([\u0e00-\u0e7f]{1,3})\\.([\u0e00-\u0e7f])\\.?")
# Languages that write the year first, in two digits, too: 18-03-08 for 8 March 2018.
_YEAR_FIRST = frozenset({"zh", "ja", "ko"})
# Small words that stand between a day, its month and its year.
_FILLERS = words("date_order", "fillers")


def parse_date(text: str, reading: DateReading = DateReading()) -> FoundDate | None:
    """Return the first date in `text`, or None where there is none or it is impossible.

    Meant for machine-readable values: also reads epoch seconds and milliseconds and 20240512T1430.
    """
    text = text.strip()[:MAX_CHARS]
    folded = fold(text)
    stamp = _EPOCH.match(folded)
    if stamp:
        return FoundDate(datetime.fromtimestamp(int(stamp[1] or stamp[2]), UTC), True, True, 0, len(folded))
    compact = _COMPACT.match(folded)
    if compact:
        return _iso(compact, text, folded)
    found = find_dates(text, reading)
    return found[0] if found else None


def find_dates(text: str, reading: DateReading = DateReading()) -> list[FoundDate]:
    """Return the dates in `text` in order, each with the time of day beside it. Impossible ones are out."""
    return sorted((found for found in _spotted(text, reading) if found), key=lambda found: found.start)


def has_odd_date(text: str, reading: DateReading = DateReading()) -> bool:
    """Whether `text` holds something of a date's shape that is no date: 31 February, a 25th hour.

    >>> has_odd_date("31 February 2024")
    True
    """
    return any(found is None for found in _spotted(text, reading))


def _spotted(text: str, reading: DateReading) -> list[FoundDate | None]:
    """Return what has a date's shape in `text`, None where it cannot be one; no two overlap."""
    text = unicodedata.normalize("NFC", text[:MAX_CHARS])
    text = _TIME_WITHIN.sub(r"\1 \4 \2\3", text)
    if "." in text and not text.isascii():
        text = _THAI_DOTS.sub(r"\1\2", text)
    folded = fold(text)
    spotted: list[FoundDate | None] = []
    taken: list[tuple[int, int]] = []

    def is_free(span: tuple[int, int]) -> bool:
        if any(span[0] < end and start < span[1] for start, end in taken):
            return False
        taken.append(span)
        return True

    spotted += [_iso(m, text, folded) for m in _ISO.finditer(folded) if is_free(m.span())]
    days: list[tuple[date | None, tuple[int, int]]] = []
    if "年" in folded or "년" in folded:
        days += [(_cjk_day(m), m.span()) for m in _CJK.finditer(folded)]
    days += [(_numeric_day(m, reading), m.span()) for m in _NUMERIC.finditer(folded)]
    if "thang" in folded:
        days += [(_day(int(m[3]), int(m[2]), int(m[1])), m.span()) for m in _THANG.finditer(folded)]
    days += _named_days(folded, reading)
    spotted += [_with_time(day, span, text, folded) for day, span in days if is_free(span)]
    return spotted


def _cjk_day(match: re.Match[str]) -> date | None:
    year = 1 if match[2] == "元" else int(match[2])
    era = {"令和": 2018, "平成": 1988}.get(match[1] or "", 0)
    return _day(year + era, int(match[3]), int(match[4]))


def _day(year: int, month: int, day: int) -> date | None:
    if 2400 < year < 2700:  # Buddhist era, Thailand
        year -= 543
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _two_digit_year(year: int, *, is_thai: bool = False) -> int:
    if is_thai:
        return year + 2500  # Buddhist era
    return year + (2000 if year < 70 else 1900)


def _numeric_day(match: re.Match[str], reading: DateReading) -> date | None:
    first, second, third = int(match[1]), int(match[3]), int(match[4])
    if len(match[1]) == 4:
        if len(match[4]) != 2 and third > 31:
            return None
        if 1300 <= first < 1500:
            return _jalali_day(first, second, third)
        return _day(first, second, third)
    if len(match[1]) > 2:
        return None
    if len(match[4]) == 2 and first > 12 and first > 31:
        return None
    if len(match[4]) == 2 and len(match[1]) == 2 and reading.language in _YEAR_FIRST:
        return _day(_two_digit_year(first), second, third)
    year = third if len(match[4]) == 4 else _two_digit_year(third)
    if 1300 <= year < 1500:
        return _jalali_day(year, second, first)
    if second > 12 or (reading.month_first and first <= 12):
        return _day(year, first, second)
    return _day(year, second, first)


def _named_days(folded: str, reading: DateReading) -> list[tuple[date | None, tuple[int, int]]]:
    """Return days whose month is a word: '12 May 2024', 'May 12, 2024', '2024. május 12.'."""
    tokens = [(m[0], m.start(), m.end()) for m in _TOKEN.finditer(folded)]
    days = []
    for at, (word, start, end) in enumerate(tokens):
        if word[0].isdigit() or len(word) < 2:
            continue
        month, jalali = _month_of(word, reading.language)
        if not month:
            continue
        before = _numbers(tokens[max(0, at - 4) : at][::-1])
        after = _numbers(tokens[at + 1 : at + 6])
        day = year = None
        if after and len(after[0][0]) == 4 and before and len(before[0][0]) <= 2:
            day, year, span = before[0], after[0], (before[0][1], after[0][2])
        elif len(after) > 1 and len(after[0][0]) <= 2 and len(after[1][0]) == 4:
            day, year, span = after[0], after[1], (start, after[1][2])
        elif len(before) > 1 and len(before[0][0]) <= 2 and len(before[1][0]) == 4:
            day, year, span = before[0], before[1], (before[1][1], end)
        elif after and len(after[0][0]) <= 2 and before and len(before[0][0]) == 4:
            day, year, span = after[0], before[0], (before[0][1], after[0][2])
        elif after and before and len(after[0][0]) == 2 and len(before[0][0]) <= 2 and after[0][3] == 0:
            day, year, span = before[0], after[0], (before[0][1], after[0][2])
            if (
                folded[after[0][2] : after[0][2] + 1] in (":", ".", "h")
                and folded[after[0][2] + 1 : after[0][2] + 2].isdigit()
            ):
                continue
        if day is None or year is None:
            continue
        is_thai = "\u0e00" <= word[0] <= "\u0e7f"
        number = int(year[0]) if len(year[0]) == 4 else _two_digit_year(int(year[0]), is_thai=is_thai)
        made = _jalali_day(number, month, int(day[0])) if jalali else _day(number, month, int(day[0]))
        days.append((made, span))
    return days


def _numbers(tokens: list[tuple[str, int, int]]) -> list[tuple[str, int, int, int]]:
    """Return the numbers at the head of `tokens` with how many fillers stood before; other words end it."""
    numbers = []
    fillers = 0
    for word, start, end in tokens:
        if word[0].isdigit():
            if len(word) > 4 or len(word) == 3:
                break
            numbers.append((word, start, end, fillers))
            if len(numbers) == 2:
                break
        elif word in _FILLERS or len(word) == 1:
            fillers += 1
        else:
            break
    return numbers


def _iso(match: re.Match[str], text: str, folded: str) -> FoundDate | None:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    made = _jalali_day(year, month, day) if 1300 <= year < 1500 else _day(year, month, day)
    if made is None:
        return None
    if match[4] is None:
        return _with_time(made, match.span(), text, folded)
    hour, minute, second = int(match[4]), int(match[5]), int(match[6] or 0)
    meridiem = re.match(r"\s*([ap])\.?m\b", folded[match.end() : match.end() + 6])
    if meridiem and hour <= 12:
        hour = hour % 12 + (12 if meridiem[1] == "p" else 0)
    end = match.end() + (meridiem.end() if meridiem else 0)
    return _stamp(made, hour, minute, second, match.start(), end, text, folded)


def _with_time(day: date | None, span: tuple[int, int], text: str, folded: str) -> FoundDate | None:
    """Add the time of day that stands right after or right before a date."""
    if day is None:
        return None
    start, end = span
    after = _TIME_AFTER.match(folded, end, min(len(folded), end + 60))
    if after:
        hour = int(after[2] or after[6])
        minute, second = int(after[3] or 0), int(after[4] or 0)
        half = after[1] or after[5] or after[7] or ""
        hour = _hour_of_day(hour, half)
        if hour < 24 and minute < 60 and second < 60:
            return _stamp(day, hour, minute, second, start, after.end(), text, folded)
    before = _TIME_BEFORE.search(folded, max(0, start - 40), start)
    if before:
        hour, minute = _hour_of_day(int(before[1]), before[3] or ""), int(before[2])
        if hour < 24 and minute < 60:
            stamp = _stamp(day, hour, minute, 0, before.start(), before.end(2), text, folded)
            if stamp and not stamp.has_zone and before[4]:
                zone_end = before.end(4) - len(before[4])
                stamp = _stamp(day, hour, minute, 0, before.start(), zone_end, text, folded)
            return stamp and FoundDate(stamp.when, True, stamp.has_zone, before.start(), end)
    return FoundDate(datetime(day.year, day.month, day.day, tzinfo=UTC), False, False, start, end)


def _hour_of_day(hour: int, half: str) -> int:
    if hour > 12 or not half:
        return hour
    if half[0] in "p下" or half == "오후" or half.startswith("μ"):
        return hour % 12 + 12
    if half[0] in "a上π" or half == "오전":
        return hour % 12
    return hour


def _stamp(
    day: date, hour: int, minute: int, second: int, start: int, end: int, text: str, folded: str
) -> FoundDate | None:
    """Return day and time with the zone that follows at `end`; None where one of them cannot be."""
    try:
        when = datetime(day.year, day.month, day.day, hour, minute, min(second, 59), tzinfo=UTC)
    except ValueError:
        return None
    zone: timezone | None = None
    if len(text) != len(folded):
        text = folded.upper()
    offset = _ZONE.match(folded, end)
    region = _ZONE_REGION.match(text, end)
    name = _ZONE_NAME.match(text, end)
    if offset:
        hours, minutes = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or minutes > 59:
            # "- 12" after a blank is a dash and a number, "+99:99" is a broken zone
            if folded[end : end + 1].isspace() and not offset[3]:
                return FoundDate(when, True, False, start, end)
            return None
        if offset[3] or not folded[end : end + 1].isspace() or "gmt" in offset[0] or "utc" in offset[0]:
            shift = timedelta(hours=hours, minutes=minutes)
            zone = timezone(shift if offset[1] == "+" else -shift)
            end = offset.end()
    elif region:
        zone = _region_offset(region[1], when)
        end = region.end()
    elif name:
        zone = _named_offset(name[1], when)
        if zone:
            end = name.end()
    return FoundDate(when.replace(tzinfo=zone or UTC), True, zone is not None, start, end)


def _region_offset(region: str, when: datetime) -> timezone | None:
    """Return the zone's offset at that time, fixed, so that the datetime pickles and compares plainly."""
    try:
        offset = when.replace(tzinfo=_zone_info(region)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
    return timezone(offset) if offset is not None else None


@lru_cache(maxsize=64)
def _zone_info(region: str) -> ZoneInfo:
    return ZoneInfo(region)


def _named_offset(name: str, when: datetime) -> timezone | None:
    hours, regions = _zones()
    if name in hours:
        return timezone(timedelta(hours=hours[name]))
    return _region_offset(regions[name], when) if name in regions else None


@cache
def _zones() -> tuple[dict[str, float], dict[str, str]]:
    return table("zones")["hours"], table("zones")["iana"]


_JALALI_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("فروردین", "فروردين"),
            ("اردیبهشت", "ارديبهشت"),
            ("خرداد",),
            ("تیر", "تير"),
            ("مرداد", "امرداد"),
            ("شهریور", "شهريور"),
            ("مهر",),
            ("ابان",),
            ("اذر",),
            ("دی", "دي"),
            ("بهمن",),
            ("اسفند",),
        ),
        start=1,
    )
    for name in names
}


@lru_cache(maxsize=4096)
def _month_of(word: str, language: str) -> tuple[int, bool]:
    """Return (month 1-12 or 0, whether it is a month of the Persian calendar) for a folded word."""
    own, every = _months()
    word = word.removeprefix("d'")
    if language == "fa" and word in _JALALI_MONTHS:
        return _JALALI_MONTHS[word], True
    for name in (word, word.removeprefix("ב"), word.removeprefix("ב-")):
        month = own.get(language, {}).get(name) or own["en"].get(name) or every.get(name)
        if month:
            return month, False
    return 0, False


@cache
def _months() -> tuple[dict[str, dict[str, int]], dict[str, int]]:
    """Return the tables {language: {form: month}} and {form: month}; forms that languages dispute are out."""
    own = {
        language: {form: number for number, forms in enumerate(months, start=1) for form in forms.split()}
        for language, months in table("months").items()
    }
    votes: dict[str, set[int]] = {}
    for forms in own.values():
        for form, number in forms.items():
            if len(form) > 2:
                votes.setdefault(form, set()).add(number)
    return own, {form: min(numbers) for form, numbers in votes.items() if len(numbers) == 1}


def _jalali_day(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a day of the Persian calendar (arithmetic 33-year rule, right 1800-2250).

    Source: the algorithm of jdf.scr.ir and "jalaali-js", in its common integer form.
    """
    if not (1300 <= year < 1500 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        return None
    years = year - 979
    days = 365 * years + years // 33 * 8 + (years % 33 + 3) // 4
    days += (month - 1) * 31 if month <= 7 else 186 + (month - 7) * 30
    days += day - 1 + 79
    return date(1600, 1, 1) + timedelta(days=days)
