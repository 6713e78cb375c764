"""The project's conventions as tests: each failure says what to do."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from scrapy.settings import Settings
from scrapy.utils.misc import walk_modules_iter
from scrapy.utils.spider import iter_spider_classes

from newscrawl import settings as project_settings

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "newscrawl"

# Each layer may import those with a smaller number, and itself.
LAYERS = {
    "errors": 0,
    "model": 0,
    "clean": 1,
    "discover": 1,
    "stories": 1,
    "store": 2,
    "fetch": 3,
    "pipelines": 3,
    "spiders": 3,
    "commands": 3,
    "report": 3,
    "settings": 3,
}
PURE = ("model", "clean", "discover", "stories")
DEFAULT_DELAY_S = 1.0
POLITENESS = {"DOWNLOAD_DELAY", "CONCURRENT_REQUESTS_PER_DOMAIN", "ROBOTSTXT_OBEY", "AUTOTHROTTLE_ENABLED"}


def python_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*.py") if ".venv" not in path.parts)


def imported_modules(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def layer_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", python_files(PACKAGE), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_to_the_left(path: Path) -> None:
    layer = layer_of(path)
    if layer == "__init__":
        return
    for module in imported_modules(path):
        head, *rest = module.split(".")
        if head == "newscrawl" and rest:
            other = rest[0]
            assert other == layer or LAYERS[other] < LAYERS[layer] or LAYERS[layer] == 3 == LAYERS[other], (
                f"{layer} must not import {module}: move the code, or the thing it needs, to the left"
            )
        if layer in PURE:
            assert head not in {"scrapy", "twisted", "sqlalchemy", "alembic"}, f"{layer} is pure: {module}"
        if layer not in {"store", "commands"}:
            assert head != "alembic", "migrations belong to the store"


def test_no_file_is_a_drawer() -> None:
    drawers = {"utils.py", "helpers.py", "common.py", "misc.py"}
    found = [path for path in python_files(PACKAGE) if path.name in drawers]
    assert not found, f"name the thing: {found}"


def documented(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


def our_settings() -> list[str]:
    return [name for name in dir(project_settings) if name.startswith("NEWSCRAWL_")]


@pytest.mark.parametrize("name", our_settings())
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in documented("crawling.md"), f"add {name} to the settings in docs/crawling.md"


def test_every_pipeline_is_documented() -> None:
    for path in Settings(vars_of(project_settings))["ITEM_PIPELINES"]:
        name = path.rsplit(".", 1)[-1]
        assert f"`{name}`" in documented("crawling.md"), f"add {name} to docs/crawling.md"


def test_every_spider_is_documented() -> None:
    for module in walk_modules_iter("newscrawl.spiders"):
        for spider in iter_spider_classes(module):
            heading = f"scrapy crawl {spider.name}"
            assert heading in documented("crawling.md"), f"add {heading} to docs/crawling.md"


def test_every_command_is_documented() -> None:
    for path in (PACKAGE / "commands").glob("*.py"):
        if re.search(r"^class Command\(", path.read_text(encoding="utf-8"), re.MULTILINE):
            heading = f"## scrapy {path.stem}"
            assert heading in documented("commands.md"), f"add `{heading}` to docs/commands.md"


HOSTILE_LINES = 75


def named_tests() -> Iterator[tuple[str, str, str, str]]:
    """Yield what docs/hostile.md names: the line's number (or ""), the file, the test, the case (or "")."""
    path = ""
    for line in documented("hostile.md").splitlines():
        if section := re.match(r"In `(tests/[\w/]+\.py)`, unless", line):
            path = section[1]
        number = re.match(r"\| (\d*)", line)
        for file, name, case in re.findall(r"`(?:(tests/[\w/]+\.py)::)?(test_\w+)(?:\[([\w-]+)\])?`", line):
            yield number[1] if number else "", file or path, name, case


def test_every_line_of_hostile_input_has_a_test() -> None:
    covered = dict.fromkeys(int(number) for number, *_ in named_tests() if number)
    assert list(covered) == list(range(1, HOSTILE_LINES + 1)), "each line of docs/hostile.md names its test"


@pytest.mark.parametrize(("path", "name", "case"), sorted({tuple(rest) for _, *rest in named_tests()}))
def test_the_tests_that_are_said_to_cover_hostile_input_exist(path: str, name: str, case: str) -> None:
    code = (ROOT / path).read_text(encoding="utf-8") if (ROOT / path).is_file() else ""
    assert f"def {name}(" in code, f"docs/hostile.md names a test that is not there: {path}::{name}"
    assert not case or f'"{case}"' in code, f"docs/hostile.md: {path} has no case {case!r}"


def vars_of(module: object) -> dict[str, object]:
    return {name: value for name, value in vars(module).items() if name.isupper()}


def test_no_crawl_is_faster_than_the_default_politeness() -> None:
    values = vars_of(project_settings)
    assert values["ROBOTSTXT_OBEY"] is True
    assert float(str(values["DOWNLOAD_DELAY"])) >= DEFAULT_DELAY_S
    assert values["CONCURRENT_REQUESTS_PER_DOMAIN"] == 1
    for module in walk_modules_iter("newscrawl.spiders"):
        for spider in iter_spider_classes(module):
            own = POLITENESS & set(spider.custom_settings or {})
            assert not own, f"{spider.name} sets its own politeness: {own}"


def test_nothing_names_a_registry_or_a_path_of_one_machine() -> None:
    # Each word is broken up, so that this file does not name it either.
    hosts = ["pypi" + r"\.org", "pythonhost" + "ed", r"registry\.npm" + "js", r"deb\.deb" + "ian"]
    pattern = "|".join([*hosts, "/wo" + "rk/"])
    found = subprocess.run(
        ["git", "grep", "-nIE", pattern, "--", "."], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if found.returncode > 1:
        pytest.skip("not a git checkout")
    assert not found.stdout, "these lines name a registry host or a machine's path:\n" + found.stdout
