"""The tables of the index, and a row of its table of files as a value. No connection is made here.

Rows of the full-text index are numbered so that the newest file comes first, and within a file in the order of its digest's
items: results in order, and the rows of one file, are then stretches of numbers.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from tui.briefing.record import NamedTuple
from tui.library.digest import COLUMNS, LAST
from tui.library.frequent import FREQUENT
from tui.library.homes import path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

DAY = 26
"""Bits of a row's number below the day. Fewer make a smaller index, whose lists hold the steps from row to row."""

UNDATED = 2 * LAST + 1
"""Where the numbers of rows hold the day, counted backwards from LAST: of a file without a date."""

BROKEN = "errors > 0 OR lost > 0"
"""Of a file, that something is wrong with it; in SQL."""
SCHEMA = f"""
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path, size INTEGER, time INTEGER, hash BLOB, kind TEXT, listed INTEGER,
    start INTEGER, count INTEGER, title TEXT, date TEXT, marking TEXT, tags TEXT, origins TEXT, quotes INTEGER,
    events INTEGER, draft INTEGER, first INTEGER, last INTEGER, errors INTEGER, lost INTEGER,
    unproven TEXT, why TEXT, pages TEXT
);
CREATE INDEX file_path ON file (path, start, count);
CREATE INDEX file_listed ON file (listed, start, count, draft, id);
CREATE INDEX file_unproven ON file (start) WHERE lost IS NULL;
CREATE TABLE body (file INTEGER PRIMARY KEY, digest BLOB);
CREATE TABLE cites (file INTEGER, ref TEXT, path, published TEXT, PRIMARY KEY (file, ref)) WITHOUT ROWID;
CREATE INDEX cites_path ON cites (path);
CREATE TABLE taken (file INTEGER PRIMARY KEY, path);
CREATE TABLE links (file INTEGER, path, PRIMARY KEY (file, path)) WITHOUT ROWID;
CREATE INDEX links_path ON links (path);
CREATE TABLE led (file INTEGER, named TEXT, there BLOB, PRIMARY KEY (file, named)) WITHOUT ROWID;
CREATE TABLE dated (start INTEGER PRIMARY KEY, spans TEXT);
CREATE INDEX file_span ON file (start, count, first, last);
CREATE INDEX file_broken ON file (start, count) WHERE {BROKEN};
CREATE INDEX file_draft ON file (start, count) WHERE draft = 1;
CREATE TABLE actor (file INTEGER, ref TEXT, kind TEXT, name TEXT, PRIMARY KEY (ref, file)) WITHOUT ROWID;
CREATE INDEX actor_name ON actor (name);
CREATE TABLE known (what TEXT PRIMARY KEY, value);
CREATE VIRTUAL TABLE fts USING fts5({", ".join(COLUMNS)}, content='', columnsize=0, tokenize='ascii');
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(fts, instance);
"""
VERSION = zlib.crc32(f"12 {SCHEMA} {FREQUENT}".encode()) & 0x7FFFFFFF
"""Of the tables; our own number at the front is for digests that change while the tables stay."""


class File(NamedTuple):
    """A file of the library, as the index has it."""

    id: int
    path: Path
    kind: str
    start: int
    """The number of its first row, its title's; its others follow."""
    rows: int
    title: str
    date: str
    marking: str
    tags: tuple[str, ...]
    origins: str
    """Who published each of its sources, else the title or name of that source, one a line. For a raw article that names no
    publisher, ""."""
    quotes: int
    events: int
    draft: bool
    errors: int
    lost: int | None
    """How many quotes and events were not found in their sources; None where nobody has looked yet."""
    unproven: tuple[str, ...]
    """Their ids."""
    why: str
    """What is wrong with it, in a line; "" for nothing."""
    listed: bool
    """Not so of a text that a briefing cites."""
    pages: tuple[str, ...] = ()
    """Of each quote and event whose source has pages: its id, a tab, and its page as a citation says it."""

    @property
    def sound(self) -> bool:
        return not self.errors and not self.lost


_FILE = (
    "id, path, kind, start, count, title, date, marking, tags, origins, quotes, events, draft, errors, lost, unproven, why, "
    "listed, pages"
)
OF_ROW = "start <= ? ORDER BY start DESC LIMIT 1"
"""The file that a row of the full-text index belongs to; where that is gone, the one before it."""


class Progress(NamedTuple):
    """What a refresh has done."""

    doing: str
    """"looking", "reading", "proving" or "" when it is at its end."""
    done: int
    of: int
    changed: int = 0
    """Files that were read and taken in, or taken out."""


def files_that(base: sqlite3.Connection, are: str, *values: object) -> Iterator[File]:
    """Yield the files that meet this SQL condition."""
    return map(_file, base.execute(f"SELECT {_FILE} FROM file WHERE {are}", values))


def clean(text: str) -> str:
    """Replace halves of surrogate pairs, which SQLite does not take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _file(row: Sequence[Any]) -> File:
    values = [*row]
    values[1], values[12], values[17] = path_of(row[1]), bool(row[12]), bool(row[17])
    for at in (8, 15, 18):
        values[at] = tuple(row[at].split("\n")) if row[at] else ()
    return File(*values)


def lay_out(base: sqlite3.Connection) -> None:
    """Make the tables in an empty database."""
    for statement in filter(str.strip, SCHEMA.split(";")):
        base.execute(statement)
    base.execute("INSERT INTO fts (fts, rank) VALUES ('automerge', 8)")  # twice as many parts, a tenth less work than with 4
    base.execute(f"PRAGMA user_version = {VERSION}")
