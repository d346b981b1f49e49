"""The index of a library: one SQLite database (FTS5) in the cache folder, of what the files said when they were last read.

It is disposable: of another version, or damaged, it is made anew; nothing is only here. One process writes it at a time (a
lock beside it says which), any number read meanwhile, and it is written in steps, each of which leaves it right, so that a
program killed at any moment goes on from the last of them. Where it cannot be written it is kept in memory.

Rows of the full-text index are numbered so that the newest file comes first, and within a file in the order of its digest's
items: results in order, and the rows of one file, are then stretches of numbers.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.briefing.files import there
from tui.briefing.record import NamedTuple
from tui.library.digest import COLUMNS, Digest, unpack
from tui.library.frequent import FREQUENT
from tui.library.homes import key, path_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    import subprocess
    from typing import Any

DAY = 26
"""Bits of a row's number below the day. Fewer make a smaller index, whose lists hold the steps from row to row."""

BROKEN = "errors > 0 OR lost > 0"
"""Of a file, that something is wrong with it; in SQL."""
SCHEMA = f"""
CREATE TABLE file (
    id INTEGER PRIMARY KEY, path, size INTEGER, time INTEGER, hash BLOB, kind TEXT, listed INTEGER,
    start INTEGER, count INTEGER, title TEXT, date TEXT, marking TEXT, tags TEXT, origins TEXT, quotes INTEGER,
    events INTEGER, draft INTEGER, first INTEGER, last INTEGER, errors INTEGER, lost INTEGER,
    unproven TEXT, why TEXT
);
CREATE INDEX file_path ON file (path, start, count);
CREATE INDEX file_listed ON file (listed, start, count, draft, id);
CREATE INDEX file_unproven ON file (start) WHERE lost IS NULL;
CREATE TABLE body (file INTEGER PRIMARY KEY, digest BLOB);
CREATE TABLE cites (file INTEGER, ref TEXT, path, published TEXT, PRIMARY KEY (file, ref)) WITHOUT ROWID;
CREATE INDEX cites_path ON cites (path);
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
VERSION = zlib.crc32(f"9 {SCHEMA} {FREQUENT}".encode()) & 0x7FFFFFFF
"""Of what is kept and how; a number of our own goes before, for digests that change and have the same tables."""


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

    @property
    def sound(self) -> bool:
        return not self.errors and not self.lost


_FILE = (
    "id, path, kind, start, count, title, date, marking, tags, origins, quotes, events, draft, errors, lost, unproven, why, "
    "listed"
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


class Busy(Exception):
    """Another process writes the index."""


BUSY = "another Readout is bringing the index up to date"


class Index:
    """`roots`: the folders and files that the library is, as real paths; `folder`: where its database is, or is to be; None:
    in memory, without a word."""

    def __init__(self, folder: Path | None, roots: Sequence[Path]) -> None:
        self.roots = tuple(roots)
        name = hashlib.sha256(b"\0".join(sorted(os.fsencode(root) for root in self.roots))).hexdigest()[:16]
        self.path = (folder or Path()) / f"{name}.db"
        self.said = ""
        """What is to be told of it: why it is in memory, or made anew."""
        self.unseen = ""
        """Why files could not be looked at again, the last time that they were to be; what is said of them may be old."""
        self._memory: sqlite3.Connection | None = None
        self.lock = threading.RLock()
        self._local = threading.local()
        self._apart: subprocess.Popen[str] | None = None
        self._ended = False
        if folder is None:
            self._memory = _memory()

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders whose sources a briefing of the library may read."""
        return tuple(root for root in self.roots if there(root) == "folder")

    @property
    def in_memory(self) -> bool:
        return self._memory is not None

    # -- connections --------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to ask things of, this thread's own. What it reads is whole, also while somebody writes. Where the file
        turns out to be damaged, it is thrown away, and sqlite3.DatabaseError raised: asked again, there is a new one."""
        if self._memory is not None:
            with self.lock:
                yield self._memory
            return
        base: sqlite3.Connection | None = getattr(self._local, "base", None)
        if base is None or self._local.file != self._identity():  # it may be deleted at any time
            base = self._opened()
            if base is self._memory:
                with self.lock:
                    yield base
                return
            self._local.base, self._local.file = base, self._identity()
        try:
            yield base
        except sqlite3.OperationalError:
            raise
        except sqlite3.DatabaseError as error:
            self.discard(error)
            raise

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = os.stat(self.path)  # noqa: PTH116 (asked for every row that is shown)
        except OSError:
            return None
        return found.st_dev, found.st_ino

    def discard(self, error: Exception) -> None:
        """Throw a damaged file away: all of it can be made again."""
        self.said = f"the index was damaged ({error}), and is made anew"
        self._local = threading.local()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._on_disk()
        except (sqlite3.Error, OSError) as error:
            return self._in_memory(error)

    def _on_disk(self) -> sqlite3.Connection:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for again in (False, True):
            damaged: sqlite3.DatabaseError | None = None
            base = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
            try:
                base.execute("PRAGMA synchronous = NORMAL")
                base.execute("PRAGMA cache_size = -16000")
                version = base.execute("PRAGMA user_version").fetchone()[0]
                if version == VERSION:
                    base.execute("SELECT count(*) FROM known").fetchone()
                    return base
                if not base.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
                    base.execute("PRAGMA page_size = 16384")
                    base.execute("PRAGMA journal_mode = WAL")
                    base.execute("BEGIN IMMEDIATE")
                    if base.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                        _lay_out(base)
                    base.execute("COMMIT")
                    return base
                self.said = "the index was of another version of Readout, and is made anew"
            except sqlite3.OperationalError:
                base.close()
                raise
            except sqlite3.DatabaseError as error:
                damaged = error
            base.close()
            if again:
                raise sqlite3.DatabaseError(self.said)
            said = self.said
            self.discard(damaged or sqlite3.DatabaseError())
            self.said = self.said if damaged else said
        raise AssertionError

    def _in_memory(self, error: Exception) -> sqlite3.Connection:
        """Without a file: slower, for all has to be read again at each start, and said."""
        with self.lock:
            if self._memory is None:
                why = (getattr(error, "strerror", "") or str(error)).lower()
                self.said = f"no index is kept ({why}): the library is read anew each time"
                self._memory = _memory()
            return self._memory

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Alone among all processes. Raises Busy."""
        if self._memory is None:
            with self.reading():
                pass
        if self._memory is not None:
            yield self._memory
            return
        with _alone(self.path.with_suffix(".lock")):
            base = self._on_disk()
            try:
                yield base
            finally:
                base.close()

    # -- what is in it ------------------------------------------------------------------------------------------------

    def age(self) -> float | None:
        """When it was last compared with all the files, in seconds since 1970; None for never."""
        with self.reading() as base:
            found = base.execute("SELECT value FROM known WHERE what = 'refreshed'").fetchone()
        return float(found[0]) if found else None

    def listed(self, limit: int = -1) -> list[int]:
        """The ids of the files that the library lists, the newest first."""
        with self.reading() as base:
            rows = base.execute("SELECT id FROM file WHERE listed = 1 ORDER BY start LIMIT ?", (limit,)).fetchall()
        return [row[0] for row in rows]

    def count(self) -> int:
        with self.reading() as base:
            return int(base.execute("SELECT count(*) FROM file WHERE listed = 1").fetchone()[0])

    def unproven(self) -> int:
        """How many briefings there are whose words nobody has looked for yet."""
        with self.reading() as base:
            return int(base.execute("SELECT count(*) FROM file WHERE lost IS NULL").fetchone()[0])

    def files(self, ids: Sequence[int]) -> dict[int, File]:
        with self.reading() as base:
            found: dict[int, File] = {}
            for first in range(0, len(ids), 500):
                some = ids[first : first + 500]
                found.update({file.id: file for file in files_that(base, f"id IN ({', '.join('?' * len(some))})", *some)})
        return found

    def file_at(self, row: int) -> File | None:
        """The file that a row of the full-text index belongs to."""
        with self.reading() as base:
            file = next(files_that(base, OF_ROW, row), None)
        return file if file and row < file.start + file.rows else None

    def file_of(self, path: Path) -> File | None:
        with self.reading() as base:
            return next(files_that(base, "path = ?", key(path, resolved=True)), None)

    def digest(self, file: int) -> Digest | None:
        with self.reading() as base:
            found = base.execute("SELECT digest FROM body WHERE file = ?", (file,)).fetchone()
            return unpack(found[0]) if found else None

    def citing(self, path: Path) -> list[tuple[int, str]]:
        """(file, id of the source) of the briefings that cite a text, the newest first."""
        with self.reading() as base:
            return base.execute(
                "SELECT file, ref FROM cites JOIN file ON file.id = cites.file WHERE cites.path = ? ORDER BY start",
                (key(path, resolved=True),),
            ).fetchall()

    # -- bringing it up to date ---------------------------------------------------------------------------------------

    def refresh(
        self,
        tell: Callable[[Progress], None] = lambda progress: None,
        stop: Callable[[], bool] = lambda: False,
        proofs: bool = True,
        memory: bool = True,
    ) -> bool:
        """Compare it with the files, read those that changed, and look for the words of the briefings whose proof is not known.
        False where `stop` said so, or where another process is at it. What was done until then stays done. Where it cannot be
        written it is in `memory` from then on, or sqlite3.OperationalError is raised."""
        from tui.briefing import garbage
        from tui.library.refresh import Refresh

        try:
            with self._writing() as base, garbage.seldom():  # digests are large, and hold nothing that it is looked for in
                refreshing = Refresh(self, base, tell, stop)
                return refreshing.files() and (not proofs or refreshing.proofs())
        except Busy:
            self.said = BUSY
            return False
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError) and "damaged" not in self.said:
                self.discard(error)
                return self.refresh(tell, stop, proofs, memory)
            if self._memory is not None or not memory:
                raise
            self._in_memory(error)
            return self.refresh(tell, stop, proofs)

    def refresh_apart(self, tell: Callable[[Progress], None]) -> bool:
        """The same in a process of its own, so that nobody who reads waits for it; `end_apart` ends it. Of an index in memory,
        in this one."""
        if self.in_memory or not sys.executable:
            return self.refresh(tell, lambda: self._ended)
        import subprocess  # 5 ms, and none where the index is only asked

        begin = "import sys; n = int(sys.argv[1]); sys.path[:] = sys.argv[2 : n + 2]"
        begin += "; from tui.library.refresh import main; main()"
        ours = [sys.executable, "-c", begin, str(len(sys.path)), *sys.path, str(self.path.parent), *map(str, self.roots)]
        try:
            self._apart = subprocess.Popen(
                ours, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
            )
        except OSError:
            return self.refresh(tell, lambda: self._ended)
        assert self._apart.stdout
        if self._ended:  # while it was being started
            self._apart.terminate()
        unwritten: sqlite3.OperationalError | None = None
        with self._apart as process, self._apart.stdout as said:
            for line in said:
                doing, *numbers = line.rstrip("\n").split("\t")
                if doing == "said":
                    self.said = numbers[0]
                elif doing == "unwritten":
                    unwritten = sqlite3.OperationalError(numbers[0])
                elif not self._ended:
                    done, of, changed = map(int, numbers)
                    tell(Progress(doing, done, of, changed))
        if unwritten and not self._ended:
            self._in_memory(unwritten)
            return self.refresh(tell, lambda: self._ended)
        if process.returncode and not self._ended and not self.said:
            self.said = "the index could not be brought up to date; readout search --refresh says why"
        return process.returncode == 0

    def version(self) -> tuple[object, int]:
        """What is another thing once anybody has changed the index; the first of it, where it is made anew."""
        with self.reading() as base:
            if base is self._memory:
                return None, base.total_changes
            return self._identity(), base.execute("PRAGMA data_version").fetchone()[0]

    def end_apart(self) -> None:
        self._ended = True
        if self._apart is not None and self._apart.poll() is None:
            self._apart.terminate()

    def renew(self, paths: Iterable[Path]) -> bool:
        """Look again at these files alone, and for their words where nobody has; whether anything is otherwise than it was.
        Where that cannot be done, `unseen` says why."""
        from tui.library.refresh import Refresh

        self.unseen = ""
        try:
            with self._writing() as base:
                refreshing = Refresh(self, base, lambda progress: None, lambda: False)
                return refreshing.some([os.fspath(path) for path in paths])
        except Busy:
            self.unseen = BUSY
        except sqlite3.OperationalError as error:
            self.unseen = str(error)
        except sqlite3.DatabaseError as error:
            self.discard(error)
            self.unseen = self.said
        return False


def files_that(base: sqlite3.Connection, are: str, *values: object) -> Iterator[File]:
    """The files of which this SQL is true."""
    return map(_file, base.execute(f"SELECT {_FILE} FROM file WHERE {are}", values))


def clean(text: str) -> str:
    """Without halves of surrogate pairs, which SQLite does not take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _file(row: Sequence[Any]) -> File:
    values = [*row]
    values[1], values[12], values[17] = path_of(row[1]), bool(row[12]), bool(row[17])
    for at in (8, 15):
        values[at] = tuple(row[at].split("\n")) if row[at] else ()
    return File(*values)


def _memory() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    _lay_out(base)
    return base


def _lay_out(base: sqlite3.Connection) -> None:
    for statement in filter(str.strip, SCHEMA.split(";")):
        base.execute(statement)
    base.execute("INSERT INTO fts (fts, rank) VALUES ('automerge', 8)")  # twice as many parts, a tenth less work than with 4
    base.execute(f"PRAGMA user_version = {VERSION}")


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """The lock of a file, for as long as this lasts; the system lets go of a killed process's. Raises Busy."""
    try:
        import fcntl
    except ImportError:  # a system without it: SQLite's own lock has writers wait for one another
        yield
        return
    try:
        lock = path.open("ab")
    except OSError as error:  # the folder is read-only, or the file somebody else's
        raise sqlite3.OperationalError((error.strerror or str(error)).lower()) from None
    with lock as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise Busy from None
        yield
