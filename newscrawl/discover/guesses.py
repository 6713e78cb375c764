"""Where feeds and sitemaps usually stand when nothing names them: asked for once, remembered when wrong."""

from urllib.parse import urljoin

# The defaults of widely used content systems (WordPress, Drupal, Blogger, Ghost, Hugo, Joomla).
FEED_PATHS = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss/", "/index.xml", "/feed.json")
SITEMAP_PATHS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap_news.xml", "/sitemap.xml")


def guessed_listings(front_url: str, *, feeds: bool, sitemaps: bool) -> list[str]:
    """Return the URLs at which feeds and sitemaps of an outlet may stand."""
    paths = (FEED_PATHS if feeds else ()) + (SITEMAP_PATHS if sitemaps else ())
    return [urljoin(front_url, path) for path in paths]
