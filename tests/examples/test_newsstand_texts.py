"""What the newsstand must be, whatever its texts say."""

import re
from collections import Counter

from examples.newsstand import load_newsstand
from examples.newsstand.texts import Article, plain_text

NEWSSTAND = load_newsstand()
BY_KEY = {article.key: article for article in NEWSSTAND.articles}


def shingles(article: Article) -> set[tuple[str, ...]]:
    text = " ".join([article.title, *(plain_text(part.text) for part in article.parts)])
    words = re.findall(r"\w+", text.lower())
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def containment(one: Article, other: Article) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / min(len(a), len(b))


def test_five_outlets_have_six_articles_each_in_five_themes() -> None:
    assert [len(site.outlet.articles) for site in NEWSSTAND.sites] == [6] * 5
    assert len({site.outlet.theme for site in NEWSSTAND.sites}) == 5


def test_the_main_event_is_told_once_by_every_outlet() -> None:
    told = [article for article in NEWSSTAND.articles if article.story == "night-ferry"]
    assert len({article.outlet for article in told}) == len(told) == 5
    relations = Counter(article.relation for article in told)
    assert relations == {"original": 1, "near_copy": 1, "report": 2, "follow_up": 1}


def test_the_original_of_each_story_is_its_earliest_article() -> None:
    for story in {article.story for article in NEWSSTAND.articles}:
        told = [article for article in NEWSSTAND.articles if article.story == story]
        earliest = min(told, key=lambda article: article.published)
        assert [article.key for article in told if article.relation == "original"] == [earliest.key]


def test_the_spun_copy_is_reworded_as_heavily_as_real_ones() -> None:
    (copy,) = [article for article in NEWSSTAND.articles if article.copy_of]
    assert 0.36 < containment(copy, BY_KEY[copy.copy_of]) < 0.42


def test_all_other_articles_are_in_their_own_words() -> None:
    articles = NEWSSTAND.articles
    for number, one in enumerate(articles):
        for other in articles[number + 1 :]:
            if {one.copy_of, other.copy_of} == {""}:
                assert containment(one, other) < 0.1, (one.key, other.key)


def test_every_article_has_five_paragraphs_or_more() -> None:
    for article in NEWSSTAND.articles:
        count = sum(part.kind == "paragraph" for part in article.parts)
        assert count >= 5 or (article.outlet == "gazette" and count >= 4), article.key
