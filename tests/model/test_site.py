"""The site of a URL."""

import pytest

from newscrawl.model import site_of


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.news.example.com/a?b=c", "example.com"),
        ("https://EXAMPLE.co.uk./a", "example.co.uk"),
        ("http://127.0.0.1:8000/a", "127.0.0.1"),
        ("http://[::1]:8000/a", "::1"),
        ("http://skerry.localhost:8017/", "skerry.localhost"),
        ("http://www.skerry.localhost/", "skerry.localhost"),
        ("http://localhost/", "localhost"),
        ("http://intranet/", "intranet"),
        ("https://news.xn--p1ai/", "news.xn--p1ai"),
    ],
)
def test_the_site_is_the_registrable_domain_or_the_address(url: str, site: str) -> None:
    assert site_of(url) == site


@pytest.mark.parametrize("url", ["", "mailto:a@example.com", "/a", "http://", "http://[::1/"])
def test_what_has_no_host_has_no_site(url: str) -> None:
    assert site_of(url) == ""
