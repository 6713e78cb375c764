import pytest

from newscrawl.clean.language import text_language

DANISH = (
    "Byrådet besluttede tirsdag at lukke den gamle færgemole indtil foråret, efter at ingeniører har fundet "
    "revner i tre af dens piller. Det ventes at koste mere end en million kroner at bygge en ny."
)


@pytest.mark.parametrize(("declared", "expected"), [("da-DK", "da-DK"), ("en-US", "da"), (None, "da")])
def test_the_declaration_counts_where_the_text_agrees(declared, expected):
    assert text_language(DANISH, declared) == expected


def test_a_short_text_is_in_the_language_that_is_declared():
    assert text_language("Rain.", "sv") == "sv"
