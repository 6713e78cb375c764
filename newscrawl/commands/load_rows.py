"""One line of a JSON Lines file as an article: pure, and strict about what it cannot use."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from newscrawl.clean.typography import tidy
from newscrawl.model import Article, ArticleStatus

LOADED_VERSION = "loaded"
"""What stands in `articles.cleaner_version` for an article that no cleaner of ours has seen."""

EARLIEST_YEAR, LATEST_YEAR = 1605, 2999
"""1605: the first newspaper, the Relation of Strasbourg. Other years are slips of a parser."""

NOTE_BAD_DATE = "date:unreadable"


class BadLine(Exception):  # noqa: N818 (it describes a line; nothing of ours is in error)
    """The line holds no article; the message says why, without repeating the line."""


@dataclass(frozen=True, slots=True)
class LoadedRow:
    """An article of the file, and what of it could not be read (it is loaded all the same)."""

    article: Article
    warnings: tuple[str, ...] = ()


def read_row(line: bytes) -> LoadedRow:
    """Return the article in one line of JSON. Raises BadLine, whatever the line holds.

    Needed: `url` (http or https), `title`, `text`; title or text may be empty. Known besides:
    `published_at` and `modified_at` (ISO 8601 or RFC 5322; without a zone they are UTC), `language`,
    `authors`, `credits`, `canonical_url`, `site_name`, `section`, `tags`, `description`, `image_url`,
    `paywalled`, `robots`. Other fields are ignored, so that what `scrapy export` wrote can be loaded.
    """
    row = _json_object(line)
    url = _url(row)
    title, text = tidy(_required_text(row, "title")), paragraphs(_required_text(row, "text"))
    if not title and not text:
        raise BadLine("title and text are both empty")
    warnings: list[str] = []
    published_at, modified_at = (_date(row, name, warnings) for name in ("published_at", "modified_at"))
    canonical = row.get("canonical_url")
    return LoadedRow(
        Article(
            url=url,
            canonical_url=canonical if isinstance(canonical, str) and _is_web(canonical) else url,
            status=ArticleStatus.OK,
            cleaner_version=LOADED_VERSION,
            title=title,
            text=text,
            authors=_strings(row, "authors"),
            credits=_strings(row, "credits"),
            published_at=published_at,
            modified_at=modified_at,
            language=_optional_text(row, "language"),
            site_name=_optional_text(row, "site_name"),
            section=_optional_text(row, "section"),
            description=_optional_text(row, "description"),
            image_url=_optional_text(row, "image_url"),
            tags=_strings(row, "tags"),
            paywalled=row.get("paywalled") is True,
            robots=tuple(word.lower() for word in _strings(row, "robots")),
            notes=(NOTE_BAD_DATE,) if warnings else (),
        ),
        tuple(warnings),
    )


def paragraphs(text: str) -> str:
    r"""Return `text` with its paragraphs tidied and joined by blank lines.

    Where the text has blank lines, they part the paragraphs and a single line end is a blank (text wrapped
    at a width); where it has none, every line is a paragraph.

    >>> paragraphs("One\r\nline.\n \nTwo. "), paragraphs("One.\nTwo.")
    ('One line.\n\nTwo.', 'One.\n\nTwo.')
    """
    lines = [tidy(line) for line in text.splitlines()]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    if "" not in lines:
        return "\n\n".join(lines)
    blocks: list[list[str]] = [[]]
    for line in lines:
        if line:
            blocks[-1].append(line)
        elif blocks[-1]:
            blocks.append([])
    return "\n\n".join(" ".join(block) for block in blocks)


def read_date(value: object) -> datetime | None:
    """Return an aware datetime, or None where `value` is no date. Without a zone it is UTC.

    >>> read_date("2026-11-20"), read_date("2026-11-20T09:30:00+01:00").isoformat()
    (datetime.datetime(2026, 11, 20, 0, 0, tzinfo=datetime.timezone.utc), '2026-11-20T09:30:00+01:00')
    """
    if not isinstance(value, str) or len(value) > 64:
        return None
    try:
        when = datetime.fromisoformat(value.strip())
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except (ValueError, TypeError, IndexError, OverflowError):
            return None
    if not EARLIEST_YEAR <= when.year <= LATEST_YEAR:
        return None
    return when if when.tzinfo else when.replace(tzinfo=UTC)


def _json_object(line: bytes) -> Mapping[str, Any]:
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadLine(f"not UTF-8 at byte {error.start + 1}") from error
    except json.JSONDecodeError as error:
        raise BadLine(f"not JSON: {error.msg} at character {error.pos + 1}") from error
    except (RecursionError, ValueError) as error:  # nested too deep; a number of 5,000 digits
        raise BadLine(f"not usable JSON: {type(error).__name__}") from error
    if not isinstance(row, dict):
        raise BadLine(f"a JSON {type(row).__name__}, not an object")
    return row


def _url(row: Mapping[str, Any]) -> str:
    url = _required_text(row, "url").strip()
    if not _is_web(url):
        raise BadLine(f"url is no http(s) address: {url[:80]!r}")
    return url


def _is_web(url: str) -> bool:
    if any(c.isspace() or not c.isprintable() for c in url):
        return False
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False


def _required_text(row: Mapping[str, Any], name: str) -> str:
    if name not in row:
        raise BadLine(f"no {name}")
    value = row[name]
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"{name} is a {type(value).__name__}, not a text")
    return value


def _optional_text(row: Mapping[str, Any], name: str) -> str | None:
    value = row.get(name)
    return (tidy(value) or None) if isinstance(value, str) else None


def _strings(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    value = row.get(name)
    values = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    tidied = (tidy(item) for item in values if isinstance(item, str))
    return tuple(dict.fromkeys(item for item in tidied if item))


def _date(row: Mapping[str, Any], name: str, warnings: list[str]) -> datetime | None:
    value = row.get(name)
    if value is None or value == "":
        return None
    when = read_date(value)
    if when is None:
        warnings.append(f"{name} is no date: taken as unknown")
    return when
