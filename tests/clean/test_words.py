import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.clean.words import count_sentences, count_words, is_date_line, looks_like_names, lower_words


@pytest.mark.parametrize(
    "text",
    [
        "May 24, 2024",
        "• Fri. May 24th, 2024",
        "Updated: 3 March 2025, 10:15 am",
        "12.03.2025 07:05 | Last update : 13.03.2025 09:00",
        "Veröffentlicht am 4. Januar 2012, 13:05 Uhr",
        "2012年01月12日 16:36",
        "5 minutes ago",
        "11 сентября 2011, 12:30",
    ],
)
def test_a_line_of_nothing_but_a_date_is_one(text):
    assert is_date_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "In May 2024 he left.",
        "May",
        "Terminal 3",
        "20 people died",
        "May 24, 2024, was a good day for the town",
    ],
)
def test_prose_with_a_date_is_no_date_line(text):
    assert not is_date_line(text)


def test_characters_of_scripts_without_spaces_count_as_part_of_a_word():
    assert count_words("今天下雨了") == pytest.approx(3.0)


def test_sentences_end_in_many_scripts():
    assert count_sentences("One. Two! 三。 चार। خمسة؟") == 5


@pytest.mark.parametrize("text", ["Ada Berg", "Jan van den Berg, Li Wei and Ada Berg", "أحمد علي"])
def test_names_look_like_names(text):
    assert looks_like_names(text)


@pytest.mark.parametrize("text", ["the harbour", "Rain in March 2024", "Ada Berg went home yesterday"])
def test_other_words_do_not(text):
    assert not looks_like_names(text)


_LATIN = st.text(st.characters(codec="cp1252"), max_size=60)


@given(_LATIN | st.text(max_size=60))
def test_words_in_lower_case_are_those_of_the_plain_pattern(text):
    assert lower_words(text) == re.findall(r"\w+", text.lower())
