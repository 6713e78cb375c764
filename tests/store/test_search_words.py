import time

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.store.search_words import MAX_WORDS, fold, index_words, query_words

TEXT = st.text(
    st.sampled_from("aéÉßłŁİıῼΣς신문新闻報ガｶﾞกำहिन्دَ_%'\" -1²") | st.characters(codec="utf-8"), max_size=30
)


@given(TEXT)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXT)
def test_case_makes_no_difference(text: str) -> None:
    assert index_words(text.casefold()) == index_words(text)


@given(TEXT)
def test_a_text_is_found_by_its_own_words(text: str) -> None:
    indexed = set(index_words(text))
    for word, is_prefix in query_words(text):
        assert word in indexed or (is_prefix and any(known.startswith(word) for known in indexed))


@given(st.text(st.characters(codec=None)))
def test_a_word_holds_nothing_that_a_query_language_knows(text: str) -> None:
    for word in index_words(text):
        assert not set(word) & set("'\"\\*:&|!()<>^ _%-")


def test_long_texts_end_somewhere_and_cost_linear_time() -> None:
    started = time.process_time()
    assert len(index_words("新" * 500_000)) == MAX_WORDS
    assert len(index_words("a " * 500_000)) == MAX_WORDS
    assert len(index_words("a" * 5_000_000)[0]) < 100
    assert time.process_time() - started < 5
