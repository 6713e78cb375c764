"""sites.toml: what it says, and what is wrong with it."""

from datetime import timedelta

import pytest

from newscrawl.discover import RuleBook
from newscrawl.discover.sites_file import read_sites
from newscrawl.errors import ConfigError

WHOLE = """
[defaults]
interval = "1h"
deny = ["/sponsored/"]

[[site]]
name = "Courier"
url = "https://www.courier.example/"
feeds = ["https://feeds.courier.example/all"]
sections = ["https://www.courier.example/politics/"]
language = "en-GB"

[[site]]
url = "http://127.0.0.1:8001"
interval = "15m"
allow = ["/news/"]
deny = []
"""


def test_a_whole_file_is_read() -> None:
    courier, local = read_sites(WHOLE)
    assert (courier.key, courier.name, courier.language) == ("courier.example", "Courier", "en-GB")
    assert (courier.interval, local.interval) == (timedelta(hours=1), timedelta(minutes=15))
    assert (courier.deny, local.deny) == (("/sponsored/",), ())
    assert local.key == "http://127.0.0.1:8001"


def test_patterns_admit_and_deny() -> None:
    courier, local = read_sites(WHOLE)
    assert courier.admits("https://courier.example/a")
    assert not courier.admits("https://courier.example/sponsored/a")
    assert local.admits("http://127.0.0.1:8001/news/a")
    assert not local.admits("http://127.0.0.1:8001/sport/a")


SITE = '[[site]]\nname = "Courier"\nurl = "https://courier.example/"\n'


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "describes no site"),
        ("[[site", "is no TOML"),
        ("[[sites]]\n", "did you mean 'site'"),
        ('[[site]]\nname = "Courier"\n', r"site 1 \(Courier\): url is missing"),
        (SITE + 'feed = "x"\n', r"site 1 \(Courier\): there is no key 'feed': did you mean 'feeds'"),
        (SITE + 'feeds = "https://x.example/"\n', "feeds is a list of URLs"),
        ('[[site]]\nname = 3\nurl = "https://courier.example/"\n', "name is a text, not 3"),
        (SITE + 'rules = ["p"]\n', r"site 1 \(Courier\), rules is a table with the lists 'keep' and 'drop'"),
        (SITE + 'rules.dorp = ["p"]\n', r"rules: there is no key 'dorp': did you mean 'drop'"),
        (SITE + 'rules.drop = "p"\n', "rules, drop is a list of CSS selectors"),
        (SITE + 'rules.keep = ["p["]\n', r"rules, keep: 'p\[' is no CSS selector"),
        (SITE + 'feeds = ["ftp://x.example/"]\n', "is no http or https URL"),
        (SITE + 'deny = ["("]\n', "is no regular expression"),
        (SITE + 'interval = "soon"\n', "interval is a time such as"),
        (SITE + 'interval = "0m"\n', "at least a minute"),
        (SITE + 'language = "English, mostly"\n', "language is a tag"),
        (SITE + SITE, "courier.example is described twice"),
        ('[defaults]\nurl = "x"\n' + SITE, r"\[defaults\]: there is no key 'url'"),
    ],
)
def test_each_mistake_is_told_with_its_place(text: str, words: str) -> None:
    with pytest.raises(ConfigError, match=words):
        read_sites(text)


def test_rules_are_for_the_pages_of_their_outlet() -> None:
    text = SITE + '[site.rules]\nkeep = ["div.fact-box"]\ndrop = ["p.tagline", "div > aside"]\n'
    book = RuleBook.of_outlets(read_sites(text))
    rules = book.rules_for("https://www.courier.example/2026/a")
    assert rules is not None
    assert (rules.keep, rules.drop) == (("div.fact-box",), ("p.tagline", "div > aside"))
    assert book.rules_for("https://other.example/2026/a") is None
