"""Events told in three languages that share no word, and a small embedder that knows what is said.

Each text names its event; the embedder adds that event's direction, much of its language's and a little of
the outlet's own. As with a real model, texts of one language are alike whatever they say.
"""

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import numpy as np

from newscrawl.model import Article, ArticleStatus, CleanedPage
from newscrawl.stories.embedding import Rows, embed_articles

DIMENSIONS = 256
LANGUAGE_SHARE, OWN_SHARE = 1.0, 0.3
DAY = datetime(2026, 5, 4, 8, tzinfo=UTC)


def _direction(name: str) -> list[float]:
    dice = random.Random(name)
    return [dice.gauss(0, 1) for _ in range(DIMENSIONS)]


def _words(name: str, count: int = 30) -> list[str]:
    dice = random.Random(name)
    return ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=8)) for _ in range(count)]


@dataclass(frozen=True)
class TinyEmbedder:
    """Reads `EVENT-LANGUAGE-NUMBER` off the title."""

    model: str = "tiny@1"

    def embed(self, texts: Sequence[str]) -> Rows:
        rows = []
        for text in texts:
            name = re.match(r"(\w+)-(\w+)-(\w+)", text)
            assert name is not None
            event, language, own = map(np.array, map(_direction, (name[1], "language " + name[2], name[0])))
            rows.append(event + LANGUAGE_SHARE * language + OWN_SHARE * own)
        return np.array(rows, np.float32)


def told(
    event: str, language: str, number: int = 1, *, day: float | None = 0, model: str = "tiny@1"
) -> CleanedPage:
    """A report of `event` in `language`: its words are no other language's, and its own in part."""
    dice = random.Random(f"{event}{language}{number}")
    words = _words(f"{language} {event}")
    own = _words(f"{language} {event} {number}")
    text = " ".join(dice.choice(words if dice.random() < 0.7 else own) for _ in range(90))
    url = f"https://{language}{number}.example/2026/{event}-{language}-{number}"
    article = Article(
        url=url,
        canonical_url=url,
        status=ArticleStatus.OK,
        cleaner_version="test-1",
        title=f"{event}-{language}-{number} " + " ".join(words[:4]),
        text=text,
        language=language,
        published_at=None if day is None else DAY + timedelta(days=day),
    )
    (embedding,) = embed_articles(TinyEmbedder(model), [(article.title, article.text)])
    return CleanedPage(page=None, article=article, fingerprint=None, embedding=embedding)


def unembedded(page: CleanedPage) -> CleanedPage:
    return replace(page, embedding=None)


def other_news(*languages: str, count: int = 6) -> list[CleanedPage]:
    """Unrelated reports, from which each language's mean is learned."""
    return [told(f"event{name}{n}", name, n) for name in languages for n in range(count)]
