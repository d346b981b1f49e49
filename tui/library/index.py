"""The index of a library: one SQLite database (FTS5) in the cache folder, of what the files said when they were last read.

It is disposable: of another version, or damaged, it is made anew; nothing is only here. One process writes it at a time (a
lock beside it says which), any number read meanwhile, and it is written in steps, each of which leaves it right, so that a
program killed at any moment goes on from the last of them. Where it cannot be written it is kept in memory.
"""

from __future__ import annotations

import hashlib
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tui.briefing.files import there
from tui.library.digest import Digest, unpack
from tui.library.homes import key
from tui.library.schema import OF_ROW, VERSION, File, files_that, lay_out


class Busy(Exception):
    """Another process writes the index."""


BUSY = "another Readout is updating the index"


class Index:
    """`roots`: the folders and files that the library is, as real paths; `folder`: where its database is, or is to be; None:
    in memory, without a word."""

    def __init__(self, folder: Path | None, roots: Sequence[Path]) -> None:
        self.roots = tuple(roots)
        name = hashlib.sha256(b"\0".join(sorted(os.fsencode(root) for root in self.roots))).hexdigest()[:16]
        self.path = (folder or Path()) / f"{name}.db"
        self.said = ""
        """What people are told of it: why it is in memory, or was rebuilt."""
        self.unseen = ""
        """Why files could not be looked at again, the last time that they were to be; what is said of them may be old."""
        self._memory: sqlite3.Connection | None = None
        self.lock = threading.RLock()
        self._local = threading.local()
        if folder is None:
            self._memory = _memory()

    @property
    def folders(self) -> tuple[Path, ...]:
        """Return the folders whose sources a briefing of the library may read."""
        return tuple(root for root in self.roots if there(root) == "folder")

    @property
    def in_memory(self) -> bool:
        return self._memory is not None

    # -- connections --------------------------------------------------------------------------------------------------

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open a connection for reading, this thread's own. What it reads is whole, also while another process
        writes. If the file turns out to be damaged, it is thrown away and sqlite3.DatabaseError raised: asked again,
        there is a new one."""
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
        self.said = f"the index was damaged ({error}) and is rebuilt"
        self._local = threading.local()
        for ending in ("", "-wal", "-shm"):
            Path(f"{self.path}{ending}").unlink(missing_ok=True)

    def _opened(self) -> sqlite3.Connection:
        try:
            return self._on_disk()
        except (sqlite3.Error, OSError) as error:
            return self.fall_back(error)

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
                        lay_out(base)
                    base.execute("COMMIT")
                    return base
                self.said = "the index was from another version of Readout and is rebuilt"
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

    def fall_back(self, error: Exception) -> sqlite3.Connection:
        """Keep the index in memory from now on, and say why: slower, since every file is read again at each start."""
        with self.lock:
            if self._memory is None:
                why = (getattr(error, "strerror", "") or str(error)).lower()
                self.said = f"cannot write the index ({why}); the library is rescanned each time"
                self._memory = _memory()
            return self._memory

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Open a connection for writing, alone among all processes. Raises Busy."""
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
        """Return when it was last compared with all the files, in seconds since 1970; None for never."""
        with self.reading() as base:
            found = base.execute("SELECT value FROM known WHERE what = 'refreshed'").fetchone()
        return float(found[0]) if found else None

    def shut(self) -> list[str]:
        """Return the folders that could not be read at the last refresh, and the roots that cannot be read now."""
        with self.reading() as base:
            found = base.execute("SELECT value FROM known WHERE what = 'shut'").fetchone()
        shut: list[str] = json.loads(found[0]) if found else []
        return list(dict.fromkeys((*(str(root) for root in self.roots if not _opens(root)), *shut)))

    def listed(self, limit: int = -1) -> list[int]:
        """List the ids of the files that the library lists, the newest first."""
        with self.reading() as base:
            rows = base.execute("SELECT id FROM file WHERE listed = 1 ORDER BY start LIMIT ?", (limit,)).fetchall()
        return [row[0] for row in rows]

    def count(self) -> int:
        with self.reading() as base:
            return int(base.execute("SELECT count(*) FROM file WHERE listed = 1").fetchone()[0])

    def unproven(self) -> int:
        """Count the briefings whose words are not checked yet."""
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
        """Return the file that a row of the full-text index belongs to."""
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
        """List (file, id of the source) of the briefings that cite a text, the newest first."""
        with self.reading() as base:
            return base.execute(
                "SELECT file, ref FROM cites JOIN file ON file.id = cites.file WHERE cites.path = ? ORDER BY start",
                (key(path, resolved=True),),
            ).fetchall()

    def version(self) -> tuple[object, int]:
        """Return a value that changes whenever the index is written; its first half, when it is rebuilt."""
        with self.reading() as base:
            if base is self._memory:
                return None, base.total_changes
            return self._identity(), base.execute("PRAGMA data_version").fetchone()[0]


def _opens(path: Path) -> bool:
    try:
        with os.scandir(path):
            return True
    except NotADirectoryError:
        return True
    except (OSError, ValueError):
        return False


def _memory() -> sqlite3.Connection:
    base = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    lay_out(base)
    return base


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock of a file for as long as this lasts; the system releases that of a killed process. Raises
    Busy."""
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
