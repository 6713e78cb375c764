"""The labelled pages as the cleaner sees them: blocks, votes, features and how much of each is gold."""

import hashlib
import importlib.util
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.cleaning.gold import label_blocks
from newscrawl.clean.assemble import join_paragraphs
from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.decide import decide, open_blocks
from newscrawl.clean.evidence import Evidence
from newscrawl.clean.features import block_features
from newscrawl.clean.judgement import MAX_SCORED_BLOCKS, language_sample
from newscrawl.clean.justext_vote import justext_vote
from newscrawl.clean.language import text_language
from newscrawl.clean.metadata import read_metadata
from newscrawl.clean.parse import parse_page
from newscrawl.clean.rule_reader import RuleReader
from newscrawl.clean.sections import mark_sections
from newscrawl.clean.structure import Structure, read_structure
from newscrawl.clean.walk import read_blocks
from newscrawl.model import site_of

# Weight of a block that a must-have or must-not-have snippet was found in.
_SNIPPET_WEIGHT = 0.05
# Sets whose pages have no gold text: snippets label some of their blocks.
SNIPPET_SETS = ("traf_eval",)


@dataclass(slots=True)
class Example:
    """One page. `share` and `weight` are per block; `features` per block in `rows` only."""

    gold: dict[str, Any]
    key: str
    dataset: str
    site: str
    page: BlockPage
    structure: Structure
    evidence: list[Evidence | None]
    rows: list[int]
    features: np.ndarray
    share: np.ndarray
    weight: np.ndarray
    coverage: float
    made: bool = False  # by benchmarks.cleaning.second_texts

    def text_at(self, scores: np.ndarray) -> str:
        """Return the article that the cleaner gives where the open blocks have these scores."""
        full = np.zeros(len(self.page.blocks), np.float32)
        full[self.rows] = scores
        kept = decide(self.page, self.structure, self.evidence, full)
        return "\n\n".join(join_paragraphs([block for block in self.page.blocks if kept[block.index]]))


def metrics(folder: Path) -> Any:
    """Return the benchmark's own `evaluate` module: its loaders and its metrics are used as they are."""
    spec = importlib.util.spec_from_file_location("extraction_evaluate", folder / "evaluate.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "evaluate.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def digest(folder: Path) -> str:
    """Return the digest of the labels: figures are comparable only on the same data."""
    return hashlib.sha256((folder / "data" / "pages.dev.jsonl").read_bytes()).hexdigest()[:16]


def read_examples(bench: Any) -> Iterator[Example]:
    """Yield every DEV page with labels, through the cleaner's own steps up to the scorer."""
    for gold in bench.load_pages("dev"):
        if not gold["gold_text"] and gold["dataset"] not in SNIPPET_SETS:
            continue
        example = label_page(bench, gold, bench.read_html(gold))
        if example is not None:
            yield example


def label_page(bench: Any, gold: dict[str, Any], html: str) -> Example | None:
    """Return a page as the cleaner sees it, labelled by `gold`; None where there is nothing to score."""
    parsed = parse_page(html)
    if parsed.root is None:
        return None
    metadata = read_metadata(parsed.root, gold["url"])
    page = read_blocks(parsed.root)
    if not page.blocks or len(page.blocks) > MAX_SCORED_BLOCKS:
        return None
    structure = read_structure(page)
    reader = RuleReader(page, structure, metadata)
    evidence = [reader.own_evidence(block) for block in page.blocks]
    mark_sections(page, structure, evidence)
    language = text_language(language_sample(page, structure), metadata.language)
    rows = open_blocks(page, structure, evidence)
    vote = justext_vote(page.blocks, language)
    features = block_features(page, structure, evidence, vote, metadata, rows)
    texts = [block.text for block in page.blocks]
    if gold["gold_text"]:
        labels = label_blocks(texts, gold["gold_text"], gold["gold_optional"])
        share, weight, coverage = labels.share, labels.weight, labels.coverage
    else:
        share, weight = _snippet_labels(bench, gold, texts)
        coverage = 1.0
    for box in page.boxes:
        box.element = None  # type: ignore[assignment]  # lets go of the trees: a thousand pages are in memory
    return Example(
        gold=gold,
        key=bench.key_of(gold),
        dataset=gold["dataset"],
        site=site_of(gold["url"]) or gold["url"],
        page=page,
        structure=structure,
        evidence=evidence,
        rows=rows,
        features=features,
        share=np.array(share, np.float32),
        weight=np.array(weight, np.float32),
        coverage=coverage,
    )


def _snippet_labels(bench: Any, gold: dict[str, Any], texts: list[str]) -> tuple[list[float], list[float]]:
    share = [0.0] * len(texts)
    weight = [0.0] * len(texts)
    squashed = [bench.squash(text) for text in texts]
    for snippets, value in ((gold["gold_with"], 1.0), (gold["gold_without"], 0.0)):
        for snippet in snippets or []:
            hits = [at for at, text in enumerate(squashed) if bench.squash(snippet) in text]
            if value == 1.0 and len(hits) > 1:  # of repeats the longest block is the article's
                hits = [max(hits, key=lambda at: len(squashed[at]))]
            for at in hits:
                share[at], weight[at] = value, _SNIPPET_WEIGHT
    return share, weight
