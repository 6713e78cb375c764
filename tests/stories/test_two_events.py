"""Two look-alike events that met in one story are told apart once several reports of each are there."""

from datetime import UTC, datetime

import pytest

from benchmarks.stories.memory_index import MemoryStoryIndex
from newscrawl.model import StoryInput
from newscrawl.stories import fingerprint_article
from newscrawl.stories.two_events import is_due

FIRST = (
    ("Union striker Halvorsen arrested on suspicion of drink-driving",
     "Union striker Petter Halvorsen was arrested on suspicion of drink-driving early on Tuesday. A"
     " patrol stopped his silver van on the ring road at half past two because it was weaving "
     "between the lanes. Halvorsen, 25, refused a blow test and was taken to hospital for a blood "
     "sample, the police said. The club said that he would play in Sunday's cup tie all the same."),
    ("Halvorsen will play in cup tie in spite of arrest",
     "Petter Halvorsen will play for Union on Sunday, five days after a patrol stopped his silver "
     "van on the ring road and arrested him on suspicion of drink-driving. The 25-year-old striker "
     "gave a blood sample at hospital after refusing a blow test. Coach Rune Vik said the striker "
     "had told the team everything."),
    ("Striker gives blood sample after night-time stop on ring road",
     "A blood sample will decide whether Petter Halvorsen is charged. The Union striker was "
     "arrested on Tuesday on suspicion of drink-driving when his silver van weaved between the "
     "lanes of the ring road. His lawyer says Halvorsen, 25, had two glasses of wine at his "
     "sister's wedding."),
)  # fmt: skip
SECOND = (
    ("Union goalkeeper Aas arrested on suspicion of drink-driving",
     "Union goalkeeper Jonas Aas was arrested on suspicion of drink-driving early on Sunday. He was"
     " caught at 140 on the airport motorway, where 80 is allowed, the police said. Aas, 32, blew "
     "twice the limit and spent the night in a cell. It is the club's second such arrest in a "
     "month."),
    ("Goalkeeper Aas caught at 140 on airport motorway",
     "Jonas Aas was caught at 140 on the airport motorway on Sunday and blew twice the limit, "
     "police said. The goalkeeper, 32, was arrested on suspicion of drink-driving and spent the "
     "night in a cell. Union suspended him for the training camp in Spain; it is the second arrest "
     "of a Union player in a month."),
    ("Second arrest in a month: Union suspends goalkeeper",
     "Union suspended Jonas Aas on Monday. The goalkeeper, 32, spent Sunday night in a cell after "
     "blowing twice the limit when police caught him at 140 on the airport motorway. He will miss "
     "the training camp in Spain. The club will now send all players to a course on alcohol."),
)  # fmt: skip
NOW = datetime(2025, 6, 2, tzinfo=UTC)


def article(number: int, title: str, text: str) -> StoryInput:
    return StoryInput(
        article_id=number,
        site=f"outlet{number}.example",
        url=f"https://outlet{number}.example/{number}",
        title=title,
        text=text,
        language="en",
        published_at=None,
        first_seen_at=NOW,
        fingerprint=fingerprint_article(title, text, "en"),
    )


FIRST_IDS, SECOND_IDS = {1, 3, 5}, {2, 4, 6}


def mixed() -> list[StoryInput]:
    """The reports in turn, one of each event."""
    told = [report for pair in zip(FIRST, SECOND, strict=True) for report in pair]
    return [article(number, *report) for number, report in enumerate(told, 1)]


def test_look_alike_events_meet_in_one_story_and_part_when_more_is_known() -> None:
    index = MemoryStoryIndex()
    articles = mixed()
    index.place(articles[:2])
    assert len({known.story_id for known in index.known.values()}) == 1
    for later in articles[2:]:
        index.place([later])
    stories = {i: known.story_id for i, known in index.known.items()}
    assert {stories[i] for i in FIRST_IDS} == {stories[1]}
    assert {stories[i] for i in SECOND_IDS} == {stories[2]}
    assert stories[1] != stories[2]


def test_the_side_of_the_earliest_report_keeps_the_storys_id() -> None:
    index = MemoryStoryIndex()
    articles = mixed()
    index.place(articles[:1])
    first = index.known[1].story_id
    for later in articles[1:]:
        index.place([later])
    assert {index.known[i].story_id for i in FIRST_IDS} == {first}


@pytest.mark.parametrize("reports", [FIRST, SECOND])
def test_reports_of_one_event_stay_together(reports: tuple[tuple[str, str], ...]) -> None:
    index = MemoryStoryIndex()
    for number, report in enumerate([*reports, *reports], 1):
        index.place([article(number, *report)])
    assert len({known.story_id for known in index.known.values()}) == 1


def test_a_story_is_looked_at_less_often_the_larger_it_is() -> None:
    assert [size for size in range(20) if is_due(size)] == [4, 5, 6, 7, 8, 10, 12, 14, 16, 19]
