"""Loaded by a crawl under test before anything else: names are looked up at the test's name server, over UDP.

Only the system's stub resolver is replaced; what the crawl does with the answers, and whom it connects to, is
its own.
"""

import os
import socket
import struct
from typing import Any

_system = socket.getaddrinfo
_host, _, _port = os.environ["TEST_NAME_SERVER"].partition(":")


def look_up(name: str) -> list[str]:
    """The IPv4 addresses that the name server gives (RFC 1035)."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.rstrip(".").split("."))
    question = struct.pack(">6H", 7, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">2H", 1, 1)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.settimeout(5)
        server.sendto(question, (_host, int(_port)))
        answer = server.recv(4096)
    (count,) = struct.unpack(">H", answer[6:8])
    records = answer[len(question) :]
    return [socket.inet_ntoa(records[16 * n + 12 : 16 * n + 16]) for n in range(count)]


def getaddrinfo(host: Any, port: Any, family: int = 0, type: int = 0, proto: int = 0, flags: int = 0) -> Any:
    name = host.decode() if isinstance(host, bytes) else host
    try:
        socket.inet_aton(name)
    except (OSError, TypeError):
        if name is not None and name.endswith(".example"):
            found = look_up(name)
            if not found:
                raise socket.gaierror(socket.EAI_NONAME, "no such name") from None
            return [(socket.AF_INET, type or socket.SOCK_STREAM, 6, "", (address, port)) for address in found]
    return _system(host, port, family, type, proto, flags)


socket.getaddrinfo = getaddrinfo
