"""A library as somebody looks at it: its files in an order and in groups, what of them was read or noted, and its searches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from tui.briefing import dates
from tui.briefing.files import unread
from tui.briefing.problem import Problem
from tui.briefing.record import NamedTuple
from tui.library.charter import Charter
from tui.library.digest import Digest
from tui.library.index import Index
from tui.library.query import Query
from tui.library.schema import DAY, UNDATED, File
from tui.library.scope import Kept
from tui.library.search import Hit, Shelved, citing, rows
from tui.library.state import State, Unkept

HELD = 2_000
"""Files in the cache; those around one that is asked for are fetched with it."""
AROUND = 100

ORDERS: Mapping[str, str] = {
    "newest": "start",
    "oldest": f"start >= {UNDATED << DAY}, -start",
    "title": "title COLLATE NOCASE, start",
    "most quotes": "quotes DESC, start",
    "most in doubt": "coalesce(lost, 0) + errors DESC, start",
}
"""Name → how SQLite puts the files in that order."""
GROUPS = ("", "month", "tag", "source")


class Listing(NamedTuple):
    """The lines of the list: the id of each file, 0 for the heading of a group."""

    ids: Sequence[int]
    headings: Mapping[int, tuple[str, int]] = {}
    """Line → the group's name, and how many files it has."""
    whole: bool = True
    """Whether these are all that there are."""

    @property
    def files(self) -> int:
        """Count files, each once, in however many groups it is."""
        return len(self.ids) if not self.headings else len({*self.ids} - {0})


class Library:
    """`index`: what its files say; `state`: what this reader keeps; `charter` and `searches`: what people have set."""

    def __init__(
        self, index: Index, state: State, charter: Charter, searches: Mapping[str, str], problems: Sequence[Problem] = ()
    ) -> None:
        """Open a library. `problems`: what is wrong with people's settings."""
        self.index, self.state, self.charter = index, state, charter
        self.searches = {**charter.searches, **searches}
        self.problems = problems
        self.shelved = Shelved(index)
        self.kept = Kept(lambda: self.read, lambda: self.noted)
        self.read: set[Path] = set()
        self.noted: set[Path] = set()
        self._files: dict[int, File] = {}
        self._listing = Listing(())
        self._namesakes: tuple[object, frozenset[tuple[str, str]]] = (None, frozenset())

    def look_again(self) -> None:
        """Drop cached files and reload read and noted paths."""
        self._files.clear()
        self.shelved = Shelved(self.index)
        with suppress(Unkept):  # said when something is to be kept
            self.read = self.state.read_briefings()
            self.noted = {each.briefing for each in (*self.state.notes(), *self.state.marks())}

    def listed(
        self, order: str = "newest", group: str = "", only: Query | None = None, limit: int | None = None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Listing:  # fmt: skip
        """List the files in an order; in groups, each under every group it is in. `only`: files with matches of a
        query, which `stop` may end. `limit`: at most so many files, or those of so many rows that meet the query."""
        whole = True
        if only is None:
            ids = self._ids(order, None if group else limit)
        else:
            met, whole = self._meeting(only, limit, stop)
            ids = self._ids(order, among=met)
        listing = Listing(ids, whole=whole)
        self._listing = self._grouped(listing, group) if group else listing
        return self._listing

    def _ids(self, order: str, limit: int | None = None, among: Collection[int] | None = None) -> list[int]:
        some = "" if among is None else "AND id IN (SELECT value FROM json_each(?)) "
        values = (*(() if among is None else (json.dumps([*among]),)), -1 if limit is None else limit)
        with self.index.reading() as base:
            ask = f"SELECT id FROM file WHERE listed = 1 {some}ORDER BY {ORDERS[order]} LIMIT ?"
            return [row[0] for row in base.execute(ask, values)]

    def _meeting(self, query: Query, limit: int | None, stop: Callable[[], bool]) -> tuple[set[int], bool]:
        """Return the ids of the files in which a row meets the query, and of those that cite one; whether these are
        all."""
        found: set[int] = set()
        met = rows(self.index, query, self.kept, limit, stop=stop)
        file: File | None = None
        for row in met.rows:
            before = file
            if not file or row >= file.start + file.rows:
                file = self.index.file_at(row)
            if file and file.kind != "text":
                found.add(file.id)
            elif file and (file is not before or len(query.alternatives) > 1):
                found.update((file.id, *(each.id for each, _ in citing(self.index, file, query, self.kept, row))))
        return found, met.whole

    def _grouped(self, listing: Listing, group: str) -> Listing:
        of: dict[str, list[int]] = {}
        column = {"month": "date", "tag": "tags", "source": "origins"}[group]
        with self.index.reading() as base:
            values = dict(base.execute(f"SELECT id, {column} FROM file WHERE listed = 1").fetchall())
        for id in listing.ids:
            for name in _names(group, str(values.get(id) or "")):
                of.setdefault(name, []).append(id)
        if group != "month":
            of = dict(sorted(of.items(), key=lambda each: (each[0].startswith("no "), each[0].casefold())))
        lines: list[int] = []
        headings: dict[int, tuple[str, int]] = {}
        for name, these in of.items():
            headings[len(lines)] = (name, len(these))
            lines += [0, *these]
        return listing._replace(ids=lines, headings=headings)

    def file(self, id: int, line: int = 0) -> File | None:
        """Return a file. `line`: where it is in the last listing; its neighbours there are fetched with it."""
        found = self._files.get(id)
        if found is None:
            near = [each for each in self._listing.ids[max(0, line - AROUND) : line + AROUND] if each]
            if len(self._files) > HELD:
                self._files.clear()
            with suppress(sqlite3.DatabaseError):  # damaged: it is made anew, and listed again
                self._files.update(self.index.files([*near, id]))
            found = self._files.get(id)
        return found

    def namesakes(self) -> frozenset[tuple[str, str]]:
        """Return the (title, date) that several files have."""
        with suppress(sqlite3.DatabaseError):
            version = self.index.version()
            if self._namesakes[0] != version:
                with self.index.reading() as base:
                    ask = "SELECT title, date FROM file WHERE listed = 1 GROUP BY title, date HAVING count(*) > 1"
                    self._namesakes = (version, frozenset(base.execute(ask).fetchall()))
        return self._namesakes[1]

    def unread(self) -> str:
        """Name the folders that could not be read; "" for none."""
        with suppress(sqlite3.DatabaseError):
            return unread(self.index.shut())
        return ""

    def file_at(self, path: Path) -> File | None:
        with suppress(sqlite3.DatabaseError):
            return self.index.file_of(path)
        return None

    def place(self, file: File) -> str:
        """Return where a file is, from the folder of the library that it is in."""
        root = next((root for root in self.index.roots if file.path.is_relative_to(root) and file.path != root), None)
        return str(file.path.relative_to(root)) if root else str(file.path)

    def digest(self, file: int) -> Digest | None:
        with suppress(sqlite3.DatabaseError):
            return self.index.digest(file)
        return None

    def hit(self, row: int, query: Query | None = None) -> Hit | None:
        """Return what a query found in a row of the index; None if that is gone."""
        with suppress(sqlite3.DatabaseError):
            return self.shelved.hit(row, query, self.kept)
        return None


def _names(group: str, value: str) -> Sequence[str]:
    if group == "month":
        return (_month(value),)
    return tuple(dict.fromkeys(filter(None, value.split("\n")))) or (f"no {group}",)


@lru_cache(10_000)
def _month(edtf: str) -> str:
    """Return the month of a date, or as much of it as is certain."""
    when = dates.read(edtf)
    first, last = (when.earliest, when.latest) if when else (None, None)
    if when and first and last and not when.beyond and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    return dates.words(when) if when and (first or last) else "no date"
