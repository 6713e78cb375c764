"""Copies are told by their texts alone, before their articles are fetched."""

import random
from datetime import UTC, datetime

import pytest

from newscrawl.model import StoryInput
from newscrawl.stories import fingerprint_article
from newscrawl.stories.copies import is_copy, verify
from newscrawl.stories.engine import _indexed
from newscrawl.stories.frequencies import DocumentFrequencies
from newscrawl.stories.index import IndexedArticle, IndexedText
from newscrawl.stories.vectors import article_terms

WORDS = random.Random(5).sample([f"{a}{b}{c}" for a in "bdfglm" for b in "aeiou" for c in "nrstvz"], 160)
TEXT = " ".join(WORDS)
EDITED = " ".join("other" if number % 12 == 0 else word for number, word in enumerate(WORDS))
QUOTED = " ".join([*WORDS[:30], *reversed(WORDS[30:])])  # a fifth of the text, as it was
SHORT = " ".join(WORDS[:12])
SAME_WORDS = TEXT.upper().replace(" ", ", ")


def indexed(number: int, text: str) -> IndexedArticle:
    """The article as the engine knows it."""
    given = StoryInput(
        article_id=number,
        site="a.example",
        url=f"https://a.example/{number}",
        title="A title",
        text=text,
        language="en",
        authors=(),
        published_at=None,
        first_seen_at=datetime(2026, 1, 1, tzinfo=UTC),
        paywalled=False,
        fingerprint=fingerprint_article("A title", text, "en"),
        is_new=True,
    )
    return _indexed(given, *article_terms([given.fingerprint], DocumentFrequencies.empty())[0])


@pytest.mark.parametrize(
    ("text", "copied"),
    [(TEXT, True), (SAME_WORDS, True), (EDITED, True), (QUOTED, False), (SHORT, False), ("", False)],
)
def test_a_text_is_a_copy_where_the_article_would_be(text: str, copied: bool) -> None:
    article, other = indexed(1, TEXT), indexed(2, text)
    known = IndexedText(2, other.text_hash, other.shingle_count, other.shingles)
    assert is_copy(article, known) is copied
    assert bool(verify(article.text_hash, article.shingles, article.shingle_count, [other])) is copied
