"""Pages with a second text, made from labelled pages: what real ones of that kind are too few to teach.

Endless scroll puts the next article under the first, in the same elements; forums and old news sites put
threads under it that no class name tells. A labelled page gets such a second text (the next article in
copies of its own elements, with the paragraphs of another page; or a thread of comments), and its gold stays.
"""

import copy
import random
from collections.abc import Iterator, Sequence
from typing import Any

import lxml.html
from lxml import etree

from benchmarks.cleaning.corpus import Example, label_page
from newscrawl.clean.blocks import BlockPage
from newscrawl.clean.parse import parse_page
from newscrawl.clean.walk import read_blocks
from newscrawl.model import BlockKind

_SEED = 5
# Pages made of each kind, and what they count beside a real page.
_ENDLESS, _THREADS, _WEIGHT = 240, 200, 0.6
_MIN_COVERAGE, _MAX_BLOCKS, _MIN_BLOCKS, _MIN_WORDS = 0.9, 900, 4, 5
_MAX_OTHER_WORDS = 0.25  # share of words beside the gold up to which the headline's element is the article's
_NO_CONTAINERS = frozenset(("body", "html", "p", "form", "td", "tr", "tbody", "table"))
_OWN_ELEMENTS = frozenset(("div", "p", "figure", "section", "ul", "ol", "blockquote"))
_NAMES = ("Anna", "JohnD", "markus77", "Pete", "user123", "O. Petrov", "sam", "Li Wei", "Giorgos", "Ewa")
_TIMES = ("3 hours ago", "12.03.2012 14:22", "March 4, 2019 at 6:12 pm", "#4", "2 d")
_BUTTONS = ("Reply", "Like", "+1", "Antworten", "Report")
_CLASSES = ("", "c", "item", "row", "msg", "post", "entry", "comment", "reply", "thread-item", "u-mb", "node")


def make_second_texts(bench: Any, examples: Sequence[Example]) -> Iterator[Example]:
    """Yield the made pages as examples, about one for three real pages. The same on every run."""
    chance = random.Random(_SEED)
    maker = _Maker(chance, examples)
    source = [
        example for example in examples if example.gold["gold_text"] and example.coverage > _MIN_COVERAGE
    ]
    chance.shuffle(source)
    endless = threads = 0
    for example in source:
        wants_thread = threads < _THREADS and threads * _ENDLESS <= endless * _THREADS
        if not wants_thread and endless >= _ENDLESS:
            return
        html = maker.with_second_text(example, bench.read_html(example.gold), wants_thread)
        made = label_page(bench, example.gold, html) if html else None
        if made is None or made.coverage < _MIN_COVERAGE:
            continue
        made.made, made.key = True, f"made/{made.key}"
        made.weight = made.weight * _WEIGHT
        yield made
        threads += wants_thread
        endless += not wants_thread


class _Maker:
    """Puts second texts into pages; knows the paragraphs and comments of all labelled pages, by language."""

    def __init__(self, chance: random.Random, examples: Sequence[Example]) -> None:
        self._chance = chance
        self._texts: dict[str, list[tuple[str, str, list[str]]]] = {}
        self._comments: dict[str, list[str]] = {}
        for example in examples:
            language = _language(example)
            lines = [line.strip() for line in (example.gold["gold_text"] or "").split("\n") if len(line) > 40]
            if len(lines) >= _MIN_BLOCKS and example.coverage > _MIN_COVERAGE:
                title = (example.gold["gold_meta"] or {}).get("title") or lines[0][:70]
                self._texts.setdefault(language, []).append((example.site, title, lines))
            for block in example.page.blocks:
                found = example.evidence[block.index]
                if (
                    found is not None
                    and found.kind is BlockKind.COMMENTS
                    and example.structure.words[block.index] >= 8
                    and not example.share[block.index]
                ):
                    self._comments.setdefault(language, []).append(block.text[:600])

    def with_second_text(self, example: Example, html: str, thread: bool) -> str | None:
        """Return the page with a thread or a next article under its text, or None where it has no place."""
        parsed = parse_page(html)
        if parsed.root is None:
            return None
        page = read_blocks(parsed.root)
        if not len(page.blocks) == len(example.page.blocks) <= _MAX_BLOCKS:
            return None
        gold = [
            block.index
            for block in page.blocks
            if example.share[block.index] > 0.5 and example.structure.words[block.index] >= _MIN_WORDS
        ]
        if len(gold) < _MIN_BLOCKS:
            return None
        text = _common_element([page.blocks[at].box.element for at in gold])
        if text.tag in _NO_CONTAINERS:
            return None
        added = self._thread(example, text) if thread else self._next_articles(example, page, gold, text)
        return lxml.html.tostring(parsed.root, encoding="unicode") if added else None

    def _thread(self, example: Example, text: Any) -> bool:
        language, chance = _language(example), self._chance
        pool = self._comments.get(language, [])
        if len(pool) < 30:
            pool = pool + [
                line for *_, lines in self._texts.get(language, []) for line in lines if len(line) < 400
            ]
        if not pool:
            return False
        outer, inner, body = (chance.choice(_CLASSES) for _ in range(3))
        thread = etree.Element("div", {"class": f"{outer}s"} if outer else {})
        tag = chance.choice(("div", "div", "li", "article"))
        for _ in range(chance.choice((3, 6, 12, 25))):
            item = etree.SubElement(thread, tag, {"class": inner} if inner else {})
            etree.SubElement(item, chance.choice(("span", "b", "h5", "div"))).text = chance.choice(_NAMES)
            etree.SubElement(item, chance.choice(("span", "div"))).text = chance.choice(_TIMES)
            said = etree.SubElement(item, chance.choice(("p", "div")), {"class": body} if body else {})
            said.text = chance.choice(pool)
            if chance.random() < 0.4:
                etree.SubElement(item, "a", {"href": "#"}).text = chance.choice(_BUTTONS)
        (text.append if chance.random() < 0.35 else text.addnext)(thread)
        return True

    def _next_articles(self, example: Example, page: BlockPage, gold: list[int], text: Any) -> bool:
        others = [other for other in self._texts.get(_language(example), []) if other[0] != example.site]
        if not others:
            return False
        headline = _headline_before(example, gold[0])
        whole = _with_headline(example, page, gold, text, headline) if headline is not None else None
        if whole is None or headline is None:
            return False  # a next article without its headline is the same article going on
        blocks_of: dict[Any, list[int]] = {}
        for block in page.blocks:
            blocks_of.setdefault(block.box.element, []).append(block.index)
        elements = list(whole.iter())
        pattern, anchor = copy.deepcopy(whole), whole
        pattern.tail = None
        for _ in range(self._chance.choice((1, 1, 2, 3))):
            clone = copy.deepcopy(pattern)
            _, title, lines = self._chance.choice(others)
            start = 0 if self._chance.random() < 0.7 else self._chance.randrange(len(lines) - 2)
            rest = iter(lines[start : start + self._chance.choice((3, 6, 12, 99))])
            for element, copied in zip(elements, list(clone.iter()), strict=True):
                blocks = blocks_of.get(element, [])
                if headline in blocks:
                    _replace_text(copied, title)
                elif any(example.share[at] > 0.5 for at in blocks):
                    line = next(rest, None)
                    is_heading = element.tag in ("h2", "h3", "h4")
                    _replace_text(copied, line[:60] if line and is_heading else line)
            anchor.addnext(clone)
            anchor = clone
        return True


def _language(example: Example) -> str:
    return (example.gold["lang"] or "en")[:2]


def _headline_before(example: Example, first: int) -> int | None:
    for block in reversed(example.page.blocks[:first]):
        found = example.evidence[block.index]
        if found is not None and found.kind is BlockKind.TITLE:
            return block.index
    return None


def _with_headline(example: Example, page: BlockPage, gold: list[int], text: Any, headline: int) -> Any:
    """Return the element that holds text and headline, if it holds little else."""
    both = _common_element([text, page.blocks[headline].box.element])
    if both.tag in _NO_CONTAINERS:
        return None
    within = set(both.iter())
    good = example.structure.good_words
    other = sum(
        good[block.index]
        for block in page.blocks
        if example.share[block.index] < 0.5 and block.box.element in within
    )
    return both if other < _MAX_OTHER_WORDS * sum(good[at] for at in gold) else None


def _common_element(elements: Sequence[Any]) -> Any:
    common = [elements[0], *elements[0].iterancestors()]
    for element in elements[1:]:
        above = {element, *element.iterancestors()}
        common = [candidate for candidate in common if candidate in above]
    return common[0]


def _replace_text(element: Any, text: str | None) -> None:
    """Give `element` this text alone; the block elements within it stay, to be filled on their own."""
    for child in list(element):
        if isinstance(child.tag, str) and child.tag not in _OWN_ELEMENTS:
            element.remove(child)
        else:
            child.tail = None
    element.text = text
