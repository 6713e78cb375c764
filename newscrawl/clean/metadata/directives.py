"""What a page asks of machines (robots, TDM, AI) and whether its text is for subscribers only.

Sources: https://developers.google.com/search/docs/crawling-indexing/robots-meta-tag,
https://www.w3.org/community/reports/tdmrep/CG-FINAL-tdmrep-20240202/ (meta tdm-reservation),
https://site.spawning.ai/spawning-ai-txt and DeviantArt (noai, noimageai).
"""

import re

from newscrawl.clean.metadata.facts import PageFacts
from newscrawl.clean.metadata.jsonld import Node

_AGENTS = (
    "robots",
    "googlebot",
    "googlebot-news",
    "bingbot",
    "otherbots",
    "news_keywords_robots",
    "gptbot",
    "newscrawl",
)
_OURS = ("robots", "newscrawl")
_WORD = re.compile(r"[a-z][a-z-]*(?::\s*-?[\w-]+)?")
_FALSE = frozenset(["false", "no", "0", "locked", "metered", "paid", "premium"])
_PAID_METAS = ("article:content_tier", "content_tier", "og:article:content_tier", "cxenseparse:paywall")


def read_robots(facts: PageFacts) -> tuple[str, ...]:
    """Return the directives for any agent, sorted: `noarchive`, `noindex`, `noai`, `tdm-reservation`, …

    Directives of one agent keep its name: `googlebot:noindex`. A `none` is spelt out.
    """
    found: set[str] = set()
    for agent in _AGENTS:
        for content in facts.metas.get(agent, ()):
            for word in _WORD.findall(content.lower()[:500]):
                plain = ["noindex", "nofollow"] if word == "none" else [re.sub(r"\s", "", word)]
                found.update(plain if agent in _OURS else [f"{agent}:{each}" for each in plain])
    if facts.meta("tdm-reservation").strip() == "1":
        found.add("tdm-reservation")
    if facts.meta("tdm-policy"):
        found.add("tdm-policy")
    return tuple(sorted(found))


def is_paywalled(facts: PageFacts, nodes: list[Node]) -> bool:
    """Whether the page declares its text as not free to read (isAccessibleForFree, content tier)."""
    for node in nodes:
        value = node.get("isAccessibleForFree")
        part = node.get("hasPart")
        if value is None and isinstance(part, dict):
            value = part.get("isAccessibleForFree")
        if isinstance(value, list):
            value = value[0] if value else None
        if value is not None:
            return value is False or str(value).strip().rsplit("/", 1)[-1].lower() in _FALSE
    if facts.meta("isaccessibleforfree").lower() in _FALSE:
        return True
    return any(facts.meta(name).lower() in _FALSE for name in _PAID_METAS)
