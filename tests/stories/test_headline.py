"""The outlet's name behind a headline."""

import numpy as np
import pytest

from newscrawl.stories import fingerprint_article
from newscrawl.stories.headline import split_headline
from newscrawl.stories.terms import term_ids


@pytest.mark.parametrize("separator", [" | ", " - ", " – ", " — "])
def test_a_short_part_after_the_last_separator_may_be_the_outlets_name(separator: str) -> None:
    title = f"Harbour of Repvik freezes over again{separator}Fjord Post"
    assert split_headline(title) == ("Harbour of Repvik freezes over again", "Fjord Post")


@pytest.mark.parametrize(
    "title",
    [
        "Harbour of Repvik freezes over again",
        "Repvik - the harbour freezes over",
        "Well-known harbour freezes",
        "Harbour of Repvik freezes over - what the ferry company says it will do now",
        "",
    ],
)
def test_a_title_without_one_stays_whole(title: str) -> None:
    assert split_headline(title) == (title, "")


def test_an_outlets_name_weighs_less_than_the_headline() -> None:
    made = fingerprint_article("Harbour of Repvik freezes over again | Fjord Post", "", "en")
    weights = dict(
        zip(np.frombuffer(made.word_ids, np.uint32), np.frombuffer(made.word_tf, np.float32), strict=True)
    )
    assert weights[term_ids("harbour")[0]] == 3
    assert weights[term_ids("fjord")[0]] == 1
