"""The errors that newscrawl raises on purpose; everything else is a bug.

What a *page* does wrong is never an error: it becomes a status on that page's row (`ArticleStatus`,
`FetchStatus`). An error means that a person has to change something: a setting, an argument, a path.
Commands print an error as one line and exit with status 1.
"""


class NewscrawlError(Exception):
    """Base class. The message is one clear line for a person: what is wrong and what to do."""


class ConfigError(NewscrawlError):
    """A setting, a spider argument or a configuration file is wrong."""


class StoreError(NewscrawlError):
    """The database cannot be reached, opened, upgraded or written."""
