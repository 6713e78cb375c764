import lzma
import random

import justext
import numpy as np
import py3langid
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from newscrawl.clean import language_model
from newscrawl.clean.justext_vote import STOP_LISTS
from newscrawl.clean.language_model import language_of, read_model


def test_the_installed_py3langid_keeps_its_model_in_the_form_that_is_read_here():
    assert language_model._own_model() is not None


def sentences_of(name, count=12):
    """Texts of a language's commonest words, long and short, in an order that is the same in each run."""
    words = sorted(justext.get_stoplist(name))
    pick = random.Random(name)
    for _ in range(count):
        yield " ".join(pick.choices(words, k=pick.randrange(1, 90)))


@pytest.mark.parametrize("name", sorted(set(STOP_LISTS.values())))
def test_texts_in_every_language_of_justext_get_the_answer_of_py3langid(name):
    for text in sentences_of(name):
        assert language_of(text) == py3langid.classify(text)[0]
        assert language_of(text.upper()) == py3langid.classify(text.upper())[0]


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_any_text_gets_the_answer_of_py3langid(text):
    assert language_of(text) == py3langid.classify(text)[0]


@pytest.mark.parametrize("text", ["", "a", "\ud800", "\x00\x00", "é" * 3_000, "ABC", "新闻", "กขค" * 40])
def test_edges_get_the_answer_of_py3langid(text):
    assert language_of(text) == py3langid.classify(text)[0]


def test_the_model_takes_an_eighth_of_the_memory():
    model = language_model._own_model()
    weights = model.weights
    arrays = [*model.codes, *model.features, weights.starts, weights.classes, weights.values]
    assert sum(array.nbytes for array in arrays) < 12_000_000


def test_a_file_of_another_form_is_refused(tmp_path):
    path = tmp_path / "model.npz.xz"
    with lzma.open(path, "wb") as packed:
        np.savez(packed, classes=np.array(["en"]), pc=np.zeros(1, np.float32))
    with pytest.raises(KeyError):
        read_model(path)
