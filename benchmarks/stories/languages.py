"""Stories across languages with the extra `multilingual`: the same rows, with embeddings."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from typing import Any

from newscrawl.model import StoryInput
from newscrawl.pipelines.multilingual import PACKAGE, E5Embedder
from newscrawl.stories.embedding import embed_articles

SUFFIX = "+e5"
"""Of the name of a set that is read with embeddings."""


def is_installed() -> bool:
    return find_spec(PACKAGE) is not None


def embedded(inputs: Sequence[StoryInput]) -> list[StoryInput]:
    """Return the articles with their embeddings."""
    embeddings = embed_articles(E5Embedder(), [(article.title, article.text) for article in inputs])
    return [replace(article, embedding=e) for article, e in zip(inputs, embeddings, strict=True)]


def precision_across(rows: Sequence[dict[str, Any]], found: Mapping[str, str]) -> float:
    """Return of the pairs in two languages that stand in one story the share that belongs together."""

    def pairs(*names: str) -> int:
        """Count pairs that agree in all of `names`."""
        counts = Counter(tuple(row[name] for name in names) for row in told)
        return sum(n * (n - 1) // 2 for n in counts.values())

    told = [{**row, "story": found[row["id"]]} for row in rows]
    together = pairs("story") - pairs("story", "lang")
    right = pairs("story", "cluster") - pairs("story", "cluster", "lang")
    return right / max(together, 1)
