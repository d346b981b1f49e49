"""Bringing an index up to date: which files changed, what they say, and whether their words stand in their sources.

Apart from `index.py` because none of it is loaded where the index is only asked.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.briefing.anchor import Text
from tui.briefing.files import Unreadable, body_of, inside, library_of, may_mean_briefing, reach, read_text
from tui.briefing.parse import parse
from tui.briefing.proof import Reading, prove
from tui.library import catalogue, digest
from tui.library.catalogue import Seen
from tui.library.digest import COLUMNS, LAST, Digest, days, packed_spans, unpack
from tui.library.index import DAY, Progress, clean
from tui.library.state import key, path_of

if TYPE_CHECKING:
    from tui.library.index import Index

STEP = 0.5
"""Seconds of work between two moments at which what was done is on the disk."""
RECENT = 2_000_000_000
"""Nanoseconds: a file that changed no longer ago than this when it was read may change again without its time changing."""
PROVEN = 20
"""So many of the files that are shown are proven before they are."""


class Refresh:
    """One bringing up to date, in steps of STEP seconds."""

    def __init__(
        self, index: Index, base: sqlite3.Connection, tell: Callable[[Progress], None], stop: Callable[[], bool]
    ) -> None:
        self.index, self.base, self._tell, self.stop = index, base, tell, stop
        self.changed = 0
        self._since = 0.0
        self._held = False
        """Whether readers have to wait, as they do in a step of an index in memory."""
        self._folders: dict[str, str] = {}
        """Real paths of folders, by how they are named."""
        self._may: dict[tuple[Path, str], bool] = {}
        """Whether briefings in the one folder may read what is in the other."""
        self._to_date: set[str | bytes] = set()
        """Texts of which briefings now say otherwise than before, but those that were read since."""
        self._roots = tuple(map(os.fspath, index.roots))

    def tell(self, progress: Progress) -> None:
        """Whoever is told may want to read, and waits for nobody: of an index in memory there is one connection."""
        held = self._held
        if held:
            self.index.lock.release()
        try:
            self._tell(progress)
        finally:
            if held:
                self.index.lock.acquire()

    # -- steps --------------------------------------------------------------------------------------------------------

    def _step(self, *, end: bool = False) -> None:
        """Begin a step, or end it where it has lasted long enough; what was done in it is then on the disk."""
        now = time.monotonic()
        inside = self.base.in_transaction
        if inside and (end or now - self._since > STEP):
            self.base.execute("COMMIT")
            inside = False
            if self._held and not end:
                self.index.lock.release()
                time.sleep(0.001)  # readers wait for this one connection
                self.index.lock.acquire()
        if not inside and not end:
            self.base.execute("BEGIN IMMEDIATE")
            self._since = now

    @contextmanager
    def _steps(self) -> Iterator[None]:
        outer = self._held
        if self.index.in_memory and not outer:
            self.index.lock.acquire()
            self._held = True
        try:
            self._step()
            yield
            self._step(end=True)
        except BaseException:
            if self.base.in_transaction:
                with suppress(sqlite3.Error):
                    self.base.execute("ROLLBACK")
            raise
        finally:
            if self._held and not outer:
                self._held = False
                self.index.lock.release()

    # -- files --------------------------------------------------------------------------------------------------------

    def files(self) -> bool:
        known = {row[0]: row[1:] for row in self.base.execute("SELECT path, size, time FROM file")}
        to_read: list[Seen] = []
        here: set[str | bytes] = set()
        ways: list[str] = []
        of = 0
        for seen in catalogue.files(self.index.roots, ways):
            of += 1
            name = key(seen.path, resolved=True)
            here.add(name)
            if name not in known or known[name] != (seen.size, seen.time):
                to_read.append(seen)
            if of % 2000 == 0:
                self.tell(Progress("looking", of, 0))
                if self.stop():
                    return False
        with self._steps():
            if not self._located_anew(ways) or not self._read(to_read):
                self._step(end=True)
                return False
            self._gone(known.keys() - here)
            self._cited(here)
            every = {name for (name,) in self.base.execute("SELECT path FROM file")}
            self._gone(every - here)  # a text that nobody cites any more, once those who cited it are gone
            self._date_anew()
            self._list()
            self._know("refreshed", time.time())
        self.tell(Progress("", of, of, self.changed))
        return True

    def _read(self, these: Sequence[Seen]) -> bool:
        """False where it was stopped."""
        texts: list[Seen] = []
        for waiting, now in (
            (these, False),
            (texts, True),
        ):  # texts once it is known who cites them, and of what day they say it is
            for number, seen in enumerate(waiting):
                if self.stop():
                    return False
                self._step()
                if not self._take_in(seen, texts=now):
                    texts.append(seen)
                if number % 20 == 0:
                    self.tell(Progress("reading", number, len(waiting), self.changed))
        return True

    def _located_anew(self, ways: Sequence[str]) -> bool:
        """Where a link leads elsewhere, or another folder is the library, sources of briefings are other files, or may be read
        only now, or no longer: such briefings are read again. False where that was stopped."""
        marks = [str(library_of(root)) for root in self.index.roots]
        now = _hash("\0\0".join(sorted((*ways, *marks))))
        before = self.base.execute("SELECT value FROM known WHERE what = 'ways'").fetchone()
        if before and before[0] == now:
            names = self._led_elsewhere()
        else:
            names = [name for (name,) in self.base.execute("SELECT path FROM file WHERE kind = 'briefing'")]
        for name in dict.fromkeys(names):
            if self.stop():
                return False
            self._step()
            if seen := _now(name):
                self._take_in(seen, anew=True)
        self._know("ways", now)
        return True

    def _led_elsewhere(self, where: str = "", *values: object) -> list[str | bytes]:
        """The briefings, or those of them, that name something which leads to another file by now."""
        ask = f"SELECT file.path, named, there FROM led JOIN file ON file.id = led.file {where}"
        rows = self.base.execute(ask, values)
        return [name for name, named, there in rows if _hash(self._leads(path_of(name).parent, named)) != there]

    def _gone(self, names: Collection[str | bytes]) -> None:
        """Take out the files of these names, but those that somebody cites."""
        for name in names:
            row = self.base.execute(
                "SELECT id FROM file WHERE path = ? AND NOT EXISTS (SELECT 1 FROM cites WHERE cites.path = file.path)", (name,)
            ).fetchone()
            if row:
                self._step()
                self._take_out(row[0])

    def _date_anew(self) -> None:
        """A text whose own words tell no date is as old as who cites it says: where that is otherwise now, read it again."""
        for name in tuple(self._to_date):
            row = self.base.execute("SELECT date FROM file WHERE path = ? AND kind = 'text'", (name,)).fetchone()
            if row and row[0] != self._published(name) and (seen := _now(name)):
                self._step()
                self._take_in(seen, anew=True)

    def _published(self, name: str | bytes) -> str:
        """When a text was published, as the first of those that say so has it; "" where nobody does."""
        ask = "SELECT published FROM cites WHERE path = ? AND published != '' ORDER BY published LIMIT 1"
        row = self.base.execute(ask, (name,)).fetchone()
        return row[0] if row else ""

    def some(self, paths: Sequence[str]) -> bool:
        """These files alone; the words of the first PROVEN of them."""
        names = [key(path, resolved=True) for path in paths]
        ask = "SELECT cites.path FROM cites JOIN file ON file.id = cites.file WHERE file.path = ?"
        cited = [os.fsdecode(there) for name in names for (there,) in self.base.execute(ask, (name,))]
        moved = {each for name in names for each in self._led_elsewhere("WHERE file.path = ?", name)}
        with self._steps():
            for path in dict.fromkeys((*filter(self._below, paths), *cited)):
                name = key(path, resolved=True)
                seen = _now(name)
                known = self.base.execute("SELECT id, size, time FROM file WHERE path = ?", (name,)).fetchone()
                if seen is None and known:
                    self._take_out(known[0])
                elif seen and (name in moved or not known or known[1:] != (seen.size, seen.time)):
                    self._take_in(seen, anew=name in moved)
            self._date_anew()
            if self.changed:
                self._list()
        proven = [self._prove(name) for name in names[:PROVEN]]
        return bool(self.changed) or any(proven)

    def _cited(self, here: Collection[str | bytes]) -> None:
        """Read the texts that briefings cite and that stand outside the library's folders, where they are new or changed."""
        ask = "SELECT DISTINCT cites.path, size, time, file.id FROM cites LEFT JOIN file ON file.path = cites.path"
        for name, size, when, id in self.base.execute(ask).fetchall():
            if name in here:
                continue
            seen = _now(name)
            self._step()
            if seen is None and id is not None:
                self._take_out(id)
            elif seen and (seen.size, seen.time) != (size, when):
                self._take_in(seen)

    def _know(self, what: str, value: object) -> None:
        self.base.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (what, value))

    def _list(self) -> None:
        """A text that a briefing cites is its source, and no article of its own: it has no title then."""
        cited = {name for (name,) in self.base.execute("SELECT path FROM cites")}
        ask = "SELECT id, path, start, listed FROM file WHERE kind = 'text'"
        for id, name, start, listed in self.base.execute(ask).fetchall():
            own = name not in cited and self._below(os.fsdecode(name))
            if own != bool(listed):
                digest = self.base.execute("SELECT digest FROM body WHERE file = ?", (id,)).fetchone()[0]
                self._index(start, [next(unpack(digest).rows())], gone=not own)
                self.base.execute("UPDATE file SET listed = ? WHERE id = ?", (own, id))

    def _index(self, start: int, rows: Iterable[tuple[str, ...]], gone: bool = False) -> None:
        """Have the full-text index say what the rows from this number on say, or say it no longer."""
        columns, marks = ", ".join(COLUMNS), ", ?" * len(COLUMNS)
        ask = f"(fts, rowid, {columns}) VALUES ('delete', ?{marks})" if gone else f"(rowid, {columns}) VALUES (?{marks})"
        self.base.executemany(f"INSERT INTO fts {ask}", [(number, *each) for number, each in enumerate(rows, start)])

    def _take_in(self, seen: Seen, texts: bool = True, anew: bool = False) -> bool:
        """Read a file, and have the index say what it says. False for a text where `texts` are to wait. `anew`: also where it
        is as it was."""
        path, name = Path(seen.path), key(seen.path, resolved=True)
        if not texts and not may_mean_briefing(path):
            return False
        when = seen.time if time.time_ns() - seen.time > RECENT else 0
        old = self.base.execute("SELECT id, hash, kind FROM file WHERE path = ?", (name,)).fetchone()
        try:
            text = read_text(path)
        except Unreadable as refusal:
            text, kind, why, hash = "", "unreadable", f"{refusal.message}; {refusal.hint}", b""
            if not self._below(seen.path):
                kind = ""
        else:
            kind, why = catalogue.kind_of(text), ""
            if kind == "briefing" and not self._below(seen.path):
                kind = ""  # named as a source, which a briefing is not; and none of this library
            hash = _hash(text)
            if old and old[1] == hash and old[2] == kind and not anew:
                self.base.execute("UPDATE file SET size = ?, time = ? WHERE id = ?", (seen.size, when, old[0]))
                return True
            if kind == "text" and not texts:
                return False
        if old:
            self._take_out(old[0], cited_still=True)
        self.changed += 1
        if kind == "briefing":
            self._put_briefing(seen._replace(time=when), name, hash, path, text)
        elif kind == "text":
            body = Text(text, body_of(text))
            found = digest.of_text(path, body, self._published(name))
            self._to_date.discard(name)
            cited = self.base.execute("SELECT 1 FROM cites WHERE path = ? LIMIT 1", (name,)).fetchone()
            own = not cited and self._below(seen.path)
            self._put(seen._replace(time=when), name, hash, kind, found, listed=own, lost=0)
            self.base.execute("UPDATE file SET lost = NULL WHERE id IN (SELECT file FROM cites WHERE path = ?)", (name,))
        else:
            listed = int(kind == "unreadable" and path.suffix.lower() == ".md")
            title = Digest(path.name, items=(digest.Item("title", "", path.stem),)) if listed else Digest(path.name)
            self._put(seen._replace(time=when), name, hash, kind, title, listed, why=why, errors=listed, lost=0)
        return True

    def _below(self, path: str) -> bool:
        """Whether a file is the library's own, and not only cited by one that is."""
        return catalogue.holds(self._roots, path)

    def _leads(self, folder: Path, named: str) -> str:
        """The real path of what a briefing in this folder names; "" for nowhere. Where one stands in a folder, so does its
        neighbour that is no link: what many briefings name alike is worked out once."""
        asked = os.path.join(folder, named)  # noqa: PTH118 (strings, as all here)
        above, _, name = asked.rpartition("/")
        if above not in self._folders:
            self._folders[above] = _resolved(above or "/")
        real = os.path.join(self._folders[above], name)  # noqa: PTH118
        straight = self._folders[above] and name not in ("", ".", "..") and "\0" not in name and not os.path.islink(real)  # noqa: PTH114
        return real if straight else _resolved(asked)

    def _may_read(self, folder: Path, real: str) -> bool:
        """Whether a briefing in this folder may read that file: as much as all others in the same folder."""
        asked = (folder, os.path.dirname(real))  # noqa: PTH120
        if asked not in self._may:
            self._may[asked] = inside(Path(asked[1]), reach(folder, self.index.folders))
        return bool(real) and self._may[asked]

    def _put_briefing(self, seen: Seen, name: str | bytes, hash: bytes, path: Path, text: str) -> None:
        parsed = parse(text, str(path))
        folder = path.parent
        linked = digest.linked(parsed.briefing.summary)
        named = {*linked, *(source.path for source in parsed.briefing.sources)}
        leads = {each: self._leads(folder, each) for each in named}
        read = {each: real for each, real in leads.items() if self._may_read(folder, real)}
        paths = {source.id: read[source.path] for source in parsed.briefing.sources if source.path in read}
        found = digest.of_briefing(Reading(path, parsed), paths)
        wrong = [problem for problem in parsed.problems if problem.severity == "error"]
        lost = None if parsed.readable else 0
        why = f"{wrong[0].message}; {wrong[0].hint}" if wrong else ""
        file = self._put(seen, name, hash, "briefing", found, 1, why, len(wrong), lost)
        of = parsed.briefing.source
        cites = [(file, each, key(there, resolved=True), of[each].published) for each, there in paths.items()]
        self.base.executemany("INSERT INTO cites VALUES (?, ?, ?, ?)", cites)
        self._to_date.update(row[2] for row in cites)
        others = {key(read[each], resolved=True) for each in linked if each in read}
        self.base.executemany("INSERT INTO links VALUES (?, ?)", [(file, to) for to in others])
        led = [  # where a walk through the folders tells it, there is nothing to look at again
            (file, each, _hash(real))
            for each, real in leads.items()
            if os.path.normpath(folder / each) != real or not self._below(real)
        ]
        self.base.executemany("INSERT INTO led VALUES (?, ?, ?)", led)
        self._linked_to(name)
        self.base.executemany(
            "INSERT INTO actor VALUES (?, ?, ?, ?)",
            [(file, ref, each.kind, digest.plain_name(each.name)) for ref, each in found.actors.items()],
        )

    def _put(
        self, seen: Seen, name: str | bytes, hash: bytes, kind: str, found: Digest, listed: int,
        why: str = "", errors: int = 0, lost: int | None = None,
    ) -> int:  # fmt: skip
        own = days(found.date)
        start = self._room(LAST - ((own[0] or own[1]) if own else 0), len(found.items) or 1)
        dated = found.spans()
        spans = [*((first, last) for _, first, last in dated if first <= last), *([own] if own else [])]
        first, last = min((each[0] for each in spans), default=None), max((each[1] for each in spans), default=None)
        origin = next((each.title or Path(each.path).name for each in found.sources.values()), "")
        cursor = self.base.execute(
            f"INSERT INTO file VALUES (NULL{', ?' * 22})",
            (
                name, seen.size, seen.time, hash, kind, listed, start, len(found.items) or 1, clean(found.title),
                clean(found.date), clean(found.marking), clean("\n".join(found.tags)), clean(origin), found.count("quote"),
                found.count("event"), found.draft, first, last, errors, lost, "", clean(why),
            ),
        )  # fmt: skip
        file = int(cursor.lastrowid or 0)
        self.base.execute("INSERT INTO body VALUES (?, ?)", (file, found.pack()))
        if dated:
            self.base.execute("INSERT INTO dated VALUES (?, ?)", (start, packed_spans(dated)))
        self._index(start, found.rows(bool(listed)))
        return file

    def _room(self, day: int, count: int) -> int:
        """The first of so many numbers that are free among the day's; where it has none left, behind all."""
        end = "SELECT start + count FROM file WHERE start < ? ORDER BY start DESC LIMIT 1"
        for below in ((day + 1) << DAY, 1 << 62):
            row = self.base.execute(end, (below,)).fetchone()
            start = max(day << DAY, row[0] if row else 0)
            if start + count <= below:
                break
        return start

    def _take_out(self, file: int, cited_still: bool = False) -> None:
        """Have nothing of a file in the index. What cites it has to be proven again."""
        self.changed += 1
        row = self.base.execute("SELECT path, start, kind, listed FROM file WHERE id = ?", (file,)).fetchone()
        packed = self.base.execute("SELECT digest FROM body WHERE file = ?", (file,)).fetchone()
        if not row or not packed:
            return
        path, start, kind, listed = row
        gone = unpack(packed[0])
        self._index(start, gone.rows(bool(listed)), gone=True)
        cited = self.base.execute("SELECT path FROM cites WHERE file = ?", (file,))
        self._to_date.update(each for (each,) in cited)
        self.base.execute("DELETE FROM dated WHERE start = ?", (start,))
        self.base.executemany("DELETE FROM actor WHERE ref = ? AND file = ?", [(ref, file) for ref in gone.actors])
        for table, column in (("body", "file"), ("cites", "file"), ("links", "file"), ("led", "file"), ("file", "id")):
            self.base.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))
        if kind == "briefing":
            self._linked_to(path)
        else:
            self.base.execute("UPDATE file SET lost = NULL WHERE id IN (SELECT file FROM cites WHERE path = ?)", (path,))

    def _linked_to(self, name: str | bytes) -> None:
        """A briefing is otherwise now: whether links to it lead somewhere, and to what they say, is to be looked at again."""
        self.base.execute("UPDATE file SET lost = NULL WHERE id IN (SELECT file FROM links WHERE path = ?)", (name,))

    # -- proofs -------------------------------------------------------------------------------------------------------

    def proofs(self) -> bool:
        """Look for the words of every briefing whose proof is not known, the newest first."""
        self.base.execute("UPDATE file SET lost = NULL WHERE kind = 'briefing' AND (errors > 0 OR lost > 0)")  # perhaps mended
        waiting = self.base.execute("SELECT path FROM file WHERE lost IS NULL ORDER BY start").fetchall()
        for number, (name,) in enumerate(waiting):
            if self.stop():
                return False
            self._prove(name)
            if number % 10 == 0:
                self.tell(Progress("proving", number, len(waiting)))
        self.tell(Progress("", len(waiting), len(waiting)))
        return True

    def _prove(self, name: str | bytes) -> bool:
        """Look for a briefing's words, where nobody has since it changed; whether that was to be done."""
        from tui.briefing.check import errors

        row = self.base.execute("SELECT id, hash FROM file WHERE path = ? AND lost IS NULL", (name,)).fetchone()
        if not row:
            return False
        path = path_of(name)
        try:
            text = read_text(path)
            if _hash(text) != row[1]:
                return False  # the next look at the files reads it
            reading = prove(Reading(path, parse(text, str(path)), self.index.folders))
            wrong = errors(reading)
        except Unreadable:
            return False
        lost = [item.id for item in reading.briefing.anchored if not reading.anchor(item).found]
        with self._steps():
            self.base.execute(
                "UPDATE file SET errors = ?, lost = ?, unproven = ? WHERE id = ? AND hash = ?",
                (wrong, len(lost), clean("\n".join(lost)), *row),
            )
        return True


def _now(name: str | bytes) -> Seen | None:
    """A file as it is now; None also where another one is reached by its name."""
    path = os.fsdecode(name)
    return catalogue.look(path) if os.path.realpath(path) == path else None


def _resolved(path: str) -> str:
    try:
        return str(Path(path).resolve())
    except (OSError, ValueError, RuntimeError):  # NUL in a path, a loop of links
        return ""


def _hash(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=12).digest()


def main() -> None:
    """The process of its own: its arguments are the folder of the index and the roots; what it has done goes to stdout."""
    folder, *roots = map(Path, sys.argv[int(sys.argv[1]) + 2 :])
    with suppress(OSError, AttributeError):
        os.nice(5)
    last = 0.0

    def tell(progress: Progress) -> None:
        nonlocal last
        if not progress.doing or time.monotonic() - last > 0.2:
            last = time.monotonic()
            print(*progress, sep="\t", flush=True)

    from tui.library.index import Index

    try:
        index = Index(folder, roots)
        done = index.refresh(tell)
        if index.said:
            print("said", " ".join(index.said.split()), sep="\t", flush=True)
    except BrokenPipeError:  # whoever asked is gone
        os._exit(0)
    os._exit(0 if done else 1)
