"""An outlet's feed, news sitemap and robots.txt."""

from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from examples.newsstand.texts import Article, Outlet
from examples.newsstand.themes import Theme


def rss(outlet: Outlet, theme: Theme, base: str) -> str:
    """Return an RSS 2.0 feed with the teaser of every article."""
    items = "\n".join(
        f"<item><title>{escape(article.title)}</title><link>{_url(base, theme, article)}</link>"
        f'<guid isPermaLink="true">{_url(base, theme, article)}</guid>'
        f"{_signed('<dc:creator>{}</dc:creator>', article)}"
        f"<pubDate>{format_datetime(article.published)}</pubDate>"
        f"<description>{escape(article.teaser)}</description></item>"
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>{escape(outlet.name)}</title><link>{base}/</link>
<description>{escape(outlet.tagline)}</description><language>{outlet.language}</language>
{items}
</channel></rss>
"""


def atom(outlet: Outlet, theme: Theme, base: str) -> str:
    """Return an Atom feed with the standfirst or teaser of every article."""
    entries = "\n".join(
        f"<entry><title>{escape(article.title)}</title><id>{_url(base, theme, article)}</id>"
        f'<link rel="alternate" type="text/html" href={quoteattr(base + theme.article_path(article))}/>'
        f"<published>{article.published.isoformat()}</published><updated>{article.updated.isoformat()}</updated>"
        f"{_signed('<author><name>{}</name></author>', article)}"
        f"<summary>{escape(article.standfirst or article.teaser)}</summary></entry>"
        for article in outlet.articles
    )
    newest = max(article.updated for article in outlet.articles)
    return f"""<?xml version="1.0" encoding="{outlet.charset}"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">
<title>{escape(outlet.name)}</title><id>{base}/</id><link href="{base}/"/>
<link rel="self" href="{base}{theme.feed_path}"/><updated>{newest.isoformat()}</updated>
{entries}
</feed>
"""


def news_sitemap(outlet: Outlet, theme: Theme, base: str) -> str:
    """Return a sitemap with the news extension."""
    urls = "\n".join(
        f"<url><loc>{_url(base, theme, article)}</loc><lastmod>{article.updated.isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{article.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(article.title)}</news:title></news:news></url>"
        for article in outlet.articles
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
{urls}
</urlset>
"""


def robots(theme: Theme, base: str) -> str:
    """Return robots.txt: some paths closed, the sitemap named."""
    return f"""User-agent: *
Disallow: /search?
Disallow: /wp-admin/
Disallow: /news/print.php

Sitemap: {base}{theme.sitemap_path}
"""


def _signed(element: str, article: Article) -> str:
    return "".join(element.format(escape(name)) for name in article.authors)


def _url(base: str, theme: Theme, article: Article) -> str:
    return escape(base + theme.article_path(article))
