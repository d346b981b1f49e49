"""Set a damaged state file aside and read out of it what can be read."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

MOST = 1_000_000
"""Rows of one table that are tried, one for every 64 bytes of the file at most."""


def damage(base: sqlite3.Connection) -> str:
    """What SQLite finds wrong with an open file; "" for nothing."""
    try:
        found = base.execute("PRAGMA integrity_check(1)").fetchone()
    except sqlite3.OperationalError:  # held by another process, not damaged
        return ""
    except sqlite3.DatabaseError as error:
        return str(error)
    return "" if found is None or found[0] == "ok" else str(found[0])


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """No other process sets this file aside meanwhile."""
    import fcntl

    lock = os.open(path.with_name(f"{path.name}.lock"), os.O_RDWR | os.O_CREAT, 0o600)
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
    """Each row of a table that can still be read; what cannot is stepped over, a row at a time."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"{aside.as_uri()}?mode=ro", uri=True)) as base:
        last = min(_largest(base, table), MOST)
        at = 0
        while at <= last:
            try:
                for row in base.execute(f"SELECT rowid, * FROM {table} NOT INDEXED WHERE rowid >= ? ORDER BY rowid", (at,)):
                    at = row[0] + 1
                    if len(row) == columns + 1:
                        yield row[1:]
                return
            except sqlite3.OperationalError:  # no such table
                return
            except sqlite3.Error:
                at += 1


def _largest(base: sqlite3.Connection, table: str) -> int:
    try:
        return int(base.execute(f"SELECT max(rowid) FROM {table} NOT INDEXED").fetchone()[0] or 0)
    except sqlite3.DatabaseError:
        return MOST
