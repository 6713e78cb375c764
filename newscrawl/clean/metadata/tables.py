"""The word lists under `data/`, each read once per process."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def table(name: str) -> dict[str, Any]:
    """Return the contents of `data/NAME.toml`."""
    return tomllib.loads((files(__package__) / "data" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> frozenset[str]:
    """Return the lists of `data/NAME.toml` that `keys` name as one set."""
    return frozenset(word for key in keys for word in table(name)[key])
