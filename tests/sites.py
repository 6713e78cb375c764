"""Small web sites on loopback for tests of the crawl: each on a port of its own, as good or bad as told.

A site maps paths to answers. An answer is a function of the connection and the request; `respond` makes
the well-behaved ones. Everything that a test says of a site's pages is generated: no text is taken from
anywhere.
"""

import contextlib
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

SUBJECTS = (
    "harbour",
    "library",
    "orchard",
    "tramway",
    "quarry",
    "lighthouse",
    "market",
    "school",
    "bridge",
    "theatre",
    "reservoir",
    "bakery",
    "museum",
    "ferry",
    "stadium",
    "hospital",
    "cathedral",
    "railway",
    "vineyard",
    "airport",
)
ACTS = (
    "reopened after repairs",
    "closed its doors for the winter",
    "announced a new director",
    "won a national prize",
    "lost its appeal",
    "doubled its staff",
    "cut its opening hours",
    "moved across the river",
)
PLACES = ("Velmora", "Ostby", "Kernhaven", "Dunmarrow", "Tessalin", "Brackwell", "Ilvesund", "Quarrow")


@dataclass(frozen=True)
class Request:
    """What the client sent: path with query, headers with names in lower case."""

    path: str
    headers: Mapping[str, str]


Answer = Callable[[socket.socket, Request], None]


def article(number: int, links: tuple[str, ...] = ()) -> bytes:
    """A page with a headline and five paragraphs about something that differs with `number`."""
    subject = SUBJECTS[number % len(SUBJECTS)]
    act = ACTS[(number // 3) % len(ACTS)]
    place = PLACES[(number // 5) % len(PLACES)]
    title = f"The {subject} of {place} {act} in case {number}"
    paragraphs = [
        f"The {subject} of {place} {act} on Tuesday, the town council said in its report number {number}, "
        f"after months of talks about what the {subject} means for the people who live near it.",
        f"Residents told the council that they had waited {number % 9 + 2} years for a decision, and "
        f"that the {subject} had been the subject of {number % 7 + 3} petitions since the last "
        f"election in {place}.",
        f"The mayor said the town would spend {number * 13 % 900 + 100} thousand crowns on the plan, most "
        f"of it on the roof, the heating and a new entrance that faces the square.",
        f"A spokesman for the county warned that costs could rise, since prices for stone and timber had "
        f"gone up by {number % 11 + 4} per cent, and asked for a second opinion before work begins.",
        f"The council will vote on the next step in {number % 5 + 2} weeks. Until then the {subject} stays "
        f"as it is, and visitors are asked to follow the signs.",
    ]
    anchors = "".join(f'<p><a href="{link}">{link}</a></p>' for link in links)
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    return (
        f"<!doctype html><html lang=en><head><title>{title}</title>"
        f'<meta property="og:type" content="article"></head>'
        f"<body><main><article><h1>{title}</h1>{body}</article></main>{anchors}</body></html>"
    ).encode()


def front(*links: str, head: str = "") -> bytes:
    """A front page that links to `links`, each with a headline."""
    items = "".join(
        f'<li><a href="{link}">A long headline about item number {n}</a></li>' for n, link in enumerate(links)
    )
    head = f"<head><title>Front</title>{head}</head>"
    return f"<!doctype html><html>{head}<body><ul>{items}</ul></body></html>".encode()


def respond(
    body: bytes = b"",
    status: int = 200,
    content_type: str = "text/html; charset=utf-8",
    headers: tuple[tuple[str, str], ...] = (),
) -> Answer:
    """An answer as a well-behaved server gives it."""

    def answer(connection: socket.socket, request: Request) -> None:
        lines = [f"HTTP/1.1 {status} X", f"Content-Type: {content_type}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers]
        connection.sendall("\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1") + body)

    return answer


def raw(data: bytes) -> Answer:
    """Exactly these bytes, then the connection is closed."""
    return lambda connection, request: connection.sendall(data)


def hang(seconds: float = 60) -> Answer:
    """Nothing at all, for a long time."""
    return lambda connection, request: _sleep(seconds)


def drip(head: bytes, piece: bytes, every_s: float = 0.2, seconds: float = 60) -> Answer:
    """`head`, then `piece` again and again."""

    def answer(connection: socket.socket, request: Request) -> None:
        connection.sendall(head)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            connection.sendall(piece)
            time.sleep(every_s)

    return answer


def in_turn(*answers: Answer) -> Answer:
    """The first answer for the first request, and so on; the last one for all that follow."""
    left = list(answers)
    lock = threading.Lock()

    def answer(connection: socket.socket, request: Request) -> None:
        with lock:
            chosen = left.pop(0) if len(left) > 1 else left[0]
        chosen(connection, request)

    return answer


def _sleep(seconds: float) -> None:
    time.sleep(seconds)


@dataclass
class Site:
    """A site and the requests that it got, with the monotonic time of each. `paths` may be changed while
    it serves; `fallback` answers for any other path.
    """

    paths: dict[str, Answer]
    fallback: Answer = field(default_factory=lambda: respond(b"not here", status=404))
    host: str = "127.0.0.1"
    tls: ssl.SSLContext | None = None
    requests: list[tuple[float, Request]] = field(default_factory=list)
    port: int = 0

    @property
    def url(self) -> str:
        return f"{'https' if self.tls else 'http'}://{self.host}:{self.port}"

    def hits(self, path: str) -> list[float]:
        """When `path` was asked for."""
        return [when for when, request in self.requests if request.path == path]

    @contextlib.contextmanager
    def serve(self) -> Iterator["Site"]:
        listener = socket.create_server((self.host, 0), backlog=64)
        self.port = listener.getsockname()[1]
        thread = threading.Thread(target=self._accept, args=(listener,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            listener.close()

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._handle, args=(connection,), daemon=True).start()

    def _handle(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self.tls is not None:
                connection = self.tls.wrap_socket(connection, server_side=True)
            request = _read_request(connection)
            if request is None:
                return
            self.requests.append((time.monotonic(), request))
            answer = self.paths.get(request.path) or self.paths.get(request.path.partition("?")[0])
            (answer or self.fallback)(connection, request)


def _read_request(connection: socket.socket) -> Request | None:
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65536)
        if not part:
            return None
        data += part
    head, *lines = data.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if ": " in line)
    return Request(head.split(" ")[1], {name.lower(): value for name, value in headers.items()})


@contextlib.contextmanager
def serve_all(*sites: Site) -> Iterator[None]:
    """Serve several sites at once."""
    with contextlib.ExitStack() as stack:
        for site in sites:
            stack.enter_context(site.serve())
        yield
