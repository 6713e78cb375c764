"""An article that its site moved to another address without a redirect: found by its text."""

from collections.abc import Sequence

from sqlalchemy import Connection, select

from newscrawl.model import ArticleStatus
from newscrawl.store.article_rows import PreparedPage
from newscrawl.store.article_tables import articles
from newscrawl.store.story_sets import in_set
from newscrawl.store.story_tables import story_article_index
from newscrawl.stories.changed_slug import is_changed_slug


def changed_slugs(connection: Connection, pages: Sequence[PreparedPage]) -> dict[int, int]:
    """Return page number -> article of the same site with the very same text and a slug of the same words.

    `pages` are those whose addresses are not known yet. Of several such articles it is the oldest.
    """
    hashes = {page.number: text_hash for page in pages if (text_hash := _text_hash(page)) is not None}
    if not hashes:
        return {}
    index = story_article_index
    query = (
        select(index.c.text_hash, articles.c.id, articles.c.site, articles.c.url)
        .join(articles, articles.c.id == index.c.article_id)
        .where(in_set(connection, index.c.text_hash, hashes.values()))
        .order_by(articles.c.id)
    )
    found: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for text_hash, article_id, site, url in connection.execute(query):
        found.setdefault((text_hash, site), []).append((article_id, url))
    answer = {}
    for page in pages:
        if page.number in hashes:
            for article_id, url in found.get((hashes[page.number], page.article["site"]), ()):
                if is_changed_slug(page.article["url"], url):
                    answer[page.number] = article_id
                    break
    return answer


def text_marks(page: PreparedPage) -> set[str | int]:
    """Return by what two pages of one site with one text are known: they are written one after the other."""
    text_hash = _text_hash(page)
    return set() if text_hash is None else {f"{page.article['site']} {text_hash}"}


def _text_hash(page: PreparedPage) -> int | None:
    fingerprint = page.cleaned.fingerprint
    if fingerprint is None or page.status is not ArticleStatus.OK:
        return None
    return fingerprint.text_hash
