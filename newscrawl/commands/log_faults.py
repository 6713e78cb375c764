"""A log that cannot be written (its disk is full, its terminal is gone): told once, in one line."""

import logging
import sys


class LogFaults:
    """Stands in for what `logging` does with a record that a handler could not write: a traceback for each.

    The crawl goes on: its pages are worth more than its log.
    """

    def __init__(self) -> None:
        self.is_broken = False

    def install(self) -> None:
        """Take over for every handler of this process, those included that Scrapy makes later."""
        setattr(logging.Handler, "handleError", lambda _, record: self._note())  # noqa: B010

    def _note(self) -> None:
        if self.is_broken:
            return
        self.is_broken = True
        try:
            sys.stderr.write(f"scrapy crawl: the log cannot be written: {sys.exc_info()[1]}\n")
            sys.stderr.flush()
        except (OSError, ValueError):
            pass  # the log was the standard error; the exit status tells
