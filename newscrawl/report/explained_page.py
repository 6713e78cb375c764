"""The HTML form of `scrapy explain`: the page itself, its cut blocks coloured by kind, and a legend.

The file is inert wherever it is opened: no scripts, no loads, all text escaped, and a Content Security
Policy that holds even if something had slipped through.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from newscrawl.clean.parse import parse_page
from newscrawl.model import BlockKind
from newscrawl.report.harmless import harmless_block, harmless_line
from newscrawl.report.marking import LABEL_ATTRIBUTE, Mark, mark_blocks
from newscrawl.report.safe_html import inner_html, make_inert, web_link

KEPT = "kept"

COLOURS: Mapping[str, str] = {
    KEPT: "#dff3df",
    BlockKind.AD: "#ffb3b3",
    BlockKind.RELATED: "#ffd3a3",
    BlockKind.BIO: "#d9c7f5",
    BlockKind.BYLINE: "#c5cdf7",
    BlockKind.DATELINE: "#b9dcf5",
    BlockKind.SHARE: "#aeeaf0",
    BlockKind.NEWSLETTER: "#f5b9e6",
    BlockKind.COMMENTS: "#e6d2b5",
    BlockKind.CAPTION: "#f7f0a8",
    BlockKind.NAVIGATION: "#d5d9dd",
    BlockKind.LEGAL: "#c2c9b8",
    BlockKind.PAYWALL: "#f0a8bc",
    BlockKind.SOURCE: "#b5e3d0",
    BlockKind.PROMO: "#ffe08a",
    BlockKind.TITLE: "#cfe0ff",
    BlockKind.OTHER: "#e2d8d0",
}
"""Background of a block, by kind. Light ones: the text stays readable (contrast over 7 with #222).
Nobody has to tell them apart: each block is labelled with its kind and rule, and neighbours here have
other edges."""

_EDGES = ("solid", "dashed", "dotted", "double")
_TOP_RULES = 4  # rules named in the legend, per kind


@dataclass(frozen=True, slots=True)
class ShownBlock:
    """A block of the page as it is to be shown. `kind` is None where it was kept; `why` is the tooltip."""

    text: str
    kind: str | None
    why: str
    rule: str = ""

    @property
    def label(self) -> str:
        """What is written before the block where it is cut: its kind and, where known, its rule."""
        if self.kind is None:
            return ""
        detail = self.rule.partition(":")[2]
        return harmless_line(f"{self.kind} · {detail}" if detail else self.kind)


def explained_page(
    html: str | bytes,
    url: str,
    encoding: str | None,
    title: str,
    facts: Sequence[tuple[str, str]],
    blocks: Sequence[ShownBlock],
) -> str:
    """Return a whole HTML document: `facts` as a table, a legend with counts, and the marked page.

    `blocks` come in the page's order. A page that cannot be parsed is shown as its blocks alone.
    """
    marks = [
        Mark(
            text=block.text,
            css_class=f"nc nc-{block.kind or KEPT}",
            tooltip=harmless_line(f"{block.kind or KEPT}: {block.why}" if block.why else block.kind or KEPT),
            label=block.label,
        )
        for block in blocks
    ]
    root = parse_page(html, encoding).root
    missing = marks
    body = ""
    if root is not None:
        make_inert(root, url)
        missing = mark_blocks(root, marks)
        body = inner_html(root)
    style = _style()
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en"><head><meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_policy(style)}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{_shown(title) or 'explained page'}</title>",
            f"<style>{style}</style></head><body>",
            _header(title, url, facts),
            _legend(blocks),
            _not_found(missing),
            f'<main class="nc-page">{body}</main>',
            "</body></html>",
            "",
        ]
    )


def _header(title: str, url: str, facts: Sequence[tuple[str, str]]) -> str:
    link = web_link(url)
    place = f'<a href="{escape(link)}" rel="noreferrer">{_shown(url)}</a>' if link else _shown(url)
    rows = "".join(f"<tr><th>{_shown(name)}</th><td>{_shown(value)}</td></tr>" for name, value in facts)
    return f'<header class="nc-head"><h1>{_shown(title)}</h1><p>{place}</p><table>{rows}</table></header>'


def _legend(blocks: Sequence[ShownBlock]) -> str:
    """Return a table of the kinds: how many blocks and words, and by which rules most of them."""
    counts = Counter(block.kind or KEPT for block in blocks)
    words = Counter[str]()
    rules: dict[str, Counter[str]] = {}
    for block in blocks:
        kind = block.kind or KEPT
        words[kind] += len(block.text.split())
        if block.kind and block.rule:
            rules.setdefault(kind, Counter())[block.rule] += 1
    rows = "".join(
        f'<tr><td><span class="nc nc-{kind}">{kind}</span></td>'
        f"<td>{counts[kind]:,}</td><td>{words[kind]:,}</td>"
        f"<td>{_rules(rules.get(kind, Counter()))}</td></tr>"
        for kind in COLOURS
        if counts[kind]
    )
    switch = '<input type="checkbox" id="nc-only"><label for="nc-only">show only what was kept</label>'
    head = "<tr><th>kind</th><th>blocks</th><th>words</th><th>rules</th></tr>"
    return f'{switch}<table class="nc-legend">{head}{rows}</table>'


def _rules(counts: Counter[str]) -> str:
    named = [f"{_shown(rule)} {count}" for rule, count in counts.most_common(_TOP_RULES)]
    more = len(counts) - len(named)
    return ", ".join(named) + (f", {more} more" if more > 0 else "")


def _not_found(missing: Sequence[Mark]) -> str:
    if not missing:
        return ""
    items = "".join(
        f'<li><span class="{escape(mark.css_class)}" title="{escape(mark.tooltip)}" '
        f'{LABEL_ATTRIBUTE}="{escape(mark.label)}">'
        f"{_shown(mark.text)}</span></li>"
        for mark in missing
    )
    summary = f"not marked in the page below: {len(missing)}"
    return f'<details class="nc-missing"><summary>{summary}</summary><ul>{items}</ul></details>'


def _style() -> str:
    colours = "".join(
        f".nc-{kind}{{background:{colour};border-left-style:{_EDGES[at % len(_EDGES)]}}}"
        for at, (kind, colour) in enumerate(COLOURS.items())
    )
    return (
        "body{font:16px/1.6 sans-serif;color:#222;background:#fff}"
        "body{max-width:60rem;margin:1rem auto;padding:0 1rem}"
        ".nc-head th{text-align:left;padding-right:1rem;vertical-align:top;font-weight:normal;color:#555}"
        ".nc{border-radius:3px;padding:0 .2em;border-left:4px solid #444}"
        f".nc[{LABEL_ATTRIBUTE}]::before{{content:attr({LABEL_ATTRIBUTE});font:bold 11px/1 monospace;"
        "color:#fff;background:#444;border-radius:2px;padding:1px 4px;margin:0 .4em 0 -.2em;"
        "display:inline-block;text-decoration:none;white-space:nowrap}"
        ".nc-kept{border-left:0}"
        ".nc-legend{border-collapse:collapse;font-size:14px}"
        ".nc-legend td,.nc-legend th{padding:.1em .8em .1em 0;text-align:left;vertical-align:top}"
        ".nc-legend td:nth-child(2),.nc-legend td:nth-child(3){text-align:right}"
        ".nc-page{border-top:1px solid #888;padding-top:1rem;overflow-wrap:anywhere}"
        f"{colours}"
        "#nc-only:checked~.nc-page .nc:not(.nc-kept){display:none}"
    )


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _shown(text: str) -> str:
    return escape(harmless_block(text))
