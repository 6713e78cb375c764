"""How known blocks are cut from an article, and how a cut is undone."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

import site_memory_texts as texts
from newscrawl.clean.site_memory import (
    DENIED_RULE,
    LEARNED_RULE,
    BlockState,
    KnownBlock,
    apply_memory,
    kept_positions,
    memory_page,
    recall,
    undo_memory,
)
from newscrawl.clean.site_memory_kind import kind_of_words
from newscrawl.clean.site_memory_page import MemoryPage, block_key
from newscrawl.model import Article, ArticleStatus, BlockKind, RemovedBlock

SITE = "fellpost.example"


def article(paragraphs: tuple[str, ...], removed: tuple[RemovedBlock, ...] = ()) -> Article:
    url = "https://fellpost.example/a"
    return Article(
        url=url,
        canonical_url=url,
        status=ArticleStatus.OK,
        cleaner_version="1",
        title="A title",
        text="\n\n".join(paragraphs),
        removed=removed,
    )


def known(*blocks: str, state: BlockState = BlockState.ACTIVE) -> dict[int, KnownBlock]:
    keys = [block_key(SITE, text) for text in blocks]
    return {key: KnownBlock(BlockKind.PROMO, state) for key in keys if key is not None}


def removed_at(*positions: int) -> tuple[RemovedBlock, ...]:
    return tuple(RemovedBlock(BlockKind.AD, "ad:label", f"Ad {p}", "/html/body/p", p) for p in positions)


def test_known_blocks_leave_the_text_and_stand_on_record_with_their_position() -> None:
    paragraphs = texts.ARTICLES[0][1]
    cut = recall(SITE, article(texts.framed(paragraphs), removed_at(0, 4)), known(*texts.STANDING))
    assert cut.paragraphs == paragraphs
    # Kept blocks stood at 1, 2, 3, 5, 6, 7, 8, 9: the places that no removed block has.
    by_memory = [(block.position, block.text) for block in cut.removed if block.rule == LEARNED_RULE]
    assert by_memory == [(3, texts.AIR), (7, texts.BIO), (8, texts.NOTICE), (9, texts.PROMO)]
    assert [block.position for block in cut.removed] == [0, 3, 4, 7, 8, 9]


def test_what_was_cut_can_be_put_back_at_its_place() -> None:
    before = article(texts.framed(texts.ARTICLES[0][1]), removed_at(0, 4, 20))
    cut = recall(SITE, before, known(*texts.STANDING))
    back = undo_memory(cut.paragraphs, cut.removed)
    assert (back.paragraphs, back.removed) == (before.paragraphs, before.removed)


def test_recalling_twice_changes_nothing_more() -> None:
    once = recall(SITE, article(texts.framed(texts.ARTICLES[0][1])), known(*texts.STANDING))
    assert recall(SITE, once, known(*texts.STANDING)) is once


def test_a_block_that_is_known_no_longer_comes_back() -> None:
    before = article(texts.framed(texts.ARTICLES[0][1]))
    cut = recall(SITE, before, known(*texts.STANDING))
    assert texts.BIO in recall(SITE, cut, known(texts.PROMO)).paragraphs
    assert recall(SITE, cut, {}) == before


def test_an_allowed_block_stays() -> None:
    before = article(texts.framed(texts.ARTICLES[0][1]))
    assert recall(SITE, before, known(texts.BIO, state=BlockState.ALLOWED)) is before
    assert recall(SITE, before, known(texts.BIO, state=BlockState.LEARNING)) is before


def test_learned_blocks_take_a_bounded_share_of_an_article_the_last_ones_first() -> None:
    paragraphs = (*texts.ARTICLES[0][1][:1], texts.NOTICE, texts.AIR, texts.BIO, texts.PROMO)
    cut = recall(SITE, article(paragraphs), known(*texts.STANDING))
    assert cut.paragraphs[0] == paragraphs[0]
    assert cut.paragraphs[1:] == (texts.NOTICE,)


def test_a_denied_block_is_cut_wherever_it_stands_whatever_its_share() -> None:
    paragraphs = (
        "What happens next",
        *texts.ARTICLES[0][1][:1],
        texts.NOTICE,
        texts.AIR,
        texts.BIO,
        texts.PROMO,
    )
    denied = known(*texts.STANDING, "What happens next", state=BlockState.DENIED)
    cut = recall(SITE, article(paragraphs), denied)
    assert cut.paragraphs == (paragraphs[1],)
    assert {block.rule for block in cut.removed} == {DENIED_RULE}


@pytest.mark.parametrize("state", [BlockState.ACTIVE, BlockState.DENIED])
def test_a_text_never_becomes_empty(state: BlockState) -> None:
    cut = recall(SITE, article((texts.BIO,)), known(texts.BIO, state=state))
    assert cut.paragraphs == (texts.BIO,)
    both = recall(SITE, article((texts.NOTICE, texts.BIO)), known(texts.NOTICE, texts.BIO, state=state))
    assert both.paragraphs[:1] == (texts.NOTICE,)


def test_the_first_sentence_of_a_live_blog_stays_even_where_other_pages_taught_it() -> None:
    paragraphs = (texts.NOTICE, *texts.ARTICLES[0][1], texts.PROMO)
    live = MemoryPage("https://fellpost.example/live/harbour", "Harbour", "en", (), paragraphs)
    result = apply_memory(SITE, live, (), known(*texts.STANDING))
    assert result.paragraphs == (texts.NOTICE, *texts.ARTICLES[0][1])


def test_positions_of_kept_blocks_are_those_that_nothing_removed_has() -> None:
    assert kept_positions(4, removed_at(0, 2, 2, 9)) == [1, 3, 4, 5]


@given(st.lists(st.integers(0, 12), max_size=8), st.integers(1, 8), st.data())
def test_cut_and_put_back_is_the_identity(positions: list[int], count: int, data: st.DataObject) -> None:
    pool = [text for _, paragraphs in texts.ARTICLES for text in paragraphs]
    paragraphs = tuple(random.Random(count).sample(pool, count))
    chosen = data.draw(st.lists(st.sampled_from(paragraphs), unique=True))
    before = article(paragraphs, removed_at(*sorted(positions)))
    state = data.draw(st.sampled_from([BlockState.ACTIVE, BlockState.DENIED]))
    cut = recall(SITE, before, known(*chosen, state=state))
    assert set(cut.paragraphs) >= set(paragraphs) - set(chosen)
    assert undo_memory(cut.paragraphs, cut.removed).paragraphs == paragraphs
    assert memory_page(cut).paragraphs == paragraphs


@pytest.mark.parametrize(
    ("text", "authors", "kind"),
    [
        (texts.BIO, ["Mara Lindqvist"], BlockKind.BIO),
        ("© 2026 Fell Post. All rights reserved.", [], BlockKind.LEGAL),
        ("Related", [], BlockKind.RELATED),
        (texts.PROMO, [], BlockKind.PROMO),
    ],
)
def test_the_kind_of_a_learned_block_is_told_by_its_words(
    text: str, authors: list[str], kind: BlockKind
) -> None:
    assert kind_of_words(text, authors) is kind
