"""The labelled pages, and the score of what is read from one."""

import gzip
import hashlib
import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from newscrawl.clean.metadata import Metadata
from newscrawl.model import site_of

# Share of the sites, in per cent, whose pages nobody looks at while the rules are written.
HELD_OUT_PERCENT = 15


@dataclass(frozen=True, slots=True)
class LabelledPage:
    """One page with what a person, or a rule made for its site, says of it."""

    dataset: str
    url: str
    html_path: Path
    title: str | None
    authors: tuple[str, ...]
    date: str | None  # ISO, a day

    def html(self) -> bytes:
        return gzip.decompress(self.html_path.read_bytes())

    def is_held_out(self) -> bool:
        """Whether the page's site is one that the rules were not written on; stable for ever."""
        digest = hashlib.sha256(f"B{site_of(self.url)}".encode()).hexdigest()
        return int(digest, 16) % 100 < HELD_OUT_PERCENT


def load_pages(folder: Path) -> Iterator[LabelledPage]:
    """Yield the pages of `folder` that have any metadata to compare with."""
    with (folder / "data" / "pages.dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            gold = row["gold_meta"] or {}
            if any(gold.values()):
                yield LabelledPage(
                    dataset=row["dataset"],
                    url=row["url"],
                    html_path=folder / "data" / row["html_path"],
                    title=gold.get("title"),
                    authors=tuple(gold.get("authors") or ()),
                    date=gold.get("date"),
                )


def data_digest(folder: Path) -> str:
    """Return the digest of the labels; floors hold for one digest only."""
    return hashlib.sha256((folder / "data" / "pages.dev.jsonl").read_bytes()).hexdigest()[:16]


def score_page(page: LabelledPage, found: Metadata) -> dict[str, float]:
    """Return the scores of a page, 0 to 1, under the names of what was labelled.

    Title: equal after dropping case, marks and punctuation (`title_near`: 90 % alike). Authors: F1 of
    the two sets of names; `authors_or_credits` takes agencies and desks where no person is named.
    Date: the day.
    """
    scores: dict[str, float] = {}
    if page.title:
        gold, got = plain(page.title), plain(found.title)
        scores["title"] = float(gold == got)
        scores["title_near"] = float(bool(got) and SequenceMatcher(None, gold, got).ratio() >= 0.9)
    if page.authors:
        scores["authors"] = names_f1(page.authors, found.authors)
        scores["authors_or_credits"] = names_f1(page.authors, found.authors or found.credits)
    if page.date:
        scores["date"] = float(
            found.published_at is not None and found.published_at.date().isoformat() == page.date
        )
    return scores


def plain(text: str) -> str:
    """Return `text` without case, marks and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return " ".join(re.findall(r"\w+", "".join(c for c in decomposed if not unicodedata.combining(c))))


def names_f1(gold: Iterable[str], found: Iterable[str]) -> float:
    """Return the F1 of two sets of names; lists within a name count as their parts."""
    one, two = _names(gold), _names(found)
    return 2 * len(one & two) / (len(one) + len(two)) if one or two else 1.0


def _names(values: Iterable[str]) -> set[str]:
    parts = (part for value in values for part in re.split(r"\s*[,;|&]\s*|\s+(?:and|und|et|y)\s+", value))
    bare = (re.sub(r"^\s*(by|von|par|por|di|door)\s+", "", part, flags=re.IGNORECASE) for part in parts)
    return set(filter(None, map(plain, bare)))
