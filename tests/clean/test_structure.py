from pages import PARAGRAPHS

from newscrawl.clean.blocks import Inside
from newscrawl.clean.parse import parse_page
from newscrawl.clean.structure import read_structure
from newscrawl.clean.walk import read_blocks


def structure_of(html):
    root = parse_page(html).root
    assert root is not None
    page = read_blocks(root)
    return page, read_structure(page)


def test_the_main_container_holds_nearly_all_good_text():
    body = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    _, structure = structure_of(
        f"<nav>Home</nav><div id=wrap><div id=story>{body}</div><div id=foot>x</div></div>"
    )
    assert structure.main.names == "story"


def test_menus_and_forms_hold_no_good_text():
    page, structure = structure_of(f"<nav><p>{PARAGRAPHS[0]}</p></nav><p>{PARAGRAPHS[1]}</p>")
    assert [value > 0 for value in structure.good_words] == [False, True]
    assert len(page.blocks) == 2


def test_a_name_on_most_of_the_text_is_forgotten_and_a_thread_of_comments_keeps_its_own():
    story = f'<div class="subscriber-only"><p>{PARAGRAPHS[0]}</p></div>' * 3
    thread = f'<div class="comments"><p>{PARAGRAPHS[1]}</p><p>{PARAGRAPHS[2]}</p></div>'
    page, _ = structure_of(f"<body>{story}{thread}")
    named = {box.names: bool(box.groups) for box in page.boxes if box.names}
    assert named == {"subscriber-only": False, "comments": True}


def test_paragraphs_that_a_script_will_show_count_as_shown():
    hidden = "".join(f'<div class="more" style="display:none"><p>{text}</p></div>' for text in PARAGRAPHS[1:])
    page, _ = structure_of(f'<div id="story"><p>{PARAGRAPHS[0]}</p>{hidden}</div>')
    assert not any(box.inside & Inside.HIDDEN for box in page.boxes)


def test_a_hidden_dialog_stays_hidden():
    page, _ = structure_of(
        f"<div><p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p></div><div hidden><p>Choose a plan.</p></div>"
    )
    assert page.blocks[-1].box.inside & Inside.HIDDEN
