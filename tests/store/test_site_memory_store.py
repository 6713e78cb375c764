"""Site memory in the database: learned from page to page, applied to what is stored, whoever writes first."""

import random
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select

import site_memory_texts as texts
from newscrawl.model import Article, ArticleStatus, BlockKind, CleanedPage, RemovedBlock
from newscrawl.store import site_memory_versions, write_batch
from newscrawl.store.tables import (
    article_revisions,
    articles,
    removed_blocks,
    site_boilerplate,
    site_sightings,
)

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOST = "https://fellpost.example"
Told = tuple[str, tuple[str, ...]]


def page(number: int, title: str, paragraphs: Sequence[str], host: str = HOST) -> CleanedPage:
    url = f"{host}/{number}-{title.split()[0].lower()}"
    article = Article(
        url=url,
        canonical_url=url,
        status=ArticleStatus.OK,
        cleaner_version="1",
        title=title,
        text="\n\n".join(paragraphs),
        language="en",
        authors=("Mara Lindqvist",),
        published_at=NOW - timedelta(days=number),
    )
    return CleanedPage(page=None, article=article, fingerprint=None)


def framed_pages(count: int = 12) -> list[CleanedPage]:
    return [page(n, title, texts.framed(text)) for n, (title, text) in enumerate(texts.ARTICLES[:count])]


def write(engine: Engine, pages: Sequence[CleanedPage], size: int = 50) -> None:
    for start in range(0, len(pages), size):
        write_batch(engine, pages[start : start + size], crawl_id=None, now=NOW)


def stored_texts(engine: Engine) -> dict[str, tuple[str, ...]]:
    query = select(articles).order_by(articles.c.id)
    with engine.connect() as connection:
        return {row.url: tuple(row.text.split("\n\n")) for row in connection.execute(query)}


def state_of(engine: Engine, text: str) -> tuple[str, int] | None:
    query = select(site_boilerplate.c.state, site_boilerplate.c.page_count).where(
        site_boilerplate.c.text == text
    )
    with engine.connect() as connection:
        row = connection.execute(query).one_or_none()
    return None if row is None else (row.state, row.page_count)


def everything(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Return what a reader sees, without ids and times of writing."""
    with engine.connect() as connection:
        cut = (
            select(articles.c.url, removed_blocks.c.position, removed_blocks.c.rule, removed_blocks.c.text)
            .join(articles, articles.c.id == removed_blocks.c.article_id)
            .order_by(articles.c.url, removed_blocks.c.number)
        )
        learned = select(
            site_boilerplate.c.site,
            site_boilerplate.c.text,
            site_boilerplate.c.kind,
            site_boilerplate.c.state,
            site_boilerplate.c.page_count,
        ).order_by(site_boilerplate.c.text)
        text = select(articles.c.url, articles.c.text, articles.c.word_count, articles.c.text_hash).order_by(
            "url"
        )
        return {
            "articles": [tuple(row) for row in connection.execute(text)],
            "cut": [tuple(row) for row in connection.execute(cut)],
            "learned": [tuple(row) for row in connection.execute(learned)],
        }


@pytest.mark.parametrize("size", [1, 50])
def test_nothing_of_a_standing_line_is_left_from_the_third_page_on_and_no_paragraph_is_lost(
    engine: Engine, size: int
) -> None:
    pages = framed_pages()
    for count in (2, 3, 12):
        write(engine, pages[:count], size)
        for number, paragraphs in enumerate(stored_texts(engine).values()):
            own = texts.ARTICLES[number][1]
            assert paragraphs == (own if count > 2 else texts.framed(own))
    assert state_of(engine, texts.BIO) == ("active", 12)


def test_on_the_way_there_a_line_is_a_candidate(engine: Engine) -> None:
    write(engine, framed_pages(2))
    assert state_of(engine, texts.PROMO) == ("learning", 2)


def test_what_was_cut_is_on_record_with_kind_rule_and_position(engine: Engine) -> None:
    write(engine, framed_pages(3), size=1)
    with engine.connect() as connection:
        query = (
            select(removed_blocks).where(removed_blocks.c.article_id == 1).order_by(removed_blocks.c.position)
        )
        rows = [(row.position, row.kind, row.rule, row.text) for row in connection.execute(query)]
    assert rows == [
        (2, "promo", "learned:repeated-block", texts.AIR),
        (5, "bio", "learned:repeated-block", texts.BIO),
        (6, "promo", "learned:repeated-block", texts.NOTICE),
        (7, "promo", "learned:repeated-block", texts.PROMO),
    ]


def test_any_order_and_any_batches_give_the_same_rows(engine: Engine) -> None:
    pages = framed_pages()
    pages += [
        page(20 + n, title, (*text, texts.CORRECTION)) for n, (title, text) in enumerate(texts.FOLLOW_UPS)
    ]
    pages += [page(30 + n, title, text) for n, (title, text) in enumerate(texts.MARKET_REPORTS)]
    seen = []
    for seed, size in ((0, 1), (1, 3), (2, 50)):
        shuffled = random.Random(seed).sample(pages, len(pages))
        others = [_on_site(p, f"site{seed}.example") for p in shuffled]
        write(engine, others, size)
        seen.append(_of_site(everything(engine), f"site{seed}.example"))
    assert seen[0] == seen[1] == seen[2]
    assert len([row for row in seen[0]["learned"] if row[2] == "active"]) == 4


def _on_site(cleaned: CleanedPage, host: str) -> CleanedPage:
    url = cleaned.article.url.replace("fellpost.example", host)
    return replace(cleaned, article=replace(cleaned.article, url=url, canonical_url=url))


def _of_site(rows: dict[str, list[tuple[object, ...]]], site: str) -> dict[str, list[tuple[object, ...]]]:
    return {name: [row[1:] for row in table if site in str(row[0])] for name, table in rows.items()}


@pytest.mark.parametrize("size", [1, 50])
def test_a_line_that_opens_some_articles_is_kept_and_one_that_opens_them_all_is_learned(
    engine: Engine, size: int
) -> None:
    told = [
        (title, (texts.SERIES_OPENING, *text) if number < 4 else text)
        for number, (title, text) in enumerate(texts.ARTICLES)
    ]
    write(engine, [page(n, title, text) for n, (title, text) in enumerate(told)], size)
    assert list(stored_texts(engine).values()) == [text for _, text in told]
    pages = [page(n, title, (texts.NOTICE, *text)) for n, (title, text) in enumerate(texts.ARTICLES)]
    write(engine, [_on_site(cleaned, "notice.example") for cleaned in pages], size)
    assert list(stored_texts(engine).values())[12:] == [text for _, text in texts.ARTICLES]


@pytest.mark.parametrize(
    "told",
    [
        [(title, (*text, texts.STATEMENT)) for title, text in texts.FOLLOW_UPS],
        [(title, (*text, texts.CORRECTION)) for title, text in texts.FOLLOW_UPS],
        [(title, (*text, texts.UNQUOTED_STATEMENT)) for title, text in texts.FOLLOW_UPS],
        list(texts.MARKET_REPORTS),
        [(f"Live: {title}", (texts.LIVE_OPENING, *text)) for title, text in texts.ARTICLES],
        [(title, (text[0], "What happens next", *text[1:])) for title, text in texts.ARTICLES],
    ],
    ids=["quoted statement", "correction", "statement", "template", "live blog", "heading"],
)
def test_real_paragraphs_that_recur_are_kept(engine: Engine, told: list[Told]) -> None:
    write(engine, [page(n, title, text) for n, (title, text) in enumerate(told)], size=1)
    assert sorted(stored_texts(engine).values()) == sorted(text for _, text in told)


def test_wire_copy_on_several_sites_and_its_updates_is_kept(engine: Engine) -> None:
    pages = []
    for n, (title, text) in enumerate(texts.ARTICLES[:4]):
        for host in ("https://a.example", "https://b.example", "https://c.example"):
            pages.append(page(n, title, text, host))
            pages.append(page(100 + n, f"{title} (update)", (*text, "More follows tonight."), host))
    write(engine, pages, size=7)
    assert sorted(stored_texts(engine).values()) == sorted(tuple(p.article.text.split("\n\n")) for p in pages)


def test_fetching_pages_again_changes_nothing_and_is_no_evidence(engine: Engine) -> None:
    pages = framed_pages(2)
    for _ in range(3):
        write(engine, pages)
    assert state_of(engine, texts.BIO) == ("learning", 2)
    write(engine, framed_pages())
    before = everything(engine)
    write(engine, framed_pages(), size=5)
    assert everything(engine) == before
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(article_revisions)) == 0


def test_a_correction_of_stored_articles_is_no_revision(engine: Engine) -> None:
    write(engine, framed_pages(3), size=1)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(article_revisions)) == 0
        rows = connection.execute(select(articles.c.text_changed_at, articles.c.first_seen_at)).all()
    assert all(row.text_changed_at == row.first_seen_at for row in rows)


def test_a_changed_article_is_cut_before_it_is_compared(engine: Engine) -> None:
    write(engine, framed_pages())
    title, text = texts.ARTICLES[0]
    changed = (*text[:3], "The pilots raised their fee by a tenth on the same day.")
    write(engine, [page(0, title, texts.framed(changed))])
    assert stored_texts(engine)[f"{HOST}/0-dredgers"] == changed
    with engine.connect() as connection:
        old = connection.scalars(select(article_revisions.c.text)).all()
    assert old == ["\n\n".join(text)]


def test_standing_lines_do_not_make_different_articles_one_story(engine: Engine) -> None:
    write(engine, framed_pages(), size=1)
    with engine.connect() as connection:
        stories = connection.scalars(select(articles.c.story_id).order_by(articles.c.id)).all()
    assert len(set(stories[2:])) == len(texts.ARTICLES) - 2


def test_sightings_of_a_site_are_bounded(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_memory_versions, "WINDOW_ARTICLES", 3)
    write(engine, [page(n, title, text) for n, (title, text) in enumerate(texts.ARTICLES)], size=2)
    with engine.connect() as connection:
        seen = connection.scalars(select(site_sightings.c.article_id).distinct()).all()
    assert len(seen) <= 6
    assert max(seen) == len(texts.ARTICLES)


def test_four_writers_at_once_learn_what_one_would(engine: Engine) -> None:
    pages = framed_pages()
    with ThreadPoolExecutor(4) as writers:
        list(writers.map(lambda part: write(engine, pages[part::4], 1), range(4)))
    assert sorted(stored_texts(engine).values()) == sorted(own for _, own in texts.ARTICLES)
    assert state_of(engine, texts.BIO) == ("active", 12)


def test_a_page_of_a_thousand_paragraphs_costs_bounded_rows(engine: Engine) -> None:
    huge = tuple(
        f"Paragraph number {n} of a page that no reader ever reaches the end of." for n in range(100_000)
    )
    write(engine, [page(0, "Endless", huge)])
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(site_sightings)) == 400


def test_a_block_that_a_rule_cut_elsewhere_is_cut_from_the_second_page_on(
    engine: Engine,
) -> None:
    (first, one), (second, two), *_ = texts.ARTICLES
    block = RemovedBlock(BlockKind.NEWSLETTER, "newsletter:class", texts.PROMO, "/html/body/div", 4)
    by_rule = page(0, first, one)
    by_rule = replace(by_rule, article=replace(by_rule.article, removed=(block,)))
    for order in (
        (by_rule, page(1, second, (*two, texts.PROMO))),
        (page(1, second, (*two, texts.PROMO)), by_rule),
    ):
        for cleaned in order:
            write(engine, [_on_site(cleaned, f"order{order.index(by_rule)}.example")])
    assert sorted(stored_texts(engine).values()) == sorted([one, two] * 2)
    with engine.connect() as connection:
        cut = select(removed_blocks.c.kind).where(removed_blocks.c.rule == "learned:repeated-block")
        assert connection.scalars(cut).all() == ["newsletter", "newsletter"]
