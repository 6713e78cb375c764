import pytest

from newscrawl.clean.link_targets import Target, target_of


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("#chapter-2", Target.ON_PAGE),
        ("#", Target.UNKNOWN),
        ("", Target.UNKNOWN),
        ("javascript:void(0)", Target.UNKNOWN),
        ("https://www.facebook.com/sharer/sharer.php?u=https://river.example/a-b-c-d-e", Target.SHARE),
        ("mailto:?subject=Boats", Target.SHARE),
        ("mailto:desk@river.example", Target.UNKNOWN),
        ("https://twitter.com/riverpost", Target.NETWORK),
        ("/tag/boats", Target.TOPIC),
        ("https://river.example/themen/hochwasser/", Target.TOPIC),
        ("/news/uk-politics", Target.SECTION),
        ("/", Target.SECTION),
        ("https://elsewhere.example/", Target.UNKNOWN),
        ("/news/boats-reach-the-lower-town/", Target.ARTICLE),
        ("/2024/05/17/boats.html", Target.ARTICLE),
        ("/story.php?id=1234567", Target.ARTICLE),
        ("/3", Target.UNKNOWN),
    ],
)
def test_the_address_tells_what_a_link_leads_to(href, target):
    assert target_of(href) is target
