"""What tests of commands share: a run's outcome, and a few articles to load."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """What a command printed, and its exit status."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The JSON lines of stdout."""
        return [json.loads(line) for line in self.out.splitlines()]


Scrapy = Callable[..., Done]
"""`scrapy("stories", "list", database=url)` runs a command; see tests/commands/conftest.py."""


@dataclass(frozen=True)
class Telling:
    """One article of a story, as a line for `scrapy load`."""

    url: str
    title: str
    text: str
    published_at: str | None = None


FLOOD = (
    "The river Warta rose over its banks near Łódź on Friday after three days of heavy rain, and about two "
    "thousand people had to leave their homes, the fire brigade of the district said in the evening.\n\n"
    "Sandbags were filled through the night by volunteers, soldiers and schoolchildren, while pumps from the "
    "neighbouring counties arrived too late for the old quarter, where the water stood a metre high.\n\n"
    "The mayor thanked everybody who had helped and asked people to stay away from the dykes until Monday."
)
MATCH = (
    "The handball team of Zabrze lost its home match against the visitors from Kielce by a single goal on "
    "Saturday night, although the hosts had been five goals ahead shortly after the break.\n\n"
    "Their coach said that the referees had not decided the match, and that his players would learn from it."
)
TELLINGS = (
    Telling("https://post.example/news/flood", "Flood near Łódź", FLOOD, "2026-11-20T18:00:00Z"),
    Telling("https://mail.example/a/17", "River floods old quarter", FLOOD, "2026-11-20T20:30:00Z"),
    Telling("https://post.example/sport/1", "Zabrze lose by one goal", MATCH, "2026-11-21T21:00:00Z"),
)


def write_lines(path: Path, tellings: Sequence[Telling] = TELLINGS) -> Path:
    """Write `tellings` as a JSON Lines file."""
    path.write_text("".join(json.dumps(vars(t)) + "\n" for t in tellings), encoding="utf-8")
    return path
