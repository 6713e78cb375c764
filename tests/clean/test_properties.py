"""What holds for every page: cleaning is idempotent, invents nothing and keeps the order."""

from html import escape

from hypothesis import given, settings
from hypothesis import strategies as st
from pages import PARAGRAPHS, STORY

from newscrawl.clean import clean_page, explain_page
from newscrawl.clean.parse import parse_page
from newscrawl.clean.typography import tidy

URL = "https://post.example/a"

_TEXT = st.one_of(
    st.sampled_from(
        [*PARAGRAPHS, "Related", "Share", "By Ada Berg", "3 March 2025", "Photo: A. Berg", "Read more"]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="<>"), max_size=60),
)
_TAG = st.sampled_from(
    ["p", "div", "li", "h2", "td", "span", "a", "blockquote", "figcaption", "section", "b", "em"]
)
_CLASS = st.sampled_from(["", "ad", "related", "content", "caption", "share-bar", "comments", "author-box"])


def _node(children):
    return st.tuples(_TAG, _CLASS, st.lists(children, max_size=5)).map(
        lambda part: f'<{part[0]} class="{part[1]}">{"".join(part[2])}</{part[0]}>'
    )


_HTML = st.lists(st.recursive(_TEXT.map(escape), _node, max_leaves=20), max_size=8).map(
    lambda parts: f"<html><body>{'<br>'.join(parts)}</body></html>"
)
_SETTINGS = settings(max_examples=120, deadline=None)


def letters(text):
    return "".join(text.split())


@_SETTINGS
@given(_HTML)
def test_no_page_makes_it_raise_and_each_visible_block_is_kept_or_on_record(html):
    explanation = explain_page(html, URL)
    article = explanation.article
    recorded = {block.position for block in article.removed}
    for block in explanation.blocks:
        if block.visible:
            assert block.kept != (block.position in recorded)


@_SETTINGS
@given(_HTML)
def test_the_text_is_a_run_of_the_pages_own_text_in_its_order(html):
    explanation = explain_page(html, URL)
    kept = [block.text for block in explanation.blocks if block.kept]
    assert letters(explanation.article.text) == letters("".join(kept))
    root = parse_page(html).root
    whole = letters(tidy("".join(root.itertext()))) if root is not None else ""
    at = 0
    for text in kept:
        at = whole.find(letters(text), at)
        assert at >= 0
        at += len(letters(text))


@_SETTINGS
@given(_HTML)
def test_the_same_page_gives_the_same_article(html):
    assert clean_page(html, URL) == clean_page(html, URL)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PARAGRAPHS), min_size=2, max_size=6, unique=True))
def test_the_text_of_an_article_cleaned_again_is_that_text(paragraphs):
    def page(texts):
        return "<article><h1>Pier</h1>" + "".join(f"<p>{escape(text)}</p>" for text in texts) + "</article>"

    once = clean_page(page(paragraphs), URL)
    assert clean_page(page(once.paragraphs), URL).text == once.text


@_SETTINGS
@given(_HTML)
def test_every_paragraph_is_typographically_clean(html):
    for paragraph in clean_page(html, URL).paragraphs:
        assert all(tidy(cell) == cell for cell in paragraph.split("\t"))


@_SETTINGS
@given(_HTML)
def test_cleaning_what_was_cleaned_adds_no_word(html):
    once = clean_page(html, URL)
    page = "<article>" + "".join(f"<p>{escape(text)}</p>" for text in once.paragraphs) + "</article>"
    again = clean_page(page, URL)
    left = letters(once.text)
    for paragraph in again.paragraphs:
        found = left.find(letters(paragraph))
        assert found >= 0
        left = left[found + len(letters(paragraph)) :]


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_bytes_of_any_kind_give_an_article_with_a_status(body):
    assert clean_page(body, URL).status


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(STORY)), st.text(max_size=8))
def test_a_page_cut_short_or_with_rubbish_in_it_still_gives_an_article(at, rubbish):
    article = clean_page(STORY[:at] + rubbish + STORY[at + 3 :], URL)
    assert article.cleaner_version
    assert clean_page(STORY[:at], URL).cleaner_version
