"""What write_batch makes of cleaned pages, on SQLite and on Postgres."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from cleaned_pages import (
    BAKERS,
    EVENING,
    FERRY,
    MORNING,
    NOON,
    block,
    cleaned,
    row,
    rows,
    store,
    text_of,
    without_text,
)
from sqlalchemy import Engine

from newscrawl.model import ArticleStatus, BlockKind, CleanedPage, FetchStatus
from newscrawl.store import Change, FetchRecord, begin_read, begin_write, read_raw_page, record_fetches
from newscrawl.store.checks import check_database
from newscrawl.store.tables import (
    article_revisions,
    article_urls,
    articles,
    fetches,
    metadata,
    raw_pages,
    removed_blocks,
    stories,
)

UPDATED = text_of(*FERRY, "On Tuesday divers found the rudder in forty metres of water.")


def everything(engine: Engine) -> dict[str, list[dict[str, object]]]:
    return {table.name: rows(engine, table) for table in metadata.sorted_tables}


def assert_sound(engine: Engine) -> None:
    with begin_read(engine) as connection:
        assert [check for check in check_database(connection) if not check.ok] == []


def test_an_article_is_stored_with_all_that_hangs_on_it(engine: Engine) -> None:
    page = cleaned(
        authors=("Ána Øy", "B. Li"),
        credits=("Harbour News Agency",),
        tags=("sea",),
        published_at=datetime(2026, 3, 2, 9, 0, tzinfo=timezone(timedelta(hours=2))),
        removed=[
            block("Advertisement"),
            block("Share this", BlockKind.SHARE, "share:bar", position=4),
            block("and that", BlockKind.SHARE, "share:bar", position=4),
        ],
        headers=[("etag", '"abc"'), ("last-modified", "Mon, 02 Mar 2026 07:00:00 GMT")],
    )
    result = store(engine, page)
    assert [outcome.change for outcome in result.pages] == [Change.NEW]
    article = row(engine, articles)
    assert article["id"] == result.pages[0].article_id
    assert article["text"] == text_of(*FERRY)
    assert article["authors"] == ("Ána Øy", "B. Li")
    assert article["credits"] == ("Harbour News Agency",)
    assert article["site"] == "example.com"
    assert article["published_at"] == datetime(2026, 3, 2, 7, 0, tzinfo=UTC)
    assert article["first_seen_at"] == article["last_seen_at"] == MORNING
    assert article["word_count"] == len(text_of(*FERRY).split())
    assert [(r["position"], r["kind"], r["text"]) for r in rows(engine, removed_blocks)] == [
        (0, "ad", "Advertisement"),
        (4, "share", "Share this"),
        (4, "share", "and that"),
    ]
    fetch = row(engine, fetches)
    assert (fetch["status"], fetch["http_status"], fetch["etag"]) == ("ok", 200, '"abc"')
    story = row(engine, stories)
    assert (article["story_id"], article["relation"]) == (story["id"], "original")
    assert story["canonical_article_id"] == article["id"]
    assert_sound(engine)


def test_the_raw_page_comes_back_as_it_was(engine: Engine) -> None:
    body = bytes(range(256)) * 50
    page = cleaned(body=body, headers=[("set-cookie", "a"), ("set-cookie", "b")])
    result = store(engine, page)
    assert len(row(engine, raw_pages)["body"]) < len(body) / 5
    with begin_read(engine) as connection:
        article_id = result.pages[0].article_id
        assert article_id is not None
        assert read_raw_page(connection, article_id) == page.page


def test_raw_pages_can_be_left_out(engine: Engine) -> None:
    result = store(engine, cleaned(), keep_raw=False)
    assert rows(engine, raw_pages) == []
    with begin_read(engine) as connection:
        assert read_raw_page(connection, result.pages[0].article_id or 0) is None


def test_twice_is_once(engine: Engine) -> None:
    batch = [
        cleaned(removed=[block("Advertisement")]),
        cleaned("https://bread.example.org/sunday", title="Sunday bread", text=text_of(*BAKERS)),
        cleaned("https://bread.example.org/login", status=ArticleStatus.NOT_ARTICLE),
        without_text(cleaned("https://bread.example.org/empty"), ArticleStatus.EMPTY),
    ]
    store(engine, *batch)
    before = everything(engine)
    result = store(engine, *batch, now=NOON)
    after = everything(engine)
    assert result.count(Change.SEEN) == 3
    for fetch in (*before["fetches"], *after["fetches"]):
        fetch.pop("fetch_count")
    assert after == before


def test_loading_the_same_article_again_changes_nothing(engine: Engine) -> None:
    store(engine, cleaned(fetched=False))
    before = everything(engine)
    store(engine, cleaned(fetched=False), now=EVENING)
    assert everything(engine) == before
    assert before["fetches"] == before["raw_pages"] == []


def test_a_second_fetch_of_the_same_text_moves_only_last_seen(engine: Engine) -> None:
    store(engine, cleaned())
    before = row(engine, articles)
    store(engine, cleaned(fetched_at=NOON, body=b"<html>other advertisements"))
    assert row(engine, articles) == before | {"last_seen_at": NOON}
    assert rows(engine, article_revisions) == []


def test_a_changed_text_keeps_the_old_version_as_a_revision(engine: Engine) -> None:
    store(engine, cleaned(removed=[block("Advertisement")]))
    result = store(engine, cleaned(text=UPDATED, fetched_at=NOON, removed=[block("Sponsored")]))
    assert [outcome.change for outcome in result.pages] == [Change.TEXT]
    revision = row(engine, article_revisions)
    assert (revision["title"], revision["text"]) == ("Ferry adrift off Holm", text_of(*FERRY))
    assert (revision["seen_at"], revision["replaced_at"]) == (MORNING, NOON)
    article = row(engine, articles)
    assert (article["text"], article["text_changed_at"], article["first_seen_at"]) == (UPDATED, NOON, MORNING)
    assert [r["text"] for r in rows(engine, removed_blocks)] == ["Sponsored"]
    assert [r["fetched_at"] for r in rows(engine, raw_pages)] == [MORNING, NOON]
    assert row(engine, stories)["article_count"] == 1
    assert_sound(engine)


def test_a_changed_headline_is_a_revision_too(engine: Engine) -> None:
    store(engine, cleaned())
    store(engine, cleaned(title="Ferry towed to Holm", fetched_at=NOON))
    assert row(engine, articles)["title"] == "Ferry towed to Holm"
    assert row(engine, article_revisions)["title"] == "Ferry adrift off Holm"


def test_changed_details_are_no_revision_and_row_and_raw_page_stay_of_one_fetch(engine: Engine) -> None:
    store(engine, cleaned(removed=[block("Advertisement")]))
    result = store(engine, cleaned(authors=("Ann Berg",), fetched_at=NOON, removed=[block("Sponsored")]))
    assert [outcome.change for outcome in result.pages] == [Change.DETAILS]
    assert rows(engine, article_revisions) == []
    assert row(engine, articles)["authors"] == ("Ann Berg",)
    assert [r["text"] for r in rows(engine, removed_blocks)] == ["Sponsored"]
    assert row(engine, raw_pages)["fetched_at"] == NOON


def test_a_gap_never_replaces_what_is_known(engine: Engine) -> None:
    store(engine, cleaned(authors=("Ann Berg",), published_at=MORNING, section="Sea"))
    store(engine, cleaned(fetched_at=NOON))
    article = row(engine, articles)
    assert (article["authors"], article["published_at"], article["section"]) == (
        ("Ann Berg",),
        MORNING,
        "Sea",
    )


@pytest.mark.parametrize("status", [ArticleStatus.EMPTY, ArticleStatus.TIMEOUT, ArticleStatus.NOT_ARTICLE])
def test_a_failing_second_fetch_keeps_the_article_and_notes_the_status(
    engine: Engine, status: ArticleStatus
) -> None:
    store(engine, cleaned(removed=[block("Advertisement")]))
    before = (row(engine, articles), rows(engine, removed_blocks), rows(engine, raw_pages))
    store(engine, without_text(cleaned(fetched_at=NOON), status))
    assert (row(engine, articles), rows(engine, removed_blocks), rows(engine, raw_pages)) == before
    assert row(engine, fetches)["status"] == status


def test_a_page_without_text_has_a_row_with_its_status_and_gets_its_text_later(engine: Engine) -> None:
    store(engine, without_text(cleaned(), ArticleStatus.TOO_DEEP))
    article = row(engine, articles)
    assert (article["status"], article["text"], article["story_id"]) == ("too_deep", "", None)
    result = store(engine, cleaned(fetched_at=NOON))
    article = row(engine, articles)
    assert (article["status"], article["text"]) == ("ok", text_of(*FERRY))
    assert article["story_id"] is not None
    assert rows(engine, article_revisions) == []
    assert result.pages[0].placement is not None
    assert_sound(engine)


def test_a_page_that_is_no_article_has_only_its_fetch(engine: Engine) -> None:
    result = store(engine, cleaned(status=ArticleStatus.NOT_ARTICLE))
    assert [outcome.change for outcome in result.pages] == [Change.NOT_ARTICLE]
    assert rows(engine, articles) == rows(engine, raw_pages) == []
    assert row(engine, fetches)["status"] == "not_article"


def test_an_article_that_is_gone_keeps_its_text_and_comes_back(engine: Engine) -> None:
    store(engine, cleaned())
    gone = FetchRecord(url=cleaned().article.url, fetched_at=NOON, status=FetchStatus.GONE, http_status=410)
    with begin_write(engine) as connection:
        record_fetches(connection, [gone])
    article = row(engine, articles)
    assert (article["status"], article["text"]) == ("gone", text_of(*FERRY))
    assert article["story_id"] is not None
    assert_sound(engine)
    store(engine, cleaned(fetched_at=EVENING))
    assert row(engine, articles)["status"] == "ok"
    assert rows(engine, article_revisions) == []


def test_two_pages_of_one_article_in_one_batch_are_one_row(engine: Engine) -> None:
    result = store(engine, cleaned(), cleaned(text=UPDATED, fetched_at=NOON), cleaned(fetched_at=NOON))
    assert [outcome.change for outcome in result.pages] == [Change.NEW, Change.TEXT, Change.TEXT]
    assert len(rows(engine, articles)) == 1
    assert [revision["text"] for revision in rows(engine, article_revisions)] == [text_of(*FERRY), UPDATED]
    assert_sound(engine)


def test_nul_and_lone_surrogates_are_stored_clean_wherever_they_stand(engine: Engine) -> None:
    dirt = "a\x00b\ud800c"
    page = cleaned(
        title=dirt,
        text=text_of(dirt, *FERRY),
        authors=(dirt,),
        tags=(dirt,),
        section=dirt,
        description=dirt,
        notes=(dirt,),
        removed=[block(dirt)],
        headers=[("x-dirt", dirt), ("etag", dirt)],
        body=b"\x00\xff",
    )
    result = store(engine, page, cleaned("https://bread.example.org/sunday", text=text_of(*BAKERS)))
    assert result.count(Change.NEW) == 2
    article = rows(engine, articles)[0]
    assert (article["title"], article["authors"], article["section"]) == (
        "ab\ufffdc",
        ("ab\ufffdc",),
        "ab\ufffdc",
    )
    assert article["text"].startswith("ab\ufffdc\n\n")
    assert rows(engine, removed_blocks)[0]["text"] == "ab\ufffdc"
    before = everything(engine)
    store(engine, page)
    assert everything(engine)["articles"] == before["articles"]


def test_a_poison_row_gets_a_status_and_the_others_are_stored(engine: Engine) -> None:
    good = [cleaned(f"https://bread.example.org/{n}", title=f"Bread {n}") for n in range(6)]
    poison = cleaned("https://bread.example.org/poison")
    assert poison.page is not None
    poison = replace(poison, article=replace(poison.article, removed=(block("x", position=2**70),)))
    result = store(engine, *good[:3], poison, *good[3:])
    assert [outcome.change for outcome in result.pages] == [Change.NEW] * 3 + [Change.FAILED] + [
        Change.NEW
    ] * 3
    assert len(rows(engine, articles)) == 6
    fetch = {row_["url"]: row_ for row_ in rows(engine, fetches)}["https://bread.example.org/poison"]
    assert fetch["status"] == "error"
    assert fetch["detail"]
    assert_sound(engine)


def test_a_page_that_cannot_even_be_prepared_fails_alone(engine: Engine) -> None:
    naive = cleaned("https://bread.example.org/naive", fetched_at=datetime(2026, 1, 1))  # noqa: DTZ001
    broken = cleaned("https://bread.example.org/broken", notes=(None,))
    result = store(engine, naive, broken, cleaned())
    assert [outcome.change for outcome in result.pages] == [Change.FAILED, Change.FAILED, Change.NEW]


@pytest.mark.parametrize(("year", "offset_h"), [(1, 14), (9999, -14)])
def test_a_date_at_the_edge_of_the_calendar_is_no_date(engine: Engine, year: int, offset_h: int) -> None:
    zone = timezone(timedelta(hours=offset_h))
    day = (1, 1, 0) if year == 1 else (12, 31, 23)
    store(engine, cleaned(published_at=datetime(year, *day, tzinfo=zone)))
    assert row(engine, articles)["published_at"] is None


def test_values_of_any_length_are_stored_whole(engine: Engine) -> None:
    url = "https://bread.example.org/" + "long-" * 2_000
    page = cleaned(
        url,
        title="t" * 100_000,
        text="word " * 200_000,
        authors=("x" * 50_000,),
        description="d" * 50_000,
        requested_url=url + "?redirected",
    )
    assert store(engine, page).count(Change.NEW) == 1
    article = row(engine, articles)
    assert (article["url"], len(article["title"])) == (url, 100_000)
    assert store(engine, page).count(Change.SEEN) == 1


def test_the_answer_keeps_the_order_of_the_batch(engine: Engine) -> None:
    batch: list[CleanedPage] = [
        cleaned(f"https://bread.example.org/{n}", title=f"Bread {n}", text=f"{BAKERS[n % 2]} Number {n}.")
        for n in range(20)
    ]
    result = store(engine, *batch)
    by_id = {article["id"]: article["url"] for article in rows(engine, articles)}
    assert [by_id[outcome.article_id or 0] for outcome in result.pages] == [
        page.article.url for page in batch
    ]
    assert [row_["source"] for row_ in rows(engine, article_urls)] == ["page"] * 20


def test_next_fetches_are_planned_with_the_batch(engine: Engine) -> None:
    store(engine, cleaned(), next_fetch=lambda page: EVENING if page.article.text else None)
    assert row(engine, fetches)["next_fetch_at"] == EVENING
