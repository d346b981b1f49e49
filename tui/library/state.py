"""What a reader saves: bookmarks, notes, and the place in each briefing, in one SQLite file that outlives a kill.

Each call is a transaction of its own: when it returns, what it was given is on the disk. Any number of processes may use
the file at once. What cannot be saved raises `Unkept`, whose words go to the person as they are.

A note or mark is tied to a briefing, an item's id and the item's text. If the text has changed it is still given back, and
`standing` says so; it is never put on another item. A briefing is known by its library and its path in there (`homes`).

A damaged file is never written into: it is set aside under another name, and what can be read goes into a new one (`rescue`).
"""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.briefing.fold import fold
from tui.briefing.problem import Refused
from tui.briefing.record import record
from tui.library import homes, rescue
from tui.library.homes import path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Literal, TypeAlias

PATIENCE = 10.0
"""Seconds to wait for another process that is writing."""
EXCERPT = 120
NETWORKS = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "9p", "ceph", "glusterfs", "lustre", "fuse.sshfs")

MIGRATIONS = (
    """
    CREATE TABLE mark (briefing, item TEXT, hash TEXT, excerpt TEXT, time TEXT, PRIMARY KEY (briefing, item, hash));
    CREATE TABLE note (
        id TEXT PRIMARY KEY, briefing, item TEXT, hash TEXT, excerpt TEXT, words TEXT, version INTEGER, time TEXT
    );
    CREATE INDEX note_by_item ON note (briefing, item);
    CREATE TABLE place (briefing PRIMARY KEY, place TEXT, time TEXT);
    """,
    """
    CREATE TABLE read (briefing PRIMARY KEY, time TEXT);
    INSERT INTO read SELECT briefing, time FROM place;
    """,
    f"""
    {homes.TABLES};
    CREATE TABLE written (note TEXT PRIMARY KEY, author TEXT NOT NULL DEFAULT '', digest TEXT);
    """,
)
"""The schema, a step a version: `PRAGMA user_version` is how many of them a file has seen. From the third on, `briefing` is an
id, no longer a path; `written` has who wrote a note ("" for the person whose file this is) and the hash of its words."""
COLUMNS = {"mark": 5, "note": 8, "place": 3, "read": 2}


class Unkept(Refused):
    """Nothing was saved, or the file cannot be read; the message says why and what to do."""


@record(frozen=True)
class Kept:
    """What marks and notes have in common."""

    briefing: Path
    item: str
    """An item's id, or a passage ("s1:3")."""
    excerpt: str
    """How the text that it was made on begins."""
    time: str
    """UTC, ISO 8601."""
    hash: str
    """Of the text that it was made on."""


@record(frozen=True)
class Mark(Kept):
    pass


@record(frozen=True)
class Note(Kept):
    id: str
    words: str
    version: int


class Changed(Exception):
    """Somebody else changed the note meanwhile. `other` is what it says now; None where it was taken out."""

    def __init__(self, other: Note | None) -> None:
        super().__init__("the note was changed meanwhile" if other else "the note was taken out meanwhile")
        self.other = other


Standing: TypeAlias = 'Literal["here", "changed", "gone"]'


def standing(kept: Kept, text: str | None) -> Standing:
    """Say whether the item of a mark or note is still there. `text`: what the item of its id says now; None: there is
    none."""
    return "gone" if text is None else "here" if _hash(text) == kept.hash else "changed"


def _hash(text: str) -> str:
    """Hash the folded text: a line broken elsewhere is no other text."""
    import hashlib  # 3 ms that the first words do not wait for

    return hashlib.sha256(fold(text).strip().encode("utf-8", "replace")).hexdigest()


class State:
    """Opened when first asked for something; a State that nobody asks makes no file. May be used from several threads."""

    def __init__(self, path: Path, checks: bool = True) -> None:
        """Open the store. Without `checks` a damaged file is not looked for; nothing may be written then."""
        self.path = path
        self._open: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._checks = checks
        self._news = ""
        self.damaged = 0
        """How many rows the last look at notes or marks left out, because they are damaged."""

    def news(self) -> str:
        """Return what a person is to be told once: that the file was damaged, and what was rescued. "" for
        nothing."""
        news, self._news = self._news, ""
        return news

    # -- bookmarks ----------------------------------------------------------------------------------------------------

    def mark(self, briefing: Path, item: str, text: str) -> None:
        """Put a bookmark on an item that says `text`. One that is there already stays as it is."""
        with self._writing() as base:
            row = (homes.home(base, briefing), _clean(item), _hash(text), _excerpt(text), _now())
            base.execute("INSERT OR IGNORE INTO mark VALUES (?, ?, ?, ?, ?)", row)

    def unmark(self, mark: Mark) -> None:
        with self._writing() as base:
            values = (homes.find(base, mark.briefing), mark.item, mark.hash)
            base.execute("DELETE FROM mark WHERE briefing = ? AND item = ? AND hash = ?", values)

    def marks(self, briefing: Path | None = None) -> list[Mark]:
        """List the bookmarks of one briefing, or all; the oldest first."""
        return [Mark(*row) for row in self._sound(self._rows(_MARK, "mark", briefing))]

    # -- notes --------------------------------------------------------------------------------------------------------

    def note(self, briefing: Path, item: str, text: str, words: str) -> Note | None:
        """Save a note on an item that says `text`, next to those that are there. An empty note is not saved."""
        words = _clean(words).strip()
        if not words:
            return None
        with self._writing() as base:
            id = os.urandom(16).hex()
            row = (id, homes.home(base, briefing), _clean(item), _hash(text), _excerpt(text), words, 1, _now())
            base.execute("INSERT INTO note VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
            base.execute("INSERT INTO written (note, digest) VALUES (?, ?)", (id, _digest(words)))
            return _read(base, id)

    def rewrite(self, seen: Note, words: str, text: str | None = None) -> Note | None:
        """Change the words of a note; empty ones take it out. It stays on its item, and on the text that it was made on unless
        `text` is what the item says now. Raises Changed, and keeps nothing, where the note is no longer as it was seen:
        `rewrite(changed.other, …)` then writes over it, `note(…)` keeps both."""
        words = _clean(words).strip()
        with self._writing() as base:
            other = _read(base, seen.id)
            if other is None or other.version != seen.version:
                raise Changed(other)
            if not words:
                base.execute("DELETE FROM note WHERE id = ?", (seen.id,))
                base.execute("DELETE FROM written WHERE note = ?", (seen.id,))
                return None
            made_on = (seen.hash, seen.excerpt) if text is None else (_hash(text), _excerpt(text))
            row = (words, seen.version + 1, _now(), *made_on, seen.id)
            base.execute("UPDATE note SET words = ?, version = ?, time = ?, hash = ?, excerpt = ? WHERE id = ?", row)
            base.execute("UPDATE written SET digest = ? WHERE note = ?", (_digest(words), seen.id))
            return _read(base, seen.id)

    def notes(self, briefing: Path | None = None) -> list[Note]:
        """List the notes of one briefing, or all; the oldest first."""
        rows = self._rows(_NOTE, "note", briefing)
        sound = list(self._sound(rows))
        found = [Note(*row[:-1]) for row in sound if _as_written(row)]
        self.damaged += len(sound) - len(found)
        return found

    # -- places -------------------------------------------------------------------------------------------------------

    def place(self, briefing: Path) -> str | None:
        """Return what `keep_place` was last given for this briefing."""
        rows = self._rows("SELECT path, name, place FROM place", "place", briefing)
        return str(rows[0][2]) if rows else None

    def last_place(self, briefing: Path) -> dict[str, Any]:
        """Return the same as the JSON object that it is; empty if there is none, or none that can be used."""
        try:
            kept = self.place(briefing)
            if not kept:
                return {}
            import json  # 2 ms, and none where nothing is kept

            place = json.loads(kept)
        except (Unkept, ValueError, RecursionError):
            return {}
        return place if isinstance(place, dict) else {}

    def keep_place(self, briefing: Path, place: str) -> None:
        with self._writing() as base:
            id = homes.home(base, briefing)
            base.execute("INSERT OR REPLACE INTO place VALUES (?, ?, ?)", (id, _clean(place), _now()))
            base.execute("INSERT OR IGNORE INTO read VALUES (?, ?)", (id, _now()))

    # -- what was read ------------------------------------------------------------------------------------------------

    def read_briefings(self) -> set[Path]:
        """Return the real paths of the briefings that were opened, or marked as read."""
        rows = self._rows("SELECT path, name FROM read", "read", None)
        return {path_of(path) / path_of(name) for path, name in rows if path and name}

    def set_read(self, briefing: Path, read: bool = True) -> None:
        with self._writing() as base:
            if read:
                base.execute("INSERT OR IGNORE INTO read VALUES (?, ?)", (homes.home(base, briefing), _now()))
            else:
                base.execute("DELETE FROM read WHERE briefing = ?", (homes.find(base, briefing),))

    def close(self) -> None:
        """Close the connection. It only tidies up: nothing is lost if it is never called."""
        with self._lock:
            self._let_go()

    # -- the file -----------------------------------------------------------------------------------------------------

    def _rows(self, select: str, table: str, briefing: Path | None) -> list[tuple[Any, ...]]:
        """Return the rows of one briefing or of all, each with the path of its library and its name in there; None for
        these in a row that belongs to no briefing."""
        if self._open is None and not os.path.lexists(self.path):
            return []
        joined = f"{select} LEFT JOIN briefing ON briefing.id = {table}.briefing LEFT JOIN library ON library.id = library"
        order = f"ORDER BY {table}.time, {table}.rowid"
        if briefing is None:
            with self._using() as base:
                return base.execute(f"{joined} {order}").fetchall()
        with self._using() as base:
            id = homes.find(base, briefing)
            moved = id is None and homes.moved(base, briefing)
        if moved:
            with self._writing() as base:
                id = homes.home(base, briefing)
        with self._using() as base:
            return base.execute(f"{joined} WHERE {table}.briefing = ? {order}", (id,)).fetchall()

    def _sound(self, rows: list[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        """Yield each row that is whole, with the path of its briefing in place of library and name; the others are
        counted."""
        self.damaged = 0
        for path, name, *rest in rows:
            names = all(isinstance(each, (str, bytes)) for each in (path, name))
            if names and all(isinstance(each, str) for each in rest[:4]):
                yield (path_of(path) / path_of(name), *rest)
            else:
                self.damaged += 1

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._using() as base:
            base.execute("BEGIN IMMEDIATE")
            try:
                yield base
            except BaseException:
                with suppress(sqlite3.Error):
                    base.execute("ROLLBACK")
                raise
            base.execute("COMMIT")

    @contextmanager
    def _using(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            try:
                yield self._connected()
            except (sqlite3.Error, OSError) as error:
                self._let_go()
                raise Unkept(_why(self.path, error)) from None

    def _connected(self) -> sqlite3.Connection:
        """Return the open file; opened again if another one is in its place by now, or none."""
        if self._open is not None and self._file == _identity(self.path):
            return self._open
        self._let_go()
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with suppress(FileExistsError):  # an existing one is not opened: closing it would drop SQLite's locks on it
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))  # notes are nobody else's to read
        base, damage = _opened(self.path, self._checks)
        if damage and self._checks:
            base = self._mended()
        elif damage:
            raise sqlite3.DatabaseError(damage)
        self._file = _identity(self.path)
        self._open = base
        return base

    def _mended(self) -> sqlite3.Connection:
        """Make a new file with what could be rescued of a damaged one."""
        with rescue.alone(self.path):
            base, damage = _opened(self.path, True)  # another process may have been here meanwhile
            if not damage:
                return base
            aside = rescue.set_aside(self.path)
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            base = _connection(self.path)
            _settings(base)
            _rescue(base, aside)
            _prepare(base, self.path)
        notes, marks = (base.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in ("note", "mark"))
        self._news = (
            f"rescued {notes:,} notes and {marks:,} bookmarks from a damaged {self.path.name}; others may be in {aside}"
        )
        return base

    def _let_go(self) -> None:
        base, self._open = self._open, None
        if base is not None:
            with suppress(sqlite3.Error):
                base.close()


_MARK = "SELECT path, name, item, excerpt, mark.time, hash FROM mark"
_NOTE = """SELECT path, name, item, excerpt, note.time, hash, note.id, words, version, written.digest
    FROM note LEFT JOIN written ON written.note = note.id"""


def _read(base: sqlite3.Connection, id: str) -> Note | None:
    joins = "LEFT JOIN briefing ON briefing.id = note.briefing LEFT JOIN library ON library.id = library"
    row = base.execute(f"{_NOTE} {joins} WHERE note.id = ?", (id,)).fetchone()
    return Note(path_of(row[0]) / path_of(row[1]), *row[2:-1]) if row else None


def _as_written(row: tuple[Any, ...]) -> bool:
    """Test whether a note's words are those that were saved."""
    *_, words, version, digest = row
    return isinstance(words, str) and isinstance(version, int) and digest in (None, _digest(words))


def _digest(words: str) -> str:
    import hashlib

    return hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()


def _connection(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)


def _opened(path: Path, checks: bool) -> tuple[sqlite3.Connection, str]:
    """Open the file, ready for use, and say what is wrong with it; "" for nothing. A damaged one is closed. Raises
    Unkept, OSError and sqlite3.OperationalError, for a file that is not damaged but cannot be used."""
    base = _connection(path)
    try:
        damage = rescue.damage(base) if checks else ""
        if not damage:
            _settings(base)
            _prepare(base, path)
    except sqlite3.OperationalError:
        base.close()
        raise
    except sqlite3.DatabaseError as error:
        damage = str(error)
    except BaseException:
        base.close()
        raise
    if damage:
        base.close()
    return base, damage


def _rescue(base: sqlite3.Connection, aside: Path) -> None:
    """Fill a new file with the rows that can be read of the one set aside, of whichever version it was."""
    homed = list(rescue.rows(aside, "library", 2))
    version = len(MIGRATIONS) if homed else 2
    base.execute("BEGIN IMMEDIATE")
    _migrate(base, 0, version)
    tables = {**COLUMNS, **({"briefing": 4, "written": 3} if homed else {})}
    for row in homed:
        base.execute("INSERT OR IGNORE INTO library VALUES (?, ?)", row)
    for table, columns in tables.items():
        for row in rescue.rows(aside, table, columns):
            base.execute(f"INSERT OR IGNORE INTO {table} VALUES ({', '.join('?' * columns)})", row)
    base.execute(f"PRAGMA user_version = {version}")
    base.execute("COMMIT")


def _migrate(base: sqlite3.Connection, version: int, to: int) -> None:
    for number, step in enumerate(MIGRATIONS[version:to], version + 1):
        for statement in filter(str.strip, step.split(";")):
            base.execute(statement)
        if number == 3:
            homes.migrate(base)


def _settings(base: sqlite3.Connection) -> None:
    base.execute("PRAGMA synchronous = FULL")
    base.execute("PRAGMA fullfsync = ON")  # macOS: to the disk, not to its cache


def _prepare(base: sqlite3.Connection, path: Path) -> None:
    """Prepare the schema of this version. Raises Unkept for a file of a newer one, or of another program."""
    if _version(base) < len(MIGRATIONS):
        base.execute("BEGIN IMMEDIATE")
        version = _version(base)  # another process may have been here meanwhile
        if not version and base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            base.execute("ROLLBACK")
            raise Unkept(f"{path} holds something else; move it away, and notes are kept")
        _migrate(base, version, len(MIGRATIONS))
        base.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
        base.execute("COMMIT")
    if _version(base) > len(MIGRATIONS):
        raise Unkept(f"{path} was written by a newer Readout; use that one, or move the file away")
    with suppress(sqlite3.OperationalError):  # no shared memory there, or in use: as it is, it keeps what it is given too
        base.execute(f"PRAGMA journal_mode = {'DELETE' if on_network(path) else 'WAL'}")


def _version(base: sqlite3.Connection) -> int:
    return int(base.execute("PRAGMA user_version").fetchone()[0])


def on_network(path: Path) -> bool:
    """Test whether a file is on a network: a write-ahead log is shared memory, which two machines do not share. If
    this cannot be told, it is local."""
    try:
        lines = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape").splitlines()
        mounts = [
            (fields[0].split()[4], fields[1].split()[0]) for line in lines if (fields := line.split(" - ")) and fields[1:]
        ]
    except (OSError, IndexError):
        return False
    where = Path(os.path.realpath(path))
    above = [(len(point), kind) for point, kind in mounts if where.is_relative_to(point.replace("\\040", " "))]
    return bool(above) and max(above)[1] in NETWORKS


def _why(path: Path, error: Exception) -> str:
    """Say in one line, for a person, what is wrong."""
    said = str(error)
    if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
        return f"{path} is damaged ({said}) and could not be set aside; move it away, and a new one is made"
    if "locked" in said or "busy" in said:
        return f"{path} is held by another process; try again"
    if "full" in said:
        return f"no space is left to write {path}; make room and try again"
    if isinstance(error, OSError):
        said = (error.strerror or said).lower()
    return f"cannot use {path}: {said}; make it and its folder writable"


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _clean(text: str) -> str:
    """Replace halves of surrogate pairs, which SQLite does not take."""
    return text.encode("utf-8", "replace").decode()


def _excerpt(text: str) -> str:
    line = " ".join(_clean(text[: 4 * EXCERPT]).split())
    return line if len(line) <= EXCERPT else line[: EXCERPT - 1].rstrip() + "…"


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
