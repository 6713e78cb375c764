"""One invented event as five outlets tell it, and a look-alike: for tests of stories in the database."""

from dataclasses import dataclass
from datetime import UTC, datetime

from newscrawl.model import Article, ArticleStatus, CleanedPage


@dataclass(frozen=True)
class Telling:
    key: str
    site: str
    title: str
    text: str
    published_at: datetime


def _day(day: int, hour: int) -> datetime:
    return datetime(2025, 6, day, hour, tzinfo=UTC)


ORIGINAL = Telling(
    "original",
    "fjordposten.example",
    "Kvalsund bridge closed after inspectors find cracks in two cables",
    "The Kvalsund bridge was closed to all traffic on Monday evening after inspectors found cracks in two of "
    "its suspension cables, the roads authority said. Ferries that were taken out of service in 1978 will be "
    "brought back to carry cars across the sound.\n\n"
    "Engineers noticed the damage during a routine check with a drone. Director Marit Solheim said there was "
    "no danger of collapse, but that nobody could promise how the steel would behave in the frost. About "
    "4,200 vehicles cross the bridge every day, among them the school buses of the islands.\n\n"
    "The mayor of Kvalsund, Anders Lie, called the closure a hard blow for the fish processing plant at "
    "Repvik, where 140 people work. The plant sends eleven lorries of salmon to the airport each night and "
    "will now have to rent a barge. The authority expects the first repairs to take at least five weeks.",
    _day(2, 19),
)
NEAR_COPY = Telling(
    "near_copy",
    "dailyisles.example",
    "Cracked cables: what the closure of a bridge says about our roads",
    "In a move that has shocked many, the Kvalsund bridge was closed to all traffic after inspectors found "
    "cracks in two of its suspension cables. Ferries that were taken out of service in 1978 will be brought "
    "back to carry vehicles across the sound, the roads authority said.\n\n"
    "Engineers noticed the damage during a routine check with a drone. Director Marit Solheim stated there "
    "was no danger of collapse, but that nobody could promise how the steel would behave in the frost. "
    "Around 4,200 vehicles cross the bridge every day, including the school buses of the islands.\n\n"
    "Anders Lie, the mayor of Kvalsund, described the closure as a hard blow for the fish processing plant "
    "at Repvik, where 140 people work. The plant sends eleven lorries of salmon to the airport each night. "
    "In conclusion, it is important that everyone works together to find solutions for the region.",
    _day(3, 8),
)
REPORT = Telling(
    "report",
    "nordherald.example",
    "Islanders cut off as Kvalsund bridge shuts over damaged cables",
    "Some 6,000 islanders woke up without a road to the mainland on Tuesday: the only bridge over the "
    "Kvalsund has been shut since last night because two of its cables are cracked.\n\n"
    'A drone pilot working for the roads authority spotted the cracks, some as long as a hand. "We could '
    "not take the risk,\" the authority's director, Marit Solheim, told reporters at the barrier. She said a "
    "supplier in Spain could deliver new strands within a month.\n\n"
    "At Repvik the salmon plant has sent its evening shift home. Two old ferries are being towed from the "
    "breaker's yard; the first crossing is planned for Thursday. Mayor Anders Lie has asked the government "
    "for money to fly pupils and patients across the sound.",
    _day(3, 9),
)
REPORT_AGAIN = Telling(
    "report_again",
    "coastwire.example",
    "Cracks force closure of Kvalsund suspension bridge; ferries to return",
    "Drivers turned back at Kvalsund on Monday night when the roads authority put barriers across the "
    "suspension bridge. Its inspectors had found cracks in two cables.\n\n"
    "The bridge, opened in 1978, carries the only road to the islands. Marit Solheim, who heads the "
    "authority, said the closure would last five weeks or more. Salmon from the plant in Repvik will go by "
    "barge, and the two ferries that the bridge once replaced are to sail again.\n\n"
    "Anders Lie, the local mayor, said that people had warned about rust on the cables for years.",
    _day(2, 22),
)
FOLLOW_UP = Telling(
    "follow_up",
    "fjordtimes.example",
    "Government promises 90 million for Kvalsund after bridge closure",
    "Two days after cracks in its cables closed the Kvalsund bridge, the government has promised the islands "
    "90 million for ferries, barges and repairs.\n\n"
    "Transport minister Ingrid Vold came by helicopter on Wednesday to meet mayor Anders Lie and workers of "
    "the Repvik salmon plant. She said an inquiry would look into why the roads authority had not checked "
    "the suspension cables since 2019.\n\n"
    "Director Marit Solheim welcomed the inquiry. The first of the two old ferries is to carry vehicles "
    "across the sound from Thursday.",
    _day(4, 17),
)
LOOK_ALIKE = Telling(
    "look_alike",
    "nordherald.example",
    "Storm damage closes Langnes bridge for the night",
    "The bridge at Langnes was closed on Saturday night when a storm tore the cover off a lamp post and "
    "threw it onto the road. Nobody was hurt. The roads authority reopened one lane on Sunday morning.\n\n"
    "Duty officer Per Aune said gusts of 38 metres a second had been measured. Buses to the airport were "
    "replaced by boats for six hours, and a wedding party from the islands had to spend the night in "
    "a school.",
    _day(7, 23),
)
EVENT = (ORIGINAL, NEAR_COPY, REPORT, REPORT_AGAIN, FOLLOW_UP)
ALL = (*EVENT, LOOK_ALIKE)


def page_of(telling: Telling, *, dated: bool = True) -> CleanedPage:
    url = f"https://{telling.site}/news/{telling.key.replace('_', '-')}-20250602"
    return CleanedPage(
        page=None,
        article=Article(
            url=url,
            canonical_url=url,
            status=ArticleStatus.OK,
            cleaner_version="test-1",
            title=telling.title,
            text=telling.text,
            language="en",
            published_at=telling.published_at if dated else None,
        ),
        fingerprint=None,
    )
