"""What a page changes in the article that it belongs to: decided here, written by `article_writes`."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from newscrawl.model import ArticleStatus
from newscrawl.store.article_rows import Change, PreparedPage
from newscrawl.store.types import storable

Row = Mapping[str, Any]

FILLS_GAPS = (
    "authors",
    "credits",
    "language",
    "published_at",
    "modified_at",
    "site_name",
    "section",
    "tags",
    "image_url",
    "description",
)
"""Columns in which a second look never puts a gap over what is known: the first look may have had a feed's
date, or the page its author box."""
READ_FROM_PAGE = (
    *FILLS_GAPS,
    "agency",
    "url",
    "canonical_url",
    "status",
    "paywalled",
    "robots",
    "notes",
    "cleaner_version",
)
"""Columns that a second look compares, beside title and text."""


@dataclass(frozen=True, slots=True)
class Step:
    """One page, the article that it belongs to (None: a new one), and what it changes there.

    `stored` are the article's columns before, without its text; `details` those that change, beside
    title and text.
    """

    page: PreparedPage
    change: Change
    stored: Row | None = None
    details: Row | None = None

    @property
    def article_id(self) -> int:
        """The id of the article that is stored already."""
        assert self.stored is not None
        return int(self.stored["id"])


def step_of(page: PreparedPage, stored: Row | None) -> Step:
    """Return what `page` does to the article `stored`."""
    if stored is None:
        return Step(page, Change.NEW)
    had_text = stored["status"] in (ArticleStatus.OK, ArticleStatus.GONE)
    if had_text and page.status is not ArticleStatus.OK:
        return Step(page, Change.KEPT, stored)
    if not speaks_for(stored, page) and had_text:
        return Step(page, Change.SEEN, stored)
    details = details_after(stored, page)
    if stored["text_hash"] != page.article["text_hash"]:
        return Step(page, Change.TEXT, stored, details)
    return Step(page, Change.DETAILS if details else Change.SEEN, stored, details)


def step_of_rewriting(page: PreparedPage, stored: Row) -> Step:
    """Return what `page`, the stored page cleaned again, changes: never an address, nor that it is gone."""
    if stored["status"] in (ArticleStatus.OK, ArticleStatus.GONE) and page.status is not ArticleStatus.OK:
        return Step(page, Change.KEPT, stored)
    page = replace(page, article={**page.article, "fetched_at": stored["fetched_at"]})
    fixed = {"url", "canonical_url", "site"}
    if stored["status"] == ArticleStatus.GONE:
        fixed.add("status")
    details = {name: value for name, value in details_after(stored, page).items() if name not in fixed}
    if stored["text_hash"] != page.article["text_hash"]:
        return Step(page, Change.TEXT, stored, details)
    return Step(page, Change.DETAILS if details else Change.SEEN, stored, details)


def details_after(stored: Mapping[str, Any], prepared: PreparedPage) -> dict[str, Any]:
    """Return the columns (beside title and text) that `prepared` changes in the row `stored`."""
    new = prepared.article
    changes: dict[str, Any] = {}
    for name in READ_FROM_PAGE:
        value = new[name]
        if name in FILLS_GAPS and not value:
            continue
        if name == "agency" and not value and stored["credits"] and not new["credits"]:
            continue  # the credit stays, and so does what it says
        if name in ("url", "canonical_url") and not _takes_over_address(stored, prepared):
            continue
        if _differs(stored[name], value):
            changes[name] = value
    if "url" in changes:
        changes["site"] = new["site"]
    return changes


def speaks_for(stored: Mapping[str, Any], prepared: PreparedPage) -> bool:
    """Return whether the page may change the text of the article `stored`, or only confirms it.

    An AMP, mobile or print page that names the article's address as its canonical one has the same text
    in other words of markup. Were it to write, each visit to one and then the other would be a revision.
    """
    url, page = prepared.article["url"], prepared.cleaned.page
    return bool(
        url == stored["url"]
        or (page is not None and storable(page.requested_url) == stored["url"])
        or url == prepared.keys.canonical_url  # names itself, or nothing
        or stored["url"] != stored["canonical_url"]  # what is stored is such a page itself
    )


def _takes_over_address(stored: Mapping[str, Any], prepared: PreparedPage) -> bool:
    url = prepared.article["url"]
    if url == stored["url"]:
        return True
    canonical_itself = url == prepared.keys.canonical_url
    page = prepared.cleaned.page
    moved = page is not None and storable(page.requested_url) == stored["url"]
    return moved or bool(canonical_itself and stored["url"] != stored["canonical_url"])


def _differs(stored: Any, new: Any) -> bool:
    if isinstance(new, datetime) and isinstance(stored, datetime):
        return stored != new
    if isinstance(new, str):
        return bool(stored != storable(new))
    return bool(stored != new)
