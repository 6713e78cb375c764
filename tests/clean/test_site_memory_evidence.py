"""What counts as evidence that a recurring block is boilerplate, and what never does."""

from itertools import permutations

import pytest

import site_memory_texts as texts
from newscrawl.clean.site_memory_evidence import cut_kinds, evidence_keys, weigh_evidence
from newscrawl.clean.site_memory_page import MemoryPage, block_key
from newscrawl.clean.site_memory_topics import EvidencePage
from newscrawl.model import BlockKind, RemovedBlock
from newscrawl.store.site_memory_terms import topic_terms

SITE = "fellpost.example"


def page(
    title: str, paragraphs: tuple[str, ...], url: str = "https://fellpost.example/a", language: str = "en"
) -> MemoryPage:
    return MemoryPage(url, title, language, (), paragraphs)


def independent_articles(text: str, pages: list[MemoryPage]) -> int:
    key = block_key(SITE, text)
    assert key is not None
    held = [EvidencePage(SITE, p, topic_terms) for p in pages if key in evidence_keys(SITE, p)]
    return weigh_evidence(key, held).independent_count


@pytest.mark.parametrize("standing", sorted(texts.STANDING))
def test_a_standing_line_on_three_different_articles_is_boilerplate(standing: str) -> None:
    pages = [page(title, texts.framed(paragraphs)) for title, paragraphs in texts.ARTICLES[:3]]
    assert independent_articles(standing, pages[:2]) == 2
    assert independent_articles(standing, pages) == 3


def test_any_three_of_the_articles_are_evidence_enough() -> None:
    pages = [page(title, texts.framed(paragraphs)) for title, paragraphs in texts.ARTICLES]
    held = [EvidencePage(SITE, p, topic_terms) for p in pages]
    key = block_key(SITE, texts.BIO)
    assert key is not None
    triples = [
        [held[i] for i in triple] for triple in permutations(range(12), 3) if sorted(triple) == list(triple)
    ]
    assert all(weigh_evidence(key, triple).is_enough for triple in triples)


def test_the_order_of_the_articles_does_not_matter() -> None:
    pages = [page(title, texts.framed(paragraphs)) for title, paragraphs in texts.ARTICLES[:2]]
    pages += [page(title, (*paragraphs, texts.BIO)) for title, paragraphs in texts.FOLLOW_UPS[:2]]
    counts = {independent_articles(texts.BIO, list(order)) for order in permutations(pages)}
    assert counts == {3}


def test_one_article_fetched_again_is_one_article() -> None:
    title, paragraphs = texts.ARTICLES[0]
    first = page(title, texts.framed(paragraphs))
    updated = page(
        title + ", pilots say", (*texts.framed(paragraphs)[:-1], "A second dredger stays until June.")
    )
    assert independent_articles(texts.NOTICE, [first, first, updated, first]) == 1


def test_a_copy_under_another_address_is_no_evidence() -> None:
    title, paragraphs = texts.ARTICLES[4]
    copies = [
        page(f"{title} ({n})", texts.framed(paragraphs), f"https://fellpost.example/{n}") for n in range(4)
    ]
    assert independent_articles(texts.AIR, copies) == 1


@pytest.mark.parametrize("repeated", [texts.STATEMENT, texts.UNQUOTED_STATEMENT, texts.CORRECTION])
def test_what_the_follow_ups_of_one_story_repeat_is_no_boilerplate(repeated: str) -> None:
    pages = [page(title, (*paragraphs, repeated)) for title, paragraphs in texts.FOLLOW_UPS]
    assert independent_articles(repeated, pages) < 2


def test_a_statement_in_articles_of_other_topics_is_kept_when_they_speak_of_the_same_thing() -> None:
    background = (
        "Brenner Estates owns some four hundred tenements between Linden Street and the cattle market."
    )
    pages = [
        page(title, (paragraphs[0], f"The tenements of Brenner Estates near Linden Street {end}", background))
        for (title, paragraphs), end in zip(
            texts.ARTICLES, ("have new ovens.", "are close by.", "stay dry, as tenants know."), strict=False
        )
    ]
    assert independent_articles(background, pages) < 2


def test_articles_that_are_all_alike_still_tell_when_their_names_and_titles_differ() -> None:
    told = (
        ("Arden rebuilds its bridge", "Arden", "bridge", "Ann Lee"),
        ("Belmor sells the town hall", "Belmor", "town hall", "Omar Haddad"),
        ("New roof for museum of Corvale", "Corvale", "museum", "Eva Novak"),
    )
    pages = [
        page(
            title,
            (
                f"The council of {town} voted to spend four million on the {thing} despite protests.",
                f"{name}, who leads the residents, said the {thing} had been part of {town} for sixty years.",
                f"Officials expect the work on the {thing} to be finished by October.",
                texts.BIO,
                texts.PROMO,
            ),
        )
        for title, town, thing, name in told
    ]
    assert independent_articles(texts.BIO, pages) == 3
    assert independent_articles(texts.PROMO, pages) == 3


def test_the_sentences_of_a_daily_template_are_part_of_each_report() -> None:
    pages = [page(title, paragraphs) for title, paragraphs in texts.MARKET_REPORTS]
    assert independent_articles(texts.MARKET_SENTENCE, pages) < 2


def test_the_standing_first_sentence_of_a_live_blog_is_never_evidence() -> None:
    pages = [
        page(f"Live: {title}", (texts.LIVE_OPENING, *paragraphs)) for title, paragraphs in texts.ARTICLES[:5]
    ]
    assert independent_articles(texts.LIVE_OPENING, pages) == 0


def test_a_live_blog_is_known_by_its_clock_times_too() -> None:
    clocks = ("09:15", "10:02", "11:40", "12.05")
    pages = [
        page(title, (texts.LIVE_OPENING, *(f"{t} {p}" for t, p in zip(clocks, paragraphs, strict=True))))
        for title, paragraphs in texts.ARTICLES[:5]
    ]
    assert independent_articles(texts.LIVE_OPENING, pages) == 0


@pytest.mark.parametrize(
    "line",
    [
        "What happens next",
        "What we know so far about the matter at hand:",
        "How did the town council get into this position?",
        "The investigation continues.",
        "“Nobody could have known what this would do to all of us.”",
        "Correction: this text gave a wrong date at first, which was mended on the following Sunday.",
        "An earlier version of this report said that forty people were there. The number is fourteen.",
    ],
)
def test_headings_short_sentences_and_quotations_are_never_learned(line: str) -> None:
    pages = [
        page(title, (*paragraphs[:2], line, *paragraphs[2:])) for title, paragraphs in texts.ARTICLES[:6]
    ]
    assert independent_articles(line, pages) == 0


def test_a_tag_line_at_the_end_is_learned() -> None:
    pages = [page(title, (*paragraphs, "Printed on Fell paper")) for title, paragraphs in texts.ARTICLES[:3]]
    assert independent_articles("Printed on Fell paper", pages) == 3


def test_a_short_bio_is_learned_where_it_names_the_author() -> None:
    bio = "Mara Lindqvist covers Fell."
    pages = [
        MemoryPage("https://fellpost.example/a", title, "en", ("Mara Lindqvist",), (*paragraphs, bio))
        for title, paragraphs in texts.ARTICLES[:3]
    ]
    assert independent_articles(bio, pages) == 3


@pytest.mark.parametrize("authors", [(), ("Mara Lindqvist",)])
def test_a_byline_that_was_left_in_does_not_tie_a_bio_to_its_article(authors: tuple[str, ...]) -> None:
    bio = "Mara Lindqvist came by way of a lightship, and cannot be reached before ten."
    pages = [
        MemoryPage(
            "https://fellpost.example/a", title, "en", authors, ("Mara Lindqvist, 9 March", *paragraphs, bio)
        )
        for title, paragraphs in texts.ARTICLES[:3]
    ]
    assert independent_articles(bio, pages) == 3


def test_a_language_without_spaces_is_learned_alike() -> None:
    promo = "本报周末版为您带来城市散步路线、短篇小说和填字游戏。"
    articles = {
        "港口清淤工程提前完工": (
            "两艘挖泥船周二完成了内港的清淤作业。",
            "领航员协会表示，吃水六米的船只可以重新停靠粮食码头。",
        ),
        "十四岁少年夺得国际象棋冠军": (
            "来自松德的学生莫林成为该国最年轻的棋王。",
            "他在最后一轮弃车，九步之后将死了对手。",
        ),
        "天文台拍到彗星的双尾": (
            "赫达尔山上的天文学家记录下彗尾分裂的过程。",
            "太阳风将电离气体与较重的尘埃分开。",
        ),
    }
    pages = [page(title, (*text, promo), language="zh") for title, text in articles.items()]
    assert independent_articles(promo, pages) == 3


def test_the_same_line_on_another_site_is_another_block() -> None:
    assert block_key("a.example", texts.PROMO) != block_key("b.example", texts.PROMO)
    assert block_key("a.example", texts.PROMO) == block_key("a.example", texts.PROMO.upper() + " ")


def cut_block(text: str, kind: BlockKind = BlockKind.PROMO, position: int = 5) -> RemovedBlock:
    return RemovedBlock(kind, f"{kind}:class", text, "/html/body/div", position)


def evidence_with_a_cut(text: str, kept: MemoryPage, cut_from: MemoryPage) -> int:
    key = block_key(SITE, text)
    assert key is not None
    pages = [EvidencePage(SITE, kept, topic_terms)]
    return weigh_evidence(key, pages, [EvidencePage(SITE, cut_from, topic_terms)]).independent_count


def test_two_articles_are_enough_where_a_rule_cut_the_block_from_one() -> None:
    (first, one), (second, two), *_ = texts.ARTICLES
    assert evidence_with_a_cut(texts.PROMO, page(first, (*one, texts.PROMO)), page(second, two)) == 3


def test_a_rules_cut_from_a_follow_up_is_no_evidence() -> None:
    (first, one), (second, two), *_ = texts.FOLLOW_UPS
    kept = page(first, (*one, texts.UNQUOTED_STATEMENT))
    assert evidence_with_a_cut(texts.UNQUOTED_STATEMENT, kept, page(second, two)) < 2


def test_a_teaser_of_the_article_on_another_page_is_no_evidence() -> None:
    (first, one), (second, two), *_ = texts.ARTICLES
    lead = "All day the crews worked in rain and sleet, and at night under floodlights."
    assert evidence_with_a_cut(lead, page(first, (lead, *one)), page(second, two)) < 2
    assert evidence_with_a_cut(lead, page(first, (one[0], lead, *one[1:])), page(second, two)) < 2


def test_only_cuts_near_the_text_that_speak_for_the_site_are_remembered() -> None:
    paragraphs = texts.ARTICLES[0][1]
    removed = (
        cut_block(texts.NOTICE, BlockKind.LEGAL, 0),
        cut_block(texts.BIO, BlockKind.BIO, 6),
        cut_block(texts.PROMO, BlockKind.RELATED, 7),
        cut_block("Share this post", BlockKind.SHARE, 8),
        cut_block(texts.AIR, BlockKind.PROMO, 40),
    )
    kinds = cut_kinds(SITE, page("Harbour", paragraphs), removed)
    assert kinds == {
        block_key(SITE, texts.NOTICE): BlockKind.LEGAL,
        block_key(SITE, texts.BIO): BlockKind.BIO,
    }
