"""The newsstand over HTTP on loopback: one server, its outlets told apart by the Host header.

`http://NAME.localhost:PORT/` is an outlet: such names are loopback by RFC 6761. For tools that do not
resolve them, `ports_per_outlet=True` serves outlet number i (from 0) at `http://127.0.0.1:PORT+1+i/` too.
"""

import gzip
import hashlib
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

from examples.newsstand.site import Newsstand, Resource, Site, load_newsstand

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = 8017


class NewsstandServer:
    """A running newsstand. A context manager: leaving it stops the server."""

    def __init__(self, newsstand: Newsstand, port: int, *, ports_per_outlet: bool = False) -> None:
        self.newsstand = newsstand
        self.requests: list[tuple[str, str, int]] = []  # (URL, method, status), in order of their answers
        self._servers = [_Http(self, port, None)]
        self.port = self._servers[0].server_port
        if ports_per_outlet:
            try:
                for number, site in enumerate(newsstand.sites, 1):
                    self._servers.append(_Http(self, self.port + number, site))
            except OSError:
                self.stop()
                raise
        for server in self._servers:
            Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    @property
    def urls(self) -> tuple[str, ...]:
        """The front page of every outlet."""
        return tuple(f"http://{site.outlet.key}.localhost:{self.port}/" for site in self.newsstand.sites)

    @property
    def port_urls(self) -> tuple[str, ...]:
        """The same front pages by address and port, where these are served."""
        return tuple(f"http://{LOOPBACK}:{server.server_port}/" for server in self._servers[1:])

    def stop(self) -> None:
        """Stop serving and free the ports."""
        for server in self._servers:
            if server.is_serving:
                server.shutdown()
            server.server_close()

    def __enter__(self) -> "NewsstandServer":
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.stop()


def serve(
    port: int = DEFAULT_PORT, newsstand: Newsstand | None = None, *, ports_per_outlet: bool = False
) -> NewsstandServer:
    """Serve the newsstand in background threads; port 0 takes any free one.

    Raises OSError where the port is taken.
    """
    return NewsstandServer(newsstand or load_newsstand(), port, ports_per_outlet=ports_per_outlet)


class _Http(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, owner: NewsstandServer, port: int, site: Site | None) -> None:
        self.owner = owner
        self.site = site
        self.is_serving = False
        super().__init__((LOOPBACK, port), _Handler)

    def serve_forever(self, poll_interval: float = 0.5) -> None:
        self.is_serving = True
        super().serve_forever(poll_interval)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "newsstand"
    server: _Http

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing: the crawl's own log tells what was fetched."""

    def _answer(self) -> None:
        host = self.headers.get("Host", "")
        resource = self._resource(host)
        if resource is None:
            self._send(HTTPStatus.NOT_FOUND, b"<h1>404 Not Found</h1>", {"Content-Type": "text/html"})
            return
        body = resource.body
        etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
        headers = {
            "Content-Type": f"{resource.media_type}; charset={resource.charset}",
            "ETag": etag,
            "Last-Modified": format_datetime(resource.modified, usegmt=True),
            "Vary": "Accept-Encoding",
        }
        if self._is_current(etag, resource):
            self._send(HTTPStatus.NOT_MODIFIED, b"", headers)
            return
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self._send(HTTPStatus.OK, body, headers)

    def _resource(self, host: str) -> Resource | None:
        newsstand = self.server.owner.newsstand
        base = f"http://{host}"
        if self.server.site is not None:
            return self.server.site.resource(self.path, base)
        name = urlsplit(base).hostname or ""
        if name.endswith(".localhost"):
            site = newsstand.site(name.removesuffix(".localhost"))
            return site.resource(self.path, base) if site else None
        return _list_of_outlets(self.server.owner) if self.path == "/" else None

    def _is_current(self, etag: str, resource: Resource) -> bool:
        """Whether the client's copy is the newest (RFC 9110 13.1: an ETag beats a date)."""
        if known := self.headers.get("If-None-Match"):
            return etag in known or known.strip() == "*"
        if since := self.headers.get("If-Modified-Since"):
            try:
                return resource.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
            except (ValueError, TypeError):
                return False
        return False

    def _send(self, status: HTTPStatus, body: bytes, headers: dict[str, str]) -> None:
        url = f"http://{self.headers.get('Host', '')}{self.path}"
        self.server.owner.requests.append((url, self.command, int(status)))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _list_of_outlets(server: NewsstandServer) -> Resource:
    items = "\n".join(
        f'<li><a href="{url}">{escape(site.outlet.name)}</a> ({site.outlet.theme})</li>'
        for site, url in zip(server.newsstand.sites, server.urls, strict=True)
    )
    text = (
        f"<!doctype html><title>The example newsstand</title><h1>The example newsstand</h1><ul>{items}</ul>"
    )
    newest = max(article.updated for article in server.newsstand.articles)
    return Resource(text, "text/html", "utf-8", newest)
