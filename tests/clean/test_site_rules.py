import pytest
from pages import PARAGRAPHS, STORY

from newscrawl.clean import clean_page, load_site_rules
from newscrawl.errors import ConfigError

URL = "https://www.post.example/pier"


def rules(tmp_path, text):
    path = tmp_path / "rules.toml"
    path.write_text(text, "utf-8")
    return load_site_rules(path)


def test_a_dropped_element_goes_and_a_kept_one_stays(tmp_path):
    found = rules(tmp_path, '[sites."post.example"]\nkeep = ["figcaption"]\ndrop = ["article > h2"]\n')
    article = clean_page(STORY, URL, site_rules=found)
    assert "The pier on Monday." in article.paragraphs
    assert "A landing by the market" not in article.paragraphs
    assert [block.rule for block in article.removed if block.text == "A landing by the market"] == [
        "other:site-rule"
    ]


def test_other_sites_are_left_alone(tmp_path):
    found = rules(tmp_path, '[sites."other.example"]\ndrop = ["p"]\n')
    assert clean_page(STORY, URL, site_rules=found).paragraphs[0] == PARAGRAPHS[0]


@pytest.mark.parametrize(
    "text", ["sites = 3", '[sites."a.example"]\ndorp = []', '[sites."a.example"]\ndrop = ["p["]', "["]
)
def test_a_wrong_file_is_told_in_one_line(tmp_path, text):
    with pytest.raises(ConfigError, match=r"rules\.toml"):
        rules(tmp_path, text)
