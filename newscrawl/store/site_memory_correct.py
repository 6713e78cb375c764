"""Put stored articles right after site memory, or a person, has changed its mind on a block.

That is a change of cleaning, not of what the publisher wrote: no revision is made, `text_changed_at`
stays. What was cut stands in `removed_blocks` under a rule that begins with `learned:`, and nowhere else.
"""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, update

from newscrawl.clean.site_memory import CutText, apply_memory
from newscrawl.clean.site_memory_page import block_key
from newscrawl.model import ArticleStatus, StoryInput
from newscrawl.store.article_rows import count_words
from newscrawl.store.article_tables import articles, removed_blocks
from newscrawl.store.keys import text_digest
from newscrawl.store.search import SearchText, index_articles
from newscrawl.store.site_memory_rows import StoredArticle, known_blocks, load_articles
from newscrawl.store.story_index import place_articles
from newscrawl.stories import fingerprint_article


def correct_articles(connection: Connection, ids: Collection[int], now: datetime) -> int:
    """Apply what is known now to the stored articles `ids`; return how many texts it changed.

    In the caller's write transaction; their stories are judged again. Doing it twice changes nothing.
    """
    changed = corrections(connection, ids)
    write_texts(connection, changed, now)
    return len(changed)


def corrections(connection: Connection, ids: Collection[int]) -> list[tuple[StoredArticle, CutText]]:
    """Return those of the stored articles `ids` that what is known now changes, with their new texts."""
    stored = load_articles(connection, ids, all_blocks=True)
    pages = {article_id: article.page() for article_id, article in stored.items()}
    keys = {
        key
        for article_id, page in pages.items()
        for text in page.paragraphs
        if (key := block_key(stored[article_id].row["site"], text)) is not None
    }
    known = known_blocks(connection, keys)
    changed = []
    for article_id, article in stored.items():
        result = apply_memory(article.row["site"], pages[article_id], article.removed, known)
        if result != CutText(article.paragraphs, article.removed):
            changed.append((article, result))
    return changed


def write_texts(
    connection: Connection, changed: Sequence[tuple[StoredArticle, CutText]], now: datetime
) -> None:
    """Write new texts and removed blocks of stored articles, and have their stories judged again."""
    if not changed:
        return
    values: list[dict[str, Any]] = []
    blocks: list[dict[str, Any]] = []
    for article, result in changed:
        row, text = article.row, "\n\n".join(result.paragraphs)
        values.append(
            {
                "at_id": row["id"],
                "text": text,
                "text_hash": text_digest(row["title"], text),
                "word_count": count_words(text),
            }
        )
        for number, block in enumerate(result.removed):
            place = {"article_id": row["id"], "number": number, "position": block.position}
            said = {"kind": str(block.kind), "rule": block.rule, "text": block.text, "path": block.path}
            blocks.append(place | said)
    connection.execute(
        update(articles)
        .where(articles.c.id == bindparam("at_id"))
        .values(text=bindparam("text"), text_hash=bindparam("text_hash"), word_count=bindparam("word_count")),
        values,
    )
    index_articles(
        connection,
        [
            SearchText(value["at_id"], article.row["title"], value["text"])
            for value, (article, _) in zip(values, changed, strict=True)
        ],
    )
    ids = [value["at_id"] for value in values]
    connection.execute(delete(removed_blocks).where(removed_blocks.c.article_id.in_(ids)))
    if blocks:
        connection.execute(insert(removed_blocks), blocks)
    inputs = [story_input(article, "\n\n".join(result.paragraphs)) for article, result in changed]
    inputs = [item for item, (article, _) in zip(inputs, changed, strict=True) if _takes_part(article)]
    if inputs:
        place_articles(connection, inputs, now)


def story_input(article: StoredArticle, text: str, title: str | None = None) -> StoryInput:
    """Return a stored article with a new text as the story engine takes it."""
    row = article.row
    title = row["title"] if title is None else title
    return StoryInput(
        article_id=row["id"],
        site=row["site"],
        url=row["url"],
        title=title,
        text=text,
        language=row["language"],
        authors=row["authors"],
        published_at=row["published_at"],
        first_seen_at=row["first_seen_at"],
        paywalled=row["paywalled"],
        agency=row["agency"],
        fingerprint=fingerprint_article(title, text, row["language"]),
        is_new=row["story_id"] is None,
    )


def _takes_part(article: StoredArticle) -> bool:
    return article.row["status"] in (ArticleStatus.OK, ArticleStatus.GONE)
