"""All variants of one address meet in one key; different articles never do."""

import pytest

from newscrawl.stories import url_key, usable_canonical_url

PLAIN = "https://example.com/news/2026/bridge-closed-4711"


@pytest.mark.parametrize(
    "variant",
    [
        "http://example.com/news/2026/bridge-closed-4711",
        "https://www.example.com/news/2026/bridge-closed-4711/",
        "https://m.example.com/news/2026/bridge-closed-4711",
        "https://EXAMPLE.com:443/news/2026/bridge-closed-4711#comments",
        "https://example.com/news/2026/bridge-closed-4711/amp",
        "https://example.com/amp/news/2026/bridge-closed-4711",
        "https://amp.example.com/news/2026/bridge-closed-4711?amp=1",
        "https://example.com/news/2026/bridge-closed-4711/amp/index.html",
        "https://example.com/news/2026/bridge-closed-4711?print=1",
        "https://example.com/news/2026/bridge-closed-4711/print",
        "https://example.com/news/2026/bridge-closed-4711?utm_source=rss&utm_medium=feed&fbclid=abc",
        "https://example.com/news/2026/bridge-closed-4711;jsessionid=0A1B2C",
        "https://example.com/news/2026/bridge-closed-4711?PHPSESSID=0123456789abcdef",
        "https://example.com/news//2026/bridge-closed-4711",
        "https://www.google.com/amp/s/example.com/news/2026/bridge-closed-4711",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/2026/bridge-closed-4711",
        "https://example.com/news/2026/bridge%2Dclosed-4711",
    ],
)
def test_a_variant_has_the_key_of_the_plain_address(variant: str) -> None:
    assert url_key(variant) == url_key(PLAIN)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a?id=1", "https://example.com/a?id=2"),
        ("https://example.com/a", "https://example.com/b"),
        ("https://example.com/a", "https://blog.example.com/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8002/a"),
        ("https://example.com/Story", "https://example.com/story"),
        ("https://example.com/best-guitar-amp", "https://example.com/best-guitar"),
        ("https://example.com/?p=12", "https://example.com/?p=13"),
        ("https://example.com/amp", "https://example.com/"),
    ],
)
def test_different_articles_have_different_keys(one: str, other: str) -> None:
    assert url_key(one) != url_key(other)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert url_key("https://example.com/a?b=1&a=2") == url_key("https://example.com/a?a=2&b=1")


@pytest.mark.parametrize("url", ["", "mailto:a@example.com", "/path", "http://[::1", "https://:80/"])
def test_what_has_no_host_has_no_key(url: str) -> None:
    assert url_key(url) == ""


def test_a_key_is_its_own_key() -> None:
    assert url_key(f"https://{url_key(PLAIN)}") == url_key(PLAIN)


@pytest.mark.parametrize(
    ("declared", "page", "usable"),
    [
        ("/news/bridge-closed", "https://example.com/news/bridge-closed?ref=x", True),
        ("https://www.example.com/news/bridge", "https://m.example.com/news/bridge", True),
        ("https://example.com/news/new-slug-4711", "https://example.com/news/old-slug-4711", True),
        ("https://example.com/long-read-on-a-bridge", "https://example.com/long-read-on-a-bridge/2", True),
        ("https://example.com/", "https://example.com/news/bridge", False),
        ("https://example.com/news/", "https://example.com/news/bridge", False),
        ("https://other.example/news/bridge", "https://example.com/news/bridge", False),
        ("https://example.com/article.php", "https://example.com/article.php?id=7", False),
        ("http://127.0.0.1:8002/a", "http://127.0.0.1:8001/a", False),
        ("javascript:void(0)", "https://example.com/news/bridge", False),
        ("http://[broken", "https://example.com/news/bridge", False),
        ("", "https://example.com/news/bridge", False),
        (None, "https://example.com/news/bridge", False),
    ],
)
def test_a_declared_canonical_url_is_believed_only_where_it_names_the_article(
    declared: str | None, page: str, usable: bool
) -> None:
    found = usable_canonical_url(declared, page)
    assert (found == page) is not usable or url_key(found) == url_key(page)


@pytest.mark.parametrize(
    ("url", "plain"),
    [
        ("https://example.com/a/?utm_source=rss&utm_medium=feed", "https://example.com/a/"),
        ("https://example.com/a.html?id=7&PHPSESSID=12&fbclid=x#comments", "https://example.com/a.html?id=7"),
        ("https://example.com/a?b=2&a=1", "https://example.com/a?b=2&a=1"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_a_page_without_a_canonical_url_is_named_without_tracking(url: str, plain: str) -> None:
    assert usable_canonical_url(None, url) == plain
