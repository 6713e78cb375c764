"""Run a command as `scrapy` would: the project's settings, Scrapy's own entry point, this process."""

from pathlib import Path

import pytest
from scrapy.cmdline import execute
from scrapy.utils.project import get_project_settings

from command_run import Done, Scrapy, write_lines

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def scrapy(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Scrapy:
    """`scrapy("stories", "list", database=url)`."""
    monkeypatch.chdir(ROOT)

    def run(*words: str, database: str | None = None) -> Done:
        given = [*words, "--database", database] if database else [*words]
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            execute(["scrapy", *given], get_project_settings())
        out, err = capsys.readouterr()
        return Done(int(ended.value.code or 0), out, err)

    return run


@pytest.fixture
def loaded_url(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> str:
    """An SQLite database with three articles: a story of a text and its copy, and one of another event."""
    done = scrapy("load", str(write_lines(tmp_path / "three.jsonl")), database=sqlite_url)
    assert done.status == 0, done.err
    return sqlite_url
