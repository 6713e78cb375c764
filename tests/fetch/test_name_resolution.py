"""Names that lead inside: a name server on loopback, whose answers change between two look-ups (line 35)."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from crawl_run import CrawlRun, crawl, outcomes, rows, stored
from sites import Site, article, front, respond

PAGES = tuple(f"/2026/11/20/page-number-{n}-of-a-name" for n in range(3))
STUB = Path(__file__).parent / "stub_resolver"


@dataclass
class NameServer:
    """Answers questions for A records with what `addresses` returns for the name, and counts them."""

    addresses: Callable[[str], list[str]]
    asked: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def serve(self) -> Iterator[str]:
        """Serve, and give host and port."""
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
            server.bind(("127.0.0.1", 0))
            threading.Thread(target=self._answer, args=(server,), daemon=True).start()
            yield f"127.0.0.1:{server.getsockname()[1]}"

    def _answer(self, server: socket.socket) -> None:
        while True:
            try:
                question, client = server.recvfrom(4096)
            except OSError:
                return
            labels, at = [], 12
            while size := question[at]:
                labels.append(question[at + 1 : at + 1 + size].decode())
                at += 1 + size
            self.asked.append(".".join(labels))
            found = self.addresses(self.asked[-1])
            head = question[:2] + struct.pack(">5H", 0x8180, 1, len(found), 0, 0)
            # A pointer to the name in the question, type A, class IN, no time to live.
            records = [struct.pack(">3HIH", 0xC00C, 1, 1, 0, 4) + socket.inet_aton(each) for each in found]
            server.sendto(head + question[12:] + b"".join(records), client)


def site_with_pages() -> Site:
    site = Site({page: respond(article(900 + n)) for n, page in enumerate(PAGES)})
    site.paths["/"] = respond(front(*PAGES))
    return site


def crawl_by_name(name: str, site: Site, server: str, database: str, *, loopback: bool) -> CrawlRun:
    return crawl(
        "news",
        database,
        loopback=loopback,
        injected={"PYTHONPATH": str(STUB), "TEST_NAME_SERVER": server},
        url=f"http://{name}:{site.port}/",
    )


def test_a_name_that_moves_inside_is_refused_where_the_connection_is_made(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    site = site_with_pages()
    names = NameServer(lambda name: ["10.0.0.1"] if site.hits(PAGES[0]) else ["127.0.0.1"])
    with site.serve(), names.serve() as server:
        run = crawl_by_name("rebind.example", site, server, database, loopback=True)
    found = {url.partition(str(site.port))[2]: status for url, status in outcomes(database).items()}
    assert found[PAGES[0]] == "ok"
    assert {found[page] for page in PAGES[1:]} == {"refused"}
    details = rows(database, "select distinct detail from fetches where status = 'refused'")
    assert details == [("rebind.example resolves to a private address",)]
    # One look-up for each connection, and no connection without one: there is nothing in between to fool.
    assert names.asked.count("rebind.example") >= len(site.requests)
    assert "Traceback" not in run.log


def test_a_name_that_is_loopback_or_metadata_from_the_start_is_refused(tmp_path: Path) -> None:
    addresses = {
        "inside.example": ["127.0.0.1"],
        "metadata.example": ["169.254.169.254"],
        "net.example": ["10.0.0.1"],
    }
    site = site_with_pages()
    with site.serve(), NameServer(addresses.__getitem__).serve() as server:
        for name in addresses:
            database = f"sqlite:///{tmp_path / name}.db"
            run = crawl_by_name(name, site, server, database, loopback=False)
            assert run.status == 1
            assert set(outcomes(database).values()) == {"refused"}
    assert site.requests == []


def test_of_a_names_addresses_only_those_that_may_be_are_connected_to(tmp_path: Path) -> None:
    database = f"sqlite:///{tmp_path / 'news.db'}"
    site = site_with_pages()
    with (
        site.serve(),
        NameServer(lambda name: ["10.0.0.1", "127.0.0.1", "169.254.169.254"]).serve() as server,
    ):
        run = crawl_by_name("both.example", site, server, database, loopback=True)
    assert run.status == 0, run.log
    assert len(stored(database)) == 3
