"""`scrapy load` with NEWSCRAWL_MULTILINGUAL: the real model where it is installed, else one line."""

import importlib.util
import json
from pathlib import Path

import pytest
from sqlalchemy import text

from command_run import Scrapy
from newscrawl.pipelines.multilingual import PACKAGE
from newscrawl.store import open_engine

INSTALLED = importlib.util.find_spec(PACKAGE) is not None
TOLD = {
    "en": (
        "Kvalsund bridge closed after cracks found in two cables",
        "The only bridge to the islands was shut on Monday night. Inspectors had found cracks in two of its "
        "cables. Some 6,000 islanders are without a road to the mainland.",
    ),
    "de": (
        "Brücke gesperrt: Risse in zwei Seilen entdeckt",
        "Die einzige Brücke zu den Inseln ist seit Montagabend zu. Prüfer hatten Risse in zwei Tragseilen "
        "entdeckt. Rund sechstausend Menschen haben keinen Straßenanschluss mehr.",
    ),
    "es": (
        "El banco central baja los tipos de interés por tercera vez",
        "La decisión se tomó por unanimidad. Los economistas esperaban una pausa hasta el verano, pero la "
        "inflación cedió más de lo previsto.",
    ),
}


def write_told(path: Path) -> str:
    lines = [
        {
            "url": f"https://{name}.example/news/1",
            "title": title,
            "text": body,
            "language": name,
            "published_at": "2026-05-04T08:00:00Z",
        }
        for name, (title, body) in TOLD.items()
    ]
    path.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    return str(path)


@pytest.mark.skipif(INSTALLED, reason="the extra 'multilingual' is installed")
def test_without_the_extra_it_says_what_to_install(scrapy: Scrapy, tmp_path: Path, sqlite_url: str) -> None:
    file = write_told(tmp_path / "told.jsonl")
    done = scrapy("load", file, "-s", "NEWSCRAWL_MULTILINGUAL=1", database=sqlite_url)
    assert done.status == 1
    assert "pip install 'newscrawl[multilingual]'" in done.err
    assert done.err.count("\n") == 1


@pytest.mark.skipif(not INSTALLED, reason="the extra 'multilingual' is not installed")
def test_translations_meet_in_one_story(scrapy: Scrapy, tmp_path: Path, database_url: str) -> None:
    file = write_told(tmp_path / "told.jsonl")
    done = scrapy("load", file, "-s", "NEWSCRAWL_MULTILINGUAL=1", database=database_url)
    assert (done.status, done.err) == (0, "")
    engine = open_engine(database_url)
    with engine.connect() as connection:
        found = connection.execute(
            text("SELECT language, story_id, match_kind FROM articles ORDER BY id")
        ).all()
    engine.dispose()
    story_of = {language: story_id for language, story_id, _ in found}
    assert story_of["en"] == story_of["de"] != story_of["es"]
    assert [kind for _, _, kind in found] == ["new", "translation", "new"]
    shown = scrapy("stories", "show", str(story_of["en"]), database=database_url)
    assert "translation 0." in shown.out
