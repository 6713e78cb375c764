"""The same event in several languages is one story where embeddings say so, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from tiny_embedder import DAY, other_news, told, unembedded

from newscrawl.model import CleanedPage
from newscrawl.store import begin_read, begin_write, story_window, write_batch
from newscrawl.store.article_tables import articles
from newscrawl.store.story_embeddings import story_embeddings
from newscrawl.store.story_record import split_story
from newscrawl.store.story_tables import stories, story_links

LANGUAGES = ("en", "fi", "th")


def put(engine: Engine, pages: list[CleanedPage]) -> None:
    write_batch(engine, pages, crawl_id=None, now=DAY)


def placed(engine: Engine) -> dict[str, tuple[int, str]]:
    """Each article's story and how it was matched, by `EVENT-LANGUAGE-NUMBER`."""
    with begin_read(engine) as connection:
        rows = connection.execute(select(articles.c.title, articles.c.story_id, articles.c.match_kind)).all()
    return {row.title.split()[0]: (row.story_id, row.match_kind) for row in rows}


def test_a_translation_joins_the_story_and_tells_why(engine: Engine) -> None:
    put(engine, other_news(*LANGUAGES))
    put(engine, [told("flood", "en"), told("flood", "fi"), told("flood", "th")])
    found = placed(engine)
    assert len({found[f"flood-{name}-1"][0] for name in LANGUAGES}) == 1
    assert found["flood-fi-1"][1] == "translation"
    with begin_read(engine) as connection:
        story = connection.execute(select(stories).where(stories.c.id == found["flood-en-1"][0])).one()
        row = connection.execute(select(articles).where(articles.c.title.startswith("flood-fi"))).one()
        first = connection.scalar(select(articles.c.id).where(articles.c.title.startswith("flood-en")))
    assert sorted(story.languages) == sorted(LANGUAGES)
    assert row.match_article_id == first
    assert 0.4 <= row.match_score <= 1


def test_other_events_stay_apart(engine: Engine) -> None:
    put(engine, [*other_news(*LANGUAGES), told("flood", "en"), told("strike", "fi")])
    found = placed(engine)
    assert len({story_id for story_id, _ in found.values()}) == len(found)


def test_without_embeddings_nothing_is_joined_or_kept(engine: Engine) -> None:
    put(
        engine,
        [unembedded(page) for page in (*other_news("en", "fi"), told("flood", "en"), told("flood", "fi"))],
    )
    found = placed(engine)
    assert found["flood-en-1"][0] != found["flood-fi-1"][0]
    with begin_read(engine) as connection:
        assert connection.execute(select(story_embeddings)).all() == []


def test_two_stories_become_one_when_a_report_shows_that_they_are(engine: Engine) -> None:
    put(engine, other_news(*LANGUAGES))
    put(engine, [unembedded(told("flood", "en")), told("flood", "fi"), told("flood", "fi", 2)])
    before = placed(engine)
    assert before["flood-en-1"][0] != before["flood-fi-1"][0] == before["flood-fi-2"][0]
    put(engine, [told("flood", "en", 2)])
    after = placed(engine)
    assert len({after[key][0] for key in after if key.startswith("flood")}) == 1


def test_a_second_report_in_the_language_joins_by_its_words(engine: Engine) -> None:
    put(engine, [*other_news(*LANGUAGES), told("flood", "en"), told("flood", "fi"), told("flood", "th")])
    put(engine, [told("flood", "fi", 2)])
    found = placed(engine)
    assert found["flood-fi-2"] == (found["flood-en-1"][0], "same_event")


def test_vectors_of_another_model_are_not_compared(engine: Engine) -> None:
    put(engine, [told("flood", "en", model="tiny@1")])
    put(engine, other_news("fi", "en"))
    put(engine, [told("flood", "fi", model="tiny@2")])
    found = placed(engine)
    assert found["flood-en-1"][0] != found["flood-fi-1"][0]


def test_the_same_words_a_week_later_are_another_event(engine: Engine) -> None:
    put(engine, [*other_news("en", "fi"), told("flood", "en")])
    put(engine, [told("flood", "fi", day=8)])
    found = placed(engine)
    assert found["flood-en-1"][0] != found["flood-fi-1"][0]


def test_an_article_without_a_date_is_told_on_the_day_it_is_seen(engine: Engine) -> None:
    put(engine, [*other_news("en", "fi"), told("flood", "en", day=None)])
    put(engine, [told("flood", "fi", day=1)])
    found = placed(engine)
    assert found["flood-en-1"][0] == found["flood-fi-1"][0]


def test_what_a_person_split_is_not_joined_again(engine: Engine) -> None:
    put(engine, [*other_news("en", "fi", "th"), told("flood", "en"), told("flood", "fi")])
    story_id = placed(engine)["flood-en-1"][0]
    with begin_write(engine) as connection:
        article = connection.scalar(select(articles.c.id).where(articles.c.title.startswith("flood-fi")))
        assert article is not None
        split_story(connection, story_id, [article], DAY)
    put(engine, [told("flood", "en", 2), told("flood", "th"), told("flood", "fi", 2)])
    found = placed(engine)
    assert found["flood-en-1"][0] != found["flood-fi-1"][0]


def test_stories_that_fit_less_well_stay_apart_and_are_linked(engine: Engine) -> None:
    put(engine, [*other_news("en", "fi"), told("flood", "en")])
    put(engine, [told("flood", "fi", day=2.3)])  # days apart count: the same words fit less well
    found = placed(engine)
    with begin_read(engine) as connection:
        links = connection.execute(select(story_links)).all()
    assert [(link.from_story_id, link.to_story_id, link.kind) for link in links] == [
        (found["flood-fi-1"][0], found["flood-en-1"][0], "translation")
    ]


def test_a_text_that_changes_keeps_its_place_and_takes_its_new_vector(engine: Engine) -> None:
    put(engine, [*other_news("en", "fi"), told("flood", "en"), told("flood", "fi")])
    page = told("flood", "fi")
    changed = told("strike", "fi", 9)
    article = replace(page.article, title=page.article.title + " paivitetty", text=changed.article.text)
    put(engine, [replace(page, article=article, embedding=changed.embedding)])
    found = placed(engine)
    assert found["flood-en-1"][0] == found["flood-fi-1"][0]
    assert changed.embedding is not None
    with begin_read(engine) as connection:
        vectors = connection.scalars(select(story_embeddings.c.vector)).all()
    assert changed.embedding.vector in vectors


def test_a_batch_gives_what_articles_one_by_one_give(engine: Engine) -> None:
    pages = [
        *other_news(*LANGUAGES),
        *(told(event, name) for event in ("flood", "strike") for name in LANGUAGES),
    ]
    for page in pages:
        put(engine, [page])
    found = placed(engine)
    for event in ("flood", "strike"):
        assert len({found[f"{event}-{name}-1"][0] for name in LANGUAGES}) == 1
    assert found["flood-en-1"][0] != found["strike-en-1"][0]


def test_writing_the_same_twice_changes_nothing(engine: Engine) -> None:
    pages = [*other_news("en", "fi"), told("flood", "en"), told("flood", "fi")]
    put(engine, pages)
    before = placed(engine)
    write_batch(engine, pages, crawl_id=None, now=DAY + timedelta(hours=1))
    assert placed(engine) == before


def test_embeddings_leave_with_the_window(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_window, "WINDOW_ARTICLES", 20)
    monkeypatch.setattr(story_window, "TRIMMED_AT_ONCE", 10)
    for number in range(0, 50, 10):
        put(engine, [told(f"event{n}", "en", n) for n in range(number, number + 10)])
    with begin_read(engine) as connection:
        kept = connection.scalars(select(story_embeddings.c.article_id)).all()
    assert min(kept) > 10
    assert 20 <= len(kept) <= 40
