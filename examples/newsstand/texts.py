"""The texts of a newsstand: outlets and articles, read from TOML, free of any markup of a site.

An article's body is a plain text with a few marks, one part to a block of lines:

    A paragraph, with *emphasis* and [a link](/somewhere).
    ## A heading between paragraphs
    > A quotation set off from the text
    - An item of a list
    [caption] What a picture shows | who took it
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

PartKind = Literal["paragraph", "heading", "quote", "item", "caption"]

_MARKS: tuple[tuple[str, PartKind], ...] = (
    ("## ", "heading"),
    ("> ", "quote"),
    ("- ", "item"),
    ("[caption] ", "caption"),
)
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_EMPHASIS = re.compile(r"\*([^*]+)\*")


@dataclass(frozen=True, slots=True)
class Part:
    """One block of an article's body; `credit` is the photographer of a caption."""

    kind: PartKind
    text: str
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes for an outlet; `bio` is what the outlet prints under the articles, if anything."""

    name: str
    bio: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as its outlet has it. An author without a name signs nothing.

    `story` names the event that it tells, `relation` is its place among the articles of that story,
    `copy_of` the "outlet/slug" that it copies.
    """

    outlet: str
    slug: str
    number: int
    title: str
    section: str
    author: Author
    published: datetime
    modified: datetime | None
    standfirst: str
    picture: Part | None
    parts: tuple[Part, ...]
    tags: tuple[str, ...]
    source: str
    paywalled: bool
    story: str
    relation: str
    copy_of: str
    related: tuple[tuple[str, str], ...] = ()  # (title, teaser) of what it is shown with, if not its siblings

    @property
    def key(self) -> str:
        """ "outlet/slug": the article's name within the newsstand."""
        return f"{self.outlet}/{self.slug}"

    @property
    def authors(self) -> tuple[str, ...]:
        """Who signs the article: one person, or nobody."""
        return (self.author.name,) if self.author.name else ()

    @property
    def updated(self) -> datetime:
        """When the article was last touched."""
        return self.modified or self.published

    @property
    def teaser(self) -> str:
        """The first words of the article, as index pages show them."""
        words = plain_text(next(part.text for part in self.parts if part.kind == "paragraph")).split()
        return " ".join(words[:18]) + ("..." if len(words) > 18 else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """One site of the newsstand. `words` are the outlet's own standing texts, by the theme's names."""

    key: str
    name: str
    tagline: str
    theme: str
    charset: str
    feed: Literal["rss", "atom"]
    language: str
    sections: tuple[str, ...]
    words: dict[str, str]
    articles: tuple[Article, ...]


def plain_text(marked: str) -> str:
    """Return a part's text without its marks: what a reader sees."""
    return _EMPHASIS.sub(r"\1", _LINK.sub(r"\1", marked))


def inline_html(marked: str) -> str:
    """Return a part's text as HTML: escaped, with links and emphasis as tags."""
    text = marked.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return _EMPHASIS.sub(r"<em>\1</em>", _LINK.sub(r'<a href="\2">\1</a>', text))


def read_parts(body: str) -> tuple[Part, ...]:
    """Split a body into its parts: at empty lines and before list items; other lines are joined by blanks."""
    parts: list[Part] = []
    for chunk in re.split(r"\n\s*\n|\n(?=- )", body.strip()):
        text = " ".join(chunk.split())
        kind: PartKind = "paragraph"
        for mark, marked_kind in _MARKS:
            if text.startswith(mark):
                kind, text = marked_kind, text[len(mark) :]
                break
        caption, _, credit = text.partition(" | ") if kind == "caption" else (text, "", "")
        parts.append(Part(kind, caption, credit))
    return tuple(parts)


def read_outlets(folder: Path) -> tuple[Outlet, ...]:
    """Read every outlet under `folder` with its articles, newest first."""
    table = tomllib.loads((folder / "outlets.toml").read_text(encoding="utf-8"))
    return tuple(_outlet(folder, key, fields) for key, fields in table.items())


def _outlet(folder: Path, key: str, fields: dict[str, Any]) -> Outlet:
    authors = {name: Author(name, **about) for name, about in fields.get("authors", {}).items()}
    articles = [_article(key, path, authors) for path in sorted((folder / "articles" / key).glob("*.toml"))]
    return Outlet(
        key=key,
        name=fields["name"],
        tagline=fields["tagline"],
        theme=fields["theme"],
        charset=fields.get("charset", "utf-8"),
        feed=fields["feed"],
        language=fields.get("language", "en"),
        sections=tuple(fields["sections"]),
        words=fields.get("words", {}),
        articles=tuple(sorted(articles, key=lambda article: article.published, reverse=True)),
    )


def _article(outlet: str, path: Path, authors: dict[str, Author]) -> Article:
    fields = tomllib.loads(path.read_text(encoding="utf-8"))
    picture = fields.get("picture")
    return Article(
        outlet=outlet,
        slug=path.stem,
        number=fields["number"],
        title=fields["title"],
        section=fields["section"],
        author=authors[fields["author"]] if "author" in fields else Author(""),
        published=fields["published"],
        modified=fields.get("modified"),
        standfirst=fields.get("standfirst", ""),
        picture=read_parts(f"[caption] {picture}")[0] if picture else None,
        parts=read_parts(fields["body"]),
        tags=tuple(fields.get("tags", ())),
        source=fields.get("source", ""),
        paywalled=fields.get("paywalled", False),
        story=fields["story"],
        relation=fields.get("relation", "original"),
        copy_of=fields.get("copy_of", ""),
        related=tuple((title, teaser) for title, teaser in fields.get("related", ())),
    )
