"""What every command of the project shares: options, actions, errors as one line, exit statuses.

Exit statuses: 0 done, 1 a `NewscrawlError` (one line on stderr), 2 wrong usage (one line on stderr),
130 stopped with Ctrl-C. Results go to stdout, everything else to stderr.
"""

import argparse
import os
import sys
import textwrap
from abc import abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Any, ClassVar, NoReturn

from scrapy.commands import ScrapyCommand
from scrapy.exceptions import UsageError
from scrapy.utils.log import configure_logging

from newscrawl.errors import NewscrawlError
from newscrawl.report import Column, harmless_line, json_line, print_table

EXIT_ERROR = 1
EXIT_USAGE = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it

HELP_WIDTH = 88
"""Columns of the help's paragraphs."""


@dataclass(frozen=True, slots=True)
class Action:
    """One thing a command does: `scrapy COMMAND NAME OPERANDS`.

    `operands` is their spelling in the help (`"A B"`), `least` and `most` how many there may be
    (`most=None`: any number). `options` are the dests of the options that only some actions take and this one
    does.
    """

    name: str
    summary: str
    operands: str = ""
    least: int = 0
    most: int | None = 0
    options: tuple[str, ...] = ()


class NewscrawlCommand(ScrapyCommand):
    """Base of the project's commands. A subclass in `newscrawl/commands/NAME.py` is called `Command`.

    It gives `summary`, `example`, and either `operands`, `least` and `most` or `actions`; its own options
    in `add_own_options`; and `execute`, which returns nothing (status 0) or an exit status, and raises
    `NewscrawlError` where a person has to change something.
    """

    # Scrapy takes every ScrapyCommand that is defined in a module under COMMANDS_MODULE for a command
    # named after the module; this one belongs to no module that it walks through.
    __module__ = "newscrawl.commands.base.NewscrawlCommand"

    requires_project = True
    requires_crawler_process = False

    summary: ClassVar[str]
    """One line: what the command does."""
    details: ClassVar[str] = ""
    """A paragraph for the help: what a person has to know before the first use."""
    example: ClassVar[str]
    """One line or more that can be typed as they are."""
    operands: ClassVar[str] = ""
    least: ClassVar[int] = 0
    most: ClassVar[int | None] = 0
    actions: ClassVar[tuple[Action, ...]] = ()
    """What may follow the command's name; the first is what happens where nothing follows."""

    @abstractmethod
    def execute(self, action: str, operands: Sequence[str], options: argparse.Namespace) -> int | None:
        """Do the work. `action` is "" for a command without actions."""

    def add_own_options(self, parser: argparse.ArgumentParser) -> None:
        """Add options beside the common ones."""

    # -- what a command uses -------------------------------------------------------------------------

    @property
    def database_url(self) -> str:
        """The database: `--database`, else `-s NEWSCRAWL_DATABASE_URL=`, the environment, the default."""
        assert self.settings is not None
        return str(self.settings["NEWSCRAWL_DATABASE_URL"])

    def put(self, line: str = "") -> None:
        """Write one line of results to stdout."""
        sys.stdout.write(line + "\n")

    def put_json(self, row: Mapping[str, Any]) -> None:
        """Write one JSON line to stdout."""
        sys.stdout.write(json_line(row) + "\n")

    def put_table(self, columns: Sequence[Column], rows: Iterable[Sequence[Any]]) -> None:
        """Write a table for people to stdout."""
        print_table(columns, rows, sys.stdout)

    def say(self, message: str) -> None:
        """Tell a person something beside the results (on stderr)."""
        sys.stderr.write(harmless_line(message) + "\n")

    # -- Scrapy's side -------------------------------------------------------------------------------

    def syntax(self) -> str:
        """The usage line after `scrapy NAME`."""
        if self.actions:
            return "[" + " | ".join(f"{a.name} {a.operands}".rstrip() for a in self.actions) + "] [options]"
        return f"{self.operands} [options]".lstrip()

    def short_desc(self) -> str:
        """The line in Scrapy's list of commands."""
        return self.summary

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        """Add the common options, the command's own, and the help's description and example."""
        super().add_options(parser)
        parser.formatter_class = argparse.RawDescriptionHelpFormatter
        parser.prog = f"scrapy {self.command_name}"
        parser.usage = f"{parser.prog} {self.syntax()}"
        parser.description = _description(self.summary, self.details, self.actions)
        parser.epilog = "example:\n" + "\n".join(f"  {line}" for line in self.example.splitlines())
        # A wrong word gets one line, not the whole usage: the line says where to read on.
        parser.error = self._fail_usage  # type: ignore[method-assign]
        parser.allow_abbrev = False
        parser.add_argument("--json", action="store_true", help="print JSON lines, for programs")
        parser.add_argument(
            "--database", metavar="URL", help="the database (default: the setting NEWSCRAWL_DATABASE_URL)"
        )
        self.add_own_options(parser)
        self._unset = {action.dest: action.default for action in parser._actions}

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        """Take `--database` as the setting that it stands for."""
        super().process_options(args, opts)
        if opts.database is not None:
            assert self.settings is not None
            self.settings.set("NEWSCRAWL_DATABASE_URL", opts.database, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        """Run `execute`; turn what goes wrong into one line and an exit status."""
        action, operands = self._read_words(args, opts)
        if opts.loglevel or opts.logfile:
            configure_logging(self.settings)
        _never_fail_to_print(sys.stdout)
        _never_fail_to_print(sys.stderr)
        try:
            self.exitcode = self.execute(action, operands, opts) or 0
            sys.stdout.flush()
        except NewscrawlError as error:
            _flush_quietly(sys.stdout)
            self.say(f"scrapy {self.command_name}: {error}")
            self.exitcode = EXIT_ERROR
        except BrokenPipeError:
            # The reader (`head`, a closed pager) has seen enough: that is not an error. Without this, the
            # interpreter would flush into the closed pipe at exit and print a traceback.
            _discard(sys.stdout)
        except KeyboardInterrupt:
            _flush_quietly(sys.stdout)
            self.say(f"scrapy {self.command_name}: stopped")
            self.exitcode = EXIT_INTERRUPTED

    @property
    def command_name(self) -> str:
        """The name under which Scrapy knows the command: its module's."""
        return type(self).__module__.rpartition(".")[2]

    # -- words ---------------------------------------------------------------------------------------

    def _read_words(self, args: Sequence[str], opts: argparse.Namespace) -> tuple[str, list[str]]:
        words = _operands(args)
        if not self.actions:
            _check_count(words, self.operands, self.least, self.most)
            return "", words
        name = words.pop(0) if words else self.actions[0].name
        action = next((a for a in self.actions if a.name == name), None)
        if action is None:
            known = ", ".join(a.name for a in self.actions)
            raise UsageError(f"unknown action {name!r} (one of: {known})", print_help=False)
        _check_count(words, action.operands, action.least, action.most)
        bound = {dest for other in self.actions for dest in other.options} - set(action.options)
        for dest in sorted(bound):
            if getattr(opts, dest) != self._unset[dest]:
                option = dest.replace("_", "-")
                raise UsageError(f"--{option} does not go with {name!r}", print_help=False)
        return name, words

    def _fail_usage(self, message: str) -> NoReturn:
        name = f"scrapy {self.command_name}"
        sys.stderr.write(f"{name}: {harmless_line(message)} (see {name} --help)\n")
        sys.exit(EXIT_USAGE)


def _operands(args: Sequence[str]) -> list[str]:
    """Return the words that are not options. Scrapy hands over options that nobody knows as words."""
    words: list[str] = []
    literal = False
    for arg in args:
        if arg == "--" and not literal:
            literal = True
        elif arg.startswith("-") and arg != "-" and not literal:
            raise UsageError(f"unknown option {arg!r}", print_help=False)
        else:
            words.append(arg)
    return words


def _check_count(words: Sequence[str], operands: str, least: int, most: int | None) -> None:
    if len(words) < least:
        raise UsageError(f"too few arguments, expected: {operands}", print_help=False)
    if most is not None and len(words) > most:
        expected = operands or "none"
        raise UsageError(f"unexpected argument {words[most]!r}, expected: {expected}", print_help=False)


def _description(summary: str, details: str, actions: Sequence[Action]) -> str:
    parts = [summary]
    if details:
        parts.append(textwrap.fill(details, HELP_WIDTH))
    if actions:
        spelled = [(f"{action.name} {action.operands}".rstrip(), action.summary) for action in actions]
        width = max(len(name) for name, _ in spelled)
        parts.append("\n".join(f"  {name:<{width}}  {what}" for name, what in spelled))
    return "\n\n".join(parts)


def _never_fail_to_print(stream: IO[str]) -> None:
    """Where the terminal's encoding lacks a character, show its escape instead of failing."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _flush_quietly(stream: IO[str]) -> None:
    try:
        stream.flush()
    except BrokenPipeError:
        _discard(stream)


def _discard(stream: IO[str]) -> None:
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123 (a device, not a file of ours)
        os.dup2(nowhere.fileno(), stream.fileno())
