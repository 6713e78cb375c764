"""What the class names of widgets say: weather, products, donations, players, tables of contents.

These words name kinds of what is cut already; the words that help to decide what is cut are in
`data/class_words.toml`.
"""

import re
from functools import lru_cache
from typing import Final

from newscrawl.clean.kinds import Cut
from newscrawl.model import BlockKind

_CUTS: Final[dict[str, Cut]] = {
    "weather": (BlockKind.OTHER, "other:weather"),
    "product": (BlockKind.PROMO, "promo:product"),
    "support": (BlockKind.PROMO, "promo:support"),
    "contents": (BlockKind.NAVIGATION, "navigation:contents"),
    "player": (BlockKind.OTHER, "other:player"),
    "widget": (BlockKind.OTHER, "other:widget"),
}
_NAMES: Final = re.compile(
    r"(?P<weather>weather|wetter|meteo(?!r)|forecast|pogoda)"
    r"|(?P<product>product-?(?:card|item|list|box|name|offer|widget|embed|callout)|affiliate|\bbuy-|buy-?now"
    r"|pricing|lender|coupon|voucher|merch(?!ant)|\bprice)"
    r"|(?P<support>donat(?:e|ion)|spende|fundrais|support-?us|modalpay|membership|\bcta\b|-cta\b|\bcta-)"
    r"|(?P<contents>\btoc\b|toc_|table-?of-?contents|inhaltsverzeichnis)"
    r"|(?P<player>(?:audio|video|media|podcast)-?player|player-|jwplayer|vjs-)"
    r"|(?P<widget>\bpoll\b|\bpoll-|-poll\b|\bquiz\b|star-?rating|rating-)"
)


@lru_cache(maxsize=1 << 12)
def cut_by_names(names: str) -> Cut | None:
    """Return the kind of what stands in an element with these class names, or None.

    >>> cut_by_names("weather-widget")[1]
    'other:weather'
    """
    found = _NAMES.search(names.lower())
    return _CUTS[found.lastgroup] if found is not None and found.lastgroup else None
