"""Site memory inside the writer's transaction: cut what is known, learn what recurs, correct what is stored.

The writer calls `consult_memory` before it writes the articles of a batch and `remember` after it. The
lock that it holds makes "seen before?" and "seen now" one step, so several writers learn what one would.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newscrawl.clean.site_memory import BlockState, KnownBlock, memory_page, recall
from newscrawl.clean.site_memory_evidence import (
    MAX_CUT_SIGHTINGS,
    MAX_SIGHTINGS,
    Evidence,
    cut_kinds,
    evidence_keys,
    weigh_evidence,
)
from newscrawl.clean.site_memory_kind import kind_of_words
from newscrawl.clean.site_memory_page import MemoryPage, block_key, examined_places
from newscrawl.clean.site_memory_topics import EvidencePage
from newscrawl.model import ArticleStatus, BlockKind
from newscrawl.store.article_rows import PreparedPage, with_article
from newscrawl.store.site_memory_correct import correct_articles
from newscrawl.store.site_memory_record import (
    Finding,
    count_pages,
    count_sightings,
    record_findings,
    record_sightings,
)
from newscrawl.store.site_memory_rows import (
    Sightings,
    StoredArticle,
    known_blocks,
    load_articles,
    sightings_of,
)
from newscrawl.store.site_memory_terms import topic_terms
from newscrawl.store.site_memory_versions import note_articles, note_changes, window_counts

_NEVER = Sightings()


Seen = Mapping[int, BlockKind | None]
"""Block -> the kind as which a rule cut it, or None where it stands in the text."""


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page of the batch: the `keys` of all blocks of its text, and those blocks that are evidence."""

    site: str
    page: MemoryPage
    seen_at: datetime
    keys: frozenset[int]
    evidence: Seen


@dataclass(frozen=True, slots=True)
class MemoryPass:
    """What `consult_memory` found, for the writer (`pages`) and, by `PreparedPage.number`, for `remember`."""

    pages: tuple[PreparedPage, ...]
    seen: Mapping[int, BatchPage]
    news: Mapping[int, Seen]  # what of a page's evidence is to be kept
    settled: frozenset[int]  # blocks whose state was final before the batch: no more evidence is kept


def consult_memory(connection: Connection, pages: Sequence[PreparedPage], now: datetime) -> MemoryPass:
    """Return the pages without the blocks known to be boilerplate of their site, these pages included.

    A block that becomes known by them is cut from the stored articles that hold it, too. One query for
    what is known, one for what was seen; more only where a block recurs that is not known yet.
    """
    seen = {page.number: _batch_page(page, now) for page in pages if page.status is ArticleStatus.OK}
    known = known_blocks(connection, {key for page in seen.values() for key in (*page.keys, *page.evidence)})
    settled = frozenset(key for key, block in known.items() if block.state is not BlockState.LEARNING)
    open_keys = {key for page in seen.values() for key in page.evidence} - settled
    sightings = sightings_of(connection, open_keys)
    news = {number: _news(page.evidence, open_keys, sightings) for number, page in seen.items()}
    findings = _weigh(connection, seen, news, sightings, known)
    active = [finding for finding in findings if finding.state is BlockState.ACTIVE]
    if findings:
        record_findings(connection, findings, now)
    if active:
        note_changes(connection, {finding.site for finding in active})
        holders = {id_ for found in active if found.key in sightings for id_ in sightings[found.key].kept}
        correct_articles(connection, holders, now)
        known |= {finding.key: KnownBlock(finding.kind, finding.state) for finding in active}
    return MemoryPass(tuple(_recalled(page, seen, known) for page in pages), seen, news, settled)


def remember(
    connection: Connection, memory: MemoryPass, stored: Mapping[int, tuple[int, bool]], now: datetime
) -> None:
    """Keep where the blocks of the batch were seen.

    `stored` has, by `PreparedPage.number`, the article's id and whether it is new, of the pages whose text
    was written. A page that says nothing new is no evidence.
    """
    written = [
        (memory.news[n], memory.seen[n], *outcome) for n, outcome in stored.items() if n in memory.seen
    ]
    rows = {(key, id_): kind for news, _, id_, _ in written for key, kind in news.items()}
    record_sightings(connection, rows)
    new = [page for _, page, _, is_new in written if is_new]
    counts = Counter(key for page in new for key in (page.keys | page.evidence.keys()) & memory.settled)
    if counts:
        count_pages(connection, counts, max(page.seen_at for page in new))
    count_sightings(connection, {key for key, _ in rows})
    note_articles(connection, Counter(page.site for page in new))


def _batch_page(prepared: PreparedPage, now: datetime) -> BatchPage:
    site, article = prepared.article["site"], prepared.cleaned.article
    page = memory_page(article)
    keys = {block_key(site, page.paragraphs[i]) for i in examined_places(len(page.paragraphs))}
    evidence: dict[int, BlockKind | None] = dict(cut_kinds(site, page, article.removed))
    evidence |= dict.fromkeys(evidence_keys(site, page))
    return BatchPage(
        site=site,
        page=page,
        seen_at=prepared.seen_at or now,
        keys=frozenset(key for key in keys if key is not None),
        evidence=evidence,
    )


def _news(evidence: Seen, open_keys: Set[int], sightings: Mapping[int, Sightings]) -> Seen:
    """Return what of a page's evidence is open, and was not seen often enough."""
    news = {}
    for key, kind in evidence.items():
        if key in open_keys:
            before = sightings.get(key, _NEVER)
            enough = (
                len(before.kept) >= MAX_SIGHTINGS if kind is None else len(before.cut) >= MAX_CUT_SIGHTINGS
            )
            if not enough:
                news[key] = kind
    return news


def _weigh(
    connection: Connection,
    seen: Mapping[int, BatchPage],
    news: Mapping[int, Seen],
    sightings: Mapping[int, Sightings],
    known: Mapping[int, KnownBlock],
) -> list[Finding]:
    """Return the blocks in the news that recur on articles which have nothing to do with one another."""
    kept: defaultdict[int, list[int]] = defaultdict(list)
    cut: defaultdict[int, list[int]] = defaultdict(list)
    for number, page_news in news.items():
        for key, kind in page_news.items():
            (kept if kind is None else cut)[key].append(number)
    before = {key: sightings.get(key, _NEVER) for key in kept.keys() | cut.keys()}
    # A block that rules cut from every page is no question.
    recurring = [
        key
        for key, old in sorted(before.items())
        if (kept[key] or old.kept) and len(kept[key]) + len(cut[key]) + len(old.kept) + len(old.cut) > 1
    ]
    if not recurring:
        return []
    wanted = {id_ for key in recurring for id_ in (*before[key].kept, *(id_ for id_, _ in before[key].cut))}
    stored = load_articles(connection, wanted, all_blocks=False)
    old_pages = {id_: EvidencePage(a.row["site"], a.page(), topic_terms) for id_, a in stored.items()}
    new_pages = {n: EvidencePage(page.site, page.page, topic_terms) for n, page in seen.items()}
    counts = Counter(page.site for page in seen.values())
    counts.update(window_counts(connection, counts))
    findings = []
    for key in recurring:
        ids = [id_ for id_ in before[key].kept if id_ in stored]
        cut_from = [old_pages[id_] for id_, _ in before[key].cut if id_ in stored]
        cut_from += [new_pages[n] for n in cut[key]]
        held = [*(old_pages[id_] for id_ in ids), *(new_pages[n] for n in kept[key])]
        site = seen[(kept[key] or cut[key])[0]].site
        evidence = weigh_evidence(key, held, cut_from, counts[site])
        state = _state(evidence)
        if state is not None and (key not in known or known[key].state is not state):
            kinds = [kind for _, kind in before[key].cut]
            kinds += [kind for n in cut[key] if (kind := news[n][key]) is not None]
            in_text = [seen[n] for n in kept[key]], [stored[id_] for id_ in ids]
            findings.append(_finding(key, state, *in_text, kinds))
    return findings


def _state(evidence: Evidence) -> BlockState | None:
    if evidence.is_enough:
        return BlockState.ACTIVE
    return BlockState.LEARNING if evidence.independent_count > 1 else None


def _finding(
    key: int,
    state: BlockState,
    pages: Sequence[BatchPage],
    stored: Sequence[StoredArticle],
    kinds: Sequence[BlockKind],
) -> Finding:
    """Return what is known of a block that stands in `pages` and `stored`, and was cut as `kinds`."""
    holders = [(page.site, page.page, page.seen_at) for page in pages]
    holders += [(article.row["site"], article.page(), article.first_seen_at) for article in stored]
    site = holders[0][0]
    text = min(text for _, page, _ in holders for text in page.paragraphs if block_key(site, text) == key)
    authors = sorted({author for _, page, _ in holders for author in page.authors})
    times = [seen_at for *_, seen_at in holders]
    return Finding(
        site=site,
        key=key,
        kind=min(kinds) if kinds else kind_of_words(text, authors),
        text=text,
        state=state,
        first_seen_at=min(times),
        last_seen_at=max(times),
    )


def _recalled(
    prepared: PreparedPage, seen: Mapping[int, BatchPage], known: Mapping[int, KnownBlock]
) -> PreparedPage:
    page = seen.get(prepared.number)
    if page is None or not known:
        return prepared
    article = recall(page.site, prepared.cleaned.article, known)
    if article is prepared.cleaned.article:
        return prepared
    return with_article(prepared, article)
