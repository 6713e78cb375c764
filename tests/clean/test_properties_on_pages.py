"""What holds for every page, on real ones: a part of the labelled pages, where they are here."""

import hashlib

import pytest

from benchmarks.cleaning.corpus import metrics
from benchmarks.data import bench_folder
from newscrawl.clean import clean_page
from newscrawl.clean.elements import SKIPPED_TAGS
from newscrawl.clean.parse import parse_page
from newscrawl.clean.typography import tidy

# One page in so many: all 1,525 take two minutes and hold it, too.
ONE_IN = 25


def letters(text):
    return "".join(text.split())


def some_pages():
    folder = bench_folder("extraction")
    if folder is None:
        pytest.skip("the labelled pages are not here (../shared/bench/extraction)")
    bench = metrics(folder)
    for page in bench.load_pages("dev"):
        if int(hashlib.sha256(bench.key_of(page).encode()).hexdigest(), 16) % ONE_IN == 0:
            yield bench.read_html(page), page["url"]


def text_of(html):
    """All text that a reader may see, in the page's order."""
    root = parse_page(html).root
    for element in list(root.iter("*")):
        if element.tag in SKIPPED_TAGS and element.getparent() is not None:
            element.text = None
            for child in list(element):
                element.remove(child)
    return letters(tidy("".join(root.itertext())))


def test_real_articles_are_clean_runs_of_their_pages_text_in_its_order():
    for html, url in some_pages():
        article = clean_page(html, url)
        if "text:json-ld" in article.notes:
            continue
        whole, at = text_of(html), 0
        for paragraph in article.paragraphs:
            for cell in paragraph.split("\t"):
                assert tidy(cell) == cell
                found = whole.find(letters(cell), at)
                assert found >= 0, (url, cell[:60])
                at = found + len(letters(cell))
