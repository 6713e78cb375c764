"""From LightGBM's trees to the arrays that `newscrawl.clean.scorer` evaluates."""

from pathlib import Path
from typing import Any

import numpy as np


def forest_arrays(booster: Any) -> dict[str, np.ndarray]:
    """Flatten a trained booster: only the features it uses are kept, thresholds as float32."""
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    value: list[float] = []
    roots: list[int] = []
    deepest = 0

    def add(node: dict[str, Any], depth: int) -> int:
        nonlocal deepest
        at = len(feature)
        for column in (feature, threshold, left, right, value):
            column.append(0)
        if "leaf_value" in node:
            left[at] = right[at] = at
            value[at] = node["leaf_value"]
            deepest = max(deepest, depth)
            return at
        if node["decision_type"] != "<=":
            raise ValueError(f"unknown decision {node['decision_type']!r}")
        feature[at] = node["split_feature"]
        threshold[at] = node["threshold"]
        left[at] = add(node["left_child"], depth + 1)
        right[at] = add(node["right_child"], depth + 1)
        return at

    for tree in booster.dump_model()["tree_info"]:
        roots.append(add(tree["tree_structure"], 0))
    columns = sorted(set(feature))
    place = {column: position for position, column in enumerate(columns)}
    return {
        "columns": np.array(columns, np.int16),
        "feature": np.array([place[column] for column in feature], np.int16),
        "threshold": np.array(threshold, np.float32),
        "left": np.array(left, np.int32),
        "right": np.array(right, np.int32),
        "value": np.array(value, np.float32),
        "roots": np.array(roots, np.int32),
        "depth": np.array(deepest, np.int32),
    }


def save_forest(booster: Any, path: Path) -> None:
    """Write a booster's arrays to `path`, compressed."""
    np.savez_compressed(path, **forest_arrays(booster))
