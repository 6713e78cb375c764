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


@pytest.mark.parametrize(
    "trail",
    [
        "<ul class=breadcrumb__list><li><a href=/money>Money</a></li><li><h1>{}</h1></li></ul>",
        "<nav><ol><li><a href=/money>Money</a></li><li><h1>{}</h1></li></ol></nav>",
        "<section><div><a href=/money>Money</a><span>|</span></div><h1>{}</h1></section>",
    ],
)
def test_an_h1_at_the_end_of_a_trail_of_links_is_for_search_engines(trail: str) -> None:
    head = (
        "<title>Cheap boats: all prices</title><meta property=og:title content='A harbour full of bargains'>"
        + ld('{"@type":"NewsArticle","headline":"Cheap boats: all prices"}')
    )
    trail = trail.format("Cheap boats: all prices")
    page = head + trail + "<h2><span>Trade</span> <span class=headline>A harbour full of bargains</span></h2>"
    assert read(page + PARAGRAPH).title == "A harbour full of bargains"


def test_an_h1_in_a_trail_stays_the_title_where_readers_see_it_as_such() -> None:
    head = "<meta property=og:title content='No ferry'>"
    head += ld('{"@type":"NewsArticle","headline":"Ferry stops for winter"}')
    trail = "<nav class=breadcrumb><h1>Ferry stops for winter</h1></nav><h2>Ferry stops for winter</h2>"
    assert read(head + trail + PARAGRAPH).title == "Ferry stops for winter"


def test_of_several_h1_the_one_like_the_declared_title_counts() -> None:
    head = "<title>Harbour blog: Small boats in big storms</title>"
    head += "<meta property=og:title content='Small boats in big storms'>"
    body = (
        "<h1>Harbour blog</h1><h3>Small boats in big storms</h3><h1>What is big?</h1><h1>So many storms!</h1>"
    )
    assert read(head + body + PARAGRAPH).title == "Small boats in big storms"


def test_a_title_written_for_search_engines_loses_to_the_visible_headline() -> None:
    seo = "Winter ferry: all you need to know"
    head = f"<title>{seo}</title><meta property=og:title content='{seo}'>"
    head += ld('{"@type":"WebPage","name":"' + seo + '"}')
    assert read(head + "<h1>Ferry stops for all of winter</h1>" + PARAGRAPH).title == (
        "Ferry stops for all of winter"
    )


def test_the_section_between_headline_and_outlet_is_cut_off() -> None:
    title = "항구가 겨울 동안 문을 닫는다-정치ㅣ항구일보"
    head = f"<title>{title}</title><meta property=og:title content='{title}'>"
    head += "<meta property=og:site_name content=항구일보><meta property=article:section content=정치>"
    assert read(head + PARAGRAPH).title == "항구가 겨울 동안 문을 닫는다"


def test_what_another_declaration_says_alone_is_the_title_without_its_tail() -> None:
    long = "Ferry stops for winter-News"
    head = f"<title>{long}</title><meta property=og:title content='{long}'>"
    head += "<meta name=parsely-title content='Ferry stops for winter'>"
    assert read(head + PARAGRAPH).title == "Ferry stops for winter"


def test_a_headline_declared_as_the_outlets_name_is_a_headline() -> None:
    name = "Ferry to the northern islands stops for all of winter"
    head = f"<meta property=og:site_name content='{name}'><meta property=og:title content='{name}'>"
    page = read(head + "<title>x</title>" + PARAGRAPH)
    assert (page.title, page.site_name) == (name, None)


def test_titles_in_chinese_are_parted_without_blanks() -> None:
    title = "海港冬季停航一个月以上_财经频道_海港新闻网"
    head = f"<meta property=og:site_name content=海港新闻网><title>{title}</title>"
    assert read(head + "<h2>海港冬季停航一个月以上</h2>" + PARAGRAPH).title == "海港冬季停航一个月以上"


def test_a_title_copied_for_another_network_is_no_second_vote() -> None:
    live = "Harbour news: live updates"
    head = f"<meta property=og:title content='{live}'><meta name=twitter:title content='{live}'>"
    head += (
        "<title>Harbour news and events</title><meta name=parsely-title content='Harbour news and events'>"
    )
    head += ld('{"@type":"NewsArticle","headline":"Harbour news and events"}')
    assert read(head + "<h1>+++ Pilot boat leaves the quay +++</h1>" + PARAGRAPH).title == (
        "Harbour news and events"
    )


def test_a_box_with_the_headline_and_its_date_line_is_no_title():
    box = "<div class=title><div class=title-text>海港新桥今日正式通车</div>发布时间：2024-05-12</div>"
    assert (
        read("<title>海港新桥今日正式通车_海港网</title>" + box + PARAGRAPH).title == "海港新桥今日正式通车"
    )


def test_a_list_of_headlines_is_no_title():
    items = "<a href=/1>海港新桥今日正式通车</a> <a href=/2>北岸渡轮停航三天</a> <a href=/3>市长宣布辞职</a>"
    page = "<title>王港：海港新桥今日正式通车，渡轮停航</title><div class=title-list>" + items + "</div>"
    assert read(page + PARAGRAPH).title == "王港：海港新桥今日正式通车，渡轮停航"


def test_an_outlet_behind_a_bar_without_blanks_is_cut_off_where_the_page_shows_the_headline():
    page = "<title>新桥今日通车：全长三公里的GPU-EDN 港口设计</title><div>新桥今日通车：全长三公里的GPU</div>"
    assert read(page + PARAGRAPH).title == "新桥今日通车：全长三公里的GPU"


def test_a_compound_word_is_not_taken_apart():
    page = "<title>Harbourbridge-Tolls: What you will pay from May on</title><p>Harbourbridge</p>"
    assert read(page + PARAGRAPH).title == "Harbourbridge-Tolls: What you will pay from May on"


def test_a_section_in_the_h1_gives_way_to_a_heading_that_the_page_declares_word_for_word():
    page = "<title>Ferry stops for winter</title><h1 class=title>Harbour</h1><h2>Ferry stops for winter</h2>"
    assert read(page + PARAGRAPH).title == "Ferry stops for winter"
