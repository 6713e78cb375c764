"""What each page of the newsstand should give: JSON beside each article's text.

The files say it for people and other tools; a test holds them equal to what the themes note while
they write a page, so neither can drift.
"""

import json
from pathlib import Path
from typing import Any

from examples.newsstand.site import HERE, Newsstand, Site
from examples.newsstand.texts import Article

# Pages differ by their address alone; the files are written for this one, without a port.
BASE = "http://{}.localhost"


def expected_of(site: Site, article: Article) -> dict[str, Any]:
    """Return what cleaning and storing an article's page should give."""
    page = site.article_page(article, BASE.format(site.outlet.key))
    return {
        "path": site.path_of(article),
        "title": article.title,
        "authors": list(article.authors),
        "published_at": article.published.isoformat(),
        "language": site.outlet.language,
        "paywalled": article.paywalled,
        "story": article.story,
        "relation": article.relation,
        "copy_of": article.copy_of or None,
        "paragraphs": list(page.paragraphs),
        "removed": [{"kinds": list(block.kinds), "text": block.text} for block in page.removed],
    }


def expected_path(article: Article, folder: Path = HERE) -> Path:
    """Return where an article's expected data stands."""
    return folder / "articles" / article.outlet / f"{article.slug}.expected.json"


def write_expected(newsstand: Newsstand, folder: Path = HERE) -> int:
    """Write the expected data of every article; return how many files."""
    count = 0
    for site in newsstand.sites:
        for article in site.outlet.articles:
            text = json.dumps(expected_of(site, article), ensure_ascii=False, indent=1)
            expected_path(article, folder).write_text(text + "\n", encoding="utf-8")
            count += 1
    return count
