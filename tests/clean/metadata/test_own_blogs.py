import pytest

from newscrawl.clean import clean_page

PAGE = """<html lang="en"><head><title>Ropes that last | {site}</title>
<meta property="og:site_name" content="{site}">
<script type="application/ld+json">{{"@type": "BlogPosting", "headline": "Ropes that last",
"author": {{"@type": "Person", "name": "{author}"}}}}</script></head><body><article>
<h1>Ropes that last</h1><p>By {author}</p><p>Hemp keeps its strength for years if it is dried after each
trip, and the old boatmen of the islands hang theirs under the roof until the next tide.</p>
</article></body></html>"""


@pytest.mark.parametrize(
    ("site", "author"),
    [("Mark Denholm", "Mark Denholm"), ("Sara Lindqvist Photography", "Sara Lindqvist")],
)
def test_the_author_of_a_blog_that_bears_the_name_is_a_person(site, author):
    article = clean_page(PAGE.format(site=site, author=author), "https://ropes.example/ropes-that-last")
    assert (article.authors, article.credits) == ((author,), ())


@pytest.mark.parametrize("name", ["Velden Courier", "Loona Construction", "Charlie Harbour"])
def test_an_outlet_is_no_author(name):
    article = clean_page(PAGE.format(site=name, author=name), "https://ropes.example/ropes-that-last")
    assert article.authors == ()
