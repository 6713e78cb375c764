"""What is decided on the blocks of a page: what stays, and what each of the others is."""

from dataclasses import dataclass

import lxml.html

from newscrawl.clean.blocks import BlockPage, Box
from newscrawl.clean.comment_rows import find_comment_rows, mark_comment_rows
from newscrawl.clean.continuity import REPEATED_CHARS
from newscrawl.clean.decide import decide, open_blocks
from newscrawl.clean.evidence import CERTAIN, HINT, Evidence, label_evidence
from newscrawl.clean.justext_vote import JustextVote, justext_vote
from newscrawl.clean.kind_context import kinds_by_themselves, kinds_of_cuts
from newscrawl.clean.kinds import Cut
from newscrawl.clean.language import text_language
from newscrawl.clean.learned import learned_scores
from newscrawl.clean.metadata import Metadata
from newscrawl.clean.pull_quotes import find_pull_quotes
from newscrawl.clean.rule_reader import RuleReader
from newscrawl.clean.sections import mark_sections
from newscrawl.clean.site_rules import DROP_RULE, SiteRule, apply_site_rule
from newscrawl.clean.structure import Structure, read_structure, structure_scores
from newscrawl.clean.walk import read_blocks
from newscrawl.model import BlockKind

# A page with more blocks (the largest article of the DEV pages has 3,900) is judged by structure alone.
MAX_SCORED_BLOCKS = 6_000
# Above this (the largest DEV page has 11,089) each cut is named by itself, not by what stands around it.
MAX_SETTLED_BLOCKS = 20_000
# Words of a block, and characters of all, that the language is told from.
_SAMPLE_WORDS = 15
_SAMPLE_CHARS = 3_000


@dataclass(frozen=True, slots=True)
class Judgement:
    """The blocks of a page with what was found and decided on each; lists are one value a block."""

    page: BlockPage
    structure: Structure
    evidence: list[Evidence | None]
    justext: JustextVote
    language: str | None
    scores: list[float]
    kept: list[bool]
    kinds: list[Cut | None]  # None where a block stays
    comments: tuple[Box, ...]  # elements that only their shape tells


def judge(
    root: lxml.html.HtmlElement, url: str, metadata: Metadata, site_rule: SiteRule | None = None
) -> Judgement:
    """Read the blocks of a page and decide on each: stay, or go as which kind and by which rule."""
    page = read_blocks(root)
    structure = read_structure(page)
    language = text_language(language_sample(page, structure), metadata.language)
    threads: tuple[Box, ...] = ()
    if len(page.blocks) > MAX_SCORED_BLOCKS:
        evidence = label_evidence(page)
        vote = JustextVote([], [], [])
        scores = structure_scores(page, structure)
    else:
        reader = RuleReader(page, structure, metadata)
        evidence = [reader.own_evidence(block) for block in page.blocks]
        mark_sections(page, structure, evidence)
        threads = find_comment_rows(page, structure, evidence)
        mark_comment_rows(threads, structure, evidence)
        rows = open_blocks(page, structure, evidence)
        vote = justext_vote(page.blocks, language, frozenset(rows))
        scores = learned_scores(page, structure, evidence, vote, metadata, rows)
    kept = decide(page, structure, evidence, scores)
    for at in find_pull_quotes(page.blocks, structure.words, kept):
        kept[at] = False
        evidence[at] = Evidence(BlockKind.OTHER, "other:pull-quote", CERTAIN)
    _name_repeats(page, evidence, kept)
    if site_rule is not None:
        for at, stays in apply_site_rule(site_rule, root, page).items():
            kept[at] = stays
            if not stays:
                evidence[at] = Evidence(BlockKind.OTHER, DROP_RULE, CERTAIN)
    if len(page.blocks) > MAX_SETTLED_BLOCKS:
        kinds = kinds_by_themselves(page, structure, evidence, kept)
    else:
        kinds = kinds_of_cuts(page, structure, evidence, kept, url)
    return Judgement(page, structure, evidence, vote, language, scores.tolist(), kept, kinds, threads)


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
