"""`sites.toml`: many outlets, each with what the crawl should know of it beforehand.

    [defaults]
    interval = "1h"

    [[site]]
    name = "The Example"
    url = "https://example.com/"
    feeds = ["https://example.com/rss/all.xml"]
    sections = ["https://example.com/politics/"]
    deny = ["/sponsored/"]
    rules.drop = ["div.partner", "p.tagline"]

Only `url` is needed. Every mistake is told with the site and the key that it is in.
"""

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from typing import Any

from cssselect import HTMLTranslator, SelectorError

from newscrawl.discover.scope import Outlet
from newscrawl.discover.weburl import absolute_url
from newscrawl.errors import ConfigError
from newscrawl.model import SiteSelectors

URL_LISTS = ("feeds", "sitemaps", "sections")
PATTERN_LISTS = ("allow", "deny")
KEYS = ("name", "url", "language", "interval", "rules", *URL_LISTS, *PATTERN_LISTS)
RULE_KEYS = ("keep", "drop")
DEFAULT_KEYS = ("language", "interval", *PATTERN_LISTS)

SHORTEST_INTERVAL = timedelta(minutes=1)
_INTERVAL = re.compile(r"(\d{1,5})\s*(m|min|h|d)")
_UNITS = {"m": "minutes", "min": "minutes", "h": "hours", "d": "days"}
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def read_sites(text: str, where: str = "sites.toml") -> tuple[Outlet, ...]:
    """Return the outlets that a sites file describes. Raises `ConfigError` that names the place.

    >>> read_sites('[[site]]' + chr(10) + 'url = "https://example.com/"')[0].key
    'example.com'
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{where} is no TOML: {error}") from None
    _check_keys(data, ("site", "defaults"), where)
    defaults = data.get("defaults", {})
    if not isinstance(defaults, dict):
        raise ConfigError(f"{where}: [defaults] is a table")
    _check_keys(defaults, DEFAULT_KEYS, f"{where}, [defaults]")
    sites = data.get("site", [])
    if not isinstance(sites, list) or not all(isinstance(site, dict) for site in sites):
        raise ConfigError(f"{where}: each site begins with [[site]]")
    if not sites:
        raise ConfigError(f"{where} describes no site: each begins with [[site]]")
    outlets: dict[str, Outlet] = {}
    for number, site in enumerate(sites, 1):
        label = site.get("name") or site.get("url") or "?"
        outlet = _read_site({**defaults, **site}, f"{where}, site {number} ({label})")
        if outlet.key in outlets:
            raise ConfigError(f"{where}, site {number} ({label}): {outlet.key} is described twice")
        outlets[outlet.key] = outlet
    return tuple(outlets.values())


def read_interval(text: Any, where: str) -> timedelta:
    """Return the time that `30m`, `2h` or `1d` stands for."""
    match = _INTERVAL.fullmatch(text.strip()) if isinstance(text, str) else None
    if match is None:
        raise ConfigError(f"{where}: interval is a time such as '30m', '2h' or '1d', not {text!r}")
    interval = timedelta(**{_UNITS[match.group(2)]: int(match.group(1))})
    if interval < SHORTEST_INTERVAL:
        raise ConfigError(f"{where}: interval is at least a minute, not {text!r}")
    return interval


def _read_site(site: Mapping[str, Any], where: str) -> Outlet:
    _check_keys(site, KEYS, where)
    if "url" not in site:
        raise ConfigError(f"{where}: url is missing")
    lists = {key: _read_urls(site.get(key, []), f"{where}, {key}") for key in URL_LISTS}
    patterns = {key: _read_patterns(site.get(key, []), f"{where}, {key}") for key in PATTERN_LISTS}
    language = site.get("language")
    if language is not None and not (isinstance(language, str) and _LANGUAGE.fullmatch(language)):
        raise ConfigError(f"{where}: language is a tag such as 'en' or 'pt-BR', not {language!r}")
    name = site.get("name")
    if name is not None and not isinstance(name, str):
        raise ConfigError(f"{where}: name is a text, not {name!r}")
    return Outlet(
        url=_read_url(site["url"], f"{where}, url"),
        name=name,
        feeds=lists["feeds"],
        sitemaps=lists["sitemaps"],
        sections=lists["sections"],
        allow=patterns["allow"],
        deny=patterns["deny"],
        language=language,
        interval=read_interval(site["interval"], where) if "interval" in site else None,
        rules=_read_rules(site["rules"], f"{where}, rules") if "rules" in site else None,
    )


def _check_keys(table: Mapping[str, Any], known: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in known:
            near = get_close_matches(key, known, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"known are {', '.join(known)}"
            raise ConfigError(f"{where}: there is no key {key!r}: {hint}")


def _read_url(value: Any, where: str) -> str:
    url = absolute_url(value, value) if isinstance(value, str) else None
    if url is None:
        raise ConfigError(f"{where}: {value!r} is no http or https URL")
    return url


def _read_urls(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ConfigError(f"{where} is a list of URLs")
    return tuple(_read_url(item, where) for item in value)


def _read_patterns(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where} is a list of regular expressions")
    for item in value:
        try:
            re.compile(item)
        except re.error as error:
            raise ConfigError(f"{where}: {item!r} is no regular expression: {error}") from None
    return tuple(value)


def _read_rules(value: Any, where: str) -> SiteSelectors:
    if not isinstance(value, dict):
        raise ConfigError(f"{where} is a table with the lists 'keep' and 'drop'")
    _check_keys(value, RULE_KEYS, where)
    return SiteSelectors(
        keep=_read_selectors(value.get("keep", []), f"{where}, keep"),
        drop=_read_selectors(value.get("drop", []), f"{where}, drop"),
    )


def _read_selectors(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where} is a list of CSS selectors")
    for item in value:
        try:
            HTMLTranslator().css_to_xpath(item)
        except SelectorError as error:
            raise ConfigError(f"{where}: {item!r} is no CSS selector: {error}") from None
    return tuple(value)
