import numpy as np

from newscrawl.clean.columns import page_columns
from newscrawl.clean.metadata import read_metadata
from newscrawl.clean.parse import parse_page
from newscrawl.clean.rule_reader import RuleReader
from newscrawl.clean.structure import read_structure
from newscrawl.clean.units import UNIT_NAMES, unit_columns
from newscrawl.clean.walk import read_blocks

WORDS = "The council voted on Tuesday to close the old ferry pier until the spring of next year. "
OTHER = "Rovers won the cup final after two hours of play and a long series of penalties on Sunday. "


def columns_of(html):
    parsed = parse_page(html)
    metadata = read_metadata(parsed.root, "https://post.example/pier")
    page = read_blocks(parsed.root)
    structure = read_structure(page)
    reader = RuleReader(page, structure, metadata)
    evidence = [reader.own_evidence(block) for block in page.blocks]
    rows = np.arange(len(page.blocks))
    columns = unit_columns(page_columns(page, structure), evidence, metadata, rows)
    return page, {name: columns[:, at] for at, name in enumerate(UNIT_NAMES)}


ENDLESS = (
    "<title>Old ferry pier closed until spring</title><main>"
    f"<article><h1>Old ferry pier closed until spring</h1><p>{WORDS * 4}</p></article>"
    f"<article><h1>Rovers win the cup</h1><p>{OTHER * 4}</p></article></main>"
)


def test_the_article_with_the_headline_is_told_from_the_next_one():
    page, columns = columns_of(ENDLESS)
    first, second = (block.index for block in page.blocks if block.box.tag == "p")
    assert [columns["unit_order"][at] for at in (first, second)] == [0, 1]
    assert [columns["unit_holds_title"][at] for at in (first, second)] == [1, 0]
    assert columns["title_meet_depth"][first] > columns["title_meet_depth"][second]


def test_a_text_is_asked_for_the_words_of_the_headline():
    page, columns = columns_of(ENDLESS)
    first, second = (block.index for block in page.blocks if block.box.tag == "p")
    assert columns["told_unit"][first] > 0.5 > columns["told_own"][second]


def test_a_page_without_headline_or_units_has_all_columns():
    page, columns = columns_of(f"<div><p>{WORDS}</p></div>")
    assert len(page.blocks) == 1
    assert columns["title_meet_depth"][0] == columns["unit_order"][0] == -1
