"""The peers as callables `(html, url) -> text`; those that are not installed are left out.

pip install trafilatura newspaper4k readability-lxml
"""

import importlib
from collections.abc import Callable
from typing import Any

Cleaner = Callable[[str, str], str]


def installed_peers() -> dict[str, Cleaner]:
    """Return the peers that can be imported, by name."""
    peers: dict[str, Cleaner] = {}
    for name, module, build in (
        ("trafilatura", "trafilatura", _trafilatura),
        ("newspaper4k", "newspaper", _newspaper),
        ("readability-lxml", "readability", _readability),
        ("jusText", "justext", _justext),
    ):
        try:
            peers[name] = build(importlib.import_module(module))
        except ImportError:
            continue
    return peers


def _trafilatura(module: Any) -> Cleaner:
    def clean(html: str, url: str) -> str:
        document = module.bare_extraction(html, url=url, with_metadata=True)
        return (document.text or "") if document else ""

    return clean


def _newspaper(module: Any) -> Cleaner:
    def clean(html: str, url: str) -> str:
        article = module.Article(url, fetch_images=False)
        article.download(input_html=html)
        article.parse()
        return str(article.text)

    return clean


def _readability(module: Any) -> Cleaner:
    from lxml.html import fromstring

    def clean(html: str, url: str) -> str:
        return str(fromstring(module.Document(html, url=url).summary()).text_content())

    return clean


def _justext(module: Any) -> Cleaner:
    stop_words = module.get_stoplist("English")

    def clean(html: str, url: str) -> str:
        paragraphs = module.justext(html, stop_words)
        return "\n\n".join(part.text for part in paragraphs if not part.is_boilerplate)

    return clean
