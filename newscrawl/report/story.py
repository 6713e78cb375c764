"""A story as people read it: who had it when, how each article came to it, and its canonical article."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from newscrawl.report.harmless import harmless_line
from newscrawl.report.table import Column, shown
from newscrawl.store.queries import LinkedStory, StoryArticle, StoryDecision, StoryRecord, StorySummary
from newscrawl.stories.explain import Explanation

LIST_COLUMNS = (
    Column("story", right=True),
    Column("latest (UTC)"),
    Column("articles", right=True),
    Column("sites", right=True),
    Column("title", flexible=True, stacked=True),
    Column("told by", flexible=True),
)
TIMELINE_COLUMNS = (
    Column("told (UTC)"),
    Column("article", right=True),
    Column("relation", stacked=True),
    Column("matched by"),
    Column("site", flexible=True, stacked=True),
    Column("title", flexible=True),
)
LINK_COLUMNS = (
    Column("story", right=True),
    Column("link"),
    Column("score", right=True),
    Column("title", flexible=True),
)
DECISION_COLUMNS = (Column("decided (UTC)"), Column("what", flexible=True), Column("score", right=True))
EXPLANATION_COLUMNS = (
    Column("article", right=True),
    Column("fits now", right=True),
    Column("why", flexible=True),
)
SITES_SHOWN = 5
"""Names of sites in one line of a list; the rest is a number."""


def list_row(story: StorySummary) -> Sequence[Any]:
    """Return a story's cells for `LIST_COLUMNS`."""
    sites = ", ".join(story.sites[:SITES_SHOWN])
    if len(story.sites) > SITES_SHOWN:
        sites += f" +{len(story.sites) - SITES_SHOWN}"
    latest = story.last_published_at or story.first_published_at
    return (story.id, latest, story.article_count, story.site_count, story.title or "(no title)", sites)


def story_json(record: StoryRecord, explanations: Sequence[Explanation]) -> dict[str, Any]:
    """Return everything of a story as one JSON object."""
    articles = [{**asdict(article), "told_at": article.told_at} for article in record.articles]
    return {
        **asdict(record.summary),
        "merged_ids": record.merged_ids,
        "canonical_text": record.canonical_text,
        "articles": articles,
        "sources": [asdict(source) for source in sources_of(record.articles)],
        "explanations": [asdict(explanation) for explanation in explanations],
        "links": [asdict(link) for link in record.links],
        "decisions": [asdict(decision) for decision in record.decisions],
    }


def heading(record: StoryRecord, asked_for: int) -> list[str]:
    """Return the lines above the timeline."""
    story = record.summary
    lines = [f"Story {story.id}: {shown(story.title) or '(no title)'}"]
    if asked_for != story.id:
        lines.append(f"(asked for as story {asked_for}, which was merged into this one)")
    facts = [_count(story.article_count, "article"), _count(story.site_count, "site")]
    if story.article_count > 1:
        facts.append(_count(story.source_count, "independent source"))
    if story.languages:
        facts.append(", ".join(map(harmless_line, story.languages)))
    if record.articles:
        first, last = record.articles[0].told_at, record.articles[-1].told_at
        facts.append(f"{shown(first)} to {shown(last)} UTC")
    lines.append("; ".join(facts))
    wires = [source for source in sources_of(record.articles) if source.agency]
    if wires:
        lines.append("wire texts: " + "; ".join(map(_wire, wires)))
    if record.merged_ids:
        lines.append("merged into it: " + ", ".join(f"story {story_id}" for story_id in record.merged_ids))
    return lines


@dataclass(frozen=True, slots=True)
class Source:
    """An agency or a site whose text stands in a story, with its articles and the sites that have it."""

    source: str
    agency: bool
    article_count: int
    sites: tuple[str, ...]
    first_told_at: datetime


def sources_of(articles: Sequence[StoryArticle]) -> list[Source]:
    """Return the sources of a story's articles, which come in the order of telling; widest spread first."""
    found: dict[str, list[StoryArticle]] = {}
    for article in articles:
        found.setdefault(article.source or article.site, []).append(article)
    sources = [
        Source(
            source=name,
            agency=any(article.agency for article in its),
            article_count=len(its),
            sites=tuple(dict.fromkeys(article.site for article in its)),
            first_told_at=its[0].told_at,
        )
        for name, its in found.items()
    ]
    return sorted(sources, key=lambda source: (-source.article_count, source.first_told_at, source.source))


def _wire(source: Source) -> str:
    spread = f"{_count(source.article_count, 'article')} on {_count(len(source.sites), 'site')}"
    return f"{harmless_line(source.source)}, {spread}"


def timeline_row(article: StoryArticle) -> Sequence[Any]:
    """Return an article's cells for `TIMELINE_COLUMNS`."""
    relation = (article.relation or "").replace("_", " ")
    if article.copy_of_id is not None:
        relation += f" of {article.copy_of_id}"
    if article.source not in (None, article.site) and (article.agency or article.copy_of_id is None):
        relation += f" ({article.source})"
    return (
        article.told_at,
        article.id,
        relation,
        _match(article),
        article.site,
        article.title or "(no title)",
    )


def _match(article: StoryArticle) -> str:
    match = (article.match_kind or "").replace("_", " ")
    if article.match_score is not None:
        match += f" {article.match_score:.3f}"
    if article.match_article_id not in (None, article.copy_of_id):
        match += f" with {article.match_article_id}"
    return match


def explanation_row(explanation: Explanation) -> Sequence[Any]:
    """Return an explanation's cells for `EXPLANATION_COLUMNS`."""
    parts = []
    if explanation.score is not None and explanation.cosine is not None:
        gap = "no date" if explanation.gap_days is None else f"{explanation.gap_days:.1f} days"
        parts.append(
            f"cosine {explanation.cosine:.3f} x days {explanation.days:.2f} ({gap})"
            f" x times and numbers {explanation.moments or 0.0:.2f}, nearest {explanation.nearest_article_id}"
        )
    if explanation.copied is not None:
        parts.append(f"{explanation.copied:.0%} of its 3-word runs are the copied article's")
    if explanation.words:
        parts.append(", ".join(f"{word.word} {word.share:.0%}" for word in explanation.words))
    if explanation.lost:
        lost = ", ".join(f"story {other.story_id} {other.score:.3f}" for other in explanation.lost)
        parts.append(f"not {lost}")
    return (explanation.article_id, explanation.score, "; ".join(parts) or "alone")


def link_row(link: LinkedStory) -> Sequence[Any]:
    """Return a linked story's cells for `LINK_COLUMNS`."""
    kind = link.kind.replace("_", " ")
    if link.kind == "follow_up":
        kind = "follows up on" if link.earlier else "followed up by"
    return (link.id, kind, link.score, link.title or "(no title)")


def decision_row(decision: StoryDecision) -> Sequence[Any]:
    """Return a decision's cells for `DECISION_COLUMNS`."""
    ids = ", ".join(map(str, decision.article_ids))
    moved = f"article {ids}" if len(decision.article_ids) == 1 else f"articles {ids}"
    note = f" ({moved})" if ids else ""
    first, second = decision.story_id, decision.other_story_id
    spelled = {
        "merge": f"a person merged story {second} into {first}{note}",
        "split": f"a person split story {second} off {first}{note}",
        "repair_merge": f"story {second} turned out to be story {first}{note}",
        "repair_move": f"{moved} turned out to belong to story {first} rather than {second}",
        "repair_split": f"{moved} turned out to tell another event than story {second}: now story {first}",
    }
    what = spelled.get(decision.kind, f"{decision.kind}: stories {first} and {second}{note}")
    return (decision.decided_at, what, decision.score)


def canonical_heading(article: StoryArticle) -> list[str]:
    """Return the lines above the canonical article's text."""
    byline = f", by {shown(article.authors)}" if article.authors else ""
    lines = [
        f"Canonical: article {article.id} on {harmless_line(article.site)}{byline}",
        harmless_line(article.url),
    ]
    if article.paywalled:
        lines.append("(behind a paywall)")
    return lines


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
