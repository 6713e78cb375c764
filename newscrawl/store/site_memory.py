"""Site memory inside the writer's transaction: cut what is known, learn what recurs, correct what is stored.

The writer calls `consult_memory` before it writes the articles of a batch and `remember` after it. The
lock that it holds makes "seen before?" and "seen now" one step, so several writers learn what one would.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from newscrawl.clean.site_memory import BlockState, KnownBlock, memory_page, recall
from newscrawl.clean.site_memory_evidence import (
    MAX_SIGHTINGS,
    Evidence,
    EvidencePage,
    evidence_keys,
    weigh_evidence,
)
from newscrawl.clean.site_memory_kind import kind_of_words
from newscrawl.clean.site_memory_page import MemoryPage, block_key, examined_places
from newscrawl.model import ArticleStatus
from newscrawl.store.article_rows import PreparedPage, with_article
from newscrawl.store.site_memory_correct import correct_articles
from newscrawl.store.site_memory_record import (
    Finding,
    count_pages,
    count_sightings,
    record_findings,
    record_sightings,
)
from newscrawl.store.site_memory_rows import StoredArticle, known_blocks, load_articles, sightings_of
from newscrawl.store.site_memory_terms import topic_terms
from newscrawl.store.site_memory_versions import note_articles, note_changes


@dataclass(frozen=True, slots=True)
class BatchPage:
    """A page of the batch: the `keys` of all its blocks, and those of them that may be learned."""

    site: str
    page: MemoryPage
    seen_at: datetime
    keys: frozenset[int]
    learnable: frozenset[int]


@dataclass(frozen=True, slots=True)
class MemoryPass:
    """What `consult_memory` found, for the writer (`pages`) and for `remember` (the rest)."""

    pages: tuple[PreparedPage, ...]
    seen: Mapping[int, BatchPage]  # by PreparedPage.number
    settled: frozenset[int]  # blocks whose state was final before the batch: no more evidence is kept
    full: frozenset[int]  # blocks with MAX_SIGHTINGS


def consult_memory(connection: Connection, pages: Sequence[PreparedPage], now: datetime) -> MemoryPass:
    """Return the pages without the blocks known to be boilerplate of their site, these pages included.

    A block that becomes known by them is cut from the stored articles that hold it, too. One query for
    what is known, one for what was seen; more only where a block recurs that is not known yet.
    """
    seen = {page.number: _batch_page(page, now) for page in pages if page.status is ArticleStatus.OK}
    known = known_blocks(connection, {key for page in seen.values() for key in page.keys})
    settled = frozenset(key for key, block in known.items() if block.state is not BlockState.LEARNING)
    open_keys = {key for page in seen.values() for key in page.learnable} - settled
    sightings = sightings_of(connection, open_keys)
    full = frozenset(key for key, ids in sightings.items() if len(ids) >= MAX_SIGHTINGS)
    findings = _weigh(connection, seen, open_keys - full, sightings, known)
    active = [finding for finding in findings if finding.state is BlockState.ACTIVE]
    if findings:
        record_findings(connection, findings, now)
    if active:
        note_changes(connection, {finding.site for finding in active})
        correct_articles(connection, {id_ for found in active for id_ in sightings.get(found.key, ())}, now)
        known |= {finding.key: KnownBlock(finding.kind, finding.state) for finding in active}
    return MemoryPass(tuple(_recalled(page, seen, known) for page in pages), seen, settled, full)


def remember(
    connection: Connection, memory: MemoryPass, stored: Mapping[int, tuple[int, bool]], now: datetime
) -> None:
    """Keep where the blocks of the batch were seen.

    `stored` has, by `PreparedPage.number`, the article's id and whether it is new, of the pages whose text
    was written. A page that says nothing new is no evidence.
    """
    rows = [
        (key, article_id)
        for number, (article_id, _) in stored.items()
        if number in memory.seen
        for key in memory.seen[number].learnable
        if key not in memory.settled and key not in memory.full
    ]
    record_sightings(connection, rows)
    new = [memory.seen[number] for number, (_, is_new) in stored.items() if is_new and number in memory.seen]
    counts = Counter(key for page in new for key in page.keys & memory.settled)
    if counts:
        count_pages(connection, counts, max(page.seen_at for page in new))
    count_sightings(connection, {key for key, _ in rows})
    note_articles(connection, Counter(page.site for page in new))


def _batch_page(prepared: PreparedPage, now: datetime) -> BatchPage:
    site = prepared.article["site"]
    page = memory_page(prepared.cleaned.article)
    keys = {block_key(site, page.paragraphs[i]) for i in examined_places(len(page.paragraphs))}
    return BatchPage(
        site=site,
        page=page,
        seen_at=prepared.seen_at or now,
        keys=frozenset(key for key in keys if key is not None),
        learnable=frozenset(evidence_keys(site, page)),
    )


def _weigh(
    connection: Connection,
    seen: Mapping[int, BatchPage],
    keys: Collection[int],
    sightings: Mapping[int, Sequence[int]],
    known: Mapping[int, KnownBlock],
) -> list[Finding]:
    """Return the blocks among `keys` that recur on articles which have nothing to do with one another."""
    here: defaultdict[int, list[int]] = defaultdict(list)
    for number, page in seen.items():
        for key in page.learnable:
            if key in keys:
                here[key].append(number)
    recurring = [key for key, numbers in here.items() if len(numbers) + len(sightings.get(key, ())) > 1]
    if not recurring:
        return []
    wanted = {article_id for key in recurring for article_id in sightings.get(key, ())}
    stored = load_articles(connection, wanted, all_blocks=False)
    old = {id_: EvidencePage(a.row["site"], a.page(), topic_terms) for id_, a in stored.items()}
    new = {n: EvidencePage(page.site, page.page, topic_terms) for n, page in seen.items()}
    findings = []
    for key in sorted(recurring):
        ids = [id_ for id_ in sightings.get(key, ()) if id_ in old]
        evidence = weigh_evidence(key, [*(old[id_] for id_ in ids), *(new[n] for n in here[key])])
        state = _state(evidence)
        if state is not None and (key not in known or known[key].state is not state):
            found_in = [stored[id_] for id_ in ids]
            findings.append(_finding(key, state, [seen[n] for n in here[key]], found_in))
    return findings


def _state(evidence: Evidence) -> BlockState | None:
    if evidence.is_enough:
        return BlockState.ACTIVE
    return BlockState.LEARNING if evidence.independent_count > 1 else None


def _finding(
    key: int, state: BlockState, pages: Sequence[BatchPage], stored: Sequence[StoredArticle]
) -> Finding:
    site = pages[0].site
    text = next(text for text in pages[0].page.paragraphs if block_key(site, text) == key)
    authors = {name for page in pages for name in page.page.authors}
    authors |= {name for article in stored for name in article.row["authors"]}
    times = [page.seen_at for page in pages] + [article.first_seen_at for article in stored]
    return Finding(
        site=site,
        key=key,
        kind=kind_of_words(text, sorted(authors)),
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
