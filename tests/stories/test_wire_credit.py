"""Whose text an article is: credits where credits stand, and nothing that merely mentions an agency."""

import pytest

from newscrawl.model import Article, ArticleStatus, BlockKind, RemovedBlock
from newscrawl.stories.agencies import credited_agencies
from newscrawl.stories.dateline import dateline_agencies
from newscrawl.stories.wire_credit import wire_agencies, wire_agency

FERRY = "The night ferry was taken out of service after a crack was found in its hull, the operator said."


def article(
    text: str = FERRY,
    *,
    language: str = "en",
    authors: tuple[str, ...] = (),
    credits: tuple[str, ...] = (),
    removed: tuple[tuple[BlockKind, str], ...] = (),
    site_name: str | None = None,
) -> Article:
    url = "https://fjord.example/1"
    blocks = tuple(
        RemovedBlock(kind=kind, rule="test:cut", text=line, path="/p", position=number)
        for number, (kind, line) in enumerate(removed)
    )
    return Article(
        url=url,
        canonical_url=url,
        status=ArticleStatus.OK,
        cleaner_version="1",
        title="Ferry laid up",
        text=text,
        language=language,
        authors=authors,
        credits=credits,
        removed=blocks,
        site_name=site_name,
    )


@pytest.mark.parametrize(
    ("line", "language", "agencies"),
    [
        ("PARIS (AFP) - The night ferry", "en", ("AFP",)),
        ("(Reuters) - The night ferry", "en", ("Reuters",)),
        ("AURORA, Colo. (AP) — A car drove", "en", ("AP",)),
        ("LONDON, March 3 (Reuters) - The night ferry", "en", ("Reuters",)),
        ("New Delhi, March 3 (PTI) The night ferry", "en", ("PTI",)),
        ("Frankfurt/Main (dpa/lhe) - Die Nachtfähre", "de", ("dpa",)),
        ("Madrid, 3 de marzo (EFE).- El transbordador", "es", ("EFE",)),
        ("МОСКВА, 3 марта. /ТАСС/. Ночной паром", "ru", ("TASS",)),
        ("МОСКВА, 3 мар - РИА Новости. Ночной паром", "ru", ("RIA Novosti",)),
        ('"ТАСС, 17 мая. Ночной паром', "ru", ("TASS",)),
        ("【北京共同】中国メディアは２５日", "ja", ("Kyodo",)),
        ("【ソウル聯合ニュース】韓国の", "ja", ("Yonhap",)),
        ("(서울=연합뉴스) 홍길동 기자 = 야간", "ko", ("Yonhap",)),
        ("新华社北京3月3日电 夜间渡轮", "zh", ("Xinhua",)),
        ("القاهرة (رويترز) - قالت", "ar", ("Reuters",)),
        ("AFP - Le bac de nuit", "fr", ("AFP",)),
        # what is no dateline
        ("Agence France-Presse (AFP) - the oldest agency - cuts jobs", "en", ()),
        ("The Associated Press (AP) said on Monday", "en", ()),
        ("A letter obtained by Reuters which was sent", "en", ()),
        ("President Obama and Mitt Romney square off (AFP/Getty Images)", "en", ()),
        ("Barack Obama in Chicago. (Reuters)", "en", ()),
        ("Xinhua reported that the monk confessed", "en", ()),
        ("Selon un courriel que l'AFP a pu consulter", "fr", ()),
        ("デモ隊（ＡＰ＝共同）", "ja", ()),
        ("Reuters cuts jobs - the agency said", "en", ()),
    ],
)
def test_a_dateline_credits_an_agency(line: str, language: str, agencies: tuple[str, ...]) -> None:
    assert dateline_agencies(line, language) == agencies


@pytest.mark.parametrize(
    ("line", "language", "agencies"),
    [
        ("AFP", "fr", ("AFP",)),
        ("By The Associated Press", "en", ("AP",)),
        ("Von DPA", "de", ("dpa",)),
        ("Quelle: sid/dpa", "de", ("SID", "dpa")),
        ("mfh/dpa/AFP", "de", ("dpa", "AFP")),
        ("Le Monde avec AFP", "fr", ("AFP",)),
        ("AP and Reuters", "en", ("AP", "Reuters")),
        ("Źródło: PAP", "pl", ("PAP",)),
        ("© 2024 AFP", "fr", ("AFP",)),
        ("TT", "sv", ("TT",)),
        ("TT", "en", ()),  # motorcycles
        ("APA", "de", ("APA (Austria)",)),
        ("APA", "az", ("APA (Azerbaijan)",)),
        ("Getty Images/AFP", "en", ()),
        ("AFP photographer", "en", ()),
        ("Reuters Institute", "en", ()),
        ("The Associated Press contributed to this report.", "en", ()),
        ("Jane Doe", "en", ()),
    ],
)
def test_a_credit_holds_nothing_but_agencies(line: str, language: str, agencies: tuple[str, ...]) -> None:
    assert credited_agencies(line, language, {"lemonde"}) == agencies


@pytest.mark.parametrize(
    ("last", "agencies"),
    [
        ("(Reporting by Jane Doe in Oslo; Editing by Max Roe)", ("Reuters",)),
        ("© dpa-infocom, dpa:260303-99-361518/3", ("dpa",)),
        ("Copyright 2026 The Associated Press. All rights reserved.", ("AP",)),
        (f"{FERRY} – AFP", ("AFP",)),
        (f"{FERRY} (ANI)", ("ANI",)),
        (f"{FERRY}PTI LUX NAB", ("PTI",)),
        (f"{FERRY} “There is a crack,” he told the AP.", ()),
        ("With files from The Canadian Press", ()),
        ("The Associated Press contributed to this report.", ()),
        ("The ferry in March. (AP Photo/Jane Doe)", ()),
        ("The ferry in March. (Associated Press)", ()),  # a caption
    ],
)
def test_a_last_line_credits_an_agency(last: str, agencies: tuple[str, ...]) -> None:
    assert wire_agencies(article(f"{FERRY}\n\n{last}"), "fjord.example") == agencies


def test_bylines_that_were_cut_and_declared_credits_count() -> None:
    assert wire_agency(article(credits=("AFP",)), "fjord.example") == "AFP"
    assert wire_agency(article(authors=("Reuters",)), "fjord.example") == "Reuters"
    cut = article(authors=("Jane Doe",), removed=((BlockKind.BYLINE, "By Jane Doe / Associated Press"),))
    assert wire_agency(cut, "fjord.example") == "AP"
    dateline = article(removed=((BlockKind.DATELINE, "OSLO (Reuters) -"),))
    assert wire_agency(dateline, "fjord.example") == "Reuters"
    assert wire_agency(article(credits=("dpa", "AFP")), "fjord.example") == "AFP, dpa"


def test_an_agency_beside_a_persons_byline_is_a_pictures_credit() -> None:
    cuts = ((BlockKind.BYLINE, "By Jane Doe"), (BlockKind.BYLINE, "AP"))
    assert wire_agency(article(authors=("Jane Doe",), removed=cuts), "fjord.example") is None
    assert wire_agency(article(authors=("Jane Doe",), credits=("with AFP",)), "fjord.example") is None


def test_an_article_about_an_agency_is_not_the_agencys() -> None:
    about = f"Reuters cut forty jobs, the agency said.\n\n{FERRY}\n\nThe news was first reported by Reuters."
    assert wire_agency(article(about, credits=("Fjord Post",)), "fjord.example") is None


def test_an_agencys_own_site_credits_itself_unless_it_names_another_source() -> None:
    assert wire_agency(article(), "reuters.com") == "Reuters"
    reprint = article(
        "夜间渡轮停航。", language="zh", removed=((BlockKind.DATELINE, "16:36 来源：山东卫视"),)
    )
    assert wire_agency(reprint, "chinanews.com") is None
