from newscrawl.clean.blocks import Block, Inside
from newscrawl.clean.parse import parse_page
from newscrawl.clean.walk import read_blocks


def blocks_of(html: str) -> list[Block]:
    root = parse_page(html).root
    assert root is not None
    return read_blocks(root).blocks


def texts_of(html: str) -> list[str]:
    return [block.text for block in blocks_of(html)]


def test_inline_markup_does_not_part_a_line():
    assert texts_of("<p>An <b>old</b> <a href=x>har<i>bour</i></a>, they said.</p>") == [
        "An old harbour, they said."
    ]


def test_text_outside_paragraphs_is_a_block_too():
    assert texts_of("<div>Loose text.<p>A paragraph.</p>More of it.</div>") == [
        "Loose text.",
        "A paragraph.",
        "More of it.",
    ]


def test_breaks_part_lines_and_are_counted():
    blocks = blocks_of("<td>One.<br><br>Two.<br>Three.</td>")
    assert [(block.text, block.after_break) for block in blocks] == [("One.", 0), ("Two.", 2), ("Three.", 1)]


def test_scripts_styles_and_form_fields_are_no_text():
    assert texts_of(
        "<p>a<script>x</script>b<style>y</style></p><textarea>z</textarea><select><option>o</select>"
    ) == ["ab"]


def test_a_block_knows_what_surrounds_it():
    block = blocks_of('<aside class="related-posts"><ul><li><a href="/x">Other news</a></li></ul></aside>')[0]
    assert block.box.inside & Inside.ASIDE
    assert block.box.inside & Inside.LI
    assert (block.link_chars, block.link_count) == (10, 1)


def test_hidden_elements_are_marked():
    hidden, shown = blocks_of('<div style="display: none">a</div><div>b</div>')
    assert hidden.box.inside & Inside.HIDDEN
    assert not shown.box.inside & Inside.HIDDEN


def test_same_tags_and_classes_from_the_root_down_are_one_path():
    one, two, other = blocks_of("<p class=x id=1>a</p><p class=x id=2>b</p><p>c</p>")
    assert one.box.path_id == two.box.path_id != other.box.path_id


def test_a_line_after_a_picture_knows_it():
    caption, text = blocks_of("<td><img src=x><br>The harbour.<br><br>It rained.</td>")
    assert caption.after_image
    assert not text.after_image


def test_nesting_that_the_parser_cut_is_noticed():
    root = parse_page("<div>" * 5000 + "deep").root
    assert root is not None
    assert read_blocks(root).too_deep
