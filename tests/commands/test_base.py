"""The shared behaviour of commands, through a small project with one command and Scrapy's own entry point."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = """
from newscrawl.commands.base import Action, NewscrawlCommand
from newscrawl.errors import StoreError


class Command(NewscrawlCommand):
    summary = "Shows things."
    example = "scrapy things show 3"
    actions = (
        Action("list", "all of them", options=("limit",)),
        Action("show", "one of them", operands="ID", least=1, most=1),
        Action("find", "by words", operands="WORDS...", least=1, most=None),
        Action("fail", "cannot"),
        Action("flood", "print for ever"),
        Action("where", "the database"),
    )

    def add_own_options(self, parser):
        parser.add_argument("--limit", type=int, default=5, help="how many")

    def execute(self, action, operands, options):
        if action == "fail":
            self.put("half a result")
            raise StoreError("the store is shut\\x1b[2J\\nand gone")
        if action == "flood":
            while True:
                self.put("line")
        if action == "where":
            self.put(self.database_url)
            return 3
        self.put_json({"action": action, "words": list(operands), "limit": options.limit})
        return None
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "scrapy.cfg").write_text("[settings]\ndefault = shop.settings\n")
    package = folder / "shop" / "commands"
    package.mkdir(parents=True)
    (folder / "shop" / "__init__.py").write_text("")
    (folder / "shop" / "settings.py").write_text(
        'BOT_NAME = "shop"\nCOMMANDS_MODULE = "shop.commands"\nNEWSCRAWL_DATABASE_URL = "sqlite:///default.db"\n'
    )
    (package / "__init__.py").write_text("")
    (package / "things.py").write_text(COMMAND)
    return folder


def scrapy(project: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scrapy", *words],
        cwd=project,
        env={**os.environ, **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_first_action_is_what_happens_without_words(project: Path) -> None:
    done = scrapy(project, "things")
    assert done.stdout == '{"action": "list", "words": [], "limit": 5}\n'
    assert (done.stderr, done.returncode) == ("", 0)


def test_options_may_stand_anywhere_and_words_after_a_double_dash_are_literal(project: Path) -> None:
    done = scrapy(project, "things", "find", "--json", "one", "--", "--limit", "-x")
    assert done.stdout == '{"action": "find", "words": ["one", "--limit", "-x"], "limit": 5}\n'


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["sell"], "unknown action 'sell' (one of: list, show, find, fail, flood, where)"),
        (["show"], "too few arguments, expected: ID"),
        (["show", "1", "2"], "unexpected argument '2', expected: ID"),
        (["list", "--limt", "3"], "unknown option '--limt'"),
        (["list", "--limit", "x"], "argument --limit: invalid int value: 'x'"),
        (["show", "1", "--limit", "3"], "--limit does not go with 'show'"),
    ],
)
def test_wrong_usage_is_one_line_and_status_2(project: Path, words: list[str], message: str) -> None:
    done = scrapy(project, "things", *words)
    assert (done.stdout, done.returncode) == ("", 2)
    assert done.stderr == f"scrapy things: {message} (see scrapy things --help)\n"


def test_an_error_is_one_harmless_line_and_status_1_and_keeps_what_was_printed(project: Path) -> None:
    done = scrapy(project, "things", "fail")
    assert (done.stdout, done.returncode) == ("half a result\n", 1)
    assert done.stderr == "scrapy things: the store is shut�[2J and gone\n"


def test_the_database_option_beats_the_setting_and_the_status_is_the_commands(project: Path) -> None:
    assert scrapy(project, "things", "where").stdout == "sqlite:///default.db\n"
    done = scrapy(project, "things", "where", "--database", "sqlite:///other.db")
    assert (done.stdout, done.returncode) == ("sqlite:///other.db\n", 3)
    assert scrapy(project, "things", "where", "-s", "NEWSCRAWL_DATABASE_URL=x").stdout == "x\n"


def test_help_shows_the_actions_and_an_example(project: Path) -> None:
    text = scrapy(project, "things", "--help").stdout
    assert "Shows things.\n\n  list " in text
    assert "find WORDS...  by words" in text
    assert "example:\n  scrapy things show 3\n" in text


def test_the_base_class_is_no_command(project: Path) -> None:
    text = scrapy(project).stdout
    assert "things        Shows things." in text
    assert "  base" not in text


def test_a_closed_pipe_is_no_error(project: Path) -> None:
    line = f"{sys.executable} -m scrapy things flood | head -n 2; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", line], cwd=project, capture_output=True, text=True, timeout=60, check=False
    )
    assert (done.stdout, done.stderr) == ("line\nline\n0\n", "")
