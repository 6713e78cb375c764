"""Boilerplate that no class name gives away: comments, pull quotes, captions, buttons, ways back."""

import pytest

from newscrawl.clean import clean_page
from newscrawl.model import BlockKind

PARAGRAPHS = (
    "The harbour town of Velden woke on Monday to find its old ferry gone from the quay, and with it the "
    "only crossing that the islanders had used for eighty years.",
    "“We heard nothing in the night, not a chain, not an engine,” said harbour master Ilse Brandt, who has "
    "kept the log since 1998 and has never missed a sailing.",
    "Police believe that the vessel, which weighs ninety tonnes, was towed out with the ebb tide shortly "
    "after two, when the lights on the pier had failed.",
    "Islanders now cross in fishing boats, and the school has moved its lessons to the chapel until the "
    "council finds a replacement, which may take a month.",
    "A spokesman for the ministry said a barge would come from the south by Friday, and that the search "
    "for the ferry would go on along the coast.",
)
COMMENTS = (
    ("Marta Kowal", "14 May 2024, 09:12", "I took that ferry every day to work, so sad."),
    ("old_sailor77", "14 May 2024, 10:40", "Ninety tonnes do not just float away. Somebody was paid."),
    ("Pieter", "14 May 2024, 11:02", "My boat is free on Thursdays if anyone needs a lift."),
    ("Hanna R.", "15 May 2024, 08:30", "The council knew about those lights for years!"),
)
HEADLINE = "<h1>Ferry vanishes from Velden quay</h1>"
URL = "https://courier.example/2024/05/13/ferry-vanishes-from-velden-quay-overnight"


def _lines(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _clean(body: str, language: str = "en"):
    head = "<head><title>Ferry vanishes from Velden quay</title></head>"
    return clean_page(f'<html lang="{language}">{head}<body>{body}</body></html>', URL)


def _between(line: str) -> str:
    return f"<article>{HEADLINE}{_lines(*PARAGRAPHS[:2])}{line}{_lines(*PARAGRAPHS[2:])}</article>"


ROWS = (
    '<div class="row"><div class="a"><b>{0}</b></div><div class="b">{1}</div><div class="c">{2}</div></div>',
    '<div class="x"><p><b>{0}</b> · {1}</p><p>{2}</p></div>',
    '<div class="i"><span>{0}</span> <time datetime="2024-05-14T09:12">{1}</time><p>{2}</p></div>',
)


@pytest.mark.parametrize("row", ROWS)
@pytest.mark.parametrize("outside", [True, False])
def test_names_times_and_short_texts_in_one_shape_are_comments(row, outside):
    thread = "".join(row.format(*comment) for comment in COMMENTS)
    body = f"{HEADLINE}{_lines(*PARAGRAPHS)}"
    page = f"<div>{body}</div><div>{thread}</div>" if outside else f"<article>{body}{thread}</article>"
    article = _clean(page)
    assert article.paragraphs == PARAGRAPHS
    assert article.authors == ()
    assert article.published_at is not None
    assert article.published_at.day == 13  # of the address, not of a comment
    kinds = {block.text: str(block.kind) for block in article.removed}
    assert kinds[COMMENTS[2][2]] == "comments"


def test_entries_of_a_live_blog_are_no_comments():
    entries = "".join(
        f"<div class='e'><time>{time}</time><h3>{head}</h3><p>{text}</p></div>"
        for time, head, text in zip(
            ("10:02", "11:15", "12:40"),
            ("Ferry seen off the cape", "Divers go out", "Ministry sends a barge"),
            PARAGRAPHS[2:],
            strict=True,
        )
    )
    article = _clean(f"<article>{HEADLINE}{_lines(*PARAGRAPHS[:2])}{entries}</article>")
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)


@pytest.mark.parametrize(
    "line",
    [
        "<div><p>We heard nothing in the night, not a chain, not an engine</p></div>",
        "<blockquote>“We heard nothing in the night, not a chain, not an engine.” Ilse Brandt</blockquote>",
        '<p><img src="/a.jpg"><br><em>The empty quay at Velden on Monday morning</em></p>',
        "<button>Listen to this story with a free account</button>",
        "<button>Save this article to read it later</button>",
    ],
)
def test_what_stands_between_paragraphs_and_is_none_goes(line):
    assert _clean(_between(line)).paragraphs == PARAGRAPHS


def test_a_sentence_in_italics_without_a_picture_stays():
    article = _clean(
        _between("<p><em>The islanders have signed a petition and will bring it in on foot.</em></p>")
    )
    assert "signed a petition" in article.text


def test_the_headings_that_open_by_a_button_stay():
    line = "<h2><button>How to cross until the barge comes</button></h2>"
    assert "How to cross until the barge comes" in _clean(_between(line)).text


@pytest.mark.parametrize(
    "line",
    [
        *("Back to front page", "Zurück zur Startseite", "Volver a la portada", "Retour à la une"),
        *("Torna alla home", "Voltar à página inicial", "Terug naar de voorpagina", "Tilbage til forsiden"),
        *("Tillbaka till startsidan", "Powrót do strony głównej", "Вернуться на главную", "返回首页"),
        *("トップページへ戻る", "العودة إلى الصفحة الرئيسية", "Takaisin etusivulle", "Ana sayfaya dön"),
        *("मुख्य पृष्ठ पर वापस", "Zpět na hlavní stránku", "Επιστροφή στην αρχική", "Kembali ke beranda"),
    ],
)
def test_ways_back_to_the_front_page_are_navigation_in_many_languages(line):
    article = _clean(f"<div>{HEADLINE}{_lines(*PARAGRAPHS, line)}</div>")
    assert article.paragraphs == PARAGRAPHS


JAPANESE = (
    "島の住民が八十年にわたって使ってきた連絡船が、月曜日の朝、港から姿を消しているのが見つかった。",
    "警察によると、船は午前二時過ぎ、引き潮に乗って沖へ引かれていったとみられ、岸壁の照明は消えていたという。",
    "住民は漁船で海を渡っており、学校は礼拝堂で授業を続けている。代わりの船が見つかるまで一か月かかる見通しだ。",
)


@pytest.mark.parametrize(
    "line",
    [
        "この記事は有料会員限定です。残り812文字",
        "ここから先は有料会員限定の記事です",
        "続きを読むには会員登録（無料）が必要です",
        "有料会員になると続きをお読みいただけます",
        "残り：1,204文字／全文：1,830文字",
    ],
)
def test_a_gate_in_japanese_is_cut_and_named(line):
    article = _clean(f"<div>{HEADLINE}{_lines(*JAPANESE, line)}</div>", "ja")
    assert article.paragraphs == JAPANESE
    assert [str(block.kind) for block in article.removed if block.text == line] == ["paywall"]


PITCHES = {
    "es": (
        "Únete a nuestro canal de WhatsApp y recibe las noticias más importantes del día",
        "¿Has visto algo? Escríbenos a pistas@diario.example",
    ),
    "de": (
        "An dieser Stelle finden Sie einen externen Inhalt, der den Artikel ergänzt.",
        "Haben Sie Fehler entdeckt? Schreiben Sie uns!",
        "Jetzt vier Wochen gratis testen und keine Geschichte verpassen",
    ),
    "hi": ("देश और दुनिया की ताजा खबरों के लिए हमारे व्हाट्सएप चैनल से जुड़ें",),
    "ja": ("※この記事の無断転載を禁じます", "最新ニュースはアプリで。ダウンロードはこちら"),
}


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, ls in PITCHES.items() for line in ls])
def test_pitches_and_notices_that_outlets_end_with_go(language, line):
    texts = JAPANESE if language == "ja" else PARAGRAPHS
    article = _clean(f"<article>{HEADLINE}{_lines(*texts, line)}</article>", language)
    assert article.paragraphs == texts


def test_a_heading_that_quotes_the_text_stays():
    article = _clean(_between("<h3>“We heard nothing in the night, not a chain, not an engine”</h3>"))
    assert "“We heard nothing in the night, not a chain, not an engine”\n" in article.text


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("（原标题：新桥通车 海港迎来第一批车辆）", BlockKind.SOURCE),
        ("责任编辑：陈晓明", BlockKind.BYLINE),
        ("（校对：王芳）", BlockKind.BYLINE),
    ],
)
def test_the_desk_lines_of_a_chinese_report_are_cut(line, kind):
    text = "新桥全长三公里，连接海港与北岸，每天可供两万辆车通行，市长在仪式上说，北岸的居民等了二十年。"
    body = "".join(f"<p>{text}{n}</p>" for n in range(6))
    page = clean_page(
        f"<article><h1>海港新桥今日通车</h1>{body}<p>{line}</p></article>".encode(), "http://x.example/1"
    )
    assert line not in page.paragraphs and len(page.paragraphs) == 6
    assert [block.kind for block in page.removed if block.text == line] == [kind]


def test_a_question_in_a_chinese_interview_stays():
    text = "新桥全长三公里，连接海港与北岸，每天可供两万辆车通行，市长在仪式上说，北岸的居民等了二十年。"
    body = "".join(f"<p>记者：您等了多久？{n}</p><p>市长：{text}{n}</p>" for n in range(5))
    page = clean_page(f"<article><h1>海港新桥今日通车</h1>{body}</article>".encode(), "http://x.example/1")
    assert sum(paragraph.startswith("记者：") for paragraph in page.paragraphs) == 5
