"""Rules for the few sites that need them: CSS selectors of elements to keep or to drop, per site.

    [sites."post.example"]
    keep = ["div.fact-box"]
    drop = ["div.partner", "p.tagline"]

A rule says the last word on all blocks in the elements that it selects; of nested ones the inner wins.
Selectors select block elements (`div`, `p`, `li`); inline ones make no block of their own.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import lxml.html
from lxml.cssselect import CSSSelector, SelectorError

from newscrawl.clean.blocks import BlockPage
from newscrawl.errors import ConfigError
from newscrawl.model import SiteSelectors, site_of

DROP_RULE = "other:site-rule"


@dataclass(frozen=True, slots=True)
class SiteRule:
    """The compiled selectors of one site."""

    keep: tuple[CSSSelector, ...] = ()
    drop: tuple[CSSSelector, ...] = ()


@dataclass(frozen=True, slots=True)
class SiteRules:
    """Rules by site; `rule_of` finds the one for a URL."""

    sites: Mapping[str, SiteRule] = field(default_factory=dict)

    def rule_of(self, url: str) -> SiteRule | None:
        """Return the rule of the URL's site, or None."""
        return self.sites.get(site_of(url)) if self.sites else None


def load_site_rules(path: Path) -> SiteRules:
    """Read and compile a file of site rules; raises ConfigError with the place of what is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigError(f"site rules {path}: {error}") from error
    return SiteRules({site.lower(): _compiled(path, site, entry) for site, entry in _sites(path, table)})


def compile_selectors(selectors: SiteSelectors, site: str) -> SiteRule:
    """Return the rule of `site` that a sites file describes; raises ConfigError for what is no selector."""
    where = Path("sites.toml")
    return SiteRule(
        keep=tuple(_selector(where, site, text) for text in selectors.keep),
        drop=tuple(_selector(where, site, text) for text in selectors.drop),
    )


def _sites(path: Path, table: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    sites = table.get("sites", {})
    if not isinstance(sites, dict) or not all(isinstance(entry, dict) for entry in sites.values()):
        raise ConfigError(f'site rules {path}: expected tables like [sites."post.example"]')
    return list(sites.items())


def _compiled(path: Path, site: str, entry: dict[str, Any]) -> SiteRule:
    unknown = set(entry) - {"keep", "drop"}
    if unknown:
        raise ConfigError(f"site rules {path}: {site}: unknown key {sorted(unknown)[0]!r}")
    return SiteRule(
        keep=tuple(_selector(path, site, text) for text in entry.get("keep", ())),
        drop=tuple(_selector(path, site, text) for text in entry.get("drop", ())),
    )


def _selector(path: Path, site: str, text: object) -> CSSSelector:
    try:
        return CSSSelector(str(text), translator="html")
    except SelectorError as error:
        raise ConfigError(f"site rules {path}: {site}: {text!r} is no CSS selector ({error})") from error


def apply_site_rule(rule: SiteRule, root: lxml.html.HtmlElement, page: BlockPage) -> dict[int, bool]:
    """Return, for the blocks that the rule speaks on, whether they stay."""
    told = {element: True for selector in rule.keep for element in _selected(selector, root)}
    told.update({element: False for selector in rule.drop for element in _selected(selector, root)})
    fate: list[bool | None] = []
    for box in page.boxes:  # parents stand before their children
        inherited = fate[box.parent.index] if box.parent is not None else None
        fate.append(told.get(box.element, inherited))
    return {block.index: stays for block in page.blocks if (stays := fate[block.box.index]) is not None}


def _selected(selector: CSSSelector, root: lxml.html.HtmlElement) -> list[lxml.html.HtmlElement]:
    return cast("list[lxml.html.HtmlElement]", selector(root))
