"""The kinds of cuts in their surroundings: cards, menus, threads, widgets and footers."""

import pytest

from newscrawl.clean import clean_page

PARAGRAPHS = "".join(
    f"<p>The council met on day {number} of the flood and heard from the people of the lower town, who had "
    "spent the night on the roofs of their houses and asked for boats, blankets and clean water.</p>"
    for number in range(8)
)
PAGE = """<html lang="en"><head><title>Boats reach the lower town after the flood</title></head><body>
{before}<article><h1>Boats reach the lower town after the flood</h1>{paragraphs}</article>{after}
</body></html>"""

CARDS = """<section class="block">{}</section>""".format(
    "".join(
        f'<div class="unit"><div class="k">Region</div><h3><a href="/{at}">{title}</a></h3>'
        f'<div class="when">March {at}, 2024</div><div class="who">By Maria Keller</div></div>'
        for at, title in enumerate(
            (
                "The old bridge at the mill will be closed again",
                "Why the river rises faster than ten years ago",
                "A school bus finds a new way through the hills",
            ),
            start=3,
        )
    )
)


def _kinds(before: str = "", after: str = "") -> dict[str, str]:
    html = PAGE.format(before=before, paragraphs=PARAGRAPHS, after=after)
    article = clean_page(html, "https://river.example/news/boats")
    assert article.text.count("The council met") == 8
    return {block.text: str(block.kind) for block in article.removed}


@pytest.mark.parametrize("text", ["Region", "March 4, 2024", "By Maria Keller"])
def test_the_parts_of_a_card_in_a_list_of_cards_are_related(text):
    assert _kinds(after=CARDS)[text] == "related"


def test_cards_above_the_article_are_no_menu():
    assert _kinds(before=CARDS)["Why the river rises faster than ten years ago"] == "related"


@pytest.mark.parametrize("text", ["Staff", "Forum", "Subscribe", "Latest news"])
def test_a_label_among_the_entries_of_a_menu_is_navigation(text):
    entries = "".join(f'<li><a href="/{word}">{word}</a></li>' for word in ("Home", "Local", "Sport"))
    menu = f'<nav><ul>{entries}<li><a href="/x">{text}</a></li></ul></nav>'
    assert _kinds(before=menu)[text] == "navigation"


@pytest.mark.parametrize("text", ["Anna Berg", "April 2, 2024 at 7:15 pm", "Reply"])
def test_names_and_dates_in_a_thread_of_comments_are_comments(text):
    thread = """<div class="comments"><div class="c"><div class="author">Anna Berg</div>
        <div class="date">April 2, 2024 at 7:15 pm</div><p>My cellar was dry at last.</p><a>Reply</a>
        </div></div>"""
    assert _kinds(after=thread)[text] == "comments"


def test_the_links_of_an_advertising_network_are_advertisements():
    links = (
        f'<div><a href="/{n}">Number {n} of the tricks your dentist never tells you</a></div>' for n in "123"
    )
    widget = f'<div class="OUTBRAIN">{"".join(links)}</div>'
    assert _kinds(after=widget)["Number 2 of the tricks your dentist never tells you"] == "ad"


def test_the_line_of_rights_in_the_footer_is_legal_even_where_a_class_says_copyright():
    footer = '<footer><div class="copyright">© 2024 River News Ltd. All rights reserved.</div></footer>'
    assert _kinds(after=footer)["© 2024 River News Ltd. All rights reserved."] == "legal"


def test_a_list_of_short_links_beside_the_article_is_a_list_of_topics():
    topics = "".join(f'<li><a href="/t/{word}">{word}</a></li>' for word in ("Flood", "Council", "Old town"))
    kinds = _kinds(after=f'<div class="sidebar"><ul>{topics}</ul></div>')
    assert kinds["Council"] == "navigation"


def test_a_page_without_an_article_has_kinds_too():
    html = "<nav><a href='/a'>Home</a></nav><footer>© 2024 River News</footer>"
    article = clean_page(html, "https://river.example/")
    assert {str(block.kind) for block in article.removed} <= {"navigation", "legal"}
