from newscrawl.clean.assemble import join_paragraphs
from newscrawl.clean.parse import parse_page
from newscrawl.clean.walk import read_blocks


def paragraphs_of(html):
    root = parse_page(html).root
    assert root is not None
    return join_paragraphs(read_blocks(root).blocks)


def test_each_line_is_a_paragraph():
    assert paragraphs_of("<p>One.<br>Two.<br><br>Three.</p>") == ["One.", "Two.", "Three."]


def test_a_line_broken_within_a_sentence_is_joined():
    assert paragraphs_of("<p>The council met<br>on Tuesday.</p>") == ["The council met on Tuesday."]


def test_cells_of_a_row_are_one_paragraph():
    rows = "<table><tr><th>Party</th><th>Seats</th></tr><tr><td>North</td><td>12</td></tr></table>"
    assert paragraphs_of(rows) == ["Party\tSeats", "North\t12"]


def test_columns_of_a_layout_are_not_joined():
    assert paragraphs_of("<table><tr><td>A.<br>B.</td><td>C.</td></tr></table>") == ["A.", "B.", "C."]
