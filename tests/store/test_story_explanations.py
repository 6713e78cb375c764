"""Why an article stands in its story: told from what is stored, however long ago it was decided."""

import pytest
from cleaned_pages import NOON
from sqlalchemy import Engine, update
from test_story_index import put, rows
from told_event import ALL, NEAR_COPY, ORIGINAL

from newscrawl.store import begin_read, begin_write
from newscrawl.store.article_tables import articles
from newscrawl.store.story_explanations import explain_story
from newscrawl.store.story_record import split_story
from newscrawl.store.story_tables import story_article_index
from newscrawl.stories.explain import Explanation


def explained(engine: Engine) -> dict[str, Explanation]:
    found = rows(engine)
    keys = {row.id: key for key, row in found.items()}
    with begin_read(engine) as connection:
        told = explain_story(connection, found["original"].story_id)
    return {keys[explanation.article_id]: explanation for explanation in told}


def test_the_factors_make_the_score_and_the_words_the_cosine(engine: Engine) -> None:
    put(engine, ALL, one_by_one=True)
    told = explained(engine)
    assert set(told) == set(rows(engine)) - {"look_alike"}
    for one in told.values():
        assert one.score and one.cosine and one.days and one.moments
        assert one.score == pytest.approx(one.cosine * one.days * one.moments, rel=1e-3)
        assert {word.word for word in one.words} >= {"kvalsund", "bridge"}
        assert 0 < sum(word.share for word in one.words) < 1
    assert told["follow_up"].gap_days == pytest.approx(1.6, abs=0.1)
    # Of the newest article nothing has changed since it was decided.
    follow_up = rows(engine)["follow_up"]
    assert told["follow_up"].score == pytest.approx(follow_up.match_score, abs=2e-3)


def test_a_copy_tells_how_much_it_copies_and_what_lost(engine: Engine) -> None:
    put(engine, ALL)
    found, told = rows(engine), explained(engine)
    assert told["near_copy"].copied == pytest.approx(found["near_copy"].match_score, abs=1e-3)
    assert told["original"].copied is None
    assert told["near_copy"].nearest_article_id == found["original"].id
    (other,) = told["report"].lost
    assert other.story_id == found["look_alike"].story_id
    assert other.score < 0.18


def test_an_article_whose_terms_are_gone_is_explained_from_its_text(engine: Engine) -> None:
    put(engine, ALL)
    before = explained(engine)
    with begin_write(engine) as connection:
        connection.execute(update(story_article_index).values(terms=None))
        connection.execute(update(articles).values(match_score=None))
    after = explained(engine)
    assert after["report"].cosine == before["report"].cosine
    assert after["report"].words == before["report"].words


def test_an_article_that_is_alone_has_no_score(engine: Engine) -> None:
    put(engine, [ORIGINAL, NEAR_COPY])
    found = rows(engine)
    with begin_write(engine) as connection:
        split_story(connection, found["original"].story_id, [found["near_copy"].id], NOON)
    told = explained(engine)["original"]
    assert (told.score, told.words, told.nearest_article_id) == (None, (), None)
