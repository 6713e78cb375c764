"""`make crawl`'s script: what goes wrong is one line and a status that is not zero."""

import os
import socket
import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "examples" / "crawl.py"


def run(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(SCRIPT), *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_taken_port_is_named() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        result = run(NEWSCRAWL_EXAMPLE_PORT=port)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert f"cannot serve the newsstand on port {port}" in result.stderr


def test_a_port_that_is_no_number_is_named() -> None:
    result = run(NEWSCRAWL_EXAMPLE_PORT="http")
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "make crawl: NEWSCRAWL_EXAMPLE_PORT must be a port number, not 'http'\n"


def test_a_wrong_database_url_is_named() -> None:
    result = run(NEWSCRAWL_DATABASE_URL="newscrawl.db")
    assert result.returncode == 1
    assert result.stderr.startswith("make crawl: NEWSCRAWL_DATABASE_URL is no database URL")
    assert result.stderr.count("\n") == 1
