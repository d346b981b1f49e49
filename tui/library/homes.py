"""Know a briefing in the state file by its library and its path in there, so that a library that was moved or renamed, and a
briefing that was, keep their notes.

A library that is gone from where it was is taken to be the one at hand if a briefing of it is there, with the same name and
the same content. A briefing alone, if its file is gone and the one at hand has the same content. A copy, whose original is
still there, has no notes.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import suppress
from pathlib import Path

from tui.briefing.files import library_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import TypeAlias

Name: TypeAlias = "str | bytes"
"""A path as SQLite keeps it: bytes where it is not UTF-8."""

TABLES = """
    CREATE TABLE library (id INTEGER PRIMARY KEY, path UNIQUE);
    CREATE TABLE briefing (
        id INTEGER PRIMARY KEY, library INTEGER, name, digest TEXT NOT NULL DEFAULT '', UNIQUE (library, name)
    );
    CREATE INDEX briefing_by_digest ON briefing (digest)
"""
COMPARED = 50
"""Briefings of a library that is gone, whose content is compared with that of the one at hand."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a file whose content is compared."""


def key(path: Path | str, *, resolved: bool = False) -> Name:
    """Return the real path, for SQLite; `resolved`: it is real already. Raises nothing: a link to itself is its own
    real path."""
    return _name(str(path) if resolved else os.path.realpath(path))


def _name(path: str) -> Name:
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path)
    return path


def path_of(name: Name) -> Path:
    return Path(os.fsdecode(name) if isinstance(name, bytes) else name)


def find(base: sqlite3.Connection, briefing: Path) -> int | None:
    """Find the id of a briefing that the file knows; None for none. It writes nothing."""
    root, name = _split(briefing)
    if row := base.execute(_BY_NAME, (root, name)).fetchone():
        return int(row[0])
    real = os.fsencode(os.path.realpath(briefing))
    row = base.execute(_BY_PATH, (real,)).fetchone()  # its library was another folder then
    return int(row[0]) if row else None


_BY_NAME = "SELECT briefing.id FROM briefing JOIN library ON library.id = library WHERE path = ? AND name = ?"
_LIBRARIES_WITH = "SELECT library.id, path FROM library JOIN briefing ON library = library.id WHERE name = ?"
_OF_CONTENT = "SELECT briefing.id, path, name FROM briefing JOIN library ON library.id = library WHERE digest = ?"
_BY_PATH = """SELECT briefing.id FROM briefing JOIN library ON library.id = library
    WHERE CAST(path AS BLOB) || x'2f' || CAST(name AS BLOB) = ?"""


def moved(base: sqlite3.Connection, briefing: Path) -> bool:
    """Test whether the file knows this briefing from another place, where it is no longer; then `home` takes it
    over."""
    return _moved_library(base, briefing) is not None or _moved_briefing(base, briefing) is not None


def home(base: sqlite3.Connection, briefing: Path) -> int:
    """Return the id of a briefing, made or taken over from its old place if need be. In a transaction."""
    found = find(base, briefing)
    root, name = _split(briefing)
    if found is None and (library := _moved_library(base, briefing)) is not None:
        _take_over(base, library, root)
        found = find(base, briefing)
    if found is None and (found := _moved_briefing(base, briefing)) is not None:
        base.execute("UPDATE briefing SET library = ?, name = ? WHERE id = ?", (_library(base, root), name, found))
    if found is None:
        row = (_library(base, root), name)
        found = base.execute("INSERT INTO briefing (library, name) VALUES (?, ?)", row).lastrowid or 0
    if digest := _digest(briefing):
        base.execute("UPDATE briefing SET digest = ? WHERE id = ? AND digest <> ?", (digest, found, digest))
    return found


def _split(briefing: Path) -> tuple[Name, Name]:
    """Split a path into the library of a briefing (its folder, if it belongs to none) and its path in there."""
    real = os.path.realpath(briefing)
    folder = Path(real).parent
    root: Path | None = None
    with suppress(OSError):
        root = library_of(folder)
    root = root or folder
    return _name(str(root)), _name(os.path.relpath(real, root))


def _library(base: sqlite3.Connection, root: Name) -> int:
    if row := base.execute("SELECT id FROM library WHERE path = ?", (root,)).fetchone():
        return int(row[0])
    return base.execute("INSERT INTO library (path) VALUES (?)", (root,)).lastrowid or 0


def _moved_library(base: sqlite3.Connection, briefing: Path) -> int | None:
    root, name = _split(briefing)
    for library, path in base.execute(_LIBRARIES_WITH, (name,)).fetchall():
        if path != root and not os.path.lexists(path_of(path)):
            rows = base.execute("SELECT name, digest FROM briefing WHERE library = ? LIMIT ?", (library, COMPARED)).fetchall()
            if any(digest and digest == _digest(path_of(root) / path_of(each)) for each, digest in rows):
                return int(library)
    return None


def _take_over(base: sqlite3.Connection, library: int, root: Name) -> None:
    """Move a library to `root`. What is known of `root` already stays, and the rest joins it."""
    if row := base.execute("SELECT id FROM library WHERE path = ?", (root,)).fetchone():
        base.execute("UPDATE OR IGNORE briefing SET library = ? WHERE library = ?", (row[0], library))
    else:
        base.execute("UPDATE library SET path = ? WHERE id = ?", (root, library))


def _moved_briefing(base: sqlite3.Connection, briefing: Path) -> int | None:
    digest = _digest(briefing)
    for id, path, name in base.execute(_OF_CONTENT, (digest,)).fetchall() if digest else ():
        if not os.path.lexists(path_of(path) / path_of(name)):
            return int(id)
    return None


def _digest(briefing: Path) -> str:
    """Hash the file's bytes; "" if it cannot be read, or is too large."""
    import hashlib  # 3 ms that the first words do not wait for

    try:
        if not briefing.is_file() or briefing.stat().st_size > LARGEST:
            return ""
        return hashlib.sha256(briefing.read_bytes()).hexdigest()
    except (OSError, RuntimeError, ValueError):
        return ""


def migrate(base: sqlite3.Connection) -> None:
    """Migrate once from real paths in each row to libraries and names."""
    known: dict[Name, int] = {}
    for table in ("mark", "note", "place", "read"):
        for (path,) in base.execute(f"SELECT DISTINCT briefing FROM {table}").fetchall():
            if path not in known and isinstance(path, (str, bytes)):
                root, name = _split(path_of(path))
                row = (_library(base, root), name, _digest(path_of(path)))
                base.execute("INSERT OR IGNORE INTO briefing (library, name, digest) VALUES (?, ?, ?)", row)
                known[path] = int(base.execute(_BY_NAME, (root, name)).fetchone()[0])
            if path in known:
                base.execute(f"UPDATE OR REPLACE {table} SET briefing = ? WHERE briefing = ?", (known[path], path))
