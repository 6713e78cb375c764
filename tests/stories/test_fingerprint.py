"""Words become numbers that mean the same everywhere and at any time."""

import pickle

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.stories import fingerprint_article
from newscrawl.stories.background import background_frequencies
from newscrawl.stories.moments import CHANNEL_SHIFT, count_moments
from newscrawl.stories.shingles import containment, minhash_bands, word_shingles
from newscrawl.stories.terms import prefix_of, term_ids
from newscrawl.stories.text_key import text_hash
from newscrawl.stories.tokens import tokenize

TEXT = (
    "The lock keeper found the barge at dawn. It had broken loose from its moorings upstream and drifted for "
    "eleven kilometres past three bridges, through a regatta and under the nose of the river police, before "
    "it came to rest across the gate of the lock with its lamps still burning."
)


def test_a_fingerprint_survives_pickling_and_is_the_same_again() -> None:
    one = fingerprint_article("A barge adrift", TEXT, "en")
    assert pickle.loads(pickle.dumps(one)) == one == fingerprint_article("A barge adrift", TEXT, "en")


def test_ids_are_fixed_for_ever() -> None:
    assert term_ids("barge") == (3864762335, 2694032848)
    assert fingerprint_article("", TEXT, "en").text_hash == text_hash(tokenize(TEXT))


def test_case_punctuation_and_paragraphs_do_not_change_the_text_hash() -> None:
    changed = TEXT.upper().replace(". ", " —\n\n").replace(",", " ;")
    assert fingerprint_article("", changed, None).text_hash == fingerprint_article("", TEXT, None).text_hash


def test_a_teaser_has_no_text_hash_and_no_bands() -> None:
    teaser = fingerprint_article("Video", "Watch the video. Accept cookies to go on.", "en")
    assert (teaser.text_hash, teaser.bands, teaser.shingles) == (None, b"", b"")


def test_text_without_spaces_becomes_pairs_of_characters() -> None:
    assert tokenize("東京で地震") == ["東京", "京で", "で地", "地震"]


def test_a_name_has_one_prefix_in_several_scripts_and_forms() -> None:
    assert prefix_of("зеленского") == prefix_of("zelenskij") == "zelens"
    assert prefix_of("élections") == prefix_of("electionen")


def test_common_words_are_common_in_their_own_language() -> None:
    ids = np.array([term_ids("die")[0], term_ids("said")[0]], np.uint32)
    german, english = background_frequencies(ids, "de"), background_frequencies(ids, "en")
    assert german[0] > 490
    assert english[1] > 100 > german[1]


def test_weekdays_and_months_are_found_in_their_forms() -> None:
    weekday = next(iter(count_moments(["monday"], "en")))
    assert set(count_moments(["понедельником"], "ru")) == set(count_moments(["montag"], "de")) == {weekday}
    assert weekday >> CHANNEL_SHIFT == 0


def test_containment_is_the_share_of_the_shorter_text() -> None:
    words = np.arange(300, dtype=np.uint32)
    whole, part = word_shingles(words, 3), word_shingles(words[:100], 3)
    assert containment(whole, part, len(whole), len(part)) == 1.0
    assert containment(whole, word_shingles(words + 1000, 3), len(whole), len(whole)) == 0.0


def test_containment_of_samples_is_near_the_true_one() -> None:
    words = np.random.default_rng(1).integers(0, 1 << 31, 4000).astype(np.uint32)
    one, other = word_shingles(words[:3000], 3), word_shingles(words[1500:], 3)
    true = containment(one, other, len(one), len(other))
    assert abs(containment(one[:600], other[:500], len(one), len(other)) - true) < 0.08


def test_equal_sets_share_all_bands_and_strangers_none() -> None:
    words = np.arange(400, dtype=np.uint32)
    bands = set(minhash_bands(word_shingles(words, 2)).tolist())
    assert len(bands) == 64
    assert not bands & set(minhash_bands(word_shingles(words + 5000, 2)).tolist())


@given(st.text(max_size=300), st.text(max_size=2000))
def test_any_text_has_a_fingerprint(title: str, text: str) -> None:
    fingerprint = fingerprint_article(title, text, None)
    assert len(fingerprint.word_ids) == len(fingerprint.word_tf)
