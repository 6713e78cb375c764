import time

from hypothesis import given
from hypothesis import strategies as st

from newscrawl.report.text_diff import diff_lines

LONG = " ".join(f"word{n}" for n in range(60))


def test_unchanged_paragraphs_are_not_shown() -> None:
    assert list(diff_lines(["One.", "Two."], ["One.", "Two."])) == []


def test_a_paragraph_that_went_and_one_that_came() -> None:
    lines = list(diff_lines(["One.", "Old words.", "Two."], ["One.", "Two.", "Something else entirely."]))
    assert lines == ["- Old words.", "+ Something else entirely."]


def test_changed_words_are_marked_inside_their_paragraph() -> None:
    old = "At least 12 people died in the fire, the police said."
    new = "At least 14 people died in the fire on Monday, the police said."
    assert list(diff_lines([old], [new])) == [
        "~ At least [-12-]{+14+} people died in the [-fire,-]{+fire on Monday,+} the police said."
    ]


def test_long_unchanged_stretches_are_cut() -> None:
    (line,) = diff_lines([f"{LONG} old end"], [f"{LONG} new end"])
    assert line == "~ …word52 word53 word54 word55 word56 word57 word58 word59 [-old-]{+new+} end"


def test_ten_thousand_changed_paragraphs_are_told_soon() -> None:
    started = time.process_time()
    old, new = ([f"{side} {n} {LONG}" for n in range(10_000)] for side in ("old", "new"))
    assert len(list(diff_lines(old, new))) == 20_000
    assert time.process_time() - started < 5


PARAGRAPHS = st.lists(st.text(st.sampled_from("ab c"), min_size=1), max_size=6)


@given(PARAGRAPHS, PARAGRAPHS)
def test_a_difference_is_shown_where_there_is_one(old: list[str], new: list[str]) -> None:
    assert bool(list(diff_lines(old, new))) == (old != new)
