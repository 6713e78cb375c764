import re
from dataclasses import replace
from itertools import pairwise

import lxml.html

from newscrawl.report.explained_page import COLOURS, ShownBlock, explained_page

PAGE = """<html><head><title>t</title><script>evil()</script></head><body onload="evil()">
<nav><a href="/">Home</a> <a href="javascript:evil()">World</a></nav>
<h1>Flood &amp; fire</h1><p>BERLIN (AP) &mdash; First para<b>graph</b> here.</p>loose text<br>
One line<br>Buy now<br><p>Ad</p><p>Ads are not the point.</p>tail</body></html>"""

BLOCKS = [
    ShownBlock("Home", "navigation", "navigation:links"),
    ShownBlock("World", "navigation", "navigation:links"),
    ShownBlock("Flood & fire", "title", "title:repeated"),
    ShownBlock("BERLIN (AP) —", "dateline", "dateline:city"),
    ShownBlock("First paragraph here.", None, "long text"),
    ShownBlock("loose text", None, ""),
    ShownBlock("One line", None, ""),
    ShownBlock("Buy now", "ad", "ad:label"),
    ShownBlock("Ad", "ad", "ad:label"),
    ShownBlock("Ads are not the point.", None, ""),
    ShownBlock("tail", "other", "<script>evil()</script>"),
]


def document(blocks: list[ShownBlock] = BLOCKS, url: str = "https://news.example/a") -> str:
    return explained_page(PAGE, url, None, "Flood <script>", [("author", "<b>Ana</b>")], blocks)


def marked(text: str) -> list[tuple[str, str]]:
    """Pairs of kind and text of the coloured pieces of the page, in order."""
    root = lxml.html.document_fromstring(text)
    spans = root.xpath("//main//span[starts-with(@class, 'nc ')]")
    return [(span.get("class").removeprefix("nc nc-"), span.text) for span in spans]


def test_each_block_is_coloured_where_it_stands() -> None:
    assert marked(document()) == [
        ("navigation", "Home"),
        ("navigation", "World"),
        ("title", "Flood & fire"),
        ("dateline", "BERLIN (AP)"),
        ("kept", "First para"),
        ("kept", "graph"),
        ("kept", "here."),
        ("kept", "loose text"),
        ("kept", "One line"),
        ("ad", "Buy now"),
        ("ad", "Ad"),
        ("kept", "Ads are not the point."),
        ("other", "tail"),
    ]


def test_no_letter_of_the_page_is_lost_or_added() -> None:
    root = lxml.html.document_fromstring(document())
    shown = "".join(root.xpath("//main")[0].text_content().split())
    text = "Home World Flood & fire BERLIN (AP) — First paragraph here. loose text One line Buy now Ad "
    assert shown == (text + "Ads are not the point. tail").replace(" ", "")


def test_nothing_of_the_page_can_run_or_load() -> None:
    text = document()
    assert "<script" not in text
    assert not re.search(r"\son\w+\s*=|javascript:|\ssrc=|<link|<iframe", text)
    assert "default-src 'none'" in text


def test_a_block_that_is_not_found_is_listed() -> None:
    text = document([ShownBlock("Never there", "promo", "promo:box"), *BLOCKS])
    assert "not marked in the page below: 1" in text
    assert len(marked(text)) == 13


def test_a_page_that_cannot_be_parsed_is_shown_as_its_blocks() -> None:
    text = explained_page(b"\x89PNG\r\n\x1a\n\x00\x00", "https://x.example/", None, "", [], BLOCKS[:1])
    assert "not marked in the page below: 1" in text


def test_every_kind_has_a_colour_on_which_text_is_readable() -> None:
    for colour in COLOURS.values():
        red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
        luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
        dark = ((0x22 / 255 + 0.055) / 1.055) ** 2.4
        assert (luminance + 0.05) / (dark + 0.05) >= 7  # WCAG 2.2, contrast (enhanced)


def test_kind_and_rule_stand_before_each_cut_block_once() -> None:
    blocks = [replace(block, rule=block.why if block.kind else "") for block in BLOCKS[:6]]
    root = lxml.html.document_fromstring(document(blocks))
    assert root.xpath("//main//span/@data-nc") == [
        "navigation · links",
        "navigation · links",
        "title · repeated",
        "dateline · city",
    ]


def test_the_legend_counts_blocks_words_and_rules_of_each_kind() -> None:
    blocks = [replace(block, rule=block.why if block.kind else "") for block in BLOCKS]
    root = lxml.html.document_fromstring(document(blocks))
    rows = [[cell.text_content() for cell in row] for row in root.xpath("//table[@class='nc-legend']/tr")]
    assert rows[0] == ["kind", "blocks", "words", "rules"]
    assert ["ad", "2", "3", "ad:label 2"] in rows
    assert ["kept", "4", "12", ""] in rows


def test_neighbouring_kinds_have_other_edges() -> None:
    style = document().partition("<style>")[2]
    edges = [re.search(rf"\.nc-{kind}{{[^}}]*border-left-style:(\w+)", style) for kind in COLOURS]
    names = [found[1] for found in edges if found]
    assert len(names) == len(COLOURS)
    assert all(one != other for one, other in pairwise(names))
