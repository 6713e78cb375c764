"""The article's paragraphs."""

import pytest

from newscrawl.model import Article, ArticleStatus


def article(text: str) -> Article:
    return Article(
        url="https://example.com/a",
        canonical_url="https://example.com/a",
        status=ArticleStatus.OK,
        cleaner_version="1",
        text=text,
    )


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [("", ()), ("One.", ("One.",)), ("One.\n\nTwo.\nStill two.", ("One.", "Two.\nStill two."))],
)
def test_paragraphs_are_what_blank_lines_part(text: str, paragraphs: tuple[str, ...]) -> None:
    assert article(text).paragraphs == paragraphs
