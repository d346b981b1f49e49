"""Set a damaged state file aside and read out of it what can be read."""

from __future__ import annotations

import os
import sqlite3
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

MOST = 1 << 40
"""The largest number of a row that is tried."""
TRIES = 300
"""Stretches of a table that are tried; each failure costs SQLite some milliseconds."""


def damage(base: sqlite3.Connection) -> str:
    """Say what SQLite finds wrong with an open file; "" for nothing."""
    try:
        found = base.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError:  # held by another process, not damaged
        return ""
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found is None or found[0] == "ok" else str(found[0])


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep other processes from setting this file aside meanwhile."""
    import fcntl

    lock = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def set_aside(path: Path) -> Path:
    """Rename the file, and what SQLite has beside it; its new name."""
    stamp = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
    names = (f"{path.name}.damaged-{stamp}{'' if not number else f'-{number}'}" for number in range(1000))
    aside = next(path.with_name(name) for name in names if not os.path.lexists(path.with_name(name)))
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with suppress(OSError):
            Path(f"{path}{suffix}").rename(f"{aside}{suffix}")
    return aside


def rows(aside: Path, table: str, columns: int) -> Iterator[tuple[object, ...]]:
    """Yield each row of a table that can still be read. A stretch of row numbers is read from both ends until that
    fails, then what is left in between is halved, the largest stretches first."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True)) as base:
        waiting = deque([(0, MOST)])
        for _ in range(TRIES):
            if not waiting:
                return
            first, last = waiting.popleft()
            for up in (True, False):
                for row in _from_one_end(base, table, first, last, up):
                    first, last = (row[0] + 1, last) if up else (first, row[0] - 1)
                    if len(row) == columns + 1:
                        yield row[1:]
                    if first > last:
                        break
            if first < last:
                middle = (first + last) // 2
                waiting += [(first, middle), (middle + 1, last)]


def _from_one_end(base: sqlite3.Connection, table: str, first: int, last: int, up: bool) -> Iterator[tuple[Any, ...]]:
    """Yield rows in order, with their number first, until all are read or one cannot be."""
    order = f"SELECT rowid, * FROM {table} NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid {'ASC' if up else 'DESC'}"
    expected = first if up else last
    with suppress(sqlite3.Error):
        for row in base.execute(order, (first, last)):
            if not first <= row[0] <= last or (row[0] < expected if up else row[0] > expected):
                return  # a page that leads back to an earlier one
            expected = row[0] + 1 if up else row[0] - 1
            yield row
        if up:
            yield (last,)  # all of them were read: nothing is left between the ends
