import pytest

from newscrawl.clean.kind_lines import cut_by_form
from newscrawl.model import BlockKind

GUESS = (BlockKind.OTHER, "other:low-score")


def kind(text, cut=GUESS, *, linked=False, by_place=True, before=False, distance=2):
    found = cut_by_form(
        text,
        cut,
        words=len(text.split()),
        linked=linked,
        by_place=by_place,
        before=before,
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
    assert kind(text, before=False) is None


def test_what_a_rule_has_named_keeps_its_name():
    assert (
        kind("Health (91)", (BlockKind.NEWSLETTER, "newsletter:label"), linked=True, by_place=False) is None
    )
