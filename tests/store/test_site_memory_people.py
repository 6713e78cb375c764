"""A person's word on a block: it wins over all evidence, and the stored articles follow."""

import pytest
from sqlalchemy import Engine
from test_site_memory_store import NOW, framed_pages, state_of, stored_texts, write

import site_memory_texts as texts
from newscrawl.clean.site_memory import BlockState
from newscrawl.errors import NewscrawlError
from newscrawl.store.site_memory_people import catch_up, list_blocks, settle_blocks, settle_text
from newscrawl.store.site_memory_versions import lagging_sites

SITE = "fellpost.example"


def block_id(engine: Engine, text: str) -> int:
    with engine.connect() as connection:
        return next(block.id for block in list_blocks(connection, site=SITE) if block.text == text)


def settle(engine: Engine, text: str, state: BlockState) -> None:
    for site in settle_blocks(engine, [block_id(engine, text)], state, now=NOW):
        catch_up(engine, site, now=NOW)


def test_an_allowed_block_comes_back_at_its_place_and_stays(engine: Engine) -> None:
    write(engine, framed_pages(4))
    settle(engine, texts.AIR, BlockState.ALLOWED)
    write(engine, framed_pages())
    for (_, own), stored in zip(texts.ARTICLES, stored_texts(engine).values(), strict=True):
        assert stored == (*own[:2], texts.AIR, *own[2:])
    assert state_of(engine, texts.AIR) == ("allowed", 12)


def test_a_denied_block_is_cut_before_there_is_evidence_enough(engine: Engine) -> None:
    write(engine, framed_pages(2))
    settle(engine, texts.BIO, BlockState.DENIED)
    assert all(texts.BIO not in stored for stored in stored_texts(engine).values())
    assert all(texts.PROMO in stored for stored in stored_texts(engine).values())


def test_a_word_can_be_taken_back(engine: Engine) -> None:
    write(engine, framed_pages(2))
    before = stored_texts(engine)
    settle(engine, texts.BIO, BlockState.DENIED)
    settle(engine, texts.BIO, BlockState.LEARNING)
    assert stored_texts(engine) == before


def test_a_block_that_was_never_seen_can_be_denied_by_its_text(engine: Engine) -> None:
    paragraphs = texts.ARTICLES[0][1]
    assert settle_text(engine, SITE, paragraphs[1].upper(), BlockState.DENIED, now=NOW) == 1
    write(engine, framed_pages(1))
    assert paragraphs[1] not in next(iter(stored_texts(engine).values()))


def test_a_stopped_command_is_finished_later(engine: Engine) -> None:
    write(engine, framed_pages(4))
    with engine.connect() as connection:
        assert lagging_sites(connection) == {}
    settle_blocks(engine, [block_id(engine, texts.BIO)], BlockState.ALLOWED, now=NOW)
    with engine.connect() as connection:
        assert list(lagging_sites(connection)) == [SITE]
    assert catch_up(engine, SITE, now=NOW) == 4
    assert catch_up(engine, SITE, now=NOW) == 0
    with engine.connect() as connection:
        assert lagging_sites(connection) == {}


def test_an_unknown_block_changes_nothing(engine: Engine) -> None:
    write(engine, framed_pages(3))
    with pytest.raises(NewscrawlError, match="there is no block 99"):
        settle_blocks(engine, [1, 99], BlockState.ALLOWED, now=NOW)
    with engine.connect() as connection:
        assert {block.state for block in list_blocks(connection)} == {"active"}


def test_a_text_without_words_is_refused(engine: Engine) -> None:
    with pytest.raises(NewscrawlError, match="at least one word"):
        settle_text(engine, SITE, " — ", BlockState.DENIED, now=NOW)
