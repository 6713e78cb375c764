from pages import PARAGRAPHS

from newscrawl.clean import clean_page

URL = "https://post.example/pier"
TITLE = "Old ferry pier closed until spring"


def page_of(*blocks: str) -> str:
    return f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{''.join(blocks)}</body></html>"


def test_a_form_around_the_whole_page_is_the_page():
    article = clean_page(
        f"<html><head><title>{TITLE}</title></head><body><form id=main><h1>{TITLE}</h1>"
        + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
        + "<fieldset><p>Your name and your comment, please.</p></fieldset></form></body></html>",
        URL,
    )
    assert article.paragraphs == tuple(PARAGRAPHS)


def test_a_sentence_right_below_the_headline_is_its_standfirst():
    standfirst = "Engineers found cracks in three of the pier's nine pillars, the council said"
    text = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    article = clean_page(page_of(f"<div>{standfirst}</div><p>By Jonas Lind</p>", text), URL)
    assert article.paragraphs[0] == standfirst


def test_a_sub_heading_in_a_box_of_its_own_stays():
    first, second, third = (f"<div><p>{text}</p></div>" for text in PARAGRAPHS)
    ad = "<div>Advertisement</div>"
    heading = "<div><h2>'Better than we had hoped'</h2></div>"
    article = clean_page(page_of(first, second, ad, heading, third), URL)
    assert article.paragraphs == (*PARAGRAPHS[:2], "'Better than we had hoped'", PARAGRAPHS[2])


def test_markup_that_is_shown_as_text_to_browsers_without_scripts_is_cut():
    first, second, third = (f"<p>{text}</p>" for text in PARAGRAPHS)
    escaped = "&lt;img loading='lazy' src='/pier.jpg' alt='The pier at noon, seen from the old harbour'>"
    picture = f"<figure><noscript>{escaped}</noscript></figure>"
    article = clean_page(page_of(first, picture, second, third), URL)
    assert article.paragraphs == tuple(PARAGRAPHS)


def test_a_quotation_of_two_paragraphs_that_the_text_takes_up_again_stays():
    said = ["We heard nothing in the night at all.", "The pier simply was not there in the morning."]
    quotation = f"<blockquote>{''.join(f'<p>{text}</p>' for text in said)}</blockquote>"
    first, second, third = PARAGRAPHS
    again = f"{first} {said[0]} {said[1]} {first}"
    article = clean_page(page_of(f"<p>{second}</p>{quotation}<p>{again}</p><p>{third}</p>"), URL)
    assert [text for text in said if text in article.paragraphs] == said
