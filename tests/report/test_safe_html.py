import lxml.html
import pytest

from newscrawl.report.safe_html import inner_html, make_inert, web_link


def inert(html: str) -> str:
    root = lxml.html.fragment_fromstring(html, create_parent="div")
    make_inert(root, "https://news.example/a/b")
    return inner_html(root)


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<p onclick=alert(1)>x</p>",
        "<a href='JaVa\tScript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>'>x</a>",
        "<img src=x onerror=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<form action=javascript:alert(1)><button formaction=javascript:alert(1)>x</button></form>",
        "<p style='background:url(https://evil.example/x)'>x</p>",
        "<style>@import 'https://evil.example/x'</style>",
        "<meta http-equiv=refresh content='0;url=https://evil.example/'>",
        "<base href=https://evil.example/>",
        "<custom-tag onfocus=alert(1) tabindex=0 autofocus>x</custom-tag>",
        "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<xmp><script>alert(1)</script></xmp>",
        "<plaintext><script>alert(1)</script>",
    ],
)
def test_nothing_runs_and_nothing_is_loaded(html: str) -> None:
    root = lxml.html.fragment_fromstring(inert(html), create_parent="div")
    for element in root.iter():
        assert element.tag in {"div", "p", "a", "img", "span", "table", "tr", "td"}
        assert set(element.attrib) <= {"alt", "href", "rel", "data-class", "data-id"}
        assert "href" not in element.attrib


def test_text_links_and_order_stay() -> None:
    html = "<p class=lead>One <b>two</b> &lt;three&gt;<script>x</script> four <a href='../c?d=e'>five</a></p>"
    assert inert(html) == (
        '<div><p data-class="lead">One <b>two</b> &lt;three&gt; four '
        '<a href="https://news.example/c?d=e" rel="noreferrer nofollow noopener">five</a></p></div>'
    )


@pytest.mark.parametrize("link", ["//[", "https://", "mailto:a@b.example", "file:///etc/passwd", "http:///x"])
def test_what_is_no_address_of_the_web_is_no_link(link: str) -> None:
    assert web_link(link, "") is None
