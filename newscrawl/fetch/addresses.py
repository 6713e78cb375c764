"""Which network addresses a crawl may reach. Everything inside is off limits: pages name the targets."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
AddressInfo = tuple[Any, Any, int, str, Any]

_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address

_COMPATIBLE = ipaddress.ip_network("::/96")  # RFC 4291, 2.5.5.1: deprecated, and still taken


def refusal_of_address(address: str, *, allow_loopback: bool) -> str | None:
    """Return why `address` may not be reached, or None where it may.

    Only addresses that are routed on the public Internet may be: private ones, link-local ones (cloud
    metadata among them), shared, reserved and multicast ones are refused, also inside an IPv6 address.

    >>> refusal_of_address("169.254.169.254", allow_loopback=True)
    'link-local address'
    >>> refusal_of_address("8.8.8.8", allow_loopback=False) is None
    True
    """
    try:
        ip = _unwrapped(ipaddress.ip_address(address.partition("%")[0]))
    except ValueError:
        return "not an address"
    if ip.is_loopback:
        return None if allow_loopback else "loopback address"
    if ip.is_link_local:
        return "link-local address"
    if ip.is_multicast:
        return "multicast address"
    if not ip.is_global:
        return "private address"
    return None


def refusal_of_host(host: str, *, allow_loopback: bool) -> str | None:
    """Return why a host may not be reached, as far as its spelling tells; None for ordinary names.

    Addresses are seen in every spelling that resolvers take: `0x7f.1`, `2130706433`, `[::ffff:7f00:1]`.
    """
    host = unquote(host).strip("[]").rstrip(".").lower()
    if host == "localhost" or host.endswith(".localhost"):
        return None if allow_loopback else "loopback name"
    try:
        return refusal_of_address(str(ipaddress.ip_address(host)), allow_loopback=allow_loopback)
    except ValueError:
        pass
    try:
        packed = socket.inet_aton(host)  # the forms with one to three parts, octal and hexadecimal
    except (OSError, UnicodeError, ValueError):
        return None
    return refusal_of_address(socket.inet_ntoa(packed), allow_loopback=allow_loopback)


def guarded_getaddrinfo(
    host: str,
    port: int,
    family: int = 0,
    socktype: int = 0,
    *,
    allow_loopback: bool,
    resolve: Callable[..., Sequence[AddressInfo]] = socket.getaddrinfo,
) -> tuple[list[AddressInfo], str | None]:
    """Resolve `host` and keep the addresses that may be reached, with the reason for the first refusal.

    The addresses returned are the ones that are connected to, so a name that resolves to another address
    a moment later gains nothing. Names under `.localhost` are 127.0.0.1 without asking (RFC 6761, 6.3).
    """
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        if not allow_loopback:
            return [], "loopback name"
        stream = socktype or socket.SOCK_STREAM
        return [(socket.AF_INET, stream, socket.IPPROTO_TCP, "", ("127.0.0.1", port))], None
    kept: list[AddressInfo] = []
    reason: str | None = None
    for info in resolve(host, port, family, socktype):
        refusal = refusal_of_address(str(info[4][0]), allow_loopback=allow_loopback)
        if refusal is None:
            kept.append(info)
        reason = reason or refusal
    return kept, reason


def _unwrapped(ip: IpAddress) -> IpAddress:
    """Return the IPv4 address that an IPv6 address stands for, if it does (mapped, 6to4, Teredo, NAT64)."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
    if inner is None and (ip in _NAT64 or ip in _COMPATIBLE) and not ip.is_loopback:
        inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return inner or ip
