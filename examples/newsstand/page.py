"""A page in the making: what a theme writes is noted with its kind as it is written."""

from dataclasses import dataclass, field
from html import escape

from examples.newsstand.texts import inline_html, plain_text


@dataclass(frozen=True, slots=True)
class Block:
    """One visible text of a page. No kinds: a paragraph of the article.

    Where people would honestly differ on the kind of a cut text, `kinds` holds each that is right, the
    best one first.
    """

    text: str
    kinds: tuple[str, ...] = ()

    @property
    def is_kept(self) -> bool:
        """Whether the text belongs to the article."""
        return not self.kinds


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page as a theme wrote it, and the visible texts in it, in the page's order."""

    html: str
    blocks: tuple[Block, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """What cleaning the page should give."""
        return tuple(block.text for block in self.blocks if block.is_kept)

    @property
    def removed(self) -> tuple[Block, ...]:
        """What cleaning the page should put on record as removed."""
        return tuple(block for block in self.blocks if not block.is_kept)


@dataclass(slots=True)
class PageWriter:
    """Notes the visible texts while a theme writes them. `base` is the site's own "http://host:port".

    `headline` is the title of the article whose page it is: wherever it stands again (among the most
    read, say), it may as well be called the headline repeated.
    """

    base: str
    headline: str = ""
    blocks: list[Block] = field(default_factory=list)

    def keep(self, marked: str) -> str:
        """Note a paragraph of the article and return its HTML."""
        self.blocks.append(Block(plain_text(marked)))
        return inline_html(marked)

    def cut(self, kinds: str, text: str) -> str:
        """Note a text of these kinds ("share" or "dateline|other") and return its HTML."""
        allowed = kinds.split("|")
        if text == self.headline and "title" not in allowed:
            allowed.append("title")
        if text:
            self.blocks.append(Block(text, tuple(allowed)))
        return escape(text, quote=False)

    def note(self, kinds: str, text: str) -> str:
        """Note a text whose HTML the theme writes itself, in several tags, right after this."""
        self.cut(kinds, text)
        return ""

    def links(self, kinds: str, labels: dict[str, str], wrap: str = "<li>{}</li>") -> str:
        """Note a run of links, label -> path, and return their HTML, each within `wrap`."""
        return "\n".join(
            wrap.format(f'<a href="{escape(path)}">{self.cut(kinds, label)}</a>')
            for label, path in labels.items()
        )

    def finish(self, html: str) -> RenderedPage:
        """Return the page with all that was noted."""
        return RenderedPage(html, tuple(self.blocks))
