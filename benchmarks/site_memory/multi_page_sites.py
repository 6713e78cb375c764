"""The pages of the labelled data by site, cleaned, and what the memory of k other pages does to each."""

import importlib.util
import os
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from types import ModuleType
from typing import Any

from newscrawl.clean import clean_page, explain_page
from newscrawl.clean import page as cleaning
from newscrawl.clean.site_memory import BlockState, KnownBlock, apply_memory
from newscrawl.clean.site_memory_evidence import cut_kinds, evidence_keys, weigh_evidence
from newscrawl.clean.site_memory_page import MemoryPage
from newscrawl.clean.site_memory_topics import EvidencePage
from newscrawl.model import BlockKind, RemovedBlock, site_of
from newscrawl.store.site_memory_terms import topic_terms

Cleaner = Callable[[str, str], tuple[MemoryPage, tuple[RemovedBlock, ...]]]
ACTIVE = KnownBlock(BlockKind.OTHER, BlockState.ACTIVE)


@dataclass(frozen=True)
class KnownPage:
    """A labelled page and its paragraphs as a cleaner gave them."""

    gold: Mapping[str, Any]
    page: MemoryPage
    removed: tuple[RemovedBlock, ...] = ()


def evaluator(folder: Path) -> ModuleType:
    """Return the data's own scoring module."""
    spec = importlib.util.spec_from_file_location("extraction_evaluate", folder / "evaluate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def use_scorer(path: Path) -> None:
    """Have this process clean with another scorer than the one that ships."""
    # `load_forest` reads from the package's data by name: a path relative to that folder is a name too.
    name = Path(os.path.relpath(path.resolve(), files("newscrawl.clean") / "data")).with_suffix("")
    other = cleaning.load_forest(str(name))
    cleaning.load_forest = lambda name: other  # type: ignore[assignment]


def by_cleaner(html: str, url: str) -> tuple[MemoryPage, tuple[RemovedBlock, ...]]:
    """Return a page as newscrawl cleans it, and what was cut."""
    article = clean_page(html, url)
    page = MemoryPage(url, article.title, article.language, article.authors, article.paragraphs)
    return page, article.removed


def uncleaned(html: str, url: str) -> tuple[MemoryPage, tuple[RemovedBlock, ...]]:
    """Return a page with every visible block: what memory does all alone, as a test of its care."""
    explained = explain_page(html, url)
    article = explained.article
    blocks = tuple(" ".join(block.text.split()) for block in explained.blocks if block.visible and block.text)
    return MemoryPage(url, article.title, article.language, article.authors, blocks), ()


def sites_of(evaluate: ModuleType, cleaner: Cleaner, least: int) -> dict[str, list[KnownPage]]:
    """Return the sites with at least `least` pages; their pages in the data's order."""
    pages = defaultdict(list)
    for gold in evaluate.load_pages("dev"):
        site = site_of(gold["url"])
        if site:
            pages[site].append(gold)
    return {
        site: [KnownPage(gold, *cleaner(evaluate.read_html(gold), gold["url"])) for gold in golds]
        for site, golds in sorted(pages.items())
        if len(golds) >= least
    }


def with_memory(site: str, pages: Sequence[KnownPage], known: int) -> Iterator[tuple[KnownPage, MemoryPage]]:
    """Give each page of a site as its memory leaves it that knows `known` other pages.

    The others are those that come next in the data, round the end: each page is in as many memories.
    """
    evidence = [EvidencePage(site, item.page, topic_terms) for item in pages]
    keys = [evidence_keys(site, item.page) for item in pages]
    cuts = [cut_kinds(site, item.page, item.removed) for item in pages]
    for at, item in enumerate(pages):
        chosen = [(at + step) % len(pages) for step in range(known + 1)]
        blocks = {}
        for key in keys[at]:
            held = [evidence[i] for i in chosen if key in keys[i]]
            cut_from = [evidence[i] for i in chosen if key in cuts[i]]
            if weigh_evidence(key, held, cut_from, len(chosen)).is_enough:
                blocks[key] = ACTIVE
        cut = apply_memory(site, item.page, (), blocks).paragraphs
        yield item, replace(item.page, paragraphs=cut)
