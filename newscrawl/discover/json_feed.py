"""JSON Feed: who is listed, with title, date, language and authors."""

import json
from typing import Any

from newscrawl.discover.dates import read_date
from newscrawl.discover.feed_fields import read_names, read_title
from newscrawl.discover.listing import Listing, ListingEntry, ListingKind, NotAListingError
from newscrawl.discover.weburl import absolute_url


def read_json_feed(body: bytes, url: str) -> Listing:
    """Read a JSON Feed (https://www.jsonfeed.org/version/1.1/). Raises `NotAListingError` for other JSON."""
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError):
        raise NotAListingError("it is broken JSON") from None
    if not isinstance(feed, dict) or "jsonfeed.org" not in str(feed.get("version", "")):
        raise NotAListingError("it is JSON, but no JSON Feed")
    items = feed.get("items")
    language = _text(feed.get("language"))
    entries = []
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            continue
        link = absolute_url(url, _text(item.get("url")) or _text(item.get("external_url")) or "")
        if link is None:
            continue
        authors = item.get("authors") or ([item["author"]] if isinstance(item.get("author"), dict) else [])
        entries.append(
            ListingEntry(
                url=link,
                title=read_title(_text(item.get("title"))),
                published_at=read_date(_text(item.get("date_published"))),
                modified_at=read_date(_text(item.get("date_modified"))),
                language=_text(item.get("language")) or language,
                authors=read_names(a.get("name") for a in authors if isinstance(a, dict))
                if isinstance(authors, list)
                else (),
            )
        )
    return Listing(
        kind=ListingKind.JSON_FEED,
        url=url,
        entries=tuple(entries),
        title=read_title(_text(feed.get("title"))),
    )


def _text(value: Any) -> str | None:
    return value.strip() if isinstance(value, str) and value.strip() else None
