import numpy as np

from newscrawl.clean.parse import parse_page
from newscrawl.clean.second_look import LOOK_NAMES, look_columns
from newscrawl.clean.structure import read_structure
from newscrawl.clean.walk import read_blocks

LINE = "The council voted on Tuesday to close the old ferry pier until spring."


def looked(html, scores):
    page = read_blocks(parse_page(html).root)
    columns = look_columns(page, read_structure(page), np.array(scores, np.float32))
    return {name: columns[:, at].tolist() for at, name in enumerate(LOOK_NAMES)}


def test_a_block_knows_the_scores_of_its_neighbours_and_that_the_page_ends():
    columns = looked(f"<p>{LINE}</p>" * 3, [0.9, 0.1, 0.8])
    assert np.allclose(columns["score_prev1"], [-1, 0.9, 0.1])
    assert np.allclose(columns["score_next1"], [0.1, 0.8, -1])


def test_a_block_knows_how_the_others_of_its_path_scored():
    columns = looked(f"<p>{LINE}</p>" * 3, [0.9, 0.1, 0.9])
    assert np.isclose(columns["path_score"][1], 0.9)


def test_a_block_knows_how_far_the_sure_paragraphs_are():
    columns = looked(f"<p>{LINE}</p>" * 3, [0.9, 0.1, 0.1])
    assert columns["since_sure"] == [0, 1, 2]
    assert columns["until_sure"][1] == 60


def test_a_page_of_one_block_has_all_columns():
    assert looked(f"<p>{LINE}</p>", [0.5])["path_rest"] == [0]
