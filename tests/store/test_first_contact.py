"""What is waited for at the start of a crawl, and what is told at once."""

import time

import pytest

from newscrawl.store import DatabaseUnavailable
from newscrawl.store.first_contact import may_pass, prepare_when_ready


@pytest.mark.parametrize(
    "message",
    [
        'connection to server at "127.0.0.1", port 9 failed: Connection refused',
        "connection to server on socket failed: No such file or directory",
        "connection failed: FATAL:  the database system is starting up",
        "connection failed: FATAL:  the database system is not yet accepting connections",
        "connection failed: FATAL:  sorry, too many clients already",
    ],
)
def test_a_server_that_does_not_answer_yet_is_waited_for(message: str) -> None:
    assert may_pass(message)


@pytest.mark.parametrize(
    "message",
    [
        'connection failed: FATAL:  password authentication failed for user "me"',
        'connection failed: FATAL:  database "nobody" does not exist',
        'connection failed: FATAL:  role "guest" is not permitted to log in',
        "failed to resolve host 'no-such-host.invalid': [Errno -2] Name or service not known",
    ],
)
def test_a_mistake_is_told_at_once(message: str) -> None:
    assert not may_pass(message)


def test_the_wait_is_told_once_and_ends() -> None:
    told: list[str] = []
    began = time.monotonic()
    with pytest.raises(DatabaseUnavailable, match="cannot reach"):
        prepare_when_ready("postgresql://me:secret@127.0.0.1:9/news", 2.5, told.append)
    assert 1.5 < time.monotonic() - began < 60
    assert len(told) == 1
    assert "secret" not in told[0]
