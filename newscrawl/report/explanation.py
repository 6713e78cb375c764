"""What cleaning did to a page, for people: the facts about the article, then each block and its fate."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import IO, Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from newscrawl.clean import BlockReport, Explanation
from newscrawl.model import Article
from newscrawl.report.explained_page import ShownBlock
from newscrawl.report.harmless import harmless_line
from newscrawl.report.table import shown

Facts = Sequence[tuple[str, str]]


def article_facts(article: Article) -> list[tuple[str, str]]:
    """Return name and value of what is known of the article, gaps left out."""
    facts: list[tuple[str, Any]] = [
        ("status", article.status),
        ("url", article.url),
        ("canonical URL", article.canonical_url if article.canonical_url != article.url else None),
        ("site name", article.site_name),
        ("authors", article.authors),
        ("credits", article.credits),
        ("published", article.published_at and article.published_at.isoformat()),
        ("modified", article.modified_at and article.modified_at.isoformat()),
        ("language", article.language),
        ("section", article.section),
        ("tags", article.tags),
        ("description", article.description),
        ("image", article.image_url),
        ("paywalled", "yes" if article.paywalled else None),
        ("robots", article.robots),
        ("notes", article.notes),
        ("words", f"{len(article.text.split()):,} in {len(article.paragraphs)} paragraphs"),
        ("cleaner", article.cleaner_version),
    ]
    return [(name, shown(value)) for name, value in facts if value]


def counted(blocks: Sequence[BlockReport]) -> str:
    """Return how many blocks there are, and how many of which kind were cut, in one line."""
    kinds = Counter(str(block.kind) for block in blocks if not block.kept and block.visible)
    hidden = sum(not block.kept and not block.visible for block in blocks)
    parts = [f"{kind} {count}" for kind, count in kinds.most_common()]
    if hidden:
        parts.append(f"hidden {hidden}")
    cut = f": {', '.join(parts)}" if parts else ""
    kept = sum(block.kept for block in blocks)
    return f"{len(blocks)} blocks, {kept} kept, {len(blocks) - kept} cut{cut}"


def print_explanation(explanation: Explanation, extra: Facts, file: IO[str]) -> None:
    """Print the facts and all blocks in the page's order: with colours on a terminal, plain elsewhere."""
    article = explanation.article
    lines = list(_block_lines(explanation.blocks))
    facts = [*article_facts(article), *extra, ("blocks", counted(explanation.blocks))]
    width = max(len(name) for name, _ in facts)
    title = harmless_line(article.title) or "(no title)"
    if not file.isatty():
        file.write(title + "\n")
        for name, value in facts:
            file.write(f"  {name:<{width}}  {value}\n")
        file.write("\n")
        for head, _, text in lines:
            file.write(f"{head}\n    {text}\n")
        return
    console = Console(file=file, highlight=False, emoji=False)
    console.print(Text(title, style="bold"))
    for name, value in facts:
        console.print(Text(f"  {name:<{width}}  ", style="dim").append(value, style="none"))
    console.print()
    for head, style, text in lines:
        console.print(Text(head, style=style))
        console.print(Padding(Text(text), (0, 0, 0, 4)))


def explanation_rows(explanation: Explanation, extra: Facts) -> Iterator[dict[str, Any]]:
    """Yield one object for the article, then one for each block."""
    article = asdict(explanation.article)
    del article["removed"]  # the blocks say it
    yield {"row": "article", **dict(extra), **article}
    for block in explanation.blocks:
        yield {"row": "block", **asdict(block), "votes": dict(block.votes)}


def shown_blocks(blocks: Sequence[BlockReport]) -> list[ShownBlock]:
    """Return the blocks that stand visibly in the page, for its HTML form."""
    return [
        ShownBlock(
            text=block.text,
            kind=None if block.kept else str(block.kind),
            rule=block.rule or "",
            why="; ".join(part for part in (block.rule or "", votes_line(block)) if part),
        )
        for block in blocks
        if block.visible or block.kept
    ]


def votes_line(block: BlockReport) -> str:
    """Return the votes on a block in one line, such as `score 0.93, words 24, link-density 0`."""
    return ", ".join(
        f"{name} {value:g}" if isinstance(value, float) else f"{name} {harmless_line(str(value))}"
        for name, value in block.votes
    )


def _block_lines(blocks: Sequence[BlockReport]) -> Iterator[tuple[str, str, str]]:
    """Yield each block as its head, the head's style and its text."""
    digits = len(str(blocks[-1].position)) if blocks else 1
    for block in blocks:
        if block.kept:
            fate, style = "KEPT", "green"
        else:
            fate, style = f"CUT  {block.kind} by {block.rule}", "red"
            if not block.visible:
                fate, style = f"{fate} (hidden)", "dim"
        yield f"[{block.position:>{digits}}] {fate}  ({votes_line(block)})", style, harmless_line(block.text)
