import pytest
from metadata_page import ld, read

from newscrawl.clean.metadata.jsonld import own_nodes, parse_scripts


@pytest.mark.parametrize(
    "script",
    [
        '{"@type":"NewsArticle","headline":"Rain"}',
        '[{"@type":"Organization"},{"@type":"NewsArticle","headline":"Rain"}]',
        '{"@graph":[{"@type":"NewsArticle","headline":"Rain",},]}',
        '//<![CDATA[\n{"@type":"NewsArticle","headline":"Rain"}\n//]]>',
        '<!--\n{"@type":"NewsArticle","headline":"Rain"}\n-->',
        '{"@type":"NewsArticle", /* no // comment */ "headline":"Rain"} // end',
        '{"@type":"Thing"}{"@type":"NewsArticle","headline":"Rain"};',
        '{"@type":"NewsArticle","headline":"Rain","image": ,"a":"b"}',
        '{"@type":"NewsArticle","headline":"Rain"}}',
        '{"@type":"NewsArticle","headline":"Rain","u":"\\d"}',
        '{"@type":["Article","https://schema.org/NewsArticle"],"headline":"Ra\\u0000in"}',
        '{"@type":"NewsArticle","headline":"Rain","n":' + "9" * 5000 + "}",
        '{"@type":"NewsArticle","headline":"Rain","b":"says "yes" twice"}',
        '{"@type":"NewsArticle","headline":"Ra\tin","articleBody":"one\ntwo"}',
    ],
)
def test_json_ld_as_pages_really_write_it(script: str) -> None:
    assert read(ld(script)).title in ("Rain", "Ra in")


@pytest.mark.parametrize(
    "script", ["", "{", "[" * 100_000, "null", '"x"', "{'a':1}", "\ud800", '{"a":' * 5000]
)
def test_what_cannot_be_mended_gives_nothing(script: str) -> None:
    assert parse_scripts([script]) == []


def test_the_pages_own_article_is_told_from_related_ones_by_its_url() -> None:
    nodes = parse_scripts(
        [
            '[{"@type":"Article","url":"https://a.example/1"},{"@type":"Article","url":"http://www.a.example/2/?x"}]'
        ]
    )
    assert own_nodes(nodes, "https://a.example/2", "")[0]["url"] == "http://www.a.example/2/?x"


def test_the_pages_own_article_is_told_by_its_title_where_no_url_helps() -> None:
    nodes = parse_scripts(['[{"@type":"Article","headline":"Rain"},{"@type":"Article","headline":"Snow"}]'])
    assert own_nodes(nodes, "https://a.example/2", "Snow - The Post")[0]["headline"] == "Snow"


def test_nul_and_lone_surrogates_never_come_through() -> None:
    page = read(
        ld('{"@type":"Article","headline":"Ra\\u0000in \\ud800 now","articleBody":"a\\u0000\\udfff b"}')
    )
    assert (page.title, page.article_body) == ("Rain now", "a b")


def test_the_article_body_keeps_its_lines() -> None:
    assert read(ld('{"@type":"Article","articleBody":"One.\\n\\n Two.  "}')).article_body == "One.\nTwo."


@pytest.mark.parametrize(
    "scripts", [['{"@type":"A"}'] * 500, ['{"a":[' + '{"@type":"A"},' * 50_000 + "{}]}"]]
)
def test_the_number_of_nodes_is_bounded(scripts: list[str]) -> None:
    assert len(parse_scripts(scripts)) <= 1000
