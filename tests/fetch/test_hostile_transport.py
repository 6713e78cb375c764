"""Servers that misbehave on the wire: the process lives, the good pages around are stored exactly once, and
the bad page has its status."""

import gzip
import itertools
import ssl
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import brotli
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from crawl_run import outcomes, stored
from measured_crawl import MeasuredRun, measured_crawl
from sites import Answer, Site, article, drip, front, hang, in_turn, raw, respond, serve_all

HTML = "text/html; charset=utf-8"
MEGABYTE = 1024 * 1024
SETTINGS = {"DOWNLOAD_MAXSIZE": str(2 * MEGABYTE), "NEWSCRAWL_MAX_RETRY_AFTER": "5"}

_numbers = itertools.count(1)


def encoded(body: bytes, *encodings: str) -> Answer:
    return respond(body, headers=tuple(("Content-Encoding", encoding) for encoding in encodings))


def gzip_bomb() -> bytes:
    """900 MB of zeros in 0.9 MB: ninety gzip members in one stream."""
    return gzip.compress(bytes(10 * MEGABYTE)) * 90


def retry_after(seconds: str, then: Answer) -> Answer:
    return in_turn(respond(b"slow down", status=429, headers=(("Retry-After", seconds),)), then)


CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
PLAIN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
GOOD = article(999)

# name -> (the answer, the statuses that the page's row may have)
CASES: dict[str, tuple[Answer, set[str]]] = {
    "gzip-bomb": (encoded(gzip_bomb(), "gzip"), {"too_large"}),
    "brotli-bomb": (encoded(brotli.compress(bytes(200 * MEGABYTE)), "br"), {"too_large"}),
    "gzip-in-gzip": (encoded(gzip.compress(gzip.compress(article(401))), "gzip"), {"ok"}),
    "gzip-twice-declared": (encoded(gzip.compress(gzip.compress(article(402))), "gzip, gzip"), {"ok"}),
    "truncated-gzip": (encoded(gzip.compress(GOOD)[:-200], "gzip"), {"truncated"}),
    "truncated-gzip-once": (
        in_turn(
            encoded(gzip.compress(article(403))[:-200], "gzip"), encoded(gzip.compress(article(403)), "gzip")
        ),
        {"ok"},
    ),
    "truncated-brotli": (encoded(brotli.compress(GOOD)[:-50], "br"), {"truncated"}),
    "truncated-deflate": (encoded(zlib.compress(GOOD)[:-50], "deflate"), {"truncated"}),
    "gzip-header-on-plain-text": (encoded(article(404), "gzip"), {"ok"}),
    "broken-gzip": (encoded(b"\x1f\x8b\x08" + bytes(50), "gzip"), {"error", "truncated"}),
    "endless-chunks": (drip(CHUNKED, b"10000\r\n" + b"x" * 65536 + b"\r\n", every_s=0.001), {"too_large"}),
    "headers-dripped": (drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n"), {"unreachable"}),
    "body-dripped": (drip(CHUNKED, b"1\r\nx\r\n"), {"unreachable"}),
    "hang": (hang(), {"unreachable"}),
    "short-body": (raw(PLAIN + b"Content-Length: 9999\r\n\r\n" + GOOD[:500]), {"truncated"}),
    "short-body-once": (
        in_turn(raw(PLAIN + b"Content-Length: 9999\r\n\r\n" + GOOD[:500]), respond(article(407))),
        {"ok"},
    ),
    "garbage-status": (raw(b"\x00\xffNONSENSE 999 \r\n\r\n"), {"unreachable"}),
    "header-of-100-kB": (
        raw(PLAIN + b"X-Long: " + b"a" * 100_000 + b"\r\nContent-Length: 0\r\n\r\n"),
        {"unreachable", "not_html", "error"},
    ),
    "20000-headers": (
        raw(PLAIN + b"".join(b"X-%d: y\r\n" % n for n in range(20_000)) + b"Content-Length: 0\r\n\r\n"),
        {"unreachable", "not_html", "error"},
    ),
    "redirect-loop": (
        respond(status=302, headers=(("Location", "/redirect-loop-2-of-this-long-story"),)),
        {"http_error"},
    ),
    "ever-longer": (
        lambda connection, request: respond(
            status=302, headers=(("Location", request.path + "-and-on-it-goes" * 20),)
        )(connection, request),
        {"http_error", "refused"},
    ),
    "retry-after-4": (retry_after("4", respond(article(405))), {"ok"}),
    "retry-after-past": (retry_after("Wed, 01 Jan 2020 00:00:00 GMT", respond(article(406))), {"ok"}),
    "503-for-ever": (respond(b"down", status=503), {"http_error"}),
}


def expired_certificate(folder: Path) -> ssl.SSLContext:
    """A certificate for 127.0.0.1 that was valid for a day, ten days ago."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=11))
        .not_valid_after(now - timedelta(days=10))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    pem = certificate.public_bytes(serialization.Encoding.PEM) + key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
    )
    (folder / "expired.pem").write_bytes(pem)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "expired.pem")
    return context


@dataclass(frozen=True)
class Outcome:
    run: MeasuredRun
    sites: dict[str, Site]
    statuses: dict[str, str]
    stored: list[str]


def bad_site(name: str, answer: Answer) -> Site:
    first, second = next(_numbers), next(_numbers)
    bad = f"/2026/11/20/{name}-in-the-middle"
    paths = {
        "/": respond(front("/2026/11/20/the-good-page-before", bad, "/2026/11/20/the-good-page-after")),
        "/2026/11/20/the-good-page-before": respond(article(first)),
        "/2026/11/20/the-good-page-after": respond(article(second)),
        bad: answer,
        "/redirect-loop-2-of-this-long-story": respond(status=302, headers=(("Location", bad),)),
    }
    fallback = answer if name == "ever-longer" else respond(b"not here", status=404)
    site = Site(paths, fallback=respond(b"not here", status=404))
    if name == "ever-longer":
        site.fallback = lambda connection, request: (
            fallback if request.path.startswith(bad) else respond(b"not here", status=404)
        )(connection, request)
    return site


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """One crawl of all the bad sites at once."""
    folder = tmp_path_factory.mktemp("hostile")
    database = f"sqlite:///{folder / 'news.db'}"
    sites = {name: bad_site(name, answer) for name, (answer, _) in CASES.items()}
    sites["expired-certificate"] = replace(
        bad_site("expired-certificate", respond(article(1))), tls=expired_certificate(folder)
    )
    with serve_all(*sites.values()):
        urls = ",".join(site.url for site in sites.values())
        run = measured_crawl("news", database, SETTINGS, url=urls)
    return Outcome(run, sites, outcomes(database), stored(database))


@pytest.mark.parametrize("name", CASES)
def test_the_bad_page_has_its_status(outcome: Outcome, name: str) -> None:
    url = f"{outcome.sites[name].url}/2026/11/20/{name}-in-the-middle"
    assert outcome.statuses.get(url) in CASES[name][1]


@pytest.mark.parametrize("name", CASES)
def test_the_good_pages_around_it_are_stored_once(outcome: Outcome, name: str) -> None:
    site = outcome.sites[name]
    for which in ("before", "after"):
        assert outcome.stored.count(f"{site.url}/2026/11/20/the-good-page-{which}") == 1


def test_the_crawl_ends_by_itself_and_well(outcome: Outcome) -> None:
    assert outcome.run.status == 0, outcome.run.log
    assert "Traceback" not in outcome.run.log


def test_a_site_with_an_expired_certificate_is_not_crawled(outcome: Outcome) -> None:
    site = outcome.sites["expired-certificate"]
    assert site.requests == []
    assert outcome.statuses[f"{site.url}/"] in ("robots", "unreachable")


def test_a_pause_is_kept(outcome: Outcome) -> None:
    site = outcome.sites["retry-after-4"]
    first, second = site.hits("/2026/11/20/retry-after-4-in-the-middle")
    after = [when for when, _ in site.requests if when > first]
    assert second - first >= 4.0
    assert min(after) - first >= 4.0


@pytest.mark.parametrize("name", ["truncated-gzip", "short-body", "short-body-once", "503-for-ever"])
def test_what_ended_too_early_or_was_down_is_asked_for_again_and_given_up(
    outcome: Outcome, name: str
) -> None:
    assert len(outcome.sites[name].hits(f"/2026/11/20/{name}-in-the-middle")) == 2


def test_the_crawl_stays_small(outcome: Outcome) -> None:
    assert outcome.run.peak_bytes < 1024 * MEGABYTE
