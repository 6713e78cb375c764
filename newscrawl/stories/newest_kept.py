"""A dictionary that keeps its newest entries, for several threads."""

from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class NewestKept(Generic[Key, Value]):
    """Keeps the `limit` entries that were put in last.

    >>> kept = NewestKept[str, int](2)
    >>> for number, letter in enumerate("abc"):
    ...     kept.put(letter, number)
    >>> kept.get("a"), kept.get("c")
    (None, 2)
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._entries: dict[Key, Value] = {}
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """Return what was put in under `key`, if it is still there."""
        return self._entries.get(key)

    def put(self, key: Key, value: Value) -> None:
        """Put an entry in; the oldest one makes room."""
        with self._lock:
            if key not in self._entries and len(self._entries) >= self._limit:
                del self._entries[next(iter(self._entries))]
            self._entries[key] = value
