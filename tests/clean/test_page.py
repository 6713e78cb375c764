import pytest
from pages import PARAGRAPHS, STORY

from newscrawl.clean import CLEANER_VERSION, clean_page, explain_page
from newscrawl.model import ArticleStatus, BlockKind

URL = "https://post.example/pier"


@pytest.fixture(scope="module")
def article():
    return clean_page(STORY, URL)


def test_the_paragraphs_and_the_sub_heading_stay_in_order(article):
    assert article.paragraphs == (PARAGRAPHS[0], PARAGRAPHS[1], "A landing by the market", PARAGRAPHS[2])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Old ferry pier closed until spring", BlockKind.TITLE),
        ("By Jonas Lind", BlockKind.BYLINE),
        ("March 4, 2025", BlockKind.DATELINE),
        ("The pier on Monday.", BlockKind.CAPTION),
        ("- Advertisement -", BlockKind.AD),
        ("Source: Newsroom", BlockKind.SOURCE),
        ("More like this", BlockKind.RELATED),
        ("Fish market to get a new roof", BlockKind.RELATED),
        ("Leave a Reply", BlockKind.COMMENTS),
        ("Your email address will not be published.", BlockKind.COMMENTS),
        ("© 2025 Harbour Post. All rights reserved.", BlockKind.LEGAL),
        ("Home", BlockKind.NAVIGATION),
    ],
)
def test_each_cut_block_is_on_record_with_its_kind(article, text, kind):
    assert [block.kind for block in article.removed if block.text == text] == [kind]


def test_a_rule_is_a_slug_that_begins_with_its_kind(article):
    assert all(block.rule.startswith(f"{block.kind}:") for block in article.removed)


def test_metadata_and_language_come_with_the_text(article):
    assert (article.status, article.title, article.language) == (
        ArticleStatus.OK,
        "Old ferry pier closed until spring",
        "en",
    )
    assert article.cleaner_version == CLEANER_VERSION


def test_positions_and_paths_tell_where_a_cut_block_stood(article):
    home = next(block for block in article.removed if block.text == "Home")
    assert (home.position, home.path) == (0, "/html/body[1]/nav[1]/ul[1]/li[1]")


def test_an_explanation_shows_every_block_with_its_votes():
    explanation = explain_page(STORY, URL)
    assert explanation.article == clean_page(STORY, URL)
    kept = [block for block in explanation.blocks if block.kept]
    assert all(block.kind is None and dict(block.votes)["score"] > 0.3 for block in kept)
    assert [block.position for block in explanation.blocks] == list(range(len(explanation.blocks)))


def test_double_breaks_part_paragraphs():
    body = "<br><br>".join(PARAGRAPHS)
    page = f"<html><body><table><tr><td><h2>Pier closed</h2>{body}</td></tr></table></body></html>"
    assert clean_page(page, URL).paragraphs == PARAGRAPHS


def test_lists_and_quotes_of_the_article_stay():
    page = f"""<article><h1>Pier</h1><p>{PARAGRAPHS[0]}</p><ul><li>The pier closes on Friday at noon.</li>
    <li>Buses run to the north landing every hour.</li></ul><blockquote><p>{PARAGRAPHS[1]}</p></blockquote>
    <p>{PARAGRAPHS[2]}</p></article>"""
    assert clean_page(page, URL).paragraphs == (
        PARAGRAPHS[0],
        "The pier closes on Friday at noon.",
        "Buses run to the north landing every hour.",
        PARAGRAPHS[1],
        PARAGRAPHS[2],
    )


def test_a_last_paragraph_that_breaks_off_stays():
    texts = (*PARAGRAPHS[:2], PARAGRAPHS[2][:90])
    page = "<article><h1>Pier</h1>" + "".join(f"<p>{text}</p>" for text in texts) + "</article>"
    assert clean_page(page, URL).paragraphs[-1] == PARAGRAPHS[2][:90].strip()


def test_text_that_only_linked_data_hold_is_taken_from_there():
    body = " ".join(PARAGRAPHS)
    page = f"""<html><body><script type="application/ld+json">{{"@type": "NewsArticle", "headline": "Pier",
    "articleBody": "{body}"}}</script><div id="app"></div></body></html>"""
    article = clean_page(page, URL)
    assert article.text == body
    assert "text:json-ld" in article.notes


def test_a_page_without_text_is_empty():
    assert (
        clean_page("<html><body><nav><a href=/>Home</a></nav></body></html>", URL).status
        is ArticleStatus.EMPTY
    )


def test_cleaning_twice_gives_the_same():
    assert clean_page(STORY, URL) == clean_page(STORY.encode(), URL, encoding="utf-8")


def test_a_paragraph_that_stands_twice_stays_once_and_the_other_is_on_record():
    printed = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<article><h1>Pier closed until spring</h1>{printed}<div class='x'>{printed}</div></article>"
    article = clean_page(page, URL)
    assert article.paragraphs == PARAGRAPHS
    assert [block.text for block in article.removed if block.rule == "other:repeated"] == list(PARAGRAPHS)


def test_a_thread_under_its_count_of_replies_is_comments_whatever_its_classes():
    story = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    said = "".join(
        f"<div class='k'><b>{name}</b><p>{comment}</p></div>"
        for name, comment in (
            ("Ann", "I walked there with my dog every day, it was about time."),
            ("Bo", "Nobody asked those of us who fish from it, as always."),
            ("Cy", "Cracks in three pillars and they only see them now?"),
        )
    )
    head = "<h3>3 replies to “Old ferry pier closed until the spring”</h3>"
    page = f"<article><h1>Old ferry pier closed until the spring</h1>{story}</article><div>{head}{said}</div>"
    article = clean_page(page, URL)
    assert article.paragraphs == PARAGRAPHS
    assert {block.kind for block in article.removed[1:]} == {BlockKind.COMMENTS}
