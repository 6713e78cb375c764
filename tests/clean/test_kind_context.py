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


LONG_ADDRESS = "https://river.example/2024/04/02/boats-reach-the-lower-town-after-the-flood"


def _kinds_at(address: str, after: str) -> dict[str, str]:
    html = PAGE.format(before="", paragraphs=PARAGRAPHS, after=after)
    return {block.text: str(block.kind) for block in clean_page(html, address).removed}


def test_a_table_of_contents_is_navigation_however_long_its_entries_are():
    entries = "".join(
        f'<li><a href="#part-{at}">What the council heard from the people on day {at}</a></li>'
        for at in range(4)
    )
    kinds = _kinds_at(LONG_ADDRESS, f'<div class="sidebar"><ul>{entries}</ul></div>')
    assert kinds["What the council heard from the people on day 2"] == "navigation"


def test_links_to_sections_are_a_menu_however_long_their_names_are():
    entries = "".join(
        f'<li><a href="/{path}">{name}</a></li>'
        for path, name in (
            ("boats", "Boats and all that floats on the river"),
            ("houses", "Houses, gardens and what grows in them"),
            ("people", "People of the lower and the upper town"),
        )
    )
    block = f'<div class="sidebar"><ul>{entries}</ul></div>'
    assert _kinds_at(LONG_ADDRESS, block)["People of the lower and the upper town"] == "navigation"


def test_short_addresses_tell_nothing_where_articles_have_them():
    assert _kinds_at("https://river.example/boats", CARDS)["Region"] == "related"


def test_one_entry_of_a_list_of_tags_is_a_tag_whatever_it_reminds_of():
    tags = "".join(
        f'<li class="tag"><a href="/t/{at}">{name}</a></li>'
        for at, name in enumerate(("Flood", "Boats", "Council", "Share", "Town"))
    )
    assert _kinds_at(LONG_ADDRESS, f"<ul>{tags}</ul>")["Town"] == "navigation"


def test_all_that_stands_under_an_advertisers_heading_is_advertising():
    cards = "".join(
        f'<div><a href="https://buy.example/{at}-tricks-that-your-dentist-never-tells">Number {at} of the '
        f"tricks your dentist never tells you</a></div><div>Healthy Smart Daily {at}</div>"
        for at in range(3)
    )
    kinds = _kinds_at(LONG_ADDRESS, f"<div><h3>Around the Web</h3>{cards}</div>")
    assert kinds["Healthy Smart Daily 1"] == "ad"


def test_the_fields_of_a_form_are_what_its_first_line_says():
    form = """<form><h3>Subscribe to our newsletter</h3><p>First name</p><p>Last name</p>
        <button>Send it</button></form>"""
    kinds = _kinds_at(LONG_ADDRESS, form)
    assert kinds["Last name"] == "newsletter"


def test_a_weather_box_lists_no_articles():
    box = """<aside class="sidebar"><div class="weather-box"><h4>Tuesday</h4><div>Cloudy</div>
        <div>12 to 15</div></div></aside>"""
    assert _kinds_at(LONG_ADDRESS, box)["Cloudy"] == "other"
