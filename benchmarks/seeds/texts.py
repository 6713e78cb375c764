"""The seed texts, taken apart by `roles.json`: which line of which file is what. No text is quoted there.

A role is a line's part in the page: `title`, `paragraph`, `heading`, `caption` (of the first picture),
`inner-caption`, `byline`, `bio` and so on. Lines are counted without the empty ones.
"""

import hashlib
import json
import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from benchmarks.data import PROJECT
from examples.newsstand.texts import Article, Author, Part

ROLES = Path(__file__).with_name("roles.json")
# The roles that stand in the body of the article, and what they are there.
_BODY = {"paragraph": "paragraph", "heading": "heading", "inner-caption": "caption"}
_BYLINE_LABELS = ("By", "Editor :")


class NotTheSeedError(ValueError):
    """A seed file is not the one that the roles were written for."""


@dataclass(frozen=True, slots=True)
class Seed:
    """One seed as an article, and the standing texts that its outlet prints around it."""

    article: Article
    words: dict[str, str]


def seeds_folder() -> Path | None:
    """Return the folder of the seed texts (NEWSCRAWL_SEEDS names another), or None where there is none."""
    folder = Path(os.environ.get("NEWSCRAWL_SEEDS") or PROJECT.parent / "shared" / "seeds")
    return folder if folder.is_dir() else None


def read_seeds(folder: Path) -> dict[str, Seed]:
    """Return every seed by its number ("000"). Raises NotTheSeedError where a file is missing or another."""
    roles = json.loads(ROLES.read_text(encoding="utf-8"))
    seeds = {}
    for number, about in roles.items():
        path = next(iter(sorted(folder.glob(f"{number}_*"))), None)
        content = path.read_bytes() if path else b""
        if hashlib.sha256(content).hexdigest() != about["sha256"]:
            raise NotTheSeedError(
                f"seed {number} in {folder} is missing or not the text that roles.json describes"
            )
        seeds[number] = _seed(number, content.decode("utf-8"), about)
    return seeds


def _seed(number: str, content: str, about: dict[str, object]) -> Seed:
    lines = [" ".join(line.split()) for line in content.splitlines() if line.strip()]
    runs = about["lines"]
    assert isinstance(runs, list)
    named = [role for role, count in runs for _ in range(count)]
    by_role: dict[str, list[str]] = defaultdict(list)
    for role, line in zip(named, lines, strict=True):
        by_role[role].append(line)
    body = [(role, line) for role, line in zip(named, lines, strict=True) if role in _BODY]
    picture = next(iter(by_role["caption"] + by_role["picture"]), None)
    published = datetime.fromisoformat(str(about["published"]))
    copy_of = about.get("copy_of")
    article = Article(
        outlet=f"seed{number}",
        slug=f"seed-{number}",
        number=7000 + int(number),
        title=by_role["title"][0],
        section="World",
        author=Author(_name(by_role["byline"]), "".join(by_role["bio"])),
        published=published,
        modified=None,
        standfirst="".join(by_role["standfirst"]),
        picture=Part("caption", picture) if picture else None,
        parts=tuple(Part(_BODY[role], line) for role, line in body),  # type: ignore[arg-type]
        tags=(),
        source="".join(by_role["source"]).removeprefix("Source: "),
        paywalled=False,
        story="seeds",
        relation=str(about["relation"]),
        copy_of=f"seed{copy_of}/seed-{copy_of}" if copy_of else "",
        related=tuple(zip(by_role["related"], by_role["teaser"], strict=True)),
    )
    words = {
        "today": "".join(by_role["today"]).removeprefix("• "),
        "comment_rules": "".join(by_role["rules"]),
    }
    return Seed(article, {name: text for name, text in words.items() if text})


def _name(bylines: list[str]) -> str:
    if not bylines:
        return ""
    for label in _BYLINE_LABELS:
        if bylines[0].startswith(label):
            return bylines[0].removeprefix(label).strip()
    return bylines[0]
