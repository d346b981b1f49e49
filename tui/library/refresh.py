"""Compare an index with the files: read those that changed, take out those that are gone. `update.py` says when."""

from __future__ import annotations

import json
import os
import sqlite3
import stat
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path

from tui.briefing.anchor import Text
from tui.briefing.files import (
    Unreadable,
    body_of,
    inside,
    library_of,
    listed_unread,
    may_mean_briefing,
    reach,
    read_text,
    real,
    spelled,
)  # fmt: skip
from tui.briefing.original import original_of
from tui.documents.kinds import named_document
from tui.library import catalogue, digest
from tui.library.catalogue import Seen
from tui.library.digest import Digest
from tui.library.homes import key, path_of
from tui.library.index import Index
from tui.library.proving import prove_all, prove_one
from tui.library.schema import Progress
from tui.library.writing import Writing, fingerprint

RECENT = 2_000_000_000
"""Nanoseconds: a file that changed no longer ago than this when it was read may change again without its time changing."""
TAKEN = ""
"""The kind of a document that a text of the library was taken from: the text is read in its place."""
PROVEN = 20
"""So many of the files that are shown are proven before they are."""


class Refresh:
    """One bringing up to date."""

    def __init__(
        self, index: Index, base: sqlite3.Connection, tell: Callable[[Progress], None], stop: Callable[[], bool]
    ) -> None:
        self.index, self.base, self._tell, self.stop = index, base, tell, stop
        self.writing = Writing(index, base)
        self._folders: dict[str, str] = {}
        """Real paths of folders, by how they are named."""
        self._may: dict[tuple[Path, str], bool] = {}
        self._linked: set[str] | None = None
        """The real paths of the files that links of the library lead to; None until the folders were walked."""
        """Whether briefings in the one folder may read what is in the other."""
        self._roots = tuple(map(os.fspath, index.roots))

    def tell(self, progress: Progress) -> None:
        with self.writing.let_read():
            self._tell(progress)

    def proofs(self) -> bool:
        return prove_all(self.writing, self.tell, self.stop)

    # -- files --------------------------------------------------------------------------------------------------------

    def files(self) -> bool:
        known = {row[0]: row[1:] for row in self.base.execute("SELECT path, size, time, kind FROM file")}
        to_read: list[Seen] = []
        documents: list[Seen] = []
        here: set[str | bytes] = set()
        ways: list[str] = []
        shut: list[str] = []
        of = 0
        self._linked = set()
        for seen in catalogue.files(self.index.roots, ways, self._linked, shut):
            of += 1
            name = key(seen.path, resolved=True)
            here.add(name)
            if named_document(seen.path):
                documents.append(seen)
            elif name not in known or known[name][:2] != (seen.size, seen.time):
                to_read.append(seen)
            if of % 2000 == 0:
                self.tell(Progress("looking", of, 0))
                if self.stop():
                    return False
        with self.writing.steps():
            if not self._located_anew(ways) or not self._read(to_read):
                self.writing.step(end=True)
                return False
            self._gone(known.keys() - here)
            if not self._read_documents(documents, known):
                self.writing.step(end=True)
                return False
            self._cited(here)
            every = {name for (name,) in self.base.execute("SELECT path FROM file")}
            self._gone(every - here)  # a text that nobody cites any more, once those who cited it are gone
            self._date_anew()
            self._list()
            self.writing.know("shut", json.dumps(shut))
            self.writing.know("refreshed", time.time())
        self.tell(Progress("", of, of, self.writing.changed))
        return True

    def _read(self, these: Sequence[Seen]) -> bool:
        """Read these files; return False if it was stopped."""
        texts: list[Seen] = []
        for waiting, now in ((these, False), (texts, True)):  # texts once it is known who cites them, and what they say of them
            for number, seen in enumerate(waiting):
                if self.stop():
                    return False
                self.writing.step()
                if not self._take_in(seen, texts=now):
                    texts.append(seen)
                if number % 20 == 0:
                    self.tell(Progress("reading", number, len(waiting), self.writing.changed))
        return True

    def _read_documents(self, these: Sequence[Seen], known: Mapping[str | bytes, tuple[int, int, str]]) -> bool:
        """Read the documents that changed, and those that a text was taken from only now, or no longer; return False if
        it was stopped. `known`: the size, time and kind that the index has."""
        changed = []
        for seen in these:
            name = key(seen.path, resolved=True)
            size, when, kind = known.get(name, (0, 0, ""))
            if (size, when) != (seen.size, seen.time) or (kind == TAKEN) != self._is_taken(name):
                changed.append(seen)
        for number, seen in enumerate(changed):
            if self.stop():
                return False
            self.tell(Progress("reading", number, len(changed), self.writing.changed))
            self.writing.step()
            self._take_in(seen)
        return True

    def _is_taken(self, name: str | bytes) -> bool:
        """Test whether a text of the library was taken from this document."""
        return self.base.execute("SELECT 1 FROM taken WHERE path = ? LIMIT 1", (name,)).fetchone() is not None

    def _text(self, path: Path) -> str:
        """Return the normalised text of a file, or of a document. Raises Unreadable."""
        if named_document(path.name):
            from tui.documents.source import text_of

            with self.writing.let_read():  # it may take a minute
                text = text_of(path, (path,), None if self.index.in_memory else self.index.path.parent)
            if text is not None:
                return text
        return read_text(path, (path,))

    def _located_anew(self, ways: Sequence[str]) -> bool:
        """Read briefings again if a link leads elsewhere, or another folder is the library: their sources are other
        files, or may be read only now, or no longer. Return False if it was stopped."""
        marks = [str(library_of(root)) for root in self.index.roots]
        now = fingerprint("\0\0".join(sorted((*ways, *marks))))
        before = self.base.execute("SELECT value FROM known WHERE what = 'ways'").fetchone()
        if before and before[0] == now:
            names = self._led_elsewhere()
        else:
            names = [name for (name,) in self.base.execute("SELECT path FROM file WHERE kind = 'briefing'")]
        for name in dict.fromkeys(names):
            if self.stop():
                return False
            self.writing.step()
            if seen := _now(name):
                self._take_in(seen, anew=True)
        self.writing.know("ways", now)
        return True

    def _led_elsewhere(self, where: str = "", *values: object) -> list[str | bytes]:
        """List the briefings, or those of them, that name something which leads to another file by now."""
        ask = f"SELECT file.path, named, there FROM led JOIN file ON file.id = led.file {where}"
        rows = self.base.execute(ask, values)
        return [name for name, named, there in rows if fingerprint(self._leads(path_of(name).parent, named)) != there]

    def _gone(self, names: Collection[str | bytes]) -> None:
        """Take out the files of these names, but those that somebody cites."""
        for name in names:
            row = self.base.execute(
                "SELECT id FROM file WHERE path = ? AND NOT EXISTS (SELECT 1 FROM cites WHERE cites.path = file.path)", (name,)
            ).fetchone()
            if row:
                self.writing.step()
                self.writing.take_out(row[0])

    def _date_anew(self) -> None:
        """Date texts again: one whose own words tell no date is as old as a briefing that cites it says."""
        for name in tuple(self.writing.to_date):
            row = self.base.execute("SELECT date FROM file WHERE path = ? AND kind = 'text'", (name,)).fetchone()
            if row and row[0] != self._published(name) and (seen := _now(name)):
                self.writing.step()
                self._take_in(seen, anew=True)

    def _published(self, name: str | bytes) -> str:
        """Return when a text was published, as the first briefing that says so has it; "" if none does."""
        ask = "SELECT published FROM cites WHERE path = ? AND published != '' ORDER BY published LIMIT 1"
        row = self.base.execute(ask, (name,)).fetchone()
        return row[0] if row else ""

    def some(self, paths: Sequence[str]) -> bool:
        """Rescan these files alone, and verify the first PROVEN of them."""
        names = [key(path, resolved=True) for path in paths]
        ask = "SELECT cites.path FROM cites JOIN file ON file.id = cites.file WHERE file.path = ?"
        cited = [os.fsdecode(there) for name in names for (there,) in self.base.execute(ask, (name,))]
        moved = {each for name in names for each in self._led_elsewhere("WHERE file.path = ?", name)}
        with self.writing.steps():
            for path in dict.fromkeys((*filter(self._below, paths), *cited)):
                name = key(path, resolved=True)
                seen = _now(name)
                known = self.base.execute("SELECT id, size, time FROM file WHERE path = ?", (name,)).fetchone()
                if seen is None and known:
                    self.writing.take_out(known[0])
                elif seen and (name in moved or not known or known[1:] != (seen.size, seen.time)):
                    self._take_in(seen, anew=name in moved)
            self._date_anew()
            if self.writing.changed:
                self._list()
        proven = [prove_one(self.writing, name) for name in names[:PROVEN]]
        return bool(self.writing.changed) or any(proven)

    def _cited(self, here: Collection[str | bytes]) -> None:
        """Read the texts that briefings cite and that are outside the library's folders, if they are new or changed."""
        ask = "SELECT DISTINCT cites.path, size, time, file.id FROM cites LEFT JOIN file ON file.path = cites.path"
        for name, size, when, id in self.base.execute(ask).fetchall():
            if name in here:
                continue
            seen = _now(name)
            self.writing.step()
            if seen is None and id is not None:
                self.writing.take_out(id)
            elif seen and (seen.size, seen.time) != (size, when):
                self._take_in(seen)

    def _list(self) -> None:
        """List texts, except those that a briefing cites: they are its sources, and have no title."""
        cited = {name for (name,) in self.base.execute("SELECT path FROM cites")}
        for id, name, listed in self.base.execute("SELECT id, path, listed FROM file WHERE kind = 'text'").fetchall():
            own = name not in cited and self._below(os.fsdecode(name))
            if own != bool(listed):
                self.writing.set_listed(id, own)

    def _take_in(self, seen: Seen, texts: bool = True, anew: bool = False) -> bool:
        """Read a file into the index. False for a text if `texts` are to wait. `anew`: also if it
        is as it was."""
        path, name = Path(seen.path), key(seen.path, resolved=True)
        document = named_document(path.name)
        if not texts and (document or not may_mean_briefing(path)):
            return False
        when = seen.time if time.time_ns() - seen.time > RECENT else 0
        old = self.base.execute("SELECT id, hash, kind FROM file WHERE path = ?", (name,)).fetchone()
        try:
            text = "" if document and self._is_taken(name) else self._text(path)
        except Unreadable as refusal:
            why = "; ".join(filter(None, (refusal.message.removeprefix(f"{path.name}: "), refusal.hint)))
            text, kind, hash = "", "unreadable", b""
            when = 0 if "pip install" in refusal.hint else when  # it may be installed by the next time
            if not self._below(seen.path):
                kind = ""
        else:
            kind, why = catalogue.kind_of(text), ""
            if document:
                kind = "text" if kind else TAKEN
            if kind == "briefing" and not self._below(seen.path):
                kind = ""  # named as a source, which a briefing is not; and none of this library
            hash = fingerprint(text)
            if old and old[1] == hash and old[2] == kind and not anew:
                self.base.execute("UPDATE file SET size = ?, time = ? WHERE id = ?", (seen.size, when, old[0]))
                return True
            if kind == "text" and not texts:
                return False
        if old:
            self.writing.take_out(old[0])
        seen = seen._replace(time=when)
        if kind == "briefing":
            self._put_briefing(seen, hash, text)
        elif kind == "text":
            found = digest.of_text(path, Text(text, body_of(text)), self._published(name))
            cited = self.base.execute("SELECT 1 FROM cites WHERE path = ? LIMIT 1", (name,)).fetchone()
            original = original_of(text) if not document else None
            self.writing.put(
                seen, hash, kind, found, not cited and self._below(seen.path), lost=0,
                original=os.path.realpath(path.parent / original.path) if original else "",
            )  # fmt: skip
        else:
            listed = kind == "unreadable" and (document or listed_unread(path))
            found = Digest(path.name, items=(digest.Item("title", "", path.stem),)) if listed else Digest(path.name)
            self.writing.put(seen, hash, kind, found, listed, why, errors=int(listed and not document), lost=0)
        return True

    def _below(self, path: str) -> bool:
        """Test whether a file is the library's own, and not only cited by one that is."""
        if catalogue.holds(self._roots, path):
            return True
        if self._linked is not None:
            return path in self._linked
        asked = "SELECT 1 FROM file WHERE path = ? AND listed = 1 AND kind = 'briefing'"  # by a link, when last listed
        return self.base.execute(asked, (key(path, resolved=True),)).fetchone() is not None

    def _leads(self, folder: Path, named: str) -> str:
        """Return the real path of what a briefing in this folder names; "" for nowhere. A neighbour that is not a
        link is in the same folder, so each folder is resolved once."""
        asked = os.path.join(folder, named)  # noqa: PTH118 (strings, as all here)
        above, _, name = asked.rpartition("/")
        if above not in self._folders:
            self._folders[above] = _resolved(above or "/")
        real = os.path.join(self._folders[above], name)  # noqa: PTH118
        if self._folders[above] and name not in ("", ".", "..") and "\0" not in name:
            try:
                if not stat.S_ISLNK(os.lstat(real).st_mode):
                    return real
            except OSError:
                return _resolved(str(spelled(asked)))
        return _resolved(asked)

    def _may_read(self, folder: Path, real: str) -> bool:
        """Test whether a briefing in this folder may read that file: as much as all others in the same folder."""
        asked = (folder, os.path.dirname(real))  # noqa: PTH120
        if asked not in self._may:
            self._may[asked] = inside(Path(asked[1]), reach(folder, self.index.folders))
        return bool(real) and self._may[asked]

    def _put_briefing(self, seen: Seen, hash: bytes, text: str) -> None:
        from tui.briefing.parse import parse  # 20 ms, and none where no file changed: so it is for each search
        from tui.briefing.proof import Reading

        path = Path(seen.path)
        folder = path.parent
        parsed = parse(text, seen.path)
        linked = digest.linked(parsed.briefing.summary)
        named = {*linked, *(source.path for source in parsed.briefing.sources)}
        leads = {each: self._leads(folder, each) for each in named}
        read = {each: real for each, real in leads.items() if self._may_read(folder, real)}
        paths = {source.id: read[source.path] for source in parsed.briefing.sources if source.path in read}
        wrong = [problem for problem in parsed.problems if problem.severity == "error"]
        self.writing.put(
            seen, hash, "briefing", digest.of_briefing(Reading(path, parsed), paths), True,
            why=f"{wrong[0].message}; {wrong[0].hint}" if wrong else "",
            errors=len(wrong),
            lost=None if parsed.readable else 0,
            links={read[each] for each in linked if each in read},
            led={
                each: real
                for each, real in leads.items()
                if os.path.normpath(folder / each) != real or not self._below(real)
            },
        )  # fmt: skip


def _now(name: str | bytes) -> Seen | None:
    """Return a file as it is now; None also if another one is reached by its name."""
    path = os.fsdecode(name)
    return catalogue.look(path) if os.path.realpath(path) == path else None


def _resolved(path: str) -> str:
    """Resolve links; "" for a path with a NUL and for a loop of links."""
    found = real(path)
    return "" if "\0" in path or found.is_symlink() else str(found)
