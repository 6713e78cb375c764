"""Which of the pages that a listing names, or an index page links to, may be fetched, and in what order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from newscrawl.discover import Listing, PageLink, UrlKind, judge_url
from newscrawl.discover.article_urls import date_in_url
from newscrawl.discover.schedule import MOST_FAILURES, is_due, is_update_announced
from newscrawl.model import ArticleStatus, FetchStatus, PageHints
from newscrawl.spiders.outlet_run import OutletRun
from newscrawl.store.fetch_state import KnownUrl

LISTED_PRIORITY, LINKED_PRIORITY, MAYBE_PRIORITY = 30, 10, 0
"""Priorities of requests for pages: what is surely news comes first, should a budget run out."""

INDEX_REASONS = frozenset({"root", "pagination", "date-archive", "section-segment"})

SMALL_SITEMAP = 200
"""Entries up to which a sitemap is read whole, whatever their dates: fewer than a run may fetch anyway."""

_EPOCH = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page that may be fetched, with what is known of it beforehand; `modified_at` is when it last
    changed, as a listing has it.
    """

    url: str
    hints: PageHints
    priority: int
    modified_at: datetime | None = None


def candidates_of_listing(listing: Listing, run: OutletRun, oldest: datetime | None) -> list[Candidate]:
    """Return the pages that a feed or sitemap names: the outlet's own, admitted, and not dated too old.

    Feeds and news sitemaps list articles. Plain sitemaps list anything, so their entries have to look like
    articles; of a large one, which lists a whole archive, only what is dated as new counts, and what has no
    date only where nothing else tells what is new.
    """
    is_archive = len(listing.entries) > SMALL_SITEMAP
    found: list[tuple[datetime, Candidate]] = []
    for entry in listing.entries:
        if not run.covers(entry.url) or not run.outlet.admits(entry.url):
            run.tally.elsewhere += 1
            continue
        is_listed = listing.is_feed or entry.is_news
        when = entry.published_at or entry.modified_at
        if not is_listed:
            when = when or date_in_url(entry.url)
            if is_archive and when is None and run.has_news_listing:
                continue
            if judge_url(entry.url, entry.title or "").kind not in (UrlKind.ARTICLE, UrlKind.MAYBE):
                continue
            if is_archive and when is not None and oldest is not None and when < oldest:
                continue
        hints = PageHints(
            title=entry.title,
            published_at=entry.published_at,
            language=entry.language or run.outlet.language,
            authors=entry.authors,
            found_in=listing.url,
            is_listed=is_listed,
        )
        priority = LISTED_PRIORITY if is_listed else LINKED_PRIORITY
        found.append((when or _EPOCH, Candidate(entry.url, hints, priority, entry.modified_at)))
    if not listing.is_feed:  # the newest first; a feed's own order is that already
        found.sort(key=lambda pair: pair[0], reverse=True)
    return [candidate for _, candidate in found]


def candidates_of_links(
    links: Iterable[PageLink], found_in: str, run: OutletRun
) -> tuple[list[Candidate], list[str]]:
    """Return the pages that an index page links to, and the sections among its links."""
    hints = PageHints(found_in=found_in, language=run.outlet.language)
    candidates: list[Candidate] = []
    sections: list[str] = []
    for link in links:
        if not run.covers(link.url) or not run.outlet.admits(link.url):
            continue
        verdict = judge_url(link.url, link.text, in_navigation=link.in_navigation)
        if verdict.kind == UrlKind.ARTICLE:
            candidates.append(Candidate(link.url, hints, LINKED_PRIORITY))
        elif verdict.kind == UrlKind.MAYBE:
            candidates.append(Candidate(link.url, hints, MAYBE_PRIORITY))
        elif verdict.kind == UrlKind.SECTION and "root" not in verdict.reasons:
            sections.append(link.url)
    return candidates, sections


def wanted_sitemaps(index: Listing, oldest: datetime | None) -> Sequence[str]:
    """Return an index's sitemaps: news first, then the latest changed, none last changed before `oldest`.

    Where all are older than that, the site has not written for long, or not kept its dates: all are wanted.
    """
    entries = [
        entry
        for entry in index.entries
        if entry.modified_at is None or oldest is None or entry.modified_at >= oldest
    ] or list(index.entries)
    entries.sort(key=lambda e: ("news" in e.url.lower(), e.modified_at or _EPOCH), reverse=True)
    return [entry.url for entry in entries]


def is_surely_index(url: str) -> bool:
    """Say whether a section's URL leaves no doubt. Others might be articles with short names: since they
    are fetched anyway, the page itself is judged, too.
    """
    return not INDEX_REASONS.isdisjoint(judge_url(url).reasons)


def wants_fetch(known: KnownUrl, modified_at: datetime | None, now: datetime) -> bool:
    """Say whether a page that is known should be fetched again: when that is due, when storing it failed, or
    when a listing says that it has changed since.
    """
    if known.status == FetchStatus.ERROR and known.error_count <= MOST_FAILURES:
        return True
    if is_due(known.next_fetch_at, now):
        return True
    if known.article_status != ArticleStatus.OK or known.fetched_at is None:
        return False
    return is_update_announced(modified_at, known.fetched_at, known.changed_at, known.published_at, now)
