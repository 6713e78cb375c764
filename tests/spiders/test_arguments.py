"""Wrong arguments are told before anything is fetched."""

from pathlib import Path

import pytest
from scrapy.settings import Settings

from newscrawl import __version__
from newscrawl.discover import Outlet
from newscrawl.errors import ConfigError
from newscrawl.spiders.news import NewsSpider
from newscrawl.spiders.pages import PagesSpider


@pytest.mark.parametrize(
    ("spider", "arguments", "words"),
    [
        (NewsSpider, {}, "needs -a url="),
        (NewsSpider, {"urls": "https://example.com"}, "did you mean 'url'"),
        (NewsSpider, {"url": "file:///etc/hostname"}, "no http or https URL"),
        (NewsSpider, {"url": "https://example.com", "due": "maybe"}, "'due' is 1 or 0"),
        (NewsSpider, {"sites": "/nowhere/sites.toml"}, "cannot read '/nowhere/sites.toml'"),
        (NewsSpider, {"url": ", ,"}, "holds no URL"),
        (PagesSpider, {}, "needs -a url="),
        (PagesSpider, {"file": "/nowhere"}, "cannot read '/nowhere'"),
    ],
)
def test_a_wrong_argument_is_told(
    spider: type[NewsSpider | PagesSpider], arguments: dict[str, str], words: str
) -> None:
    with pytest.raises(ConfigError, match=words.replace("(", r"\(")):
        spider.check_arguments(arguments)


def test_a_line_of_a_file_that_is_no_url_is_told_with_its_number(tmp_path: Path) -> None:
    file = tmp_path / "urls.txt"
    file.write_text("https://example.com/a\nftp://example.com/b\n")
    with pytest.raises(ConfigError, match="line 2"):
        PagesSpider(file=str(file))


def test_a_name_without_a_scheme_is_a_site() -> None:
    assert NewsSpider(url="example.com").outlets == (Outlet("https://example.com/"),)


def test_a_site_given_twice_is_crawled_once() -> None:
    spider = NewsSpider(url="https://www.example.com/,http://example.com/news")
    assert [outlet.url for outlet in spider.outlets] == ["https://www.example.com/"]


def test_what_scrapyd_adds_is_passed_over() -> None:
    assert NewsSpider(url="example.com", _job="4711").arguments_given == {"url": "example.com"}


@pytest.mark.parametrize(
    ("given", "agent"),
    [
        ({}, f"newscrawl/{__version__}"),
        ({"NEWSCRAWL_CONTACT": "desk@example.com"}, f"newscrawl/{__version__} (+desk@example.com)"),
        ({"NEWSCRAWL_CONTACT": "desk@example.com", "USER_AGENT": "mine/1"}, "mine/1"),
    ],
)
def test_the_contact_stands_in_the_user_agent(given: dict[str, str], agent: str) -> None:
    settings = Settings()
    settings.setmodule("newscrawl.settings", priority="project")
    settings.setdict(given, priority="cmdline")
    NewsSpider.update_settings(settings)
    assert settings["USER_AGENT"] == agent
