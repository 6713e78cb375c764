"""Follow-ups are told from second reports of one event by their words and the gap of time."""

import pytest
from follow_up_cases import EVENTS, Later

from newscrawl.stories.follow_up import backward_cues, is_follow_up

UNSEEN = [later for event in EVENTS[1::2] for later in event]
"""The events that the rules were not written with."""


def flagged(later: Later, gap_days: float | None = None) -> bool:
    return is_follow_up(backward_cues(later.title, later.lead, "en"), gap_days)


def test_there_are_forty_follow_ups_of_all_kinds() -> None:
    follow_ups = [later for event in EVENTS for later in event if later.kind != "report"]
    assert len(follow_ups) >= 40
    kinds = {later.kind for later in follow_ups}
    assert kinds == {"reaction", "next step", "anniversary", "correction", "trial", "result", "reversal"}


def test_precision_and_recall_on_the_unseen_half_of_the_cases() -> None:
    told = [(flagged(later, later.gap_days), later.kind != "report") for later in UNSEEN]
    hits = sum(flag and real for flag, real in told)
    assert hits / sum(flag for flag, _ in told) >= 0.95
    assert hits / sum(real for _, real in told) >= 0.80


def test_nothing_of_the_same_day_is_a_follow_up() -> None:
    assert not any(flagged(later, 0.3) for event in EVENTS for later in event)


def test_without_dates_only_words_that_count_the_days_are_believed() -> None:
    assert flagged(Later("", 0, "Trains run again", "Trains run again, two days after the derailment."))
    assert not flagged(Later("", 0, "Man sentenced to ten years", "A man was jailed for murder on Friday."))


@pytest.mark.parametrize(("gap_days", "expected"), [(2.0, True), (30.0, False)])
def test_a_count_of_days_must_agree_with_the_gap(gap_days: float, expected: bool) -> None:
    later = Later("", 0, "Line open", "Trains run on the line, two days after a derailment near Vidin.")
    assert flagged(later, gap_days) is expected


def test_other_languages_count_days_too() -> None:
    assert flagged(Later("", 0, "Neue Gespräche", "Zwei Tage nach der Absage soll es neue Gespräche geben."))
    assert flagged(Later("", 0, "Новая встреча", "Через два дня после отмены визита стороны договорились."))
