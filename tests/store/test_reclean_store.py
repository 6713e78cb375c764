"""Writing what cleaning stored pages again gave: texts become revisions, ids and addresses stay."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, func, select

import site_memory_texts as texts
from newscrawl.model import Article, ArticleStatus, CleanedPage, Page, PageHints
from newscrawl.store import write_batch
from newscrawl.store.article_rows import Change
from newscrawl.store.reclean import (
    Summary,
    preview,
    read_pages,
    take_over,
    write_recleaned,
)
from newscrawl.store.stale_articles import stale_articles
from newscrawl.store.tables import article_revisions, articles, fetches, raw_pages, removed_blocks

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=9)
SITE = "fellpost.example"


def article(number: int, paragraphs: tuple[str, ...], version: str, title: str | None = None) -> Article:
    url = f"https://fellpost.example/{number}"
    return Article(
        url=url,
        canonical_url=url,
        status=ArticleStatus.OK if paragraphs else ArticleStatus.EMPTY,
        cleaner_version=version,
        title=texts.ARTICLES[number][0] if title is None else title,
        text="\n\n".join(paragraphs),
        language="en",
    )


def store(engine: Engine, *stored: Article) -> None:
    pages = [
        CleanedPage(
            page=Page(
                url=item.url,
                requested_url=item.url,
                http_status=200,
                body=f"<p>page of {item.url}</p>".encode(),
                fetched_at=NOW,
                hints=PageHints(),
            ),
            article=item,
            fingerprint=None,
        )
        for item in stored
    ]
    write_batch(engine, pages, crawl_id=None, now=NOW)


def reclean(engine: Engine, cleaned: dict[int, Article]) -> Counter[Change]:
    with engine.connect() as connection:
        items = list(take_over(connection, cleaned).values())
    return write_recleaned(engine, items, LATER)


def stale_ids(connection: Connection, version: str, site: str | None = None) -> list[int]:
    return list(stale_articles(connection, lambda url: version, "loaded", site).pages)


def test_articles_that_rules_made_are_stale_for_other_rules_and_left_alone_without(engine: Engine) -> None:
    store(engine, article(0, ("Ruled.",), "2+aaaa"), article(1, ("Plain.",), "2"))
    with engine.connect() as connection:
        assert stale_ids(connection, "2+bbbb") == [1, 2]
        assert stale_ids(connection, "2+aaaa") == [2]
        without = stale_articles(connection, lambda url: "2", "loaded")
    assert (list(without.pages), without.ruled) == ([], 1)


def test_articles_of_another_version_whose_page_is_kept_are_stale(engine: Engine) -> None:
    store(engine, article(0, ("Old.",), "1"), article(1, ("New.",), "2"))
    loaded = replace(article(2, ("Loaded.",), "loaded"), url="https://other.example/2")
    write_batch(engine, [CleanedPage(page=None, article=loaded, fingerprint=None)], crawl_id=None, now=NOW)
    with engine.connect() as connection:
        assert stale_ids(connection, "2") == [1]
        assert stale_ids(connection, "2", "other.example") == []
        assert stale_articles(connection, lambda url: "2", "loaded").without_page == 0
        assert stale_articles(connection, lambda url: "2", "").without_page == 1
        assert {id_: page.url for id_, page in read_pages(connection, [1, 2, 3]).items()} == {
            1: "https://fellpost.example/0",
            2: "https://fellpost.example/1",
        }


def test_a_text_that_changes_becomes_a_revision_of_the_same_article(engine: Engine) -> None:
    old, new = (*texts.ARTICLES[0][1], "Share this post"), texts.ARTICLES[0][1]
    store(engine, article(0, old, "1"))
    with engine.connect() as connection:
        before = connection.execute(select(articles)).mappings().one()
    assert reclean(engine, {1: article(0, new, "2")}) == {Change.TEXT: 1}
    with engine.connect() as connection:
        after = connection.execute(select(articles)).mappings().one()
        revision = connection.execute(select(article_revisions)).one()
        assert connection.scalar(select(func.count()).select_from(raw_pages)) == 1
        assert connection.scalar(select(fetches.c.fetch_count)) == 1
    assert (after["text"], after["cleaner_version"]) == ("\n\n".join(new), "2")
    assert (revision.text, revision.cleaner_version) == ("\n\n".join(old), "1")
    assert (revision.seen_at, revision.replaced_at) == (NOW, LATER)
    stays = (
        "id",
        "url",
        "canonical_url",
        "story_id",
        "first_seen_at",
        "last_seen_at",
        "fetched_at",
        "relation",
    )
    assert [before[name] for name in stays] == [after[name] for name in stays]


def test_an_article_that_stays_the_same_is_only_marked(engine: Engine) -> None:
    store(engine, article(0, texts.ARTICLES[0][1], "1"))
    assert reclean(engine, {1: article(0, texts.ARTICLES[0][1], "2")}) == {Change.DETAILS: 1}
    with engine.connect() as connection:
        assert stale_ids(connection, "2") == []
        assert connection.scalar(select(func.count()).select_from(article_revisions)) == 0


def test_a_text_is_never_lost_to_a_new_cleaner(engine: Engine) -> None:
    store(engine, article(0, texts.ARTICLES[0][1], "1"))
    assert reclean(engine, {1: article(0, (), "2")}) == {Change.KEPT: 1}
    with engine.connect() as connection:
        row = connection.execute(select(articles)).one()
        assert stale_ids(connection, "2") == []
    assert (row.text, row.status) == ("\n\n".join(texts.ARTICLES[0][1]), "ok")


def test_a_page_without_text_may_get_one_and_with_it_a_story(engine: Engine) -> None:
    store(engine, article(0, (), "1"))
    assert reclean(engine, {1: article(0, texts.ARTICLES[0][1], "2")}) == {Change.TEXT: 1}
    with engine.connect() as connection:
        row = connection.execute(select(articles)).one()
    assert row.status == "ok"
    assert row.story_id is not None


def test_a_title_that_only_a_feed_knew_stays(engine: Engine) -> None:
    store(engine, article(0, texts.ARTICLES[0][1], "1"))
    reclean(engine, {1: article(0, texts.ARTICLES[0][1][:3], "2", title="")})
    with engine.connect() as connection:
        assert connection.scalar(select(articles.c.title)) == texts.ARTICLES[0][0]


def test_an_article_that_a_crawl_changed_in_between_is_passed_over(engine: Engine) -> None:
    store(engine, article(0, texts.ARTICLES[0][1], "1"))
    with engine.connect() as connection:
        items = list(take_over(connection, {1: article(0, ("Cleaned again.",), "2")}).values())
    changed = (*texts.ARTICLES[0][1], "The pilots raised their fee by a tenth on the same day.")
    write_batch(
        engine,
        [CleanedPage(page=None, article=article(0, changed, "1"), fingerprint=None)],
        crawl_id=None,
        now=NOW,
    )
    assert write_recleaned(engine, items, LATER) == {}
    with engine.connect() as connection:
        assert connection.scalar(select(articles.c.text)) == "\n\n".join(changed)


def test_what_memory_knows_is_cut_from_texts_cleaned_again(engine: Engine) -> None:
    store(engine, *(article(n, texts.framed(texts.ARTICLES[n][1]), "1") for n in range(4)))
    cleaned = {n + 1: article(n, texts.framed(texts.ARTICLES[n][1]), "2") for n in range(4)}
    assert reclean(engine, cleaned) == {Change.DETAILS: 4}
    with engine.connect() as connection:
        stored = connection.scalars(select(articles.c.text).order_by(articles.c.id)).all()
        cut = connection.scalar(select(func.count()).select_from(removed_blocks))
    assert stored == ["\n\n".join(texts.ARTICLES[n][1]) for n in range(4)]
    assert cut == 16


def test_the_preview_counts_words_gained_and_lost_per_site(engine: Engine) -> None:
    first, second = texts.ARTICLES[0][1], texts.ARTICLES[1][1]
    store(engine, article(0, (*first, "Share this post"), "1"), article(1, second[:3], "1"))
    summary = Summary()
    with engine.connect() as connection:
        items = take_over(connection, {1: article(0, first, "2"), 2: article(1, second, "2")})
        preview(connection, items.values(), summary)
    site = summary.sites[SITE]
    assert (site.articles, site.changed, site.lost_words) == (2, 2, 3)
    assert site.gained_words == len(second[3].split())
