"""Story identity, pure: which articles are one address, one text, one event. See docs/stories.md."""

from newscrawl.stories.canonical_url import usable_canonical_url
from newscrawl.stories.fingerprint import fingerprint_article
from newscrawl.stories.url_key import url_key

__all__ = ["fingerprint_article", "url_key", "usable_canonical_url"]
