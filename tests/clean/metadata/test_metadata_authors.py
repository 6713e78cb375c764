import pytest
from metadata_page import PARAGRAPH, ld, read

from newscrawl.clean import clean_page
from newscrawl.clean.metadata.names import split_names
from newscrawl.clean.metadata.persons import is_person, trim_name

HEADLINE = "<h1>Ferry stops for winter</h1>"


def article(author: str) -> str:
    return ld('{"@type":"NewsArticle","author":' + author + "}")


@pytest.mark.parametrize(
    ("declared", "names"),
    [
        ('"Jane Doe"', ("Jane Doe",)),
        ('{"@type":"Person","name":"Jane Doe"}', ("Jane Doe",)),
        ('[{"name":"Jane Doe"},{"name":"John Roe"}]', ("Jane Doe", "John Roe")),
        ('{"name":["Jane Doe","John Roe"]}', ("Jane Doe", "John Roe")),
        ('{"givenName":"Jane","familyName":"Doe"}', ("Jane Doe",)),
        ('"By Jane Doe and John Roe"', ("Jane Doe", "John Roe")),
        ('"Jane (J.D.) Doe"', ("Jane (J.D.) Doe",)),
        ('"harbourpost.pl (Jane Doe)"', ("Jane Doe",)),
        ('"Harbour Press (London)"', ()),
        ('[{"name":"JANE DOE"},{"name":"Jane Doe"}]', ("JANE DOE",)),
        ('{"@type":"Organization","name":"Jane Doe"}', ()),
        ('"https://social.example/jane.doe"', ()),
        ('"Your daily harbour news"', ()),
    ],
)
def test_json_ld_authors_in_every_shape(declared: str, names: tuple[str, ...]) -> None:
    assert read(article(declared) + HEADLINE + PARAGRAPH).authors == names


def test_an_id_leads_to_the_author_elsewhere_in_the_graph() -> None:
    author = '{"@id":"#p","@type":"Person","name":"Jane Doe"}'
    graph = '{"@graph":[{"@type":"Article","author":{"@id":"#p"}},' + author + "]}"
    assert read(ld(graph) + HEADLINE).authors == ("Jane Doe",)


def test_an_organisation_that_is_declared_as_author_is_a_credit() -> None:
    page = read(article('[{"name":"Jane Doe"},{"@type":"Organization","name":"Reuters"}]') + HEADLINE)
    assert (page.authors, page.credits) == (("Jane Doe",), ("Reuters",))


@pytest.mark.parametrize(
    ("byline", "language", "name"),
    [
        ("By Jane Doe", "en", "Jane Doe"),
        ("BySamantha Nguyen", "en", "Samantha Nguyen"),
        ("Von Jana Müller", "de", "Jana Müller"),
        ("Par Jeanne Dupont, envoyée spéciale à Lyon", "fr", "Jeanne Dupont"),
        ("Por Juana Pérez", "es", "Juana Pérez"),
        ("Por Joana Silva", "pt", "Joana Silva"),
        ("di Giovanna Rossi", "it", "Giovanna Rossi"),
        ("Door Janneke de Vries", "nl", "Janneke de Vries"),
        ("Av Jenny Svensson", "sv", "Jenny Svensson"),
        ("Av Jorunn Hansen", "no", "Jorunn Hansen"),
        ("Af Jette Nielsen", "da", "Jette Nielsen"),
        ("Teksti: Jaana Virtanen", "fi", "Jaana Virtanen"),
        ("Eftir Jónu Jónsdóttur", "is", "Jónu Jónsdóttur"),
        ("Autor: Janina Kowalska", "pl", "Janina Kowalska"),
        ("Autor: Jana Nováková", "cs", "Jana Nováková"),
        ("Írta: Kovács Johanna", "hu", "Kovács Johanna"),
        ("de Ioana Popescu", "ro", "Ioana Popescu"),
        ("Piše: Jasna Horvat", "hr", "Jasna Horvat"),
        ("Автор: Яна Иванова", "ru", "Яна Иванова"),
        ("Текст: Яна Коваленко", "uk", "Яна Коваленко"),
        ("Автор: Яна Петрова", "bg", "Яна Петрова"),
        ("Γράφει η Ιωάννα Παππά", "el", "Ιωάννα Παππά"),
        ("Editor : Selin Atay", "tr", "Selin Atay"),
        ("Nga Jonida Hoxha", "sq", "Jonida Hoxha"),
        ("Oleh: Joko Susilo", "id", "Joko Susilo"),
        ("Tác giả: Nguyễn Văn An", "vi", "Nguyễn Văn An"),
        ("بقلم: ليلى حداد", "ar", "ليلى حداد"),
        ("מאת: נועה לוי", "he", "נועה לוי"),
        ("作者：王小明", "zh", "王小明"),
        ("文・山田花子", "ja", "山田花子"),
        ("작성자: 김철수", "ko", "김철수"),
    ],
)
def test_bylines_in_many_languages(byline: str, language: str, name: str) -> None:
    page = read(f"<html lang={language}>{HEADLINE}<p>{byline}</p>{PARAGRAPH}")
    assert page.authors == ((name,) if name else ())


@pytest.mark.parametrize(
    "line",
    [
        "By Staff",
        "By Reuters",
        "By News Desk",
        "By AFP",
        "By submitting this form you agree",
        "By the Editorial Board",
        "Senior Reporter",
        "Published 12 May 2024",
        "https://post.example/author",
        "Politics",
        "Share this",
        "Log In",
    ],
)
def test_a_desk_an_agency_or_a_button_is_no_author(line: str) -> None:
    assert read(HEADLINE + f"<p>{line}</p>" + PARAGRAPH).authors == ()


@pytest.mark.parametrize(
    "author",
    [
        "Deutscher Hafenverband e.V.",
        "Hafenredaktion",
        "The Harbour Sisters",
        "News Staff",
        "harbour.gr",
        "Media Ltd.",
        "Show all posts by seagull",
        "Ministry of Ferries",
        "Hafen & Meer",
        "Head of Ferries",
    ],
)
def test_what_a_page_declares_as_author_is_still_judged(author: str) -> None:
    assert read(f"<meta name=author content='{author}'>" + HEADLINE + PARAGRAPH).authors == ()


def test_a_place_in_a_declared_list_is_no_author() -> None:
    html = "<meta name=author content='Jane Doe, London, John Roe'>" + HEADLINE + PARAGRAPH
    assert read(html).authors == ("Jane Doe", "John Roe")


def test_a_name_alone_on_a_line_counts_only_beside_a_date() -> None:
    assert read(HEADLINE + "<p>Jane Doe</p><p>12 May 2024</p>" + PARAGRAPH).authors == ("Jane Doe",)
    assert read(HEADLINE + "<p>Harbour Views</p>" + PARAGRAPH).authors == ()


def test_the_outlets_own_name_is_no_author() -> None:
    head = "<meta property=og:site_name content='Harbour Lights'><meta name=author content='Harbour Lights'>"
    assert read(head + HEADLINE).authors == ()


def test_a_photographers_name_is_no_author() -> None:
    photo = "<figure><figcaption><span class=author>Photo by Phil Roe</span></figcaption></figure>"
    assert read(HEADLINE + photo + PARAGRAPH).authors == ()


def test_a_commenters_name_is_no_author() -> None:
    comments = "<div id=comments><span class='comment-author'>Bob Reader</span></div>"
    assert read(HEADLINE + PARAGRAPH + comments).authors == ()


def test_the_link_to_a_profile_gives_the_name_without_the_job() -> None:
    byline = (
        "<div class=byline>By <a rel=author href='/author/jane'>Jane Doe</a> Harbour Correspondent, Ayr</div>"
    )
    assert read(HEADLINE + byline + PARAGRAPH).authors == ("Jane Doe",)


def test_a_pen_name_is_taken_from_a_link_that_declares_it() -> None:
    assert read(HEADLINE + "<a rel=author href=/u/4>seagull</a>" + PARAGRAPH).authors == ("seagull",)


def test_a_byline_beside_a_date_is_found() -> None:
    assert read(HEADLINE + "<p>Posted: 12 May 2024, 14:30 | by Jane Doe</p>" + PARAGRAPH).authors == (
        "Jane Doe",
    )
    assert read(HEADLINE + "<p>Jane Doe | Last update : 12 May 2024</p>" + PARAGRAPH).authors == ("Jane Doe",)


def test_a_signature_below_the_text_is_found() -> None:
    assert read(HEADLINE + PARAGRAPH * 40 + "<p>Written by Jane Doe</p>").authors == ("Jane Doe",)


def test_a_place_after_the_name_is_no_second_author() -> None:
    assert split_names("By Jane Doe, New Haven") == ["Jane Doe"]
    assert split_names("By Jane Doe in Springfield") == ["Jane Doe"]


def test_names_of_days_and_months_are_people_where_they_are() -> None:
    assert is_person("April Page")
    assert is_person("Will March")
    assert not is_person("Monday May")


def test_particles_initials_and_suffixes_belong_to_names() -> None:
    names = ["Ludwig van der Berg", "J. R. Doe", "James Doe Jr", "Mary O'Neill", "Ana-María de la Cruz"]
    assert all(map(is_person, names))


@pytest.mark.parametrize(
    "name",
    [
        "Minutes of the",
        "Harbour News. Topics",
        "Deportes Hoy",
        "redaktori",
        "-- Ayr",
        "seaadmin",
        "Ritzau Dahl",
        "ACN",
    ],
)
def test_fragments_sections_and_user_names_of_machines_are_no_people(name: str) -> None:
    assert not is_person(name, sure=True)


def test_jobs_and_doubles_are_cut_off_a_name() -> None:
    assert trim_name("김철수 기자") == "김철수"
    assert trim_name("김철수 기자 외 2명") == "김철수"
    assert trim_name("山田花子記者") == "山田花子"
    assert trim_name("Jane Doe Jane Doe") == "Jane Doe"


def test_a_reporter_is_read_from_between_job_and_place() -> None:
    assert split_names("【海港報╱記者王小明／台北報導】", "zh") == ["王小明"]


def test_a_nickname_in_brackets_belongs_to_the_name() -> None:
    assert split_names("Jane (Jo) Doe", sure=True) == ["Jane (Jo) Doe"]


def test_a_letter_that_folds_to_two_does_not_hide_the_word_before_a_name() -> None:
    assert split_names("von Maria Preuß", "de", sure=True) == ["Maria Preuß"]


def test_a_capital_word_after_the_name_that_no_person_has_ends_it() -> None:
    assert split_names("By A. J. Neal View In Digital Edition") == ["A. J. Neal"]


def test_a_ministry_with_commas_is_one_organisation() -> None:
    page = read("<meta name=author content='Ministry of Ferries, Ports and High Seas'>" + HEADLINE)
    assert (page.authors, page.credits) == ((), ("Ministry of Ferries, Ports and High Seas",))


def test_labels_of_a_site_are_no_byline() -> None:
    content = "content: Harbour Lab, design: Jane Doe, code: John Roe"
    assert read(f"<meta name=author content='{content}'>" + HEADLINE + PARAGRAPH).authors == ()


def test_the_label_for_chat_programs_names_the_author() -> None:
    head = "<meta name=twitter:label1 content='Written by'><meta name=twitter:data1 content=Jane>"
    head += (
        "<meta name=twitter:label2 content='Est. reading time'><meta name=twitter:data2 content='4 minutes'>"
    )
    assert read(head + HEADLINE + PARAGRAPH).authors == ("Jane",)


def test_a_library_writes_the_family_name_first() -> None:
    assert read("<meta name=citation_author content='Doe, Jane T.'>" + HEADLINE).authors == ("Jane T. Doe",)


@pytest.mark.parametrize("role", ["Reviewed by", "Edited by", "Photo:", "Illustration by"])
def test_who_did_something_else_is_no_author(role: str) -> None:
    byline = f"<div class=author-info>{role} <a class=author-link href='/author/jo'>Jo Roe</a></div>"
    assert read(HEADLINE + byline + PARAGRAPH).authors == ()


def test_what_the_byline_names_beside_people_is_a_credit() -> None:
    page = read(HEADLINE + "<p class=byline>By Harbour News Agency</p>" + PARAGRAPH)
    assert (page.authors, page.credits) == ((), ("Harbour News Agency",))
    line = read(HEADLINE + "<p>By Voice of the Harbour</p>" + PARAGRAPH)
    assert (line.authors, line.credits) == ((), ("Voice of the Harbour",))


def test_the_outlet_in_the_byline_ends_the_search_for_people() -> None:
    head = "<meta property=og:site_name content='Harbour Lights'>"
    byline = "<div class=author>Harbour Lights</div>"
    other = "<ul>" + "<li><p>News</p></li>" * 30 + "<li><span class=author>Jane Doe</span></li></ul>"
    page = read(head + HEADLINE + byline + PARAGRAPH + other)
    assert (page.authors, page.credits) == ((), ("Harbour Lights",))


def test_a_person_named_beside_the_outlet_is_the_author() -> None:
    head = "<meta name=author content='Harbour News Team'>"
    page = read(head + HEADLINE + "<p>By Harbour News Team</p><p>by Jane Doe</p>" + PARAGRAPH)
    assert page.authors == ("Jane Doe",)


def test_bold_names_before_the_text_are_the_authors_where_only_the_outlet_is_declared() -> None:
    head = "<meta name=author content='Harbour News Team'>"
    names = "<p><strong>Jane Doe/John Roe</strong></p>"
    assert read(head + HEADLINE + names + PARAGRAPH).authors == ("Jane Doe", "John Roe")
    assert read(head + HEADLINE + PARAGRAPH + "<strong>Small Boats</strong>" + PARAGRAPH).authors == ()


def test_a_list_of_other_articles_gives_no_author() -> None:
    cards = "".join(f"<div><h3>News</h3><p><span class=author>Jane {n}oe</span></p></div>" for n in "DRP")
    assert read(HEADLINE + PARAGRAPH * 30 + "<p>x</p>" * 60 + cards).authors == ()


def test_a_profile_link_by_the_headline_names_the_author_whatever_its_class() -> None:
    assert read("<a href=/team/jane-doe>Jane Doe</a>" + HEADLINE + PARAGRAPH).authors == ("Jane Doe",)


def test_a_section_is_neither_author_nor_credit() -> None:
    head = "<meta property=article:section content='Harbour Views'>"
    page = read(head + HEADLINE + "<a class=author href=/authors/x>Harbour Views</a>" + PARAGRAPH)
    assert (page.authors, page.credits) == ((), ())


def test_a_pen_name_after_by_counts_beside_a_date() -> None:
    assert read(HEADLINE + "<time>12 May 2024</time><p>by seagull</p>" + PARAGRAPH).authors == ("seagull",)
    assert read(HEADLINE + "<p>by seagull</p>" + PARAGRAPH).authors == ()


def test_a_page_builders_widget_around_everything_is_no_side_region() -> None:
    body = f"<div class=elementor-widget>{HEADLINE}</div>" + PARAGRAPH
    signed = "<div class=elementor-widget><h3>Written by Jane Doe</h3></div>"
    assert read(body + signed).authors == ("Jane Doe",)


def test_the_article_carries_authors_and_credits() -> None:
    byline = "<p class=byline>By Jane Doe, Harbour News Agency</p>"
    html = "<html lang=en>" + article('[{"name":"Jane Doe"},{"@type":"Organization","name":"Reuters"}]')
    cleaned = clean_page(html + HEADLINE + byline + PARAGRAPH * 3, "https://post.example/ferry")
    assert (cleaned.authors, cleaned.credits) == (("Jane Doe",), ("Reuters",))


def test_another_job_inside_the_line_ends_the_byline() -> None:
    assert split_names("Von Jana Doe Illustration von Jan Roe", "de") == ["Jana Doe"]
    assert split_names("By Jane Doe Photos: John Roe", "en") == ["Jane Doe"]


@pytest.mark.parametrize("name", ["BBK Web", "Small Boats Exercises By", "Harbour Training Programme"])
def test_acronyms_and_programmes_are_no_people(name: str) -> None:
    assert not is_person(name)


def test_a_folder_of_the_address_is_no_credit() -> None:
    page = read(HEADLINE + "<p class=byline>Erhverv</p>" + PARAGRAPH, "https://post.example/Erhverv/ferry/a1")
    assert (page.authors, page.credits) == ((), ())


ZH_HEADLINE = "<h1>海港新桥今日正式通车</h1>"
ZH_PARAGRAPH = "<p>" + "新桥全长三公里，连接海港与北岸，每天可供两万辆车通行。" * 6 + "</p>"


@pytest.mark.parametrize(
    ("declared", "people", "credits"),
    [
        ("陈晓明", ("陈晓明",), ()),
        ("欧阳晓明", ("欧阳晓明",), ()),
        ("陳曉明 王芳", ("陳曉明", "王芳"), ()),
        ("陈 明", ("陈 明",), ()),
        ("玛丽·波罗", ("玛丽·波罗",), ()),
        ("海港晚报", (), ("海港晚报",)),
        ("文汇港报", (), ("文汇港报",)),
        ("每天读点海港事", (), ("每天读点海港事",)),
        ("IT海港", (), ("IT海港",)),
        ("海港日报记者", (), ("海港日报记者",)),
        ("作者：未知 责任编辑：小港", (), ()),
        ("harbourpost.cn", (), ("harbourpost.cn",)),
        ("name, email@gmail.com", (), ()),
    ],
)
def test_in_chinese_a_family_name_tells_people_from_outlets(declared, people, credits):
    page = read(f"<meta name=author content='{declared}'>" + ZH_HEADLINE + ZH_PARAGRAPH)
    assert (page.authors, page.credits) == (people, credits)


def test_japanese_names_need_no_chinese_family_name():
    page = "<html lang=ja><meta name=author content='港川 花子'><h1>新しい橋が開通</h1>"
    assert read(page).authors == ("港川 花子",)
    for wrong in ("", "lang=en", "lang=jp"):  # the headline's kana tell
        assert read(page.replace("lang=ja", wrong)).authors == ("港川 花子",)


@pytest.mark.parametrize(
    ("line", "people"),
    [
        ("<div>海港晚报记者 陈晓明</div>", ("陈晓明",)),
        ("<p>海港网5月4日讯（记者 陈晓明 王芳）新桥今日通车。</p>", ("陈晓明", "王芳")),
        (
            "<p>海港社北岸5月4日电（记者陈晓明、王芳 通讯员 李海）新桥今日通车。</p>",
            ("陈晓明", "王芳", "李海"),
        ),
        ("<p>【海港報記者陳曉明／北岸報導】新橋今日通車。</p>", ("陳曉明",)),
        ("<p>【文/海港网专栏作者 陈晓明】新桥今日通车。</p>", ("陈晓明",)),
        ("<p>記者陳曉明／北岸報導</p>", ("陳曉明",)),
        ("<p>【海港時報記者陳曉明北岸報導】新橋今日通車。</p>", ("陳曉明",)),
        ("<p>作者：陳曉明 文字大小：【大】【中】【小】</p>", ("陳曉明",)),
        ("<p>海港社记者 陈晓明 摄</p>", ()),
        ("<p>市长告诉记者，新桥今日通车（见图）。</p>", ()),
    ],
)
def test_chinese_reports_name_their_reporters_in_the_dateline(line, people):
    assert read(ZH_HEADLINE + line + ZH_PARAGRAPH).authors == people


def test_a_korean_name_stands_before_its_job():
    page = "<meta name=author content='김하늘 바다 칼럼니스트'><h1>새 다리가 열렸다</h1>"
    assert read(page).authors == ("김하늘",)


def test_a_widgets_label_is_no_credit():
    page = read(HEADLINE + "<p class=author>By Related articles</p>" + PARAGRAPH)
    assert (page.authors, page.credits) == ((), ())


def test_a_byline_is_found_below_a_headline_that_begins_within_its_line():
    menu = "<ul>" + "<li>Harbour and sea</li>" * 40 + "</ul>"
    box = "<div><i>Local:</i> <span class=headline>Ferry stops for the whole winter</span></div>"
    page = f"<title>Ferry stops for the whole winter</title>{menu}{box}<p>A short standfirst.</p>"
    assert read(page + "<div>By Jane Doe</div>" + PARAGRAPH).authors == ("Jane Doe",)
