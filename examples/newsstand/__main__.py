"""`python -m examples.newsstand`: serve the newsstand until Ctrl-C."""

import argparse
import sys
import time

from examples.newsstand.expected import write_expected
from examples.newsstand.server import DEFAULT_PORT, serve
from examples.newsstand.site import load_newsstand


def main() -> int:
    """Serve, or write the expected data anew."""
    parser = argparse.ArgumentParser(prog="python -m examples.newsstand", description=__doc__)
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument(
        "--ports-per-outlet", action="store_true", help="serve each outlet at 127.0.0.1:PORT+1, +2, ... too"
    )
    parser.add_argument(
        "--write-expected", action="store_true", help="write articles/*/*.expected.json and end"
    )
    arguments = parser.parse_args()
    if arguments.write_expected:
        print(f"{write_expected(load_newsstand())} files written")
        return 0
    try:
        server = serve(arguments.port, ports_per_outlet=arguments.ports_per_outlet)
    except OSError as error:
        print(f"cannot serve on port {arguments.port}: {error}", file=sys.stderr)
        return 1
    with server:
        print(f"the newsstand: http://127.0.0.1:{server.port}/   (Ctrl-C ends it)")
        for url in server.urls + server.port_urls:
            print(f"  {url}")
        try:
            while True:
                time.sleep(3600)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
