"""The extra `multilingual`: off by default, one clear line where it is missing, else the real model."""

import importlib.util
import subprocess
import sys
from datetime import UTC, datetime

import numpy as np
import pytest

from newscrawl.errors import ConfigError
from newscrawl.model import Article, ArticleStatus, Page
from newscrawl.pipelines.cleaning_worker import clean_candidate
from newscrawl.pipelines.multilingual import PACKAGE, embed_each, wants_embeddings

NOW = datetime(2026, 5, 4, 9, tzinfo=UTC)
needs_model = pytest.mark.skipif(
    importlib.util.find_spec(PACKAGE) is None, reason="the extra 'multilingual' is not installed"
)


def article(title: str, text: str = "") -> Article:
    url = "https://example.com/1"
    return Article(
        url=url, canonical_url=url, status=ArticleStatus.OK, cleaner_version="1", title=title, text=text
    )


def test_it_is_off_by_default() -> None:
    assert not wants_embeddings({})
    assert not wants_embeddings({"NEWSCRAWL_MULTILINGUAL": "0"})


def test_another_value_than_0_or_1_is_refused() -> None:
    with pytest.raises(ConfigError, match="NEWSCRAWL_MULTILINGUAL is 1 or 0, not 'german'"):
        wants_embeddings({"NEWSCRAWL_MULTILINGUAL": "german"})


def test_on_without_the_extra_is_one_clear_line() -> None:
    with pytest.raises(ConfigError, match=r"not installed: pip install 'newscrawl\[multilingual\]'$"):
        wants_embeddings({"NEWSCRAWL_MULTILINGUAL": "1"}, package="no_such_package_anywhere")


def test_the_model_is_not_imported_unless_it_is_used() -> None:
    code = (
        "import sys, newscrawl.pipelines.clean, newscrawl.commands.load, newscrawl.settings\n"
        f"sys.exit({PACKAGE!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@needs_model
def test_a_translation_lies_nearer_than_other_news() -> None:
    told = [
        article(
            "Bridge closed after cracks are found in its cables", "The only road to the islands is shut."
        ),
        article("Brücke nach Rissen in den Seilen gesperrt", "Die einzige Straße zu den Inseln ist zu."),
        article("Zentralbank senkt den Leitzins", "Es ist der dritte Schritt in diesem Jahr."),
    ]
    english, german, other = (
        np.frombuffer(embedding.vector, np.int8).astype(np.float32) for embedding in embed_each(told)
    )
    assert cosine(english, german) > cosine(english, other) + 0.05


@needs_model
def test_embeddings_are_the_same_alone_and_in_a_batch() -> None:
    told = [article("One headline"), article("Другая новость", "Текст"), article("", "")]
    assert embed_each(told) == [embed_each([one])[0] for one in told]
    assert embed_each(told)[0].model.startswith("multilingual-e5-small-q4@")


@needs_model
def test_a_cleaned_page_gets_an_embedding_where_they_are_wanted() -> None:
    text = "The only bridge to the islands was shut on Monday night, after cracks were found. " * 12
    html = f"<html lang=en><h1>Bridge closed after cracks</h1><article><p>{text}</p></article></html>"
    url = "https://example.com/2026/05/04/bridge-closed-after-cracks"
    page = Page(url=url, requested_url=url, http_status=200, body=html.encode(), fetched_at=NOW)
    assert clean_candidate(page).cleaned.embedding is None
    cleaned = clean_candidate(page, embed=True).cleaned
    assert cleaned.embedding == embed_each([cleaned.article])[0]


def cosine(left: np.ndarray, right: np.ndarray) -> float:
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))
