"""Generated articles get the fingerprints that the crawler would give them."""

from benchmarks.stories.newsroom import Newsroom
from newscrawl.stories import fingerprint_article


def test_a_generated_article_has_the_fingerprint_of_its_text() -> None:
    for page in Newsroom().articles(60):
        article = page.article
        assert page.fingerprint == fingerprint_article(article.title, article.text, article.language)
