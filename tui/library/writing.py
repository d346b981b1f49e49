"""The index as the one process that writes it has it: files are put in whole and taken out whole, in steps each of which leaves
it right, so that a program killed at any moment goes on from the last of them.
"""

from __future__ import annotations

import hashlib
import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from tui.library.catalogue import Seen
from tui.library.digest import COLUMNS, LAST, Digest, days, packed_spans, plain_name, unpack
from tui.library.homes import key
from tui.library.index import Index
from tui.library.schema import DAY, UNDATED, clean

STEP = 0.5
"""Seconds of work between two moments at which what was done is on the disk."""


class Writing:
    def __init__(self, index: Index, base: sqlite3.Connection) -> None:
        self.index, self.base = index, base
        self.changed = 0
        """Files that were put in or taken out."""
        self.to_date: set[str | bytes] = set()
        """Texts that briefings now date differently, except those that were put in since."""
        self._since = 0.0
        self._held = False
        """Whether readers have to wait, as they do in a step of an index in memory."""

    # -- steps --------------------------------------------------------------------------------------------------------

    def step(self, *, end: bool = False) -> None:
        """Begin a step, or end it where it has lasted long enough; what was done in it is then on the disk."""
        now = time.monotonic()
        inside = self.base.in_transaction
        if inside and (end or now - self._since > STEP):
            self.base.execute("COMMIT")
            inside = False
            if self._held and not end:
                with self.let_read():
                    time.sleep(0.001)  # readers wait for this one connection
        if not inside and not end:
            self.base.execute("BEGIN IMMEDIATE")
            self._since = now

    @contextmanager
    def steps(self) -> Iterator[None]:
        """Write in steps: what is done meanwhile is done in steps, or from the last one on not at all."""
        outer = self._held
        if self.index.in_memory and not outer:
            self.index.lock.acquire()
            self._held = True
        try:
            self.step()
            yield
            self.step(end=True)
        except BaseException:
            if self.base.in_transaction:
                with suppress(sqlite3.Error):
                    self.base.execute("ROLLBACK")
            raise
        finally:
            if self._held and not outer:
                self._held = False
                self.index.lock.release()

    @contextmanager
    def let_read(self) -> Iterator[None]:
        """Let readers go on meanwhile: an index in memory has one connection."""
        held = self._held
        if held:
            self.index.lock.release()
        try:
            yield
        finally:
            if held:
                self.index.lock.acquire()

    # -- files --------------------------------------------------------------------------------------------------------

    def put(
        self, seen: Seen, hash: bytes, kind: str, found: Digest, listed: bool,
        why: str = "", errors: int = 0, lost: int | None = None,
        links: Iterable[str] = (), led: Mapping[str, str] = {}, original: str = "",
    ) -> None:  # fmt: skip
        """Have the index say what a file says. `links`: the files to whose items its summary leads; `led`: where that led which
        it names, if no walk through the folders tells when it leads elsewhere. `original`: the real path of the document
        that a text was taken from."""
        self.changed += 1
        name = key(seen.path, resolved=True)
        own = days(found.date)
        count = len(found.items) or 1
        start = self._room(LAST - (own[0] if own[0] > -LAST else own[1]) if own else UNDATED, count)
        dated = found.spans()
        spans = [*((first, last) for _, first, last in dated if first <= last), *([own] if own else [])]
        first, last = min((each[0] for each in spans), default=None), max((each[1] for each in spans), default=None)
        origins = "\n".join(
            each.publisher or (each.title or Path(each.path).name if kind == "briefing" else "")
            for each in found.sources.values()
        )  # a raw article is its own source: its title would make a group of one file
        cursor = self.base.execute(
            f"INSERT INTO file VALUES (NULL{', ?' * 23})",
            (
                name, seen.size, seen.time, hash, kind, listed, start, count, clean(found.title), clean(found.date),
                clean(found.marking), clean("\n".join(found.tags)), clean(origins), found.count("quote"), found.count("event"),
                found.draft, first, last, errors, lost, "", clean(why), "",
            ),
        )  # fmt: skip
        file = int(cursor.lastrowid or 0)
        self.base.execute("INSERT INTO body VALUES (?, ?)", (file, found.pack()))
        if dated:
            self.base.execute("INSERT INTO dated VALUES (?, ?)", (start, packed_spans(dated)))
        self._index(start, found.rows(listed))
        if kind == "briefing":
            cites = [
                (file, ref, key(each.path, resolved=True), each.published) for ref, each in found.sources.items() if each.path
            ]
            self.base.executemany("INSERT INTO cites VALUES (?, ?, ?, ?)", cites)
            self.to_date.update(row[2] for row in cites)
            self.base.executemany("INSERT INTO links VALUES (?, ?)", [(file, key(each, resolved=True)) for each in links])
            self.base.executemany(
                "INSERT INTO led VALUES (?, ?, ?)", [(file, named, fingerprint(there)) for named, there in led.items()]
            )
            self.base.executemany(
                "INSERT INTO actor VALUES (?, ?, ?, ?)",
                [(file, ref, each.kind, plain_name(each.name)) for ref, each in found.actors.items()],
            )
        if kind == "text":
            self.to_date.discard(name)
        if original:
            self.base.execute("INSERT INTO taken VALUES (?, ?)", (file, key(original, resolved=True)))
        self._prove_anew(name, kind)

    def take_out(self, file: int) -> None:
        """Have nothing of a file in the index."""
        self.changed += 1
        row = self.base.execute("SELECT path, start, kind, listed FROM file WHERE id = ?", (file,)).fetchone()
        packed = self.base.execute("SELECT digest FROM body WHERE file = ?", (file,)).fetchone()
        if not row or not packed:
            return
        name, start, kind, listed = row
        gone = unpack(packed[0])
        self._index(start, gone.rows(bool(listed)), gone=True)
        self.to_date.update(each for (each,) in self.base.execute("SELECT path FROM cites WHERE file = ?", (file,)))
        self.base.execute("DELETE FROM dated WHERE start = ?", (start,))
        self.base.executemany("DELETE FROM actor WHERE ref = ? AND file = ?", [(ref, file) for ref in gone.actors])
        for table in ("body", "cites", "links", "taken", "led"):
            self.base.execute(f"DELETE FROM {table} WHERE file = ?", (file,))
        self.base.execute("DELETE FROM file WHERE id = ?", (file,))
        self._prove_anew(name, kind)

    def set_listed(self, file: int, listed: bool) -> None:
        """Set whether the library lists a file: one that it does not list has no title in the full-text index."""
        ask = "SELECT start, digest FROM file JOIN body ON body.file = file.id WHERE id = ?"
        start, digest = self.base.execute(ask, (file,)).fetchone()
        self._index(start, [next(unpack(digest).rows())], gone=not listed)
        self.base.execute("UPDATE file SET listed = ? WHERE id = ?", (listed, file))

    def know(self, what: str, value: object) -> None:
        self.base.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (what, value))

    def _index(self, start: int, rows: Iterable[tuple[str, ...]], gone: bool = False) -> None:
        """Have the full-text index say what the rows from this number on say, or say it no longer."""
        columns, marks = ", ".join(COLUMNS), ", ?" * len(COLUMNS)
        ask = f"(fts, rowid, {columns}) VALUES ('delete', ?{marks})" if gone else f"(rowid, {columns}) VALUES (?{marks})"
        self.base.executemany(f"INSERT INTO fts {ask}", [(number, *each) for number, each in enumerate(rows, start)])

    def _room(self, day: int, count: int) -> int:
        """Return the first of so many numbers that are free among the day's; if it has none left, after all."""
        end = "SELECT start + count FROM file WHERE start < ? ORDER BY start DESC LIMIT 1"
        for below in ((day + 1) << DAY, 1 << 62):
            row = self.base.execute(end, (below,)).fetchone()
            start = max(day << DAY, row[0] if row else 0)
            if start + count <= below:
                break
        return start

    def _prove_anew(self, name: str | bytes, kind: str) -> None:
        """Mark briefings that link to or cite this file as not checked."""
        table = "links" if kind == "briefing" else "cites"
        self.base.execute(f"UPDATE file SET lost = NULL WHERE id IN (SELECT file FROM {table} WHERE path = ?)", (name,))


def fingerprint(text: str) -> bytes:
    """Hash what tells a text, or a path, from another."""
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).digest()
