"""Clean one page: parse once, walk into blocks, let the votes speak, keep the article, record the rest."""

import copy
from dataclasses import dataclass

from newscrawl.clean.assemble import join_paragraphs
from newscrawl.clean.blocks import Block, BlockPage, Box, Inside
from newscrawl.clean.comment_rows import find_comment_rows, mark_comment_rows
from newscrawl.clean.continuity import REPEATED_CHARS
from newscrawl.clean.decide import decide, open_blocks
from newscrawl.clean.evidence import CERTAIN, HINT, Evidence, label_evidence
from newscrawl.clean.justext_vote import JustextClass, JustextVote, justext_vote
from newscrawl.clean.kind_context import kinds_by_themselves, kinds_of_cuts
from newscrawl.clean.kinds import Cut
from newscrawl.clean.language import text_language
from newscrawl.clean.learned import learned_scores
from newscrawl.clean.metadata import Metadata, read_metadata
from newscrawl.clean.parse import ParsedPage, parse_page
from newscrawl.clean.paths import BoxPaths
from newscrawl.clean.pull_quotes import find_pull_quotes
from newscrawl.clean.rule_reader import RuleReader
from newscrawl.clean.script_text import script_article
from newscrawl.clean.sections import mark_sections
from newscrawl.clean.site_rules import DROP_RULE, SiteRule, SiteRules, apply_site_rule
from newscrawl.clean.structure import Structure, read_structure, structure_scores
from newscrawl.clean.typography import tidy
from newscrawl.clean.walk import read_blocks
from newscrawl.clean.words import count_words
from newscrawl.model import Article, ArticleStatus, BlockKind, RemovedBlock

# Goes up with every change that may change a text or a record; `scrapy reclean` looks at it.
CLEANER_VERSION = "2"

# A page with more blocks (the largest article of the DEV pages has 3,900) is judged by structure alone.
MAX_SCORED_BLOCKS = 6_000
# Above this (the largest DEV page has 11,089) each cut is named by itself, not by what stands around it.
MAX_SETTLED_BLOCKS = 20_000
# Words. What a page without visible text holds in its data is taken for the text from this length on.
MIN_HIDDEN_WORDS = 50
# Removed blocks recorded per page. A page with more (a link farm, a hostile one) is cut short here.
MAX_REMOVED = 3_000
# Words of a block, and characters of all, that the language is told from.
_SAMPLE_WORDS = 15
_SAMPLE_CHARS = 3_000
# Characters of a removed block's text that are recorded.
MAX_REMOVED_CHARS = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockReport:
    """One block of a page and what was decided on it; `kind` and `rule` are None where it stays."""

    position: int
    text: str
    path: str
    kept: bool
    visible: bool
    kind: BlockKind | None
    rule: str | None
    votes: tuple[tuple[str, float | str], ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cleaned page and all of its blocks in order, for people to look at."""

    article: Article
    blocks: tuple[BlockReport, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    page: BlockPage
    structure: Structure
    evidence: list[Evidence | None]
    justext: JustextVote
    language: str | None
    scores: list[float]
    kept: list[bool]
    kinds: list[Cut | None]  # None where a block stays
    comments: tuple[Box, ...]  # elements that only their shape tells


def clean_page(
    html: str | bytes, url: str, *, encoding: str | None = None, site_rules: SiteRules | None = None
) -> Article:
    """Return the article of a page, with its metadata and every visible block that was cut.

    `encoding` is the charset that the HTTP header declared. Never raises on bad HTML: the article's
    `status` says what was wrong. `site_rules` hold what a person said of a site's
    elements. Pure and deterministic; linear in the size of the page.
    """
    parsed = parse_page(html, encoding)
    if parsed.root is None:
        return _without_text(url, parsed)
    metadata = read_metadata(parsed.root, url)
    judged = _judge(url, parsed, metadata, site_rules.rule_of(url) if site_rules else None)
    if judged.page.too_deep:
        return _without_text(url, parsed, ArticleStatus.TOO_DEEP)
    metadata = _without_commenters(parsed, url, metadata, judged)
    paths = BoxPaths(judged.page.boxes)
    return _article(url, parsed, metadata, judged, paths)


def explain_page(
    html: str | bytes, url: str, *, encoding: str | None = None, site_rules: SiteRules | None = None
) -> Explanation:
    """Return the article and, in page order, all blocks with their fate and the votes on each."""
    parsed = parse_page(html, encoding)
    if parsed.root is None:
        return Explanation(_without_text(url, parsed), ())
    metadata = read_metadata(parsed.root, url)
    judged = _judge(url, parsed, metadata, site_rules.rule_of(url) if site_rules else None)
    if judged.page.too_deep:
        return Explanation(_without_text(url, parsed, ArticleStatus.TOO_DEEP), ())
    metadata = _without_commenters(parsed, url, metadata, judged)
    paths = BoxPaths(judged.page.boxes)
    article = _article(url, parsed, metadata, judged, paths)
    return Explanation(article, tuple(_reports(judged, paths)))


def _without_commenters(parsed: ParsedPage, url: str, metadata: Metadata, judged: _Judged) -> Metadata:
    """Return the metadata as it is without the comments that were found by their shape.

    Who comments is no author, and when they do no date of the article.
    """
    if not judged.comments:
        return metadata
    assert parsed.root is not None
    root = copy.deepcopy(parsed.root)
    tree, twin = parsed.root.getroottree(), root.getroottree()
    for found in [twin.xpath(tree.getpath(box.element)) for box in judged.comments]:
        for element in found:
            element.getparent().remove(element)
    return read_metadata(root, url)


def _judge(url: str, parsed: ParsedPage, metadata: Metadata, site_rule: SiteRule | None = None) -> _Judged:
    assert parsed.root is not None
    page = read_blocks(parsed.root)
    structure = read_structure(page)
    language = text_language(language_sample(page, structure), metadata.language)
    rows: tuple[Box, ...] = ()
    if len(page.blocks) > MAX_SCORED_BLOCKS:
        evidence = label_evidence(page)
        vote = JustextVote([], [], [])
        scores = structure_scores(page, structure)
    else:
        reader = RuleReader(page, structure, metadata)
        evidence = [reader.own_evidence(block) for block in page.blocks]
        mark_sections(page, structure, evidence)
        rows = find_comment_rows(page, structure, evidence)
        mark_comment_rows(rows, structure, evidence)
        asked = frozenset(open_blocks(page, structure, evidence))
        vote = justext_vote(page.blocks, language, asked)
        scores = learned_scores(page, structure, evidence, vote, metadata)
    kept = decide(page, structure, evidence, scores)
    for at in find_pull_quotes(page.blocks, structure.words, kept):
        kept[at] = False
        evidence[at] = Evidence(BlockKind.OTHER, "other:pull-quote", CERTAIN)
    _name_repeats(page, evidence, kept)
    if site_rule is not None:
        for at, stays in apply_site_rule(site_rule, parsed.root, page).items():
            kept[at] = stays
            if not stays:
                evidence[at] = Evidence(BlockKind.OTHER, DROP_RULE, CERTAIN)
    if len(page.blocks) > MAX_SETTLED_BLOCKS:
        kinds = kinds_by_themselves(page, structure, evidence, kept)
    else:
        kinds = kinds_of_cuts(page, structure, evidence, kept, url)
    return _Judged(page, structure, evidence, vote, language, scores.tolist(), kept, kinds, rows)


def _name_repeats(page: BlockPage, evidence: list[Evidence | None], kept: list[bool]) -> None:
    """Say of what was cut and stands in the text too that it is a repetition."""
    texts = {block.text for block in page.blocks if kept[block.index] and len(block.text) >= REPEATED_CHARS}
    for block in page.blocks:
        if not kept[block.index] and evidence[block.index] is None and block.text in texts:
            evidence[block.index] = Evidence(BlockKind.OTHER, "other:repeated", HINT)


def language_sample(page: BlockPage, structure: Structure) -> str:
    """Return text that is most likely the article's, to tell the language from."""
    parts, size = [], 0
    for block in page.blocks:
        if structure.good_words[block.index] > _SAMPLE_WORDS:
            parts.append(block.text)
            size += len(block.text)
            if size > _SAMPLE_CHARS:
                break
    return " ".join(parts)


def _article(url: str, parsed: ParsedPage, metadata: Metadata, judged: _Judged, paths: BoxPaths) -> Article:
    kept = [block for block in judged.page.blocks if judged.kept[block.index]]
    text = "\n\n".join(join_paragraphs(kept))
    notes = parsed.notes + metadata.notes
    if not text:
        text, note = _text_behind_scripts(url, parsed, metadata)
        notes += note
    return Article(
        url=url,
        canonical_url=metadata.canonical_url or url,
        status=ArticleStatus.OK if text else ArticleStatus.EMPTY,
        cleaner_version=CLEANER_VERSION,
        title=metadata.title,
        text=text,
        authors=metadata.authors,
        credits=metadata.credits,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        language=judged.language,
        site_name=metadata.site_name,
        section=metadata.section,
        tags=metadata.tags,
        image_url=metadata.image_url,
        description=metadata.description,
        paywalled=metadata.paywalled,
        robots=metadata.robots,
        notes=notes,
        removed=tuple(_removed(judged, paths)),
    )


def _text_behind_scripts(url: str, parsed: ParsedPage, metadata: Metadata) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page that shows it by script alone, and a note on where it was."""
    if metadata.article_body:
        paragraphs = [tidy(line) for line in metadata.article_body.splitlines()]
        if sum(map(count_words, paragraphs)) >= MIN_HIDDEN_WORDS:
            return "\n\n".join(filter(None, paragraphs)), ("text:json-ld",)
    assert parsed.root is not None
    html = script_article(parsed.root)
    data = parse_page(f"<html><body><article>{html}</article></body></html>") if html else None
    if data is not None and data.root is not None:
        judged = _judge(url, data, metadata)
        kept = [block for block in judged.page.blocks if judged.kept[block.index]]
        if sum(judged.structure.words[block.index] for block in kept) >= MIN_HIDDEN_WORDS:
            return "\n\n".join(join_paragraphs(kept)), ("text:script",)
    return "", ()


def _removed(judged: _Judged, paths: BoxPaths) -> list[RemovedBlock]:
    removed: list[RemovedBlock] = []
    for block in judged.page.blocks:
        cut = judged.kinds[block.index]
        if cut is None or not _is_visible(block):
            continue
        if len(removed) == MAX_REMOVED:
            break
        kind, rule = cut
        path = paths.path_of(block.box)
        removed.append(RemovedBlock(kind, rule, block.text[:MAX_REMOVED_CHARS], path, block.index))
    return removed


def _is_visible(block: Block) -> bool:
    return not block.box.inside & (Inside.HIDDEN | Inside.NOSCRIPT)


def _reports(judged: _Judged, paths: BoxPaths) -> list[BlockReport]:
    reports = []
    for block in judged.page.blocks:
        stays = judged.kept[block.index]
        found = judged.evidence[block.index]
        kind, rule = judged.kinds[block.index] or (None, None)
        votes: list[tuple[str, float | str]] = [
            ("score", round(judged.scores[block.index], 3)),
            ("words", round(judged.structure.words[block.index], 1)),
            ("link-density", round(judged.structure.link_density[block.index], 2)),
        ]
        if judged.justext.in_context:
            votes.append(("justext", JustextClass(judged.justext.in_context[block.index]).name.lower()))
        if found:
            votes.append((f"rule:{found.strength}", found.rule))
        reports.append(
            BlockReport(
                position=block.index,
                text=block.text,
                path=paths.path_of(block.box),
                kept=stays,
                visible=_is_visible(block),
                kind=kind,
                rule=rule,
                votes=tuple(votes),
            )
        )
    return reports


def _without_text(url: str, parsed: ParsedPage, status: ArticleStatus | None = None) -> Article:
    return Article(
        url=url,
        canonical_url=url,
        status=status or parsed.status,
        cleaner_version=CLEANER_VERSION,
        notes=parsed.notes,
    )
