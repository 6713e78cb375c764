"""A title without the outlet's name that many pages put behind it: "Bridge closed - Fjord Post"."""

SEPARATORS = (" | ", " - ", " – ", " — ")
LEAST_HEADLINE_WORDS = 4
LEAST_HEADLINE_CHARACTERS = 20
MOST_NAME_WORDS = 5


def split_headline(title: str) -> tuple[str, str]:
    """Return the headline, and what may be an outlet's name after its last separator, else "".

    It may as well be the headline's second half, so it is to count less, not to be dropped.

    >>> split_headline("Bridge closed after cracks were found - Fjord Post")
    ('Bridge closed after cracks were found', 'Fjord Post')
    >>> split_headline("Bridge closed - what we know so far about the cracks")
    ('Bridge closed - what we know so far about the cracks', '')
    """
    at = max(title.rfind(separator) for separator in SEPARATORS)
    if at < LEAST_HEADLINE_CHARACTERS:
        return title, ""
    headline, name = title[:at].rstrip(), title[at + 3 :].strip()
    if len(headline.split()) < LEAST_HEADLINE_WORDS or len(name.split()) > MOST_NAME_WORDS:
        return title, ""
    return headline, name
