"""The newsstand's server, asked over real HTTP."""

import gzip
import http.client
from collections.abc import Iterator

import pytest

from examples.newsstand import NewsstandServer, serve
from examples.newsstand.server import LOOPBACK


@pytest.fixture(scope="module")
def server() -> Iterator[NewsstandServer]:
    with serve(0) as running:
        yield running


def ask(
    server: NewsstandServer, outlet: str, path: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, headers={"Host": f"{outlet}.localhost:{server.port}", **named})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_outlets_are_told_apart_by_the_host_header(server: NewsstandServer) -> None:
    assert b"The Skerry Observer" in ask(server, "skerry", "/")[1]
    assert b"Meridian Post" in ask(server, "meridian", "/")[1]


def test_an_unknown_outlet_or_path_is_not_found(server: NewsstandServer) -> None:
    assert ask(server, "nobody", "/")[0].status == 404
    assert ask(server, "skerry", "/no-such-page/")[0].status == 404


def test_the_copy_that_a_client_has_is_not_sent_again(server: NewsstandServer) -> None:
    first, _ = ask(server, "lantern", "/")
    etag, modified = first.headers["ETag"], first.headers["Last-Modified"]
    by_etag, body = ask(server, "lantern", "/", If_None_Match=etag)
    assert (by_etag.status, body) == (304, b"")
    assert ask(server, "lantern", "/", If_Modified_Since=modified)[0].status == 304
    assert ask(server, "lantern", "/", If_None_Match='"other"', If_Modified_Since=modified)[0].status == 200


def test_head_gives_the_headers_alone(server: NewsstandServer) -> None:
    response, body = ask(server, "skerry", "/", method="HEAD")
    assert (response.status, body) == (200, b"")
    assert int(response.headers["Content-Length"]) > 1000


def test_gzip_is_sent_to_those_who_accept_it(server: NewsstandServer) -> None:
    plain = ask(server, "skerry", "/")
    packed = ask(server, "skerry", "/", Accept_Encoding="gzip")
    assert packed[0].headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed[1]) == plain[1]


def test_the_table_outlet_speaks_windows_1252(server: NewsstandServer) -> None:
    response, body = ask(server, "gazette", "/news/story.php?id=2168")
    assert response.headers["Content-Type"] == "text/html; charset=windows-1252"
    assert "One hundred years of Lindqvist’s buns".encode("cp1252") in body


@pytest.mark.parametrize("outlet", ["skerry", "meridian", "gazette", "northline", "lantern"])
def test_robots_txt_names_a_sitemap_that_lists_every_article(server: NewsstandServer, outlet: str) -> None:
    robots = ask(server, outlet, "/robots.txt")[1].decode()
    address = robots.rpartition("Sitemap: ")[2].strip()
    sitemap = ask(server, outlet, address.partition(f":{server.port}")[2])[1].decode()
    assert sitemap.count("<news:title>") == 6


def test_feeds_are_of_both_kinds(server: NewsstandServer) -> None:
    assert b"<rss version" in ask(server, "skerry", "/feed/")[1]
    assert b"http://www.w3.org/2005/Atom" in ask(server, "lantern", "/feeds/all.atom")[1]


def test_outlets_can_have_ports_of_their_own() -> None:
    try:
        running = serve(18_417, ports_per_outlet=True)
    except OSError:
        pytest.skip("a port of 18417-18422 is in use")
    with running:
        connection = http.client.HTTPConnection(LOOPBACK, 18_420, timeout=5)
        connection.request("GET", "/backend.xml")
        body = connection.getresponse().read()
        connection.close()
    assert b"<link>http://127.0.0.1:18420/news/story.php?id=2207</link>" in body
