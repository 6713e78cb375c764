"""newscrawl: clean news articles, every cut on record, one canonical record per story."""

__version__ = "0.1.0"
