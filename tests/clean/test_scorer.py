import numpy as np

from newscrawl.clean.features import FEATURE_NAMES
from newscrawl.clean.scorer import Forest, load_forest


def stump() -> Forest:
    """One tree: feature 2 at most 0.5 goes left to -1, else right to +3."""
    return Forest(
        columns=np.array([2], np.int32),
        feature=np.array([0, 0, 0], np.int32),
        threshold=np.array([0.5, 0, 0], np.float32),
        children=np.array([1, 2, 1, 1, 2, 2], np.int32),
        value=np.array([0, -1, 3], np.float32),
        roots=np.array([0], np.int32),
        depth=1,
    )


def test_a_row_goes_down_its_tree():
    rows = np.array([[9, 9, 0.5], [9, 9, 0.6]], np.float32)
    expected = 1 / (1 + np.exp(-np.array([-1.0, 3.0])))
    np.testing.assert_allclose(stump().probabilities(rows), expected, rtol=1e-6)


def test_more_rows_than_a_chunk_and_none_at_all_work():
    assert stump().probabilities(np.zeros((1500, 3), np.float32)).shape == (1500,)
    assert stump().probabilities(np.zeros((0, 3), np.float32)).shape == (0,)


def test_the_shipped_trees_fit_the_features():
    forest = load_forest("first_look")
    assert forest.columns.max() < len(FEATURE_NAMES)
    assert forest.children.max() < len(forest.feature)
