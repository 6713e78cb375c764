import json
import time

import pytest
from pages import PARAGRAPHS

from newscrawl.clean import clean_page
from newscrawl.model import ArticleStatus

URL = "https://post.example/pier"
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
ITEMS = json.dumps({"content": [{"text": paragraph} for paragraph in PARAGRAPHS]})
PUSHED = json.dumps(f'5:{{"ad":1}}\n6:T5f3,{HTML}').replace("<", "\\u003c")


@pytest.mark.parametrize(
    "script",
    [
        f'<script id="__NEXT_DATA__" type="application/json">{json.dumps({"post": {"body": HTML}})}</script>',
        f"<script>self.__next_f.push([1,{PUSHED}])</script>",
        f"<script type='application/json'>{ITEMS}</script>",
        f"<script>window.__STATE__ = {json.dumps({'menu': ['a'] * 20, 'html': HTML})};</script>",
    ],
)
def test_a_page_that_shows_its_text_by_script_alone_has_the_text_of_its_data(script):
    padding = "x" * 1_000
    page = f"<html><head><title>Old pier closed</title></head><body><div id='root'></div>{script}"
    comment = " " * 1_000 if "application" in script else f"/*{padding}*/"
    page = page.replace("</script>", f"{comment}</script>")
    article = clean_page(page + "</body></html>", URL)
    assert (article.paragraphs, article.status) == (PARAGRAPHS, ArticleStatus.OK)
    assert "text:script" in article.notes


def test_scripts_are_not_asked_where_the_page_shows_its_text():
    state = json.dumps({"body": HTML.replace("harbour", "airport")})
    page = f"<article><h1>Old pier closed</h1>{HTML}</article><script>{state}{' ' * 1000}</script>"
    article = clean_page(page, URL)
    assert article.paragraphs == PARAGRAPHS
    assert not any(note.startswith("text:") for note in article.notes)


def test_settings_and_texts_of_buttons_in_scripts_are_no_article():
    labels = [f"Please accept cookies of kind {number} to go on reading here" for number in range(30)]
    state = json.dumps({"labels": labels})
    article = clean_page(f"<body><div id='root'></div><script>{state}</script></body>", URL)
    assert (article.status, article.text) == (ArticleStatus.EMPTY, "")


@pytest.mark.parametrize(
    "script",
    [
        '\\"' * 500_000,
        '"' * 1_000_000,
        '"' + "<p<p" * 250_000 + '"',
        '"' + '\\"' * 500_000 + "\\",
        "[" * 200_000,
    ],
)
def test_scripts_made_to_cost_are_read_once(script):
    began = time.process_time()
    article = clean_page(f"<body><div id='root'></div><script>{script}</script></body>", URL)
    assert article.status is ArticleStatus.EMPTY
    assert time.process_time() - began < 2
