"""The cleaning rules of a sites file, for commands that clean stored or single pages."""

import argparse

from newscrawl.discover import RuleBook
from newscrawl.discover.sites_file import read_sites
from newscrawl.spiders.arguments import read_text_file


def add_sites_option(parser: argparse.ArgumentParser) -> None:
    """Add `--sites`."""
    parser.add_argument(
        "--sites", metavar="FILE", help="a sites file with rules for the cleaner (NEWSCRAWL_SITES)"
    )


def read_rule_book(given: str | None, setting: str) -> RuleBook:
    """Return the rules in the file that the option names, or else the setting; raises `ConfigError`."""
    path = given or setting
    return RuleBook.of_outlets(read_sites(read_text_file(path), path)) if path else RuleBook()
