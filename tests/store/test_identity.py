"""Which addresses lead to one article, and when a site's word on it is not believed."""

from dataclasses import replace

import pytest
from cleaned_pages import BAKERS, EVENING, FERRY, MORNING, NOON, cleaned, row, rows, store, text_of
from sqlalchemy import Engine

from newscrawl.model import CleanedPage
from newscrawl.store import Change, begin_read, known_urls
from newscrawl.store.identity import page_keys, tell_the_same
from newscrawl.store.tables import article_revisions, article_urls, articles
from newscrawl.stories import fingerprint_article

FERRY_URL = "https://harbour.example.com/2026/ferry-adrift"
OTHER_URL = "https://harbour.example.com/2026/03/02/night-ferry-loses-rudder"
UPDATED = text_of(*FERRY, "On Tuesday divers found the rudder in forty metres of water.")


@pytest.mark.parametrize(
    "variant",
    [
        "http://harbour.example.com/2026/ferry-adrift",
        "https://www.harbour.example.com/2026/ferry-adrift/",
        f"{FERRY_URL}?utm_source=rss&utm_medium=feed",
        f"{FERRY_URL}#comments",
        "https://m.harbour.example.com/2026/ferry-adrift",
        f"{FERRY_URL}/amp",
    ],
)
def test_variants_of_an_address_are_one_article(engine: Engine, variant: str) -> None:
    store(engine, cleaned(FERRY_URL))
    store(engine, cleaned(variant, fetched_at=NOON))
    assert row(engine, articles)["url"] == FERRY_URL
    with begin_read(engine) as connection:
        assert known_urls(connection, [variant])[variant].article_id == row(engine, articles)["id"]


def test_the_address_that_was_asked_for_leads_to_the_article_too(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL, requested_url="https://short.example.org/x7"))
    assert {r["url_key"]: r["source"] for r in rows(engine, article_urls)} == {
        "harbour.example.com/2026/ferry-adrift": "page",
        "short.example.org/x7": "redirect",
    }
    store(engine, cleaned(FERRY_URL, requested_url="https://short.example.org/y8", fetched_at=NOON))
    assert len(rows(engine, articles)) == 1


def test_a_changed_slug_is_the_same_article_at_its_new_address(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL))
    store(engine, cleaned(OTHER_URL, requested_url=FERRY_URL, text=UPDATED, fetched_at=NOON))
    article = row(engine, articles)
    assert (article["url"], article["text"]) == (OTHER_URL, UPDATED)
    store(engine, cleaned(OTHER_URL, text=UPDATED, fetched_at=EVENING))
    assert len(rows(engine, articles)) == 1
    assert len(rows(engine, article_revisions)) == 1


def test_a_canonical_url_joins_two_pages_with_the_same_text(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL))
    store(engine, cleaned(f"{OTHER_URL}.html", canonical_url=FERRY_URL, fetched_at=NOON))
    assert row(engine, articles)["url"] == FERRY_URL


def test_the_canonical_page_takes_over_from_the_page_that_named_it(engine: Engine) -> None:
    store(engine, cleaned(f"{OTHER_URL}.html", canonical_url=FERRY_URL))
    store(engine, cleaned(FERRY_URL, fetched_at=NOON))
    assert row(engine, articles)["url"] == FERRY_URL
    assert {r["source"] for r in rows(engine, article_urls)} == {"page"}


def test_a_page_that_names_another_as_canonical_does_not_rewrite_its_text(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL))
    shorter = cleaned(f"{OTHER_URL}.html", canonical_url=FERRY_URL, text=text_of(*FERRY[:2]), fetched_at=NOON)
    result = store(engine, shorter)
    assert [outcome.change for outcome in result.pages] == [Change.SEEN]
    article = row(engine, articles)
    assert (article["text"], article["last_seen_at"]) == (text_of(*FERRY), NOON)
    assert rows(engine, article_revisions) == []


def test_a_wrong_canonical_url_swallows_nothing(engine: Engine) -> None:
    """A template's mistake: every page of the site names one and the same article."""
    store(
        engine,
        cleaned("https://harbour.example.com/a", canonical_url=OTHER_URL),
        cleaned(
            "https://harbour.example.com/b", canonical_url=OTHER_URL, title="Bread", text=text_of(*BAKERS)
        ),
        cleaned(OTHER_URL, title="Chess", text="The chess club meets on Fridays in the back room. " * 3),
    )
    found = {article["url"]: article["title"] for article in rows(engine, articles)}
    assert found == {
        "https://harbour.example.com/a": "Ferry adrift off Holm",
        "https://harbour.example.com/b": "Bread",
        OTHER_URL: "Chess",
    }
    again = store(
        engine,
        cleaned(
            "https://harbour.example.com/b", canonical_url=OTHER_URL, title="Bread", text=text_of(*BAKERS)
        ),
        cleaned(OTHER_URL, title="Chess", text="The chess club meets on Fridays in the back room. " * 3),
    )
    assert [outcome.change for outcome in again.pages] == [Change.SEEN, Change.SEEN]
    assert len(rows(engine, articles)) == 3


def test_an_article_redirected_to_another_page_keeps_its_text(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL))
    store(
        engine,
        cleaned(OTHER_URL, requested_url=FERRY_URL, title="Bread", text=text_of(*BAKERS), fetched_at=NOON),
    )
    assert [article["title"] for article in rows(engine, articles)] == ["Ferry adrift off Holm", "Bread"]
    assert rows(engine, article_revisions) == []


def test_a_wall_that_answered_for_an_article_gives_the_address_back(engine: Engine) -> None:
    wall = "https://harbour.example.com/consent"
    asked = text_of("We and our 812 partners ask for your consent.", "You can withdraw it at any time. " * 4)
    store(engine, cleaned(wall, requested_url=FERRY_URL, title="Your privacy", text=asked))
    store(engine, cleaned(FERRY_URL, fetched_at=NOON))
    assert [article["url"] for article in rows(engine, articles)] == [wall, FERRY_URL]
    store(engine, cleaned(FERRY_URL, text=UPDATED, fetched_at=EVENING))
    assert [article["text"] for article in rows(engine, articles)] == [asked, UPDATED]


def test_where_two_addresses_lead_to_two_articles_the_page_itself_decides(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL), cleaned(OTHER_URL))
    store(engine, cleaned(FERRY_URL, canonical_url=OTHER_URL, text=UPDATED, fetched_at=NOON))
    found = {article["url"]: article["text"] for article in rows(engine, articles)}
    assert found == {FERRY_URL: UPDATED, OTHER_URL: text_of(*FERRY)}


def test_an_address_without_a_host_is_known_by_its_spelling(engine: Engine) -> None:
    store(engine, cleaned("file-0001", fetched=False), cleaned("file-0002", fetched=False))
    store(engine, cleaned("file-0001", fetched=False), now=EVENING)
    assert [article["url"] for article in rows(engine, articles)] == ["file-0001", "file-0002"]


def test_keys_say_where_they_come_from() -> None:
    keys = page_keys(cleaned(FERRY_URL, requested_url="https://t.example.net/1", canonical_url=OTHER_URL))
    assert [source for _, source in keys.rows] == ["page", "redirect", "canonical"]
    assert page_keys(cleaned(FERRY_URL, requested_url=FERRY_URL, canonical_url=FERRY_URL)).rows == (
        ("harbour.example.com/2026/ferry-adrift", "page"),
    )


@pytest.mark.parametrize("other", [UPDATED, text_of(*FERRY[:2]), text_of(*FERRY).upper()])
def test_versions_of_a_text_tell_the_same(other: str) -> None:
    assert tell_the_same("a", text_of(*FERRY), "b", other)


def test_other_texts_do_not_tell_the_same() -> None:
    assert not tell_the_same("Ferry", text_of(*FERRY), "Ferry", text_of(*BAKERS))
    assert tell_the_same("Ferry", "Too short.", "Ferry!", "Short.")
    assert not tell_the_same("Ferry", "Too short.", "Bread", "Short.")


def test_times_of_one_article_never_run_backwards(engine: Engine) -> None:
    store(engine, cleaned(FERRY_URL, fetched_at=NOON))
    store(engine, cleaned(FERRY_URL, fetched_at=MORNING))
    assert row(engine, articles)["last_seen_at"] == NOON


MOVED_URL = "https://harbour.example.com/2026/ferry-adrift-without-rudder"


def with_fingerprint(page: CleanedPage) -> CleanedPage:
    article = page.article
    return replace(page, fingerprint=fingerprint_article(article.title, article.text, article.language))


@pytest.mark.parametrize("in_one_batch", [True, False])
def test_the_same_text_under_a_slug_of_the_same_words_is_the_same_article(
    engine: Engine, in_one_batch: bool
) -> None:
    old = with_fingerprint(cleaned(FERRY_URL))
    new = with_fingerprint(cleaned(MOVED_URL, fetched_at=NOON))
    if in_one_batch:
        store(engine, old, new)
    else:
        store(engine, old)
        store(engine, new)
    assert row(engine, articles)["url"] == FERRY_URL
    with begin_read(engine) as connection:
        assert set(known_urls(connection, [FERRY_URL, MOVED_URL])) == {FERRY_URL, MOVED_URL}
    store(engine, with_fingerprint(cleaned(MOVED_URL, text=UPDATED, fetched_at=EVENING)))
    assert row(engine, articles)["text"] == UPDATED


@pytest.mark.parametrize(
    "other",
    [
        "https://harbour.example.com/2026/all-safe-and-well",  # another slug
        "https://other.example.org/2026/ferry-adrift-without-rudder",  # another site: a copy
    ],
)
def test_the_same_text_elsewhere_stays_an_article_of_its_own(engine: Engine, other: str) -> None:
    store(engine, with_fingerprint(cleaned(FERRY_URL)))
    store(engine, with_fingerprint(cleaned(other, fetched_at=NOON)))
    assert len(rows(engine, articles)) == 2
