import random

import justext
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from justext import core
from justext.paragraph import Paragraph

from newscrawl.clean.justext_vote import (
    JustextClass,
    classify_alone,
    classify_in_context,
    justext_vote,
    stop_words,
)
from newscrawl.clean.parse import parse_page
from newscrawl.clean.walk import read_blocks

_NAMES = {"bad": 0, "short": 1, "neargood": 2, "good": 3}


class _Path:
    def __init__(self, heading: bool) -> None:
        self.dom = "body.h2" if heading else "body.p"
        self.xpath = "/body[1]/p[1]"


def _paragraph(text: str, linked: int, heading: bool) -> Paragraph:
    paragraph = Paragraph(_Path(heading))
    paragraph.append_text(text)
    paragraph.chars_count_in_links = linked
    return paragraph


def _theirs(specs: list[tuple[str, int, bool]], stop: frozenset[str]) -> tuple[list[int], list[int]]:
    paragraphs = [_paragraph(*spec) for spec in specs]
    core.classify_paragraphs(paragraphs, stop)
    core.revise_paragraph_classification(paragraphs)
    return (
        [_NAMES[paragraph.cf_class] for paragraph in paragraphs],
        [_NAMES[paragraph.class_type] for paragraph in paragraphs],
    )


def _ours(specs: list[tuple[str, int, bool]], stop: frozenset[str]) -> tuple[list[int], list[int]]:
    texts = [text for text, _, _ in specs]
    lengths = [len(text) for text in texts]
    densities = [sum(word.lower() in stop for word in text.split()) / len(text.split()) for text in texts]
    marks = ["\xa9" in text for text in texts]
    alone = classify_alone(lengths, densities, [linked for _, linked, _ in specs], marks)
    return alone, classify_in_context(alone, lengths, [heading for _, _, heading in specs])


_WORDS = ["the", "of", "and", "to", "rain", "harbour", "minister", "said", "ferry", "©"]
_SPECS = st.lists(
    st.tuples(
        st.lists(st.sampled_from(_WORDS), min_size=1, max_size=60).map(" ".join),
        st.sampled_from([0, 0, 0, 5, 40]),
        st.booleans(),
    ),
    max_size=25,
)


@settings(max_examples=300, deadline=None)
@given(_SPECS)
def test_our_classes_are_justexts_own_on_any_sequence_of_paragraphs(specs):
    stop = stop_words("en")
    assert _ours(specs, stop) == _theirs(specs, stop)


def test_our_classes_are_justexts_own_on_long_random_pages():
    rng = random.Random(7)
    stop = stop_words("en")
    for _ in range(40):
        specs = [
            (
                " ".join(rng.choices(_WORDS, k=rng.choice([1, 3, 12, 20, 60]))),
                rng.choice([0, 0, 30]),
                rng.random() < 0.2,
            )
            for _ in range(rng.randrange(1, 120))
        ]
        assert _ours(specs, stop) == _theirs(specs, stop)


@pytest.mark.parametrize("language", ["en", "de-AT", "pt_BR", "nb", "el"])
def test_a_language_tag_leads_to_justexts_list(language):
    assert len(stop_words(language)) > 50


def test_every_list_that_is_named_exists():
    from newscrawl.clean.justext_vote import STOP_LISTS

    assert set(STOP_LISTS.values()) <= set(justext.get_stoplists())


def test_a_language_without_a_list_has_no_stop_words():
    assert stop_words("zh") == frozenset()


def test_the_classes_are_ordered_by_how_much_they_speak_for_prose():
    assert JustextClass.BAD < JustextClass.SHORT < JustextClass.NEAR_GOOD < JustextClass.GOOD


@settings(max_examples=60, deadline=None)
@given(_SPECS, st.sets(st.integers(0, 24)))
def test_the_classes_do_not_depend_on_whose_stop_words_are_asked_for(specs, asked):
    html = "".join(
        f"<h2>{text}</h2>" if heading else f"<p>{text[linked:]}<a href=x>{text[:linked]}</a></p>"
        for text, linked, heading in specs
    )
    blocks = read_blocks(parse_page(f"<body>{html}</body>").root).blocks
    every, some = justext_vote(blocks, "en"), justext_vote(blocks, "en", asked)
    assert (some.alone, some.in_context) == (every.alone, every.in_context)
    wanted = [at for at in asked if at < len(blocks)]
    assert [some.stop_density[at] for at in wanted] == [every.stop_density[at] for at in wanted]
