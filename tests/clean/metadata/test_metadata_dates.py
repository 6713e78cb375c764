from datetime import UTC, datetime, timedelta, timezone

import pytest
from metadata_page import PARAGRAPH, ld, read

from newscrawl.clean.metadata.date_text import DateReading, find_dates, parse_date
from newscrawl.clean.metadata.dates import url_day

HEADLINE = "<h1>Ferry stops for winter</h1>"
CEST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2024-05-12T14:30:00+02:00", "2024-05-12T14:30:00+02:00"),
        ("2024-05-12T14:30:00.123Z", "2024-05-12T14:30:00+00:00"),
        ("2024-05-12 14:30", "2024-05-12T14:30:00+00:00"),
        ("20240512T143000Z", "2024-05-12T14:30:00+00:00"),
        ("1715524200", "2024-05-12T14:30:00+00:00"),
        ("1715524200000", "2024-05-12T14:30:00+00:00"),
        ("Sun, 12 May 2024 14:30:00 GMT", "2024-05-12T14:30:00+00:00"),
        ("Sun May 12 2024 14:30:00 GMT+0200 (CEST)", "2024-05-12T14:30:00+02:00"),
        ("Sun May 12 14:30:00 CEST 2024", "2024-05-12T14:30:00+02:00"),
        ("May 12, 2024 2:30 PM ET", "2024-05-12T14:30:00-04:00"),
        ("Jan 12, 2024 2:30 p.m. ET", "2024-01-12T14:30:00-05:00"),
        ("2024-05-12T14:30:00[Europe/Berlin]", "2024-05-12T14:30:00+02:00"),
        ("2024/05/12", "2024-05-12T00:00:00+00:00"),
    ],
)
def test_machine_readable_dates_keep_their_offset(text: str, iso: str) -> None:
    found = parse_date(text)
    assert found is not None and found.when.isoformat() == iso


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("12 May 2024, 14:30", "en"),
        ("2:30 pm, May 12th, 2024", "en"),
        ("12. Mai 2024, 14:30 Uhr", "de"),
        ("12 mai 2024 à 14h30", "fr"),
        ("12 de mayo de 2024 a las 14:30", "es"),
        ("12 de maio de 2024 às 14h30", "pt"),
        ("12 maggio 2024 ore 14:30", "it"),
        ("12 mei 2024 om 14:30", "nl"),
        ("12 maj 2024 kl. 14.30", "sv"),
        ("12.5.2024 klo 14.30", "fi"),
        ("12 maja 2024, 14:30", "pl"),
        ("12. května 2024 v 14:30", "cs"),
        ("2024. május 12. 14:30", "hu"),
        ("12 mai 2024, 14:30", "ro"),
        ("12. svibnja 2024. u 14:30", "hr"),
        ("14:30, 12 мая 2024", "ru"),
        ("12 травня 2024, 14:30", "uk"),
        ("12 май 2024, 14:30", "bg"),
        ("12 Μαΐου 2024, 14:30", "el"),
        ("12 Μάη 2024, 14:30", "el"),
        ("12 Mayıs 2024 Pazar 14:30", "tr"),
        ("2024 m. gegužės 12 d. 14:30", "lt"),
        ("2024. gada 12. maijs, 14:30", "lv"),
        ("12 Mei 2024 14:30", "id"),
        ("Chủ nhật, 12/5/2024, 14:30", "vi"),
        ("12 พฤษภาคม 2567 14:30", "th"),
        ("12 मई 2024, 14:30", "hi"),
        ("١٢ مايو ٢٠٢٤ 14:30", "ar"),
        ("۲۳ اردیبهشت ۱۴۰۳ - ۱۴:۳۰", "fa"),
        ("12 במאי 2024, 14:30", "he"),
        ("2024年5月12日 下午2:30", "zh"),
        ("令和6年5月12日 14時30分", "ja"),
        ("2024년 5월 12일 오후 2시 30분", "ko"),
        ("2024.05.12 14:30", "ko"),
    ],
)
def test_visible_dates_in_many_languages(text: str, language: str) -> None:
    page = read(f"<html lang={language}>{HEADLINE}<p>{text}</p>{PARAGRAPH}")
    assert page.published_at is not None
    assert page.published_at.replace(tzinfo=UTC) == datetime(2024, 5, 12, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "url", "month"),
    [
        ("en-US", "https://post.example/a", 5),
        ("en-GB", "https://post.example/a", 6),
        ("en", "https://post.example.co.uk/a", 6),
        ("de", "https://post.example/a", 6),
    ],
)
def test_language_and_country_tell_day_first_from_month_first(language: str, url: str, month: int) -> None:
    page = read(f"<html lang={language}>{HEADLINE}<p>05/06/2024</p>{PARAGRAPH}", url)
    assert page.published_at is not None and page.published_at.month == month


def test_a_number_above_twelve_settles_the_order() -> None:
    found = parse_date("13/05/2024", DateReading("en", month_first=True))
    assert found is not None and found.when.day == 13


def test_a_month_that_two_languages_dispute_goes_by_the_pages_language() -> None:
    days = [parse_date("4 listopada 2023", DateReading(code)) for code in ("pl", "hr")]
    assert [day.when.month for day in days if day] == [11, 10]


@pytest.mark.parametrize(
    "value",
    [
        "31 February 2024",
        "99999-01-01",
        "9" * 5000,
        "2024-05-12T14:30:00+99:99",
        "2024-13-01",
        "2024-05-12T25:00:00",
    ],
)
def test_an_impossible_date_is_none_and_noted(value: str) -> None:
    page = read(f"<meta property=article:published_time content='{value}'>" + HEADLINE + PARAGRAPH)
    assert page.published_at is None
    assert page.notes == ("date:impossible",)


def test_an_impossible_date_in_a_labelled_line_is_noted_too() -> None:
    page = read(HEADLINE + "<p>Published: 31 February 2024</p>" + PARAGRAPH)
    assert (page.published_at, page.notes) == (None, ("date:impossible",))


def test_next_year_is_none_and_noted() -> None:
    page = read(ld('{"@type":"Article","datePublished":"2027-11-22"}') + HEADLINE)
    assert (page.published_at, page.notes) == (None, ("date:in-the-future",))


def test_the_epoch_is_a_placeholder() -> None:
    page = read(ld('{"@type":"Article","datePublished":"1970-01-01T00:00:00Z"}') + HEADLINE)
    assert (page.published_at, page.notes) == (None, ("date:placeholder",))


def test_labels_tell_publication_from_update_on_one_line() -> None:
    page = read(HEADLINE + "<p>Posted: 12 May 2024, 14:30 | Last update : 13 May 2024, 09:10</p>" + PARAGRAPH)
    assert page.published_at == datetime(2024, 5, 12, 14, 30, tzinfo=UTC)
    assert page.modified_at == datetime(2024, 5, 13, 9, 10, tzinfo=UTC)


def test_a_label_on_the_line_before_counts() -> None:
    page = read(
        HEADLINE + "<div>Updated</div><div>13 May 2024</div><div>Published</div><div>12 May 2024</div>"
    )
    assert page.published_at == datetime(2024, 5, 12, tzinfo=UTC)
    assert page.modified_at == datetime(2024, 5, 13, tzinfo=UTC)


def test_an_update_alone_stands_in_for_the_publication_and_is_noted() -> None:
    page = read(HEADLINE + "<p>Last update : 12 May 2024</p>" + PARAGRAPH)
    assert page.published_at == datetime(2024, 5, 12, tzinfo=UTC)
    assert "date:from-update" in page.notes


def test_the_date_by_the_headline_wins_over_todays_date_in_the_masthead() -> None:
    page = read("<div class=date>Sunday, 22 November 2026</div>" + HEADLINE + "<p class=date>12 May 2024</p>")
    assert page.published_at == datetime(2024, 5, 12, tzinfo=UTC)


def test_dates_of_other_articles_are_not_the_pages() -> None:
    other = "<aside><time datetime=2023-01-01>1 Jan 2023</time></aside>"
    assert read(HEADLINE + PARAGRAPH + other).published_at is None


def test_wordpress_marks_the_only_date_of_a_post_as_updated() -> None:
    time = "<time class='entry-date updated' datetime=2024-05-12T14:30:00+02:00>May 12, 2024</time>"
    page = read(HEADLINE + time + PARAGRAPH)
    assert (page.published_at, page.modified_at) == (datetime(2024, 5, 12, 14, 30, tzinfo=CEST), None)


def test_a_visible_time_completes_a_declared_day() -> None:
    page = read(
        ld('{"@type":"Article","datePublished":"2024-05-12"}') + HEADLINE + "<p>12 May 2024, 14:30</p>"
    )
    assert page.published_at == datetime(2024, 5, 12, 14, 30, tzinfo=UTC)


def test_the_url_is_the_last_resort() -> None:
    page = read(HEADLINE + PARAGRAPH, "https://post.example/2024/05/12/ferry")
    assert page.published_at == datetime(2024, 5, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "path", ["/2024/may/12/ferry", "/20240512/ferry", "/news/ferry-2024-05-12", "/a_20240512.html"]
)
def test_days_in_urls(path: str) -> None:
    found = url_day("https://post.example" + path)
    assert found is not None and found.when.date().isoformat() == "2024-05-12"


@pytest.mark.parametrize("path", ["/2024/13/12/x", "/article/12345678", "/a-99999999", "/[", "/99/05/12"])
def test_numbers_in_urls_that_are_no_days(path: str) -> None:
    assert url_day("https://post.example" + path) is None


def test_a_utc_stamp_is_shown_in_the_countrys_time_and_stays_the_same_instant() -> None:
    html = ld('{"@type":"Article","datePublished":"2024-05-12T18:30:00Z"}') + HEADLINE
    page = read(html, "https://www.post.com.au/a")
    assert page.published_at == datetime(2024, 5, 12, 18, 30, tzinfo=UTC)
    assert page.published_at is not None and page.published_at.date().isoformat() == "2024-05-13"


def test_the_clock_that_a_reader_sees_gives_the_offset_of_a_utc_stamp() -> None:
    head = ld('{"@type":"Article","datePublished":"2024-05-13T01:48:19Z"}')
    page = read(head + HEADLINE + "<p class=date>May 12, 2024 at 8:48 p.m.</p>" + PARAGRAPH)
    assert page.published_at is not None
    assert page.published_at.isoformat() == "2024-05-12T20:48:19-05:00"


def test_the_day_in_the_url_tells_on_which_side_of_utc_the_outlet_lives() -> None:
    html = ld('{"@type":"Article","datePublished":"2024-05-13T01:48:19Z"}') + HEADLINE + PARAGRAPH
    page = read(html, "https://post.example/2024/05/12/ferry")
    assert page.published_at == datetime(2024, 5, 13, 1, 48, 19, tzinfo=UTC)
    assert page.published_at is not None and page.published_at.day == 12


def test_prices_scores_and_years_are_no_dates() -> None:
    assert find_dates("In 2024 the score was 3-2, the price 12.50 and the call 555-1234-99.") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("日期：2026.01.16", "2026-01-16"),
        ("Date:2026/1/16", "2026-01-16"),
        ("3 เม.ย. 2569", "2026-04-03"),
        ("12 มี.ค. 69", "2026-03-12"),
        ("১৮ ফেব্রুয়ারি ২০২৬", "2026-02-18"),
    ],
)
def test_dates_after_a_colon_and_in_thai_and_bengali(text: str, day: str) -> None:
    assert [found.when.date().isoformat() for found in find_dates(text)] == [day]


def test_the_half_of_the_day_counts_where_the_next_word_runs_on_to_it() -> None:
    assert find_dates("Dec 22, 2025 10:20 PMTags")[0].when.hour == 22


def test_the_date_in_the_head_of_every_page_loses_to_the_one_below_the_headline() -> None:
    head = "<div class=date>Tuesday, 14 January 2025</div>" + "<i></i>" * 20
    page = read(head + "<h1>Ferry stops for winter</h1><p>Agency<br>13 Jan 2025, 22:11</p>" + PARAGRAPH)
    assert page.published_at == datetime(2025, 1, 13, 22, 11, tzinfo=UTC)


def test_a_label_anywhere_dates_a_page_that_shows_no_other_date() -> None:
    body = "<h1>Ferry stops for winter</h1>" + PARAGRAPH * 40
    assert read(body + "<p>Posted on April 13, 2025</p>").published_at == datetime(2025, 4, 13, tzinfo=UTC)
    updated = read(body + "<p>Last updated: April 13, 2025</p>")
    assert updated.published_at == updated.modified_at or updated.modified_at is None
    assert "date:from-update" in updated.notes


def test_the_number_of_an_article_begins_with_its_day() -> None:
    page = read("<h1>Ferry</h1>" + PARAGRAPH, "https://post.example/news/A2025041312090001")
    assert page.published_at == datetime(2025, 4, 13, tzinfo=UTC)


def test_a_script_that_writes_the_date_and_the_pictures_folder_are_the_last_resorts() -> None:
    script = "<h1>Ferry</h1><script>showDate('2025/04/13 01:43:09')</script>" + PARAGRAPH
    page = read(script)
    assert (page.published_at, page.notes) == (
        datetime(2025, 4, 13, 1, 43, 9, tzinfo=UTC),
        ("date:from-script",),
    )
    picture = "<meta property=og:image content='https://img.example/2025/04/13/f.jpg'><h1>Ferry</h1>"
    page = read(picture + PARAGRAPH)
    assert (page.published_at, page.notes) == (datetime(2025, 4, 13, tzinfo=UTC), ("date:from-picture",))


def test_a_page_in_baidus_words_has_its_dates():
    script = '{"@context":"https://ziyuan.baidu.com/contexts/cambrian.jsonld","title":"新桥通车",'
    page = read(ld(script + '"pubDate":"2024-05-12T14:30:00","upDate":"2024-05-12T15:00:00"}') + HEADLINE)
    assert page.published_at is not None and page.modified_at is not None
    assert (page.published_at.hour, page.modified_at.hour) == (14, 15)


@pytest.mark.parametrize(("language", "day"), [("zh", (2018, 3, 8)), ("en", (2008, 3, 18))])
def test_chinese_dates_begin_with_the_year_in_two_digits_too(language, day):
    found = parse_date("18-03-08 23:16", DateReading(language))
    assert found is not None and (found.when.year, found.when.month, found.when.day) == day


def test_a_day_before_the_web_is_not_the_pages_unless_it_says_so():
    assert (
        read(HEADLINE + "<p>The ferry act was signed on August 14, 1935</p>" + PARAGRAPH).published_at is None
    )
    assert read(HEADLINE + "<p>Published: August 14, 1935</p>" + PARAGRAPH).published_at is not None


@pytest.mark.parametrize(
    ("language", "url", "hours"),
    [
        ("pl", "https://post.example/a", 2),
        ("zh-CN", "https://post.example/a", 8),
        ("en", "https://post.example.jp/a", 9),
        ("de", "https://post.example.ch/a", 2),
        ("en", "https://post.example/a", 0),
        ("es", "https://post.example/a", 0),
    ],
)
def test_a_time_without_a_zone_is_the_outlets(language: str, url: str, hours: int) -> None:
    page = read(f"<html lang={language}>{HEADLINE}<p>2024-05-12 14:30</p>{PARAGRAPH}", url)
    assert page.published_at is not None
    assert page.published_at.isoformat() == f"2024-05-12T14:30:00+{hours:02}:00"


def test_a_day_without_a_time_stays_that_day() -> None:
    for day in ("2024-05-12", "2024-05-12T00:00:00"):
        page = read(f"<html lang=ja><meta property=article:published_time content={day}>{HEADLINE}")
        assert page.published_at == datetime(2024, 5, 12, tzinfo=UTC)


def test_an_update_in_another_zones_words_is_no_earlier_than_the_report() -> None:
    head = "<meta property=article:modified_time content=2024-05-12T07:00:00Z>"
    page = read(f"<html lang=zh>{head}{HEADLINE}<p>2024-05-12 14:30</p>{PARAGRAPH}")
    assert page.modified_at is not None and page.published_at is not None
    assert (page.modified_at - page.published_at).total_seconds() == 1800


def test_an_update_early_on_the_day_of_the_report_stays() -> None:
    metas = (
        "<meta property=article:published_time content=2024-05-12>"
        "<meta property=article:modified_time content='2024-05-12 01:30'>"
    )
    page = read(f"<html lang=zh>{metas}{HEADLINE}{PARAGRAPH}")
    assert page.modified_at is not None and page.modified_at.isoformat() == "2024-05-12T01:30:00+08:00"
