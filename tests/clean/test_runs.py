import numpy as np
from lxml import html
from pages import PARAGRAPHS

from newscrawl.clean.evidence import CERTAIN, Evidence
from newscrawl.clean.runs import keep_the_last_lines, keep_what_is_like_the_text
from newscrawl.clean.structure import read_structure
from newscrawl.clean.votes import Votes
from newscrawl.clean.walk import read_blocks
from newscrawl.model import BlockKind

AD = Evidence(BlockKind.AD, "ad:label", CERTAIN)


def votes_on(markup: str, *scores: float, rules: dict[int, Evidence] | None = None) -> Votes:
    page = read_blocks(html.document_fromstring(f"<body>{markup}</body>"))
    assert len(page.blocks) == len(scores)
    evidence = [(rules or {}).get(block.index) for block in page.blocks]
    return Votes(page, read_structure(page), evidence, np.array(scores, np.float32))


def kept_by_path(votes: Votes) -> list[bool]:
    kept = [bool(score >= 0.5) for score in votes.scores]
    keep_what_is_like_the_text(votes, kept)
    return kept


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_a_short_line_within_paragraphs_of_its_path_stays():
    votes = votes_on(paragraphs(PARAGRAPHS[0], "Not yet.", PARAGRAPHS[1]), 0.9, 0.2, 0.9)
    assert kept_by_path(votes) == [True, True, True]


def test_a_short_line_after_the_paragraphs_of_its_path_is_left_to_its_score():
    votes = votes_on(paragraphs(*PARAGRAPHS[:2], "Not yet."), 0.9, 0.9, 0.2)
    assert kept_by_path(votes) == [True, True, False]


def test_a_whole_paragraph_after_those_of_its_path_stays():
    votes = votes_on(paragraphs(*PARAGRAPHS, PARAGRAPHS[0], PARAGRAPHS[1]), 0.9, 0.9, 0.9, 0.9, 0.2)
    assert kept_by_path(votes) == [True] * 5


def test_a_line_that_a_rule_speaks_against_does_not_stay_for_its_path():
    votes = votes_on(paragraphs(PARAGRAPHS[0], "Advertisement", PARAGRAPHS[1]), 0.9, 0.2, 0.9, rules={1: AD})
    assert kept_by_path(votes) == [True, False, True]


def test_a_line_of_another_path_is_left_to_its_score():
    markup = f"<p>{PARAGRAPHS[0]}</p><p class=tag>Harbour</p><p>{PARAGRAPHS[1]}</p>"
    assert kept_by_path(votes_on(markup, 0.9, 0.2, 0.9)) == [True, False, True]


def test_a_path_that_is_mostly_cut_keeps_nothing_more():
    texts = [*PARAGRAPHS, *(f"{text} Again." for text in PARAGRAPHS)]
    votes = votes_on(paragraphs(*texts), 0.9, 0.2, 0.2, 0.2, 0.2, 0.9)
    assert kept_by_path(votes) == [True, False, False, False, False, True]


def test_the_last_of_many_lines_parted_by_breaks_stays():
    lines = [f"{place}. Harbour boat number {place}" for place in range(1, 8)]
    votes = votes_on(f"<p>{'<br>'.join(lines)}</p>", *[0.9] * 6, 0.4)
    kept = [True] * 6 + [False]
    keep_the_last_lines(votes, kept)
    assert all(kept)
