"""Which article a page is: the addresses under which it may be known, and whether they are to be believed.

An article is known by the keys of its addresses (`article_urls`): of the page itself (`page`), of the
address that was asked for and redirected to it (`redirect`), and of the canonical URL that it names
(`canonical`). The last two are hearsay: sites redirect dead articles to other pages, and name wrong
canonical URLs. Hearsay joins two pages only where their texts have enough in common.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from newscrawl.model import CleanedPage
from newscrawl.store.article_tables import article_urls
from newscrawl.store.chunks import chunks
from newscrawl.store.keys import index_key
from newscrawl.store.types import storable
from newscrawl.stories import url_key, usable_canonical_url

PAGE, REDIRECT, CANONICAL = "page", "redirect", "canonical"
"""Values of `article_urls.source`, the most trusted first."""

SHINGLE_CHARACTERS = 12
"""Length of the pieces that two texts are compared by: long enough that other articles share few, and the
same for languages with and without spaces."""
SAME_TEXT_SHARE = 0.25
"""Least share of the shorter text's pieces that the other one holds, for hearsay to be believed. An updated
or shortened version shares most of them, the second page of an article and other articles a few percent."""
SHORTEST_COMPARABLE = 80
"""Characters. Of shorter texts the titles decide."""


@dataclass(frozen=True, slots=True)
class PageKeys:
    """The keys of one page's addresses; `redirect` and `canonical` are None where they add nothing."""

    page: str
    redirect: str | None
    canonical: str | None
    canonical_url: str

    @property
    def all(self) -> tuple[str, ...]:
        """The keys, the most trusted first."""
        return tuple(key for key in (self.page, self.redirect, self.canonical) if key is not None)

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """Pairs of key and `article_urls.source`."""
        sources = ((self.page, PAGE), (self.redirect, REDIRECT), (self.canonical, CANONICAL))
        return tuple((key, source) for key, source in sources if key is not None)


@dataclass(frozen=True, slots=True)
class KnownKey:
    """Where a key leads, and how that was learned."""

    article_id: int
    source: str


def page_keys(cleaned: CleanedPage) -> PageKeys:
    """Return the keys under which the article of `cleaned` is known, or will be."""
    url = storable(cleaned.article.url)
    canonical_url = usable_canonical_url(storable(cleaned.article.canonical_url), url)
    page = address_key(url)
    redirect = None
    if cleaned.page is not None:
        redirect = address_key(cleaned.page.requested_url)
    canonical = address_key(canonical_url)
    return PageKeys(
        page=page,
        redirect=redirect if redirect != page else None,
        canonical=canonical if canonical not in (page, redirect) else None,
        canonical_url=canonical_url,
    )


def address_key(url: str) -> str:
    """Return the key under which the variants of `url` meet; what has no host is known by its spelling."""
    url = storable(url)
    return index_key(url_key(url) or url)


def candidate(keys: PageKeys, known: Mapping[str, KnownKey]) -> tuple[int | None, bool]:
    """Return the id of the article that the page's addresses lead to, and whether that is hearsay.

    Where two addresses lead to two articles, the page's own decides: neither article is given up, since
    others may refer to it by id; the story engine finds them to be copies of one another.
    """
    for key, source in keys.rows:
        found = known.get(key)
        if found is not None:
            return found.article_id, source != PAGE or found.source != PAGE
    return None, False


def known_keys(connection: Connection, keys: Collection[str]) -> dict[str, KnownKey]:
    """Return where each of `keys` leads that is known."""
    found = {}
    for part in chunks(keys):
        statement = select(article_urls.c.url_key, article_urls.c.article_id, article_urls.c.source)
        for key, article_id, source in connection.execute(statement.where(article_urls.c.url_key.in_(part))):
            found[key] = KnownKey(article_id, source)
    return found


def tell_the_same(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Return whether two texts are versions of one, however much was added, cut or updated."""
    pieces, other = _pieces(text), _pieces(other_text)
    if not pieces or not other:
        return _folded(title) == _folded(other_title)
    return len(pieces & other) >= SAME_TEXT_SHARE * min(len(pieces), len(other))


def _pieces(text: str) -> set[str]:
    folded = _folded(text)
    if len(folded) < SHORTEST_COMPARABLE:
        return set()
    return {folded[at : at + SHINGLE_CHARACTERS] for at in range(len(folded) - SHINGLE_CHARACTERS + 1)}


def _folded(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())
