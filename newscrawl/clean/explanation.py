"""What was decided on each block of a page and by which votes, for people to look at."""

from dataclasses import dataclass

from newscrawl.clean.judgement import Judgement
from newscrawl.clean.justext_vote import JustextClass
from newscrawl.clean.paths import BoxPaths
from newscrawl.model import Article, BlockKind


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


def block_reports(judged: Judgement, paths: BoxPaths) -> list[BlockReport]:
    """Return all blocks in page order with their fate and the votes on each."""
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
                visible=block.is_visible,
                kind=kind,
                rule=rule,
                votes=tuple(votes),
            )
        )
    return reports
