"""The rules, one idea each, on markup that no theme of the example has."""

import pytest
from pages import PARAGRAPHS

from newscrawl.clean import clean_page
from newscrawl.model import BlockKind

URL = "https://post.example/pier"
BODY = "".join(f"<p>{text}</p>" for text in PARAGRAPHS)


def removed(before="", after="", head=""):
    html = f"<html><head>{head}</head><body><h1>Old ferry pier closed</h1>{before}{BODY}{after}</body></html>"
    article = clean_page(html, URL)
    assert article.paragraphs == PARAGRAPHS
    return {block.text: (block.kind, block.rule) for block in article.removed}


@pytest.mark.parametrize(
    ("html", "text", "kind"),
    [
        ("<p>By Jonas Lind and Ada Berg</p>", "By Jonas Lind and Ada Berg", BlockKind.BYLINE),
        ("<div>Editor : Ada Berg</div>", "Editor : Ada Berg", BlockKind.BYLINE),
        (
            "<div>| Last update : 12.03.2025 07:05</div>",
            "| Last update : 12.03.2025 07:05",
            BlockKind.DATELINE,
        ),
        ("<div>Published: 4 March 2025</div>", "Published: 4 March 2025", BlockKind.DATELINE),
        ("<div>Home > News > Harbour</div>", "Home > News > Harbour", BlockKind.NAVIGATION),
        ("<p>Old ferry pier closed</p>", "Old ferry pier closed", BlockKind.TITLE),
        ("<div><img src=x><span>The pier in March</span></div>", "The pier in March", BlockKind.CAPTION),
        (
            "<p>File:Ferry pier 2024.jpg - Wikipedia</p>",
            "File:Ferry pier 2024.jpg - Wikipedia",
            BlockKind.CAPTION,
        ),
    ],
)
def test_what_stands_above_the_text_is_cut_with_its_kind(html, text, kind):
    found = removed(before=html)
    assert found[text][0] is kind


@pytest.mark.parametrize(
    ("html", "text", "kind"),
    [
        ("<p>Source: Newsroom</p>", "Source: Newsroom", BlockKind.SOURCE),
        ("<p>- Advertisement -</p>", "- Advertisement -", BlockKind.AD),
        ("<p>Share post:</p>", "Share post:", BlockKind.SHARE),
        ("<p>Facebook Twitter Telegram Print</p>", "Facebook Twitter Telegram Print", BlockKind.SHARE),
        ("<p>© 2025 Harbour Post</p>", "© 2025 Harbour Post", BlockKind.LEGAL),
        (
            "<p>Read also: <a href=/x>A roof for the fish market</a></p>",
            "Read also: A roof for the fish market",
            BlockKind.RELATED,
        ),
        ("<h3>Leave a Reply</h3>", "Leave a Reply", BlockKind.COMMENTS),
        (
            "<p>WARNING: Comments that contain insults or swearing are not approved.</p>",
            "WARNING: Comments that contain insults or swearing are not approved.",
            BlockKind.COMMENTS,
        ),
    ],
)
def test_what_stands_below_the_text_is_cut_with_its_kind(html, text, kind):
    assert removed(after=html)[text][0] is kind


def test_cards_with_excerpts_under_a_label_are_related():
    cards = """<div class="td_block"><h4>More like this</h4><h4>Related</h4>
    <div><h3><a href="/a">The last lamp keeper</a></h3><p>For forty years the lamp was lit...</p></div>
    <div><h3><a href="/b">Ferry books</a></h3><p>Readers on the isles have waited for...</p></div></div>"""
    found = removed(after=cards)
    assert found["For forty years the lamp was lit..."] == (BlockKind.RELATED, "related:heading")


def test_a_bio_names_the_author_and_what_they_do():
    head = '<meta name="author" content="Ada Berg">'
    bio = "Ada Berg is a senior reporter who covers harbours and the sea for the Harbour Post."
    assert removed(after=f"<div>{bio}</div>", head=head)[bio][0] is BlockKind.BIO


def test_a_class_on_most_of_the_text_means_nothing():
    body = "".join(f'<div class="newsletter-only"><p>{text}</p></div>' for text in PARAGRAPHS)
    html = f'<html><body class="comments-open has-related"><h1>Old ferry pier closed</h1>{body}</body></html>'
    assert clean_page(html, URL).paragraphs == PARAGRAPHS
