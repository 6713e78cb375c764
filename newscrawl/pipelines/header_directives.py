"""What the headers of a page ask of machines, beside what its markup does."""

from collections.abc import Sequence
from dataclasses import replace

from newscrawl.fetch.tdm_reservations import TDMREP_HEADER
from newscrawl.model import Article

OUR_NAME = "newscrawl"
VALUED_DIRECTIVES = ("max-", "unavailable_after")
"""Directives that have a colon themselves: `max-snippet: 0` names no crawler."""

NONE = ("noindex", "nofollow")
"""What `none` is short for."""


def with_header_directives(article: Article, headers: Sequence[tuple[str, str]]) -> Article:
    """Return the article with the directives that came as headers beside those of its markup.

    `X-Robots-Tag` may name one crawler (`googlebot: noindex`): that is not for us unless it names ours.
    `TDM-Reservation: 1` (https://www.w3.org/community/reports/tdmrep/) becomes `tdm-reservation`, and so does
    a reservation in the site's tdmrep.json, unless the header says 0.
    """
    found: dict[str, None] = dict.fromkeys(article.robots)
    reservations = [value.strip() for name, value in headers if name == "tdm-reservation"]
    if not reservations:
        reservations = [value for name, value in headers if name == TDMREP_HEADER]
    if "1" in reservations:
        found.setdefault("tdm-reservation")
    for name, value in headers:
        if name != "x-robots-tag":
            continue
        agent, colon, directives = value.lower().partition(":")
        names_one = bool(colon) and "," not in agent and not agent.strip().startswith(VALUED_DIRECTIVES)
        if names_one and agent.strip() != OUR_NAME:
            continue
        for word in (directives if names_one else value.lower()).split(","):
            found.update(dict.fromkeys(NONE if word.strip() == "none" else [word.strip()]))
    found.pop("", None)
    return article if len(found) == len(article.robots) else replace(article, robots=tuple(found))
