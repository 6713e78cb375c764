import pytest
from metadata_page import ld, read


def meta(name: str, content: str) -> str:
    return f'<meta name="{name}" content="{content}">'


def test_open_graph_and_json_ld_fill_the_plain_fields() -> None:
    page = read(
        ld('{"@type":"NewsArticle","articleSection":["Local","News"],"keywords":"ferry, winter,ferry"}')
        + meta("og:site_name", "Harbour Post")
        + meta("og:description", "Snow &amp;amp; ice")
        + meta("og:image", "/ferry.jpg")
    )
    assert (page.site_name, page.section, page.tags) == ("Harbour Post", "Local", ("ferry", "winter"))
    assert (page.description, page.image_url) == ("Snow & ice", "http://127.0.0.1:8001/ferry.jpg")
    assert page.kind_hint == "newsarticle"


def test_links_tell_section_and_tags_where_nothing_is_declared() -> None:
    page = read(
        "<a rel='category tag' href=/l>Local</a><a rel=tag href=/f>Ferry</a><a rel=tag href=/w>Winter</a>"
    )
    assert (page.section, page.tags) == ("Local", ("Ferry", "Winter"))


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang=pt-BR>", "pt-BR"),
        ("<html xml:lang=de>", "de"),
        ("<html lang=en_US>", "en-US"),
        (meta("og:locale", "fr_FR"), "fr-FR"),
        ("<meta http-equiv=content-language content='it, en'>", "it"),
        (ld('{"@type":"Article","inLanguage":"sv"}'), "sv"),
        ("<html lang='{{ lang }}'>", None),
        ("<p>", None),
    ],
)
def test_the_declared_language(html: str, language: str | None) -> None:
    assert read(html + "<p>text</p>").language == language


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://post.example/a", "https://post.example/a"),
        ("/a?b=c", "http://127.0.0.1:8001/a?b=c"),
        ("//post.example/a", "https://post.example/a"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/hostname", None),
        ("http://[", None),
        ("", None),
    ],
)
def test_canonical_urls_are_absolute_and_of_the_web(href: str, url: str | None) -> None:
    expected = url.replace("https://", "http://") if url and href.startswith("//") else url
    assert read(f'<link rel=canonical href="{href}"><p>x</p>').canonical_url == expected


def test_scripts_and_tags_in_titles_are_text_without_them() -> None:
    assert (
        read(meta("og:title", "&lt;script&gt;x&lt;/script&gt; Rain &lt;b&gt;again&lt;/b&gt;")).title
        == "x Rain again"
    )


def test_robots_directives_are_read_for_all_agents() -> None:
    page = read(
        meta("robots", "NOARCHIVE, max-snippet:50")
        + meta("googlebot", "noindex")
        + meta("tdm-reservation", "1")
        + meta("robots", "noai, noimageai")
    )
    assert page.robots == (
        "googlebot:noindex", "max-snippet:50", "noai", "noarchive", "noimageai", "tdm-reservation",
    )  # fmt: skip


def test_none_for_robots_means_both_of_its_parts() -> None:
    assert read(meta("robots", "none")).robots == ("nofollow", "noindex")


@pytest.mark.parametrize(
    ("html", "paywalled"),
    [
        (ld('{"@type":"NewsArticle","isAccessibleForFree":false}'), True),
        (ld('{"@type":"NewsArticle","isAccessibleForFree":"False"}'), True),
        (ld('{"@type":"NewsArticle","hasPart":{"isAccessibleForFree":"http://schema.org/False"}}'), True),
        (ld('{"@type":"NewsArticle","isAccessibleForFree":true}'), False),
        (meta("article:content_tier", "locked"), True),
        (meta("article:content_tier", "free"), False),
        ("", False),
    ],
)
def test_declared_paywalls(html: str, paywalled: bool) -> None:
    assert read(html + "<p>x</p>").paywalled is paywalled


def test_control_and_zero_width_characters_are_gone_and_joiners_stay() -> None:
    assert (
        read(meta("og:title", "Ra\u200bin\u00ad \u202eagain\ufeff می\u200cخواهم")).title
        == "Rain again می\u200cخواهم"
    )


@pytest.mark.parametrize("home", ["Home", "Front page", "Startseite", "Главная"])
def test_the_link_home_that_only_says_so_names_no_outlet(home: str) -> None:
    page = f"<body><nav><a href='/'>{home}</a></nav><h1>Old ferry pier closed until spring</h1></body>"
    assert read(page).site_name is None
