import pytest

from newscrawl.clean.attribute_work import MAX_ATTRIBUTE_WORK, attribute_work
from newscrawl.clean.parse import parse_page
from newscrawl.model import ArticleStatus


@pytest.mark.parametrize(
    "html", ["", "   \n", "just words", b"\x89PNG\r\n\x1a\n" + bytes(range(32)) * 9, "<!-- x -->"]
)
def test_what_is_not_html_gets_a_status(html):
    assert parse_page(html).status is ArticleStatus.NOT_HTML


def test_a_page_above_the_limit_is_refused_unparsed():
    assert parse_page("<p>" + "x" * (9 * 1024 * 1024)).status is ArticleStatus.TOO_LARGE


def test_a_bomb_of_attributes_is_refused_before_the_parser_sees_it():
    page = "<p " + " ".join(f"a{number}=1" for number in range(100_000)) + ">x</p>"
    parsed = parse_page(page)
    assert (parsed.status, parsed.notes) == (ArticleStatus.TOO_LARGE, ("parse:attributes",))


def test_a_long_script_is_no_bomb():
    script = (
        "<script>var a = {"
        + ",".join(f'"k{number}" : "<b {number} = x"' for number in range(30_000))
        + "}</script>"
    )
    assert attribute_work(f"<p>x</p>{script}<p>y</p>".encode()) < MAX_ATTRIBUTE_WORK


def test_one_picture_in_a_data_url_is_no_bomb():
    assert (
        attribute_work(b'<img src="data:image/png;base64,' + b"QUJD" * 200_000 + b'">') < MAX_ATTRIBUTE_WORK
    )


def test_three_hundred_levels_keep_their_text():
    root = parse_page("<div>" * 300 + "deep" + "</div>" * 300).root
    assert root is not None
    assert "deep" in "".join(root.itertext())


def test_null_characters_do_not_end_the_page():
    root = parse_page("<p>before\x00after</p>").root
    assert root is not None
    assert "".join(root.itertext()) == "beforeafter"


def test_comments_are_not_in_the_tree_but_the_text_around_them_is():
    root = parse_page("<p>one<!-- two -->three</p>").root
    assert root is not None
    assert "".join(root.itertext()) == "onethree"


def test_words_in_the_value_of_one_attribute_are_no_attributes():
    page = '<div data-props="' + "a = b / c " * 20_000 + '">x</div>'
    assert attribute_work(page.encode()) < MAX_ATTRIBUTE_WORK


def test_quotes_that_are_no_values_hide_no_attributes():
    page = '<p "' + " ".join(f"a{number}" for number in range(50_000)) + '">x</p>'
    assert attribute_work(page.encode()) > MAX_ATTRIBUTE_WORK


def test_text_after_an_early_end_of_the_page_is_read():
    page = "<html><body><header>Post</header></body></html><div><p>The pier closes on Friday.</p></div>"
    root = parse_page(page).root
    assert root is not None
    assert [element.text for element in root.iter("p")] == ["The pier closes on Friday."]


def test_a_page_that_leaves_out_its_body_has_one():
    page = "<!doctype html><meta charset=utf-8><title>Post</title><main><p>It closes.</p></main><p>Soon."
    root = parse_page(page).root
    assert root is not None
    assert [element.tag for element in root] == ["head", "body"]
    assert [element.tag for element in root.find("body")] == ["main", "p"]
    assert root.find("head/title").text == "Post"


_BOMB = " ".join(f"a{number}=1" for number in range(30_000))


@pytest.mark.parametrize(
    "page",
    [
        f'<p title=">" {_BOMB}>x</p>',
        f'<p title="<script>" {_BOMB}>x</p>',
        f"<!-- <script> --><p {_BOMB}>x</p>",
        f"<title><b </title><p {_BOMB}>x</p>",
        f"<script>'<p '</script><p {_BOMB}>x</p>",
        f"<p {_BOMB}",
    ],
)
def test_a_bomb_is_seen_whatever_stands_before_it(page):
    assert parse_page(page).notes == ("parse:attributes",)


@pytest.mark.parametrize(
    "page",
    [
        f"<script>{_BOMB}</script><p>x</p>",
        f"<SCRIPT type=x>if (a <b) {{{_BOMB}}}</Script><p>x</p>",
        f"<style>{_BOMB}</style><p>x</p>",
        f"<!-- {_BOMB} --><p>x</p>",
        f'<p data-x="{_BOMB}">x</p>',
        f'<a href="x"">y</a><script>{_BOMB}</script><p class="z">x</p>',
    ],
)
def test_what_only_looks_like_attributes_is_no_bomb(page):
    assert parse_page(page).root is not None
