import pytest
from hypothesis import given
from hypothesis import strategies as st

from newscrawl.clean.typography import tidy


@pytest.mark.parametrize(
    ("broken", "mended"),
    [
        ("  two\n\twords\xa0 ", "two words"),
        ("soft\u00adhyphen and zero\u200bwidth", "softhyphen and zerowidth"),
        ("Tom &amp;amp; Jerry&amp;#8217;s", "Tom & Jerry’s"),
        ("a \x96 b", "a – b"),
        ("bell\x07 and null\x00", "bell and null"),
        ("lone \ud800 surrogate", "lone ? surrogate"),
        ("AT&T; R&D", "AT&T; R&D"),
        ("می‌خواهم", "می‌خواهم"),
    ],
)
def test_text_is_mended(broken, mended):
    assert tidy(broken) == mended


@given(st.text())
def test_tidy_text_stays_as_it_is(text):
    once = tidy(text)
    assert tidy(once) == once


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("C",))))
def test_nothing_but_white_space_and_invisible_characters_is_lost(text):
    if "&" not in text:
        kept = [char for char in text if not char.isspace() and char not in "\u00ad\u200b\u2060\ufeff\u180e"]
        assert [char for char in tidy(text) if not char.isspace()] == kept
