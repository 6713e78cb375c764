"""An SQLite file that is removed or replaced while it is in use."""

import shutil
from pathlib import Path

import pytest
from cleaned_pages import cleaned, store

from newscrawl.errors import StoreError
from newscrawl.store import begin_write, open_engine


def test_a_file_that_was_replaced_is_not_written_to(sqlite_url: str, tmp_path: Path) -> None:
    file, other = Path(sqlite_url.removeprefix("sqlite:///")), tmp_path / "other.db"
    shutil.copy(file, other)
    engine = open_engine(sqlite_url)
    store(engine, cleaned("https://x.example/1"))
    other.replace(file)
    with pytest.raises(StoreError, match="removed or replaced while it was in use"):
        store(engine, cleaned("https://x.example/2"))
    engine.dispose()


def test_a_commit_into_a_file_that_is_gone_is_told(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    with pytest.raises(StoreError, match="removed or replaced"), begin_write(engine):
        file.unlink()
    with pytest.raises(StoreError, match="removed or replaced"):
        store(engine, cleaned())
    engine.dispose()
    assert not file.exists()
