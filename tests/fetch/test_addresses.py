"""Which addresses may be reached, in whatever spelling."""

import socket
from collections.abc import Sequence

import pytest

from newscrawl.fetch.addresses import AddressInfo, guarded_getaddrinfo, refusal_of_address, refusal_of_host

INSIDE = (
    "10.0.0.1", "172.16.3.4", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "255.255.255.255", "192.0.2.1", "198.18.0.1", "fe80::1", "fc00::1", "ff02::1", "::", "::ffff:10.0.0.1",
    "::10.0.0.1", "64:ff9b::a00:1", "2002:a00:1::", "fe80::1%eth0",
)  # fmt: skip
LOOPBACK = ("127.0.0.1", "127.255.255.254", "::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "::127.0.0.1")
SPELLINGS = (
    "localhost", "LOCALHOST.", "a.localhost", "127.0.0.1", "127.1", "127.0.1", "0x7f.0.0.1", "0x7f000001",
    "0177.0.0.1", "2130706433", "[::1]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "127.0.0.1.",
    "%31%32%37.1",
)  # fmt: skip


@pytest.mark.parametrize("address", INSIDE)
def test_what_is_inside_is_refused_even_where_loopback_is_allowed(address: str) -> None:
    assert refusal_of_address(address, allow_loopback=True)


@pytest.mark.parametrize("address", LOOPBACK)
def test_loopback_needs_the_setting(address: str) -> None:
    assert refusal_of_address(address, allow_loopback=False) == "loopback address"
    assert refusal_of_address(address, allow_loopback=True) is None


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_reached(address: str) -> None:
    assert refusal_of_address(address, allow_loopback=False) is None


@pytest.mark.parametrize("host", SPELLINGS)
def test_loopback_is_seen_in_every_spelling(host: str) -> None:
    assert refusal_of_host(host, allow_loopback=False)
    assert refusal_of_host(host, allow_loopback=True) is None


@pytest.mark.parametrize(
    "host", ["example.com", "127.example.com", "localhost.example.com", "münchen.example"]
)
def test_ordinary_names_pass(host: str) -> None:
    assert refusal_of_host(host, allow_loopback=False) is None


def answering(*addresses: str) -> "Resolve":
    return Resolve([list(addresses)])


class Resolve:
    """A name server that gives one answer after another."""

    def __init__(self, answers: list[list[str]]) -> None:
        self.answers = answers

    def __call__(self, host: str, port: int, family: int, socktype: int) -> Sequence[AddressInfo]:
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]


def test_a_name_that_resolves_inside_is_refused() -> None:
    found, reason = guarded_getaddrinfo("a.example", 80, allow_loopback=False, resolve=answering("10.0.0.1"))
    assert (found, reason) == ([], "private address")


def test_of_several_addresses_only_the_public_ones_are_connected_to() -> None:
    found, _ = guarded_getaddrinfo(
        "a.example", 80, allow_loopback=False, resolve=answering("10.0.0.1", "8.8.8.8")
    )
    assert [info[4][0] for info in found] == ["8.8.8.8"]


def test_names_under_localhost_are_loopback_without_a_name_server() -> None:
    found, reason = guarded_getaddrinfo("outlet.localhost", 8080, allow_loopback=True, resolve=answering())
    assert ([info[4] for info in found], reason) == ([("127.0.0.1", 8080)], None)
