"""Clean one page: parse once, judge its blocks, keep the article, record the rest."""

import copy
from dataclasses import dataclass

from newscrawl.clean.assemble import join_paragraphs
from newscrawl.clean.explanation import Explanation, block_reports
from newscrawl.clean.judgement import Judgement, judge
from newscrawl.clean.metadata import Metadata, read_metadata
from newscrawl.clean.parse import ParsedPage, parse_page
from newscrawl.clean.paths import BoxPaths
from newscrawl.clean.script_text import script_article
from newscrawl.clean.site_rules import SiteRules
from newscrawl.clean.typography import tidy
from newscrawl.clean.words import count_words
from newscrawl.model import Article, ArticleStatus, RemovedBlock

# Goes up with every change that may change a text or a record; `scrapy reclean` looks at it.
CLEANER_VERSION = "3"
# Words. What a page without visible text holds in its data is taken for the text from this length on.
MIN_HIDDEN_WORDS = 50
# Removed blocks recorded per page. A page with more (a link farm, a hostile one) is cut short here.
MAX_REMOVED = 3_000
# Characters of a removed block's text that are recorded.
MAX_REMOVED_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class _Cleaned:
    article: Article
    judged: Judgement
    paths: BoxPaths


def clean_page(
    html: str | bytes, url: str, *, encoding: str | None = None, site_rules: SiteRules | None = None
) -> Article:
    """Return the article of a page, with its metadata and every visible block that was cut.

    `encoding` is the charset that the HTTP header declared. Never raises on bad HTML: the article's
    `status` says what was wrong. `site_rules` hold what a person said of a site's
    elements. Pure and deterministic; linear in the size of the page.
    """
    cleaned = _clean(html, url, encoding, site_rules)
    return cleaned if isinstance(cleaned, Article) else cleaned.article


def explain_page(
    html: str | bytes, url: str, *, encoding: str | None = None, site_rules: SiteRules | None = None
) -> Explanation:
    """Return the article and, in page order, all blocks with their fate and the votes on each."""
    cleaned = _clean(html, url, encoding, site_rules)
    if isinstance(cleaned, Article):
        return Explanation(cleaned, ())
    return Explanation(cleaned.article, tuple(block_reports(cleaned.judged, cleaned.paths)))


def _clean(
    html: str | bytes, url: str, encoding: str | None, site_rules: SiteRules | None
) -> _Cleaned | Article:
    """Return the article and what was decided on its page, or the article alone where nothing was judged."""
    parsed = parse_page(html, encoding)
    if parsed.root is None:
        return _without_text(url, parsed)
    metadata = read_metadata(parsed.root, url)
    judged = judge(parsed.root, url, metadata, site_rules.rule_of(url) if site_rules else None)
    if judged.page.too_deep:
        return _without_text(url, parsed, ArticleStatus.TOO_DEEP)
    metadata = _without_commenters(parsed, url, metadata, judged)
    paths = BoxPaths(judged.page.boxes)
    return _Cleaned(_article(url, parsed, metadata, judged, paths), judged, paths)


def _without_commenters(parsed: ParsedPage, url: str, metadata: Metadata, judged: Judgement) -> Metadata:
    """Return the metadata as it is without the comments that were found by their shape.

    Who comments is no author, and when they do no date of the article.
    """
    if not judged.comments:
        return metadata
    assert parsed.root is not None
    root = copy.deepcopy(parsed.root)
    tree, twin = parsed.root.getroottree(), root.getroottree()
    for found in [twin.xpath(tree.getpath(box.element)) for box in judged.comments]:
        for element in found:
            element.getparent().remove(element)
    return read_metadata(root, url)


def _article(url: str, parsed: ParsedPage, metadata: Metadata, judged: Judgement, paths: BoxPaths) -> Article:
    kept = [block for block in judged.page.blocks if judged.kept[block.index]]
    text = "\n\n".join(join_paragraphs(kept))
    notes = parsed.notes + metadata.notes
    if not text:
        text, note = _text_behind_scripts(url, parsed, metadata)
        notes += note
    return Article(
        url=url,
        canonical_url=metadata.canonical_url or url,
        status=ArticleStatus.OK if text else ArticleStatus.EMPTY,
        cleaner_version=CLEANER_VERSION,
        title=metadata.title,
        text=text,
        authors=metadata.authors,
        credits=metadata.credits,
        published_at=metadata.published_at,
        modified_at=metadata.modified_at,
        language=judged.language,
        site_name=metadata.site_name,
        section=metadata.section,
        tags=metadata.tags,
        image_url=metadata.image_url,
        description=metadata.description,
        paywalled=metadata.paywalled,
        robots=metadata.robots,
        notes=notes,
        removed=tuple(_removed(judged, paths)),
    )


def _text_behind_scripts(url: str, parsed: ParsedPage, metadata: Metadata) -> tuple[str, tuple[str, ...]]:
    """Return the text of a page that shows it by script alone, and a note on where it was."""
    if metadata.article_body:
        paragraphs = [tidy(line) for line in metadata.article_body.splitlines()]
        if sum(map(count_words, paragraphs)) >= MIN_HIDDEN_WORDS:
            return "\n\n".join(filter(None, paragraphs)), ("text:json-ld",)
    assert parsed.root is not None
    html = script_article(parsed.root)
    data = parse_page(f"<html><body><article>{html}</article></body></html>") if html else None
    if data is not None and data.root is not None:
        judged = judge(data.root, url, metadata)
        kept = [block for block in judged.page.blocks if judged.kept[block.index]]
        if sum(judged.structure.words[block.index] for block in kept) >= MIN_HIDDEN_WORDS:
            return "\n\n".join(join_paragraphs(kept)), ("text:script",)
    return "", ()


def _removed(judged: Judgement, paths: BoxPaths) -> list[RemovedBlock]:
    removed: list[RemovedBlock] = []
    for block in judged.page.blocks:
        cut = judged.kinds[block.index]
        if cut is None or not block.is_visible:
            continue
        if len(removed) == MAX_REMOVED:
            break
        kind, rule = cut
        path = paths.path_of(block.box)
        removed.append(RemovedBlock(kind, rule, block.text[:MAX_REMOVED_CHARS], path, block.index))
    return removed


def _without_text(url: str, parsed: ParsedPage, status: ArticleStatus | None = None) -> Article:
    return Article(
        url=url,
        canonical_url=url,
        status=status or parsed.status,
        cleaner_version=CLEANER_VERSION,
        notes=parsed.notes,
    )
