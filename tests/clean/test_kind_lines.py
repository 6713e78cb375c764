import pytest

from newscrawl.clean.kind_lines import cut_by_form
from newscrawl.model import BlockKind

GUESS = (BlockKind.OTHER, "other:low-score")


def kind(text, cut=GUESS, *, linked=False, by_place=True, before=False, after=False, distance=2):
    found = cut_by_form(
        text,
        cut,
        words=len(text.split()),
        linked=linked,
        by_place=by_place,
        before=before,
        after=after,
        distance=distance,
    )
    return found and str(found[0])


def test_a_line_of_hashtags_is_navigation():
    assert kind("#flood #river#boats") == "navigation"
    assert kind("#1 in the county") is None


def test_a_link_that_is_an_amount_of_money_asks_for_it():
    assert kind("€50", linked=True) == "promo"
    assert kind("€50") is None


@pytest.mark.parametrize("text", ["2019", "April 2019 (11)"])
def test_a_linked_year_or_month_leads_to_an_archive(text):
    assert kind(text, (BlockKind.DATELINE, "dateline:date"), linked=True) == "navigation"


def test_a_linked_day_stays_a_date():
    assert kind("3 April 2019", (BlockKind.DATELINE, "dateline:date"), linked=True) is None


def test_arrows_make_a_pager_of_what_says_previous():
    assert kind("← earlier", (BlockKind.RELATED, "related:label"), by_place=False) == "navigation"


def test_a_counted_link_is_a_topic():
    assert kind("Health (91)", linked=True) == "navigation"


def test_an_address_right_below_the_text_is_the_authors():
    assert kind("ada.berg@post.example", linked=True) == "byline"
    assert kind("ada.berg@post.example", linked=True, distance=40) is None


@pytest.mark.parametrize("text", ["Ada Berg 2 minutes ago", "vor 3 Stunden", "| Print | 29/12/2011 | By Ada"])
def test_a_line_above_the_text_that_tells_the_time_is_its_date(text):
    assert kind(text, before=True) == "dateline"
    assert kind(text, after=True) is None


def test_what_a_rule_has_named_keeps_its_name():
    assert (
        kind("Health (91)", (BlockKind.NEWSLETTER, "newsletter:label"), linked=True, by_place=False) is None
    )


def test_a_linked_hashtag_may_have_several_words():
    assert kind("# Party of the lower town", (BlockKind.RELATED, "related:card"), linked=True) == "navigation"


@pytest.mark.parametrize(
    "text", ["5 min read", "Lesezeit: 3 Minuten", "Tiempo de lectura: 4 min", "阅读时间 5"]
)
def test_a_reading_time_is_no_caption(text):
    assert kind(text, (BlockKind.CAPTION, "caption:picture"), by_place=False) == "other"


@pytest.mark.parametrize("text", ["Forgot your password?", "Mot de passe", "パスワード"])
def test_what_asks_for_a_password_signs_in(text):
    assert kind(text, (BlockKind.PAYWALL, "paywall:class"), by_place=False) == "navigation"


def test_a_word_about_secrets_in_a_headline_does_not():
    title = "Thousands of passwords were found in an old mill by the river"
    assert kind(title, (BlockKind.RELATED, "related:class"), by_place=False) is None


@pytest.mark.parametrize("text", ["12 Kommentare Drucken", "| 539 Comments | Print |"])
def test_a_count_of_comments_belongs_to_them(text):
    assert kind(text) == "comments"


@pytest.mark.parametrize("text", ["‹ Zurück", "Retour", "戻る"])
def test_back_is_navigation_where_related_labels_have_it_too(text):
    assert kind(text, (BlockKind.RELATED, "related:label"), by_place=False) == "navigation"


def test_two_playing_times_are_no_date():
    assert kind("0:00 / 12:45", (BlockKind.DATELINE, "dateline:date"), by_place=False) == "other"
