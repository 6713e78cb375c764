"""What `make crawl [URL=a,b]` runs: crawl, then print the stories.

Without a URL the example newsstand is served on loopback and crawled over HTTP. Its port is fixed, so that
a second crawl finds the same addresses; NEWSCRAWL_EXAMPLE_PORT changes it.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from examples.newsstand import serve  # noqa: E402
from examples.newsstand.server import DEFAULT_PORT  # noqa: E402

DEFAULT_DATABASE = "sqlite:///newscrawl.db"
# What a shell reports for a process that Ctrl-C ended.
INTERRUPTED = 130
# How long Scrapy may take to finish what it has begun after Ctrl-C.
GRACE_S = 30


def main(arguments: list[str]) -> int:
    """Crawl the sites given as `a,b`, or the example newsstand; return the process's exit status."""
    urls = arguments[0].strip() if arguments else ""
    environment = {
        **os.environ,
        "NEWSCRAWL_DATABASE_URL": os.environ.get("NEWSCRAWL_DATABASE_URL") or DEFAULT_DATABASE,
    }
    try:
        place = database_place(environment["NEWSCRAWL_DATABASE_URL"])
    except ArgumentError:
        return complain("NEWSCRAWL_DATABASE_URL is no database URL; sqlite:///newscrawl.db is one")
    if urls:
        return crawl(urls, place, environment)
    port = os.environ.get("NEWSCRAWL_EXAMPLE_PORT", str(DEFAULT_PORT))
    try:
        server = serve(int(port))
    except ValueError:
        return complain(f"NEWSCRAWL_EXAMPLE_PORT must be a port number, not {port!r}")
    except (OSError, OverflowError) as error:
        return complain(
            f"cannot serve the newsstand on port {port} ({error}): free it or set NEWSCRAWL_EXAMPLE_PORT"
        )
    with server:
        say(f"serving the example newsstand: {len(server.urls)} outlets at http://127.0.0.1:{server.port}/")
        return crawl(",".join(server.urls), place, {**environment, "NEWSCRAWL_ALLOW_LOOPBACK": "1"})


def crawl(urls: str, place: str, environment: dict[str, str]) -> int:
    """Run the spider, then the command that lists the stories; stop at the first that fails."""
    say(f"crawling {urls.replace(',', ', ')}")
    say(f"into {place}; a second or more between two requests to a host, so this takes a while")
    started = time.monotonic()
    status = run(["crawl", "news", "-a", f"url={urls}"], environment)
    if status == INTERRUPTED:
        return complain(f"stopped; what was stored stays in {place}", INTERRUPTED)
    if status:
        return complain(f"the crawl failed (scrapy ended with status {status})")
    say(f"crawled in {time.monotonic() - started:.0f} s; the stories:")
    status = run(["stories", "list"], environment)
    if status:
        return complain(f"the stories could not be listed (scrapy ended with status {status})")
    say(f"the database is {place}; `.venv/bin/scrapy stories show ID` shows one story")
    return 0


def run(command: list[str], environment: dict[str, str]) -> int:
    """Run a Scrapy command in the project; return its exit status. Ctrl-C is the child's to handle first."""
    child = subprocess.Popen([sys.executable, "-m", "scrapy", *command], cwd=ROOT, env=environment)
    try:
        return child.wait()
    except KeyboardInterrupt:
        try:
            child.wait(GRACE_S)
        except (KeyboardInterrupt, subprocess.TimeoutExpired):
            child.kill()
            child.wait()
        return INTERRUPTED


def database_place(url: str) -> str:
    """Return where a database is, for people: the file, or the URL without its password.

    Raises ArgumentError where `url` is no database URL.
    """
    parts = make_url(url)
    if parts.get_backend_name() == "sqlite" and parts.database:
        return str((ROOT / parts.database).resolve())
    return parts.render_as_string(hide_password=True)


def say(line: str) -> None:
    """Print a line of progress."""
    print(f"make crawl: {line}", flush=True)


def complain(line: str, status: int = 1) -> int:
    """Print what went wrong as one line; return the exit status."""
    print(f"make crawl: {line}", file=sys.stderr, flush=True)
    return status


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
