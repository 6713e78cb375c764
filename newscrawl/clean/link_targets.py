"""What a link leads to, told by its address alone: an article, a section, a place on the page, a network."""

import re
from enum import IntEnum
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from newscrawl.clean.blocks import Block


class Target(IntEnum):
    """Where a link goes, as far as its address tells."""

    UNKNOWN = 0
    ON_PAGE = 1  # another place on this page
    SHARE = 2  # a network's form for sharing this page
    TOPIC = 3  # a page of a tag, a topic or an author
    SECTION = 4  # a short path of plain words
    NETWORK = 5  # an account on a network
    ARTICLE = 6  # a long slug, a date or an article number


# A link to one of these is no headline, however long it is.
NO_HEADLINE: Final = frozenset((Target.ON_PAGE, Target.SHARE, Target.TOPIC, Target.SECTION, Target.NETWORK))
_NETWORKS: Final = frozenset(
    (
        *(
            "facebook",
            "twitter",
            "x",
            "instagram",
            "youtube",
            "youtu",
            "linkedin",
            "tiktok",
            "pinterest",
            "t",
        ),
        *(
            "telegram",
            "vk",
            "ok",
            "whatsapp",
            "wa",
            "weibo",
            "threads",
            "bsky",
            "mastodon",
            "flipboard",
            "snapchat",
        ),
        *(
            "reddit",
            "discord",
            "twitch",
            "xing",
            "viber",
            "soundcloud",
            "spotify",
            "tumblr",
            "line",
            "getpocket",
        ),
        *("ycombinator", "hatena", "wykop", "meneame", "digg", "stumbleupon", "addtoany", "addthis"),
    )
)
# What the addresses have in common that networks document for sharing a page.
_SHARE_WORDS: Final = (
    "share",
    "intent",
    "submit",
    "send",
    "dialog",
    "pin/create",
    "status=",
    "url=",
    "u=http",
    "?text=",
)
_SHARE_SCHEMES: Final = ("mailto:?", "mailto:%20?", "whatsapp:", "fb-messenger:", "viber:", "sms:?")
# Names of folders that hold pages about a thing, in the languages that are common in addresses.
_TOPIC_FOLDERS: Final = frozenset(
    (
        *(
            "tag",
            "tags",
            "topic",
            "topics",
            "category",
            "categories",
            "keyword",
            "keywords",
            "label",
            "labels",
        ),
        *(
            "thema",
            "themen",
            "schlagwort",
            "stichwort",
            "rubrik",
            "rubriken",
            "kategorie",
            "onderwerp",
            "emne",
        ),
        *(
            "categoria",
            "categorias",
            "categorie",
            "tema",
            "temas",
            "temi",
            "argomento",
            "argomenti",
            "etiqueta",
        ),
        *(
            "etiquetas",
            "sujet",
            "mot-cle",
            "temat",
            "tematy",
            "tagi",
            "kategoria",
            "kategorija",
            "etiket",
            "konu",
        ),
        *(
            "amne",
            "aihe",
            "aiheet",
            "avainsana",
            "tema",
            "stitek",
            "temata",
            "cimke",
            "eticheta",
            "theme",
            "themes",
        ),
    )
)
_ARTICLE_WORDS: Final = 5  # of the slug; fewer are the names of sections too
_SECTION_WORDS: Final = 2
_SECTION_DEPTH: Final = 4
_NUMBER: Final = re.compile(r"\d{5,}|(?:19|20)\d\d[/-]?[01]\d(?:[/-]?[0-3]\d)?|[0-9a-f]{12,}")
_ANY_DIGITS: Final = re.compile(r"\d{3,}|(?:^|/)\d+(?:/|$)")


@lru_cache(maxsize=1 << 12)
def target_of(href: str) -> Target:
    """Return what `href` leads to.

    >>> target_of("/2024/05/council-votes-on-bridge/").name, target_of("/news/uk-politics").name
    ('ARTICLE', 'SECTION')
    """
    href = href.strip().lower()
    if href.startswith("#"):
        return Target.ON_PAGE if len(href) > 1 else Target.UNKNOWN
    address = href.partition("#")[0]
    scheme, slashes, rest = address.partition("//")
    if slashes and (not scheme or scheme[-1] == ":"):
        host, _, rest = rest.partition("/")
        if len(names := host.rsplit(".", 2)) >= 2 and names[-2] in _NETWORKS:
            return Target.SHARE if any(word in rest for word in _SHARE_WORDS) else Target.NETWORK
        home = False
    elif ":" in address[:12]:
        return Target.SHARE if address.startswith(_SHARE_SCHEMES) else Target.UNKNOWN
    else:
        rest, home = address, True
    path, _, query = rest.partition("?")
    folders = [folder for folder in path.split("/") if folder]
    if not folders:
        return Target.SECTION if home and path and not query else Target.UNKNOWN
    if len(folders) > 1 and not _TOPIC_FOLDERS.isdisjoint(folders[:-1]):
        return Target.TOPIC
    slug = folders[-1]
    words = 1 + slug.count("-") + slug.count("_") + slug.count("+") + slug.count(",") + slug.count("%20")
    if words >= _ARTICLE_WORDS or _NUMBER.search(path) or (query and _NUMBER.search(query)):
        return Target.ARTICLE
    plain = not query and not _ANY_DIGITS.search(path) and len(folders) <= _SECTION_DEPTH
    return Target.SECTION if plain and words <= _SECTION_WORDS else Target.UNKNOWN


def link_of(block: Block) -> str:
    """Return the address of the first link in or around a block, or an empty string."""
    element: HtmlElement | None = block.box.element
    assert element is not None
    for anchor in element.iter("a"):
        return anchor.get("href") or ""
    while element is not None:
        if element.tag == "a":
            return element.get("href") or ""
        element = element.getparent()
    return ""
