"""Which files a query is for: those that meet its terms which speak of files (`title: tag: marking: source: is:`), and those in
which something can be that its dates ask for. A file is named by the first of its rows, and files come in the order of these.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path

from tui.briefing.record import NamedTuple
from tui.library.homes import key
from tui.library.query import Is, OfFile, Signed, When, Words
from tui.library.schema import BROKEN, OF_ROW, File, files_that

TOGETHER = 1_000
"""At most so many neighbouring files are asked at once: more take over 1 ms."""
LISTED = 10_000
"""So many files that a query is for are listed at the most; of more, it is the rows found whose files are looked at."""
PASSED = 50
"""After so many files without such a date, one by one, the next with one is searched for."""
MANY = 64
"""Up to so many words that begin alike are looked up each."""
IN_SOURCES = Words(("passage",), ("part",))
"""What `in:source` asks."""
ROWS = "SELECT rowid FROM fts WHERE fts MATCH ?"
_CITED = (
    "SELECT text.start, text.start + text.count FROM file JOIN cites ON cites.file = file.id "
    "JOIN file AS text ON text.path = cites.path"
)


class Kept(NamedTuple):
    """What the reader's own store says of files; asked only where a query wants to know."""

    read: Callable[[], Collection[Path]] = tuple
    noted: Callable[[], Collection[Path]] = tuple


NOTHING_KEPT = Kept()


class Scope:
    """Where a query's rows are searched for (`within`), and which of them are left (`meant`)."""

    def __init__(self, base: sqlite3.Connection, kept: Kept) -> None:
        self.base, self.kept = base, kept
        self._sets: dict[OfFile, Collection[int]] = {}
        """Of a term the files that meet it, where all of them are known."""

    @cached_property
    def _read(self) -> Collection[Path]:
        return frozenset(self.kept.read())

    @cached_property
    def _noted(self) -> Collection[Path]:
        return frozenset(self.kept.noted())

    def within(self, terms: Sequence[Signed]) -> tuple[Iterator[tuple[int, int]] | None, bool]:
        """Return the only stretches of rows that can meet these terms, in order, None for all; and whether every row
        there is of a file that meets the terms about files."""
        then = [each.term for each in terms if each.met and isinstance(each.term, When)]
        of_files = [each for each in terms if isinstance(each.term, (OfFile, Is))]
        ranges = self._about_then(then) if then else None
        few = self._few(of_files, _of_passages(terms)) if of_files else None
        if few is not None:
            ranges = iter(few) if ranges is None else _both(iter(few), ranges)
        return ranges, not of_files or (few is not None and all(each.met for each in of_files))

    def _few(self, of_files: Sequence[Signed], passages: bool) -> list[tuple[int, int]] | None:
        """Return the files that meet all these terms, and the texts that they cite, if `passages` can be met; None if
        they are many. Negated terms must be asked of each row still, because a text can be cited by several."""
        every = self._meeting(of_files[0])
        for each in of_files[1:]:
            every = _in_both(every, self._meeting(each))
        starts = list(islice(every, LISTED + 1))
        if len(starts) > LISTED:
            return None
        cited = f"{_CITED} WHERE file.start" if passages or not any(each.met for each in of_files) else ""
        found: set[tuple[int, int]] = set()
        for first in range(0, len(starts), 500):
            some = starts[first : first + 500]
            these = f"IN ({', '.join('?' * len(some))})"
            found.update(self.base.execute(f"SELECT start, start + count FROM file WHERE start {these}", some))
            if cited:
                found.update(self.base.execute(f"{cited} {these}", some))
        return sorted(found)

    def _meeting(self, each: Signed) -> Iterator[int]:
        """Yield the files that meet a term, by their first rows, in order; for a negated term, those that the
        library lists."""
        if isinstance(each.term, OfFile):
            return self._titled(each.term, each.met)
        assert isinstance(each.term, Is)
        what, met = each.term.what, each.met
        if what == "draft":
            return self._starts("draft = 1" if met else "listed = 1 AND draft = 0")
        if what == "broken":
            return self._starts(BROKEN if met else "listed = 1 AND errors = 0 AND coalesce(lost, 0) = 0")
        paths = self._noted if what == "noted" else self._read
        these = {start for path in paths for start in self._starts("path = ?", key(path, resolved=True))}
        if met == (what == "noted"):
            return iter(sorted(these))
        return (start for start in self._starts("listed = 1") if start not in these)

    def _starts(self, where: str, *values: object) -> Iterator[int]:
        return (start for (start,) in self.base.execute(f"SELECT start FROM file WHERE {where} ORDER BY start", values))

    def _titled(self, term: OfFile, met: bool = True) -> Iterator[int]:
        """Yield the files whose title rows say this, or do not."""
        match = matching(self.base, term.words)
        if not met:
            match = f"(part : title) NOT ({match})"
        elif "words" in term.words.columns:
            match = f"({match}) AND part : title"
        return (start for (start,) in self.base.execute(f"{ROWS} ORDER BY rowid", (match,)))

    def _all_titled(self, term: OfFile) -> Collection[int]:
        if term not in self._sets:
            self._sets[term] = frozenset(self._titled(term))
        return self._sets[term]

    def meant(self, found: Iterator[int], terms: Sequence[Signed]) -> Iterator[int]:
        """Return, of these rows, those of files that meet the terms about files and, if a paragraph can meet the
        others, of texts that such a file cites. No file that cites a text may meet a negated term."""
        of_files = [each for each in terms if isinstance(each.term, (OfFile, Is))]
        met, unmet = [each for each in of_files if each.met], [each for each in of_files if not each.met]
        passages, citing = _of_passages(terms), "id IN (SELECT file FROM cites WHERE path = ?)"
        end, meant = 0, False
        for row in found:
            if row >= end:
                for each in of_files:
                    if isinstance(each.term, OfFile):
                        self._all_titled(each.term)  # asked of one file after the other, FTS5 takes 1 ms each
                file = next(files_that(self.base, OF_ROW, row), None)
                if file is None:
                    continue  # taken out meanwhile
                end = file.start + file.rows
                others = [*files_that(self.base, citing, key(file.path, resolved=True))] if file.kind == "text" else []
                may = [file, *others] if passages else [file]
                meant = all(self.fits(each, unmet) for each in (file, *others)) and any(self.fits(each, met) for each in may)
            if meant:
                yield row

    def fits(self, file: File, terms: Sequence[Signed]) -> bool:
        """Test whether these terms mean a file, as far as they are about files."""
        for each in terms:
            if isinstance(each.term, OfFile):
                met = self._is_titled(file, each.term)
            elif isinstance(each.term, Is):
                met = self._is(file, each.term.what)
            else:
                continue
            if met != each.met:
                return False
        return True

    def _is_titled(self, file: File, term: OfFile) -> bool:
        if term in self._sets:
            return file.start in self._sets[term]
        match = f"({matching(self.base, term.words)}) AND part : title"
        return self.base.execute(f"{ROWS} AND rowid = ?", (match, file.start)).fetchone() is not None

    def _is(self, file: File, what: str) -> bool:
        if what in ("draft", "broken"):
            return file.draft if what == "draft" else not file.sound
        return file.path in self._noted if what == "noted" else file.listed and file.path not in self._read

    def _about_then(self, whens: Sequence[When]) -> Iterator[tuple[int, int]]:
        """Yield ranges of files that all have such dates, several at once, because a whole stretch of them mostly
        does. Otherwise SQLite itself looks for the next, ten times as fast."""
        can = " AND ".join("last >= ?" if when.after else "first < ?" for when in whens)
        known = [when.day for when in whens]
        ask = f"SELECT start, start + count, {can} FROM file WHERE start > ? ORDER BY start"
        next_one = f"SELECT start - 1 FROM file WHERE {can} AND start > ? ORDER BY start LIMIT 1"
        place: tuple[int] | None = (-1,)
        while place:
            start = begin = end = many = passed = 0
            for start, behind, met in self.base.execute(ask, (*known, *place)):
                if many and (not met or many == TOGETHER):
                    yield begin, end
                    many = 0
                if met:
                    begin, end, many = start if not many else begin, behind, many + 1
                passed = 0 if met else passed + 1
                if passed == PASSED:
                    break
            if many:
                yield begin, end
            place = self.base.execute(next_one, (*known, start)).fetchone() if passed == PASSED else None


def _of_passages(terms: Sequence[Signed]) -> bool:
    """Test whether a paragraph of a source can meet all the words: it has no speaker, and is not a quote."""
    words = [(each.term, each.met) for each in terms if isinstance(each.term, Words)]
    return bool(words) and all("words" in term.columns or term == IN_SOURCES for term, met in words if met)


def _in_both(one: Iterator[int], other: Iterator[int]) -> Iterator[int]:
    """Yield what is in both of two lists of numbers, each in order."""
    there = next(other, None)
    for here in one:
        while there is not None and there < here:
            there = next(other, None)
        if there is None:
            return
        if there == here:
            yield here


def _both(one: Iterator[tuple[int, int]], other: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield what is in both of two lists of ranges, each in order."""
    here, there = next(one, None), next(other, None)
    while here and there:
        start, end = max(here[0], there[0]), min(here[1], there[1])
        if start < end:
            yield start, end
        if here[1] <= there[1]:
            here = next(one, None)
        else:
            there = next(other, None)


def matching(base: sqlite3.Connection, term: Words) -> str:
    """Write what FTS5 is asked for a term. A beginning is looked up as the words that begin so, if they are few: FTS5
    puts all the rows of them together before it gives the first, and one after the other it need not."""
    if not term.prefix or len(term.words) > 1:
        return term.match
    found: list[str] = []
    begin, word = term.words[0], term.words[0]
    ask = "SELECT term FROM vocabulary WHERE term >= ? LIMIT 1"
    while len(found) <= MANY:
        row = base.execute(ask, (word,)).fetchone()
        if row is None or not row[0].startswith(begin):
            break
        found.append(row[0])
        word = row[0] + "\0"
    if not found or len(found) > MANY:
        return term.match
    return " OR ".join(f"({Words((each,), term.columns).match})" for each in found)
