"""What a page says about itself: title, authors, dates, language, directives.

>>> import lxml.html
>>> page = lxml.html.document_fromstring("<title>Rain - The Post</title><h1>Rain</h1>")
>>> read_metadata(page, "https://post.example/rain").title
'Rain'
"""

from newscrawl.clean.metadata.authors import judge_names
from newscrawl.clean.metadata.read import read_metadata
from newscrawl.clean.metadata.record import Metadata

__all__ = ["Metadata", "judge_names", "read_metadata"]
