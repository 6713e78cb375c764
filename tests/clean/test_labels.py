from importlib.resources import files

import pytest

from newscrawl.clean.labels import label_key, label_of, label_within, opening_label
from newscrawl.model import BlockKind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("- Advertisement -", BlockKind.AD),
        ("More like this", BlockKind.RELATED),
        ("Das könnte Sie auch interessieren", BlockKind.RELATED),
        ("Lire aussi :", BlockKind.RELATED),
        ("Leave a Reply", BlockKind.COMMENTS),
        ("17 Kommentare", BlockKind.COMMENTS),
        ("Share post:", BlockKind.SHARE),
        ("Поделиться", BlockKind.SHARE),
        ("相关新闻", BlockKind.RELATED),
        ("関連記事", BlockKind.RELATED),
        ("اقرأ أيضا", BlockKind.RELATED),
        ("Διαβάστε επίσης", BlockKind.RELATED),
        ("Subscribe", BlockKind.NEWSLETTER),
        ("About the Author", BlockKind.BIO),
        ("The harbour is open again.", None),
    ],
)
def test_a_label_tells_its_kind(text, kind):
    assert label_of(text) is kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Source: Newsroom", BlockKind.SOURCE),
        ("Photo: A. Harbour / Agency", BlockKind.CAPTION),
        ("WARNING: Comments that contain insults are deleted.", BlockKind.COMMENTS),
        ("Read more: The bridge is shut", BlockKind.RELATED),
        ("来源：新闻社", BlockKind.SOURCE),
    ],
)
def test_a_line_may_begin_with_a_label(text, kind):
    found = opening_label(text)
    assert found is not None
    assert found[0] is kind


def test_a_label_ends_where_its_word_ends():
    assert opening_label("Byron was here") is None


def test_counts_and_punctuation_do_not_matter():
    assert label_key("» 12 Comments (3) …") == "comments"


def test_at_least_thirty_languages_have_labels():
    names = [entry.name for entry in files("newscrawl.clean").joinpath("labels").iterdir()]
    assert sum(name.endswith(".toml") for name in names) >= 30


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("For more tips, make sure to sign up for our newsletter!", BlockKind.NEWSLETTER),
        ("Staff writer Jo Lind can be reached at jo@post.example.", BlockKind.BIO),
        ("Ada Berg and Jo Lind contributed to this report.", BlockKind.BYLINE),
        ("Melden Sie sich jetzt für unseren Newsletter an und bleiben Sie informiert.", BlockKind.NEWSLETTER),
        ("The council has a newsletter for those who use the pier, and 300 people read it.", None),
        ("He contributed to this year’s report on piers.", None),
    ],
)
def test_a_phrase_that_no_article_says_is_known_wherever_it_stands(text, kind):
    assert label_within(text) is kind
