"""Five small outlets of invented news, served over HTTP in the markup of five kinds of real sites.

`outlets.toml` says who publishes, `articles/OUTLET/*.toml` hold the texts, `themes/` hold the markup.
A theme writes a page and, in the same breath, notes every visible text that it put there and what
kind of text it is: that is the expected data which the tests hold the cleaner to.
"""

from examples.newsstand.page import Block, RenderedPage
from examples.newsstand.server import NewsstandServer, serve
from examples.newsstand.site import Newsstand, load_newsstand
from examples.newsstand.texts import Article, Outlet

__all__ = [
    "Article",
    "Block",
    "Newsstand",
    "NewsstandServer",
    "Outlet",
    "RenderedPage",
    "load_newsstand",
    "serve",
]
