import pytest
from metadata_page import PARAGRAPH, ld, read


def test_the_visible_headline_is_the_title() -> None:
    page = read("<title>Rain again - The Post</title><h1>Rain again</h1>" + PARAGRAPH)
    assert page.title == "Rain again"


def test_two_declared_titles_that_agree_win_over_a_kicker_in_the_h1() -> None:
    head = (
        ld('{"@type":"NewsArticle","headline":"Mayor resigns"}')
        + "<meta property=og:title content='Mayor resigns'>"
    )
    assert read(head + "<h1>Politics | Mayor resigns</h1>" + PARAGRAPH).title == "Mayor resigns"


def test_a_logo_in_the_h1_is_no_title() -> None:
    page = "<meta property=og:title content='Ferry stops for winter'><h1><a href='/'>Harbour Post</a></h1>"
    assert read(page + "<h2>Ferry stops for winter</h2>" + PARAGRAPH).title == "Ferry stops for winter"


def test_the_outlets_name_is_cut_off_a_title_on_either_side() -> None:
    head = "<meta property=og:site_name content='The Post'>"
    assert read(head + "<title>Rain again | The Post</title>").title == "Rain again"
    assert read(head + "<title>The Post: Rain again over the hills</title>").title.endswith(
        "Rain again over the hills"
    )


def test_the_domain_tells_the_outlets_name_where_the_page_does_not() -> None:
    page = read(
        "<title>Rain again over the hills | The Harbour Post</title>", "https://www.harbourpost.example/a"
    )
    assert page.title == "Rain again over the hills"


def test_a_dash_inside_a_headline_stays() -> None:
    assert read("<title>Rain - and no end</title><h1>Rain - and no end</h1>").title == "Rain - and no end"


def test_a_bold_line_that_the_title_holds_is_the_headline() -> None:
    page = read(
        "<title>Harbour Post - Ferry stops for winter</title><b>Ferry stops for winter</b>" + PARAGRAPH
    )
    assert page.title == "Ferry stops for winter"


def test_a_colon_may_set_the_outlet_apart_in_the_title() -> None:
    head = "<title>Harbour Gazette: Ferry: no boats in winter</title>"
    assert read(head + "<b>Ferry: no boats in winter</b>" + PARAGRAPH).title == "Ferry: no boats in winter"
    assert read(head + "<h2>Ferry: no boats in winter</h2>" + PARAGRAPH).title == "Ferry: no boats in winter"


def test_without_any_declared_title_the_first_bold_line_before_the_text_is_it() -> None:
    page = read(
        f"<table><tr><td><font size=5><b>Ferry stops for winter</b></font><br>{PARAGRAPH}</td></tr></table>"
    )
    assert page.title == "Ferry stops for winter"


def test_a_constant_title_loses_to_the_h1() -> None:
    assert (
        read("<title>News portal of the island</title><h1>Ferry stops for winter</h1>").title
        == "Ferry stops for winter"
    )


def test_words_of_two_elements_do_not_run_together() -> None:
    assert read("<h1><span>National demo</span><span>Unions show strength</span></h1>").title == (
        "National demo Unions show strength"
    )


def test_titles_of_pictures_are_no_titles() -> None:
    assert read("<svg><title>Close</title></svg><h1>Rain again</h1>").title == "Rain again"


@pytest.mark.parametrize("html", ["<p></p>", "<title></title>", "<h1></h1>", "<table></table>"])
def test_a_page_without_a_headline_has_an_empty_title(html: str) -> None:
    assert read(html).title == ""
