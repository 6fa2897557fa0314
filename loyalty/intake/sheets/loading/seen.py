"""Who and what stood in the rows before, for a check that writes nothing.

A temporary SQLite database without a name: its file is unlinked as soon as it is opened, and holds digests only.
"""

import sqlite3
from collections.abc import Hashable, Iterable, Iterator
from contextlib import contextmanager
from enum import Enum
from hashlib import blake2b

_CACHE_KIBIBYTES = 16 * 1024


class Before(Enum):
    NEVER = "never"
    SAME = "same"
    OTHER = "other"


class Seen:
    """Constant memory, however long the file."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def look(self, keys: Iterable[Hashable], says: Hashable) -> Before:
        """Whether a row with one of these keys came before, and whether it said the same; remembers this one."""
        digests = [_digest(key) for key in keys]
        content = _digest(says)
        marks = ",".join("?" * len(digests))
        rows = self._connection.execute(f"SELECT content FROM seen WHERE key IN ({marks})", digests).fetchall()  # noqa: S608
        self._connection.executemany("INSERT OR REPLACE INTO seen VALUES (?, ?)", [(one, content) for one in digests])
        if not rows:
            return Before.NEVER
        return Before.SAME if (content,) in rows else Before.OTHER


@contextmanager
def open_seen() -> Iterator[Seen]:
    connection = sqlite3.connect("", isolation_level=None)
    try:
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIBIBYTES}")
        connection.execute("PRAGMA journal_mode = OFF")
        connection.execute("PRAGMA temp_store = FILE")
        connection.execute("CREATE TABLE seen (key BLOB PRIMARY KEY, content BLOB) WITHOUT ROWID")
        connection.execute("BEGIN")
        yield Seen(connection)
    finally:
        connection.close()


def _digest(value: Hashable) -> bytes:
    return blake2b(repr(value).encode("utf-8", "backslashreplace"), digest_size=16).digest()
