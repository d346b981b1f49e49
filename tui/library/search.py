"""Queries answered from the index: the rows that meet one, the newest first or the best first, and what each of them says."""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Literal

from tui.briefing.record import NamedTuple
from tui.library.digest import COLUMNS, Digest, Item, days, unpacked_spans
from tui.library.index import BROKEN, OF_ROW, File, Index, files_that
from tui.library.query import Is, OfFile, Query, Signed, When, Words
from tui.library.state import key
from tui.library.words import Word, placed

Order = Literal["newest", "best"]
RANKED = 20_000
"""So many of the newest rows are put in order of rank at the most."""
FEW = 100
"""So many files, or stretches of them, are asked one by one, where a query is for some of them alone."""
ASKED = 20_000
"""So many steps of SQLite's own lie between two times that `stop` is asked."""
TOGETHER = 1_000
"""So many files that stand beside each other are asked at once, at the most: it takes 1 ms to know of more that they do."""
LISTED = 10_000
"""So many files that a query is for are listed at the most; of more, it is the rows found whose files are looked at."""
PASSED = 50
"""After so many files without a date that is asked for, one by one, the next with one is looked for."""
MANY = 64
"""Up to so many words that begin alike are looked up each."""
WEIGHTS = (1.0, 0.6, *[0.0] * (len(COLUMNS) - 2))
"""Of the columns, in the rank: what is said counts for more than who says it."""
IN_SOURCES = Words(("passage",), ("part",))
"""What `in:source` asks."""
_ROWS = "SELECT rowid FROM fts WHERE fts MATCH ?"
_CITED = (
    "SELECT text.start, text.start + text.count FROM file JOIN cites ON cites.file = file.id "
    "JOIN file AS text ON text.path = cites.path"
)
_ANY = "part : (title OR summary OR quote OR event OR passage)"


class Kept(NamedTuple):
    """What the reader's own store says of files; asked only where a query wants to know."""

    read: Callable[[], Collection[Path]] = tuple
    noted: Callable[[], Collection[Path]] = tuple


NOTHING_KEPT = Kept()


class Hit(NamedTuple):
    """A row that was found, and what it says."""

    row: int
    file: File
    """Of a source's passage, the briefing that cites it, where there is one."""
    item: Item
    digest: Digest
    """Of the file that the words stand in."""
    source: str = ""
    """Of a source's passage, the id of that source in the briefing."""

    @property
    def ref(self) -> str:
        """What `readout FILE#REF` begins at; "" for the beginning."""
        return f"{self.source}:{self.item.ref.partition(':')[2] or 1}" if self.source else self.item.ref


class Found(NamedTuple):
    rows: array[int]
    whole: bool = True
    """Whether these are all; False where a limit or `stop` ended it."""
    capped: bool = False
    """Whether there are more than are put in order of rank, so that these are of the newest RANKED."""


def rows(
    index: Index, query: Query, kept: Kept = NOTHING_KEPT, limit: int | None = None, order: Order = "newest",
    stop: Callable[[], bool] = lambda: False,
) -> Found:  # fmt: skip
    """The rows that meet a query, each once. With `limit`, so many of the first; `stop`, asked now and then, ends it with what
    was found until then."""
    found: array[int] = array("q")
    with index.reading() as base:
        answer = _Answer(base, kept)
        base.set_progress_handler(stop, ASKED)
        try:
            if order == "best":
                scored: dict[int, float] = {}
                capped = False
                for terms in query.alternatives:
                    some = list(islice(answer.rows(terms), RANKED + 1))
                    capped = capped or len(some) > RANKED
                    for row, score in answer.scored(terms, some[:RANKED]):
                        scored[row] = min(score, scored.get(row, 0.0))
                found.extend(islice(sorted(scored, key=lambda row: (scored[row], row)), limit))
                return Found(found, limit is None or len(scored) <= limit, capped)
            every = list(map(answer.rows, query.alternatives))
            met = every[0] if len(every) == 1 else _each_once(heapq.merge(*every))
            found.extend(islice(met, limit))  # an interruption leaves those that came before it
            return Found(found, next(met, None) is None)
        except sqlite3.OperationalError as error:
            if "interrupted" not in str(error):
                raise
            return Found(found, False)
        finally:
            base.set_progress_handler(None, 0)


def _each_once(every: Iterable[int]) -> Iterator[int]:
    before = -1
    for row in every:
        if row != before:
            yield row
        before = row


class _Answer:
    """The terms of a query turned into rows, in order."""

    def __init__(self, base: sqlite3.Connection, kept: Kept) -> None:
        self.base, self.kept = base, kept
        self._sets: dict[OfFile, Collection[int]] = {}
        """Of a term the first rows of all files that meet it, where that is known."""

    @cached_property
    def _read(self) -> Collection[Path]:
        return frozenset(self.kept.read())

    @cached_property
    def _noted(self) -> Collection[Path]:
        return frozenset(self.kept.noted())

    def _match(self, terms: Sequence[Signed]) -> str:
        """What FTS5 is asked: the words that are to be met and not to be met, of a row itself."""
        met = [self._words(each.term) for each in terms if each.met and isinstance(each.term, Words)]
        unmet = [self._words(each.term) for each in terms if not each.met and isinstance(each.term, Words)]
        if not met:  # of files alone, their titles; of what is not said, all the rest
            met = [_ANY if unmet else "part : title"]
        asked = " AND ".join(f"({each})" for each in met)
        return f"({asked}) NOT ({' OR '.join(f'({each})' for each in unmet)})" if unmet else asked

    def _words(self, term: Words) -> str:
        """A beginning is looked up as the words that begin so, where they are few: FTS5 puts all the rows of them together
        before it gives the first, and one after the other it need not."""
        if not term.prefix or len(term.words) > 1:
            return term.match
        found: list[str] = []
        begin, word = term.words[0], term.words[0]
        ask = "SELECT term FROM vocabulary WHERE term >= ? LIMIT 1"
        while len(found) <= MANY:
            row = self.base.execute(ask, (word,)).fetchone()
            if row is None or not row[0].startswith(begin):
                break
            found.append(row[0])
            word = row[0] + "\0"
        if not found or len(found) > MANY:
            return term.match
        return " OR ".join(f"({Words((each,), term.columns).match})" for each in found)

    def rows(self, terms: Sequence[Signed]) -> Iterator[int]:
        whens = [each for each in terms if isinstance(each.term, When)]
        then = [each.term for each in whens if each.met and isinstance(each.term, When)]
        of_files = [each for each in terms if isinstance(each.term, (OfFile, Is))]
        ranges = self._about_then(then) if then else None
        few = self._few(of_files, _of_passages(terms))
        if few is not None:
            ranges = iter(few) if ranges is None else _both(iter(few), ranges)
        found = self._within(self._match(terms), ranges)
        if of_files and (few is None or not all(each.met for each in of_files)):
            found = self._meant(found, of_files, _of_passages(terms))
        return self._dated(found, whens) if whens else found

    def scored(self, terms: Sequence[Signed], some: Sequence[int]) -> Iterator[tuple[int, float]]:
        """These of the rows that meet the terms, with their ranks (BM25, of sentences taken to be of one length), the less the
        better."""
        if not some:
            return
        wanted = set(some)
        ask = f"SELECT rowid, bm25(fts, {', '.join(map(str, WEIGHTS))}) FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ?"
        for row, score in self.base.execute(ask, (self._match(terms), some[0], some[-1])):
            if row in wanted:
                yield row, score

    def finds(self, row: int, terms: Sequence[Signed]) -> bool:
        """Whether a row meets these terms, but those that speak of files."""
        whens = [each for each in terms if isinstance(each.term, When)]
        met = (each for (each,) in self.base.execute(f"{_ROWS} AND rowid = ?", (self._match(terms), row)))
        return next(self._dated(met, whens), None) is not None

    def _within(self, match: str, ranges: Iterator[tuple[int, int]] | None) -> Iterator[int]:
        """The rows that match, in order. Of some files alone: the first of them one by one, which is soonest where a page is
        all that is wanted; then all rows, gone through beside the files."""
        if ranges is None:
            for (row,) in self.base.execute(f"{_ROWS} ORDER BY rowid", (match,)):
                yield row
            return
        for start, end in islice(ranges, FEW):
            for (row,) in self.base.execute(f"{_ROWS} AND rowid >= ? AND rowid < ? ORDER BY rowid", (match, start, end)):
                yield row
        here = next(ranges, None)
        if here is None:
            return
        for (row,) in self.base.execute(f"{_ROWS} AND rowid >= ? ORDER BY rowid", (match, here[0])):
            while here and here[1] <= row:
                here = next(ranges, None)
            if here is None:
                return
            if here[0] <= row:
                yield row

    # -- files --------------------------------------------------------------------------------------------------------

    def _few(self, of_files: Sequence[Signed], passages: bool) -> list[tuple[int, int]] | None:
        """The files that meet all these terms, and the texts that they cite, where `passages` can be met; None where they are
        many. What is not to be met is to be asked of each row still, for a text can be cited by several."""
        if not of_files:
            return None
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
        """The files that meet a term, by their first rows, in order; of what is not to be met, those that the library lists."""
        if isinstance(each.term, OfFile):
            if each.met:
                return self._titled(each.term)
            titled = self._all_titled(each.term)
            return (start for start in self._starts("listed = 1") if start not in titled)
        assert isinstance(each.term, Is)
        what, met = each.term.what, each.met
        if what == "draft":
            return self._starts("draft = 1" if met else "listed = 1 AND draft = 0")
        if what == "broken":
            return self._starts(BROKEN if met else "listed = 1 AND errors = 0 AND coalesce(lost, 0) = 0")
        names = {key(path, resolved=True) for path in (self._noted if what == "noted" else self._read)}
        if met == (what == "noted"):
            return iter(sorted(start for name in names for start in self._starts("path = ?", name)))
        listed = self.base.execute("SELECT start, path FROM file WHERE listed = 1 ORDER BY start")
        return (start for start, name in listed if name not in names)

    def _starts(self, where: str, *values: object) -> Iterator[int]:
        return (start for (start,) in self.base.execute(f"SELECT start FROM file WHERE {where} ORDER BY start", values))

    def _titled(self, term: OfFile) -> Iterator[int]:
        """The files whose title rows say this."""
        match = self._words(term.words)
        if "words" in term.words.columns:
            match = f"({match}) AND part : title"
        return (start for (start,) in self.base.execute(f"{_ROWS} ORDER BY rowid", (match,)))

    def _all_titled(self, term: OfFile) -> Collection[int]:
        if term not in self._sets:
            self._sets[term] = frozenset(self._titled(term))
        return self._sets[term]

    def _meant(self, found: Iterator[int], of_files: Sequence[Signed], passages: bool) -> Iterator[int]:
        """Of these rows those of files that meet the terms and, where `passages` can be met, of texts that such a file cites.
        What is not to be met, no file that cites a text may meet."""
        met, unmet = [each for each in of_files if each.met], [each for each in of_files if not each.met]
        for each in of_files:
            if isinstance(each.term, OfFile):
                self._all_titled(each.term)  # asked of one file after the other, FTS5 takes 1 ms each
        citing = "id IN (SELECT file FROM cites WHERE path = ?)"
        end, meant = 0, False
        for row in found:
            if row >= end:
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
        """Whether a file is one that these terms mean, as far as they speak of files."""
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
        match = f"({self._words(term.words)}) AND part : title"
        return self.base.execute(f"{_ROWS} AND rowid = ?", (match, file.start)).fetchone() is not None

    def _is(self, file: File, what: str) -> bool:
        if what in ("draft", "broken"):
            return file.draft if what == "draft" else not file.sound
        return file.path in self._noted if what == "noted" else file.listed and file.path not in self._read

    def _about_then(self, whens: Sequence[When]) -> Iterator[tuple[int, int]]:
        """Files between which none is without such dates, several at once, as mostly a whole stretch of them has them. Where
        it has not, SQLite itself looks for the next, ten times as fast."""
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

    # -- dates --------------------------------------------------------------------------------------------------------

    def _dated(self, found: Iterator[int], whens: Sequence[Signed]) -> Iterator[int]:
        file, end = 0, 0
        own: tuple[int, int] | None = None
        spans: dict[int, tuple[int, int]] = {}
        for row in found:
            if row >= end:
                said = "start, count, date, (SELECT spans FROM dated WHERE dated.start = file.start)"
                ask = f"SELECT {said} FROM file WHERE {OF_ROW}"
                file, count, date, packed = self.base.execute(ask, (row,)).fetchone()
                end, own = file + count, days(date)
                spans = unpacked_spans(packed or "", count)
            if all(_meets(spans.get(row - file, own), each) for each in whens):
                yield row


def _of_passages(terms: Sequence[Signed]) -> bool:
    """Whether a paragraph of a source can meet all the words: it has no speaker, and is no quote."""
    words = [(each.term, each.met) for each in terms if isinstance(each.term, Words)]
    return bool(words) and all("words" in term.columns or term == IN_SOURCES for term, met in words if met)


def _meets(span: tuple[int, int] | None, when: Signed) -> bool:
    assert isinstance(when.term, When)
    can = span is not None and span[0] <= span[1] and (span[1] >= when.term.day if when.term.after else span[0] < when.term.day)
    return can == when.met


def _in_both(one: Iterator[int], other: Iterator[int]) -> Iterator[int]:
    """What is in both of two lists of numbers, each in order."""
    there = next(other, None)
    for here in one:
        while there is not None and there < here:
            there = next(other, None)
        if there is None:
            return
        if there == here:
            yield here


def _both(one: Iterator[tuple[int, int]], other: Iterator[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is in both of two lists of ranges, each in order."""
    here, there = next(one, None), next(other, None)
    while here and there:
        start, end = max(here[0], there[0]), min(here[1], there[1])
        if start < end:
            yield start, end
        if here[1] <= there[1]:
            here = next(one, None)
        else:
            there = next(other, None)


# -- what is shown --------------------------------------------------------------------------------------------------------


class Shelved:
    """What rows say, of the files met last kept at hand."""

    def __init__(self, index: Index, held: int = 256) -> None:
        self.index = index
        self._held = held
        self._files: dict[int, tuple[File, Digest]] = {}
        self._starts: list[int] = []

    def hit(self, row: int, query: Query | None = None, kept: Kept = NOTHING_KEPT) -> Hit | None:
        """None where the file is gone from the index meanwhile. Of the briefings that cite a text it is the newest one's or,
        of those that the query means, the newest of them."""
        at = bisect_right(self._starts, row) - 1
        found = self._files.get(self._starts[at]) if at >= 0 else None
        if not found or row >= found[0].start + found[0].rows:
            file = self.index.file_at(row)
            digest = self.index.digest(file.id) if file else None
            if not file or digest is None:
                return None
            if len(self._files) >= self._held:
                self._files.clear()
            self._files[file.start] = found = (file, digest)
            self._starts = sorted(self._files)
        file, digest = found
        number = row - file.start
        if number >= len(digest.items):
            return None
        item = digest.items[number]
        for briefing, source in citing(self.index, file, query, kept, row)[:1] if file.kind == "text" else ():
            return Hit(row, briefing, item, digest, source)
        return Hit(row, file, item, digest)

    def hits(self, rows: Sequence[int], query: Query | None = None, kept: Kept = NOTHING_KEPT) -> list[Hit]:
        return [hit for row in rows if (hit := self.hit(row, query, kept))]


def citing(
    index: Index, text: File, query: Query | None = None, kept: Kept = NOTHING_KEPT, row: int = 0
) -> list[tuple[File, str]]:
    """The briefings that cite a text, each with the id that it has for it, the newest first: those that the query means, as far
    as it speaks of files, where it finds this row; where it means none of them, all."""
    cited = index.citing(text.path)
    files = index.files([id for id, _ in cited])
    every = [(files[id], source) for id, source in cited if id in files]
    if query is None or len(every) < 2:
        return every
    with index.reading() as base:
        answer = _Answer(base, kept)
        one = len(query.alternatives) == 1
        these = [terms for terms in query.alternatives if one or answer.finds(row, terms)]
        return [each for each in every if any(answer.fits(each[0], terms) for terms in these)] or every


def lit(text: str, query: Query, column: str = "words") -> list[tuple[int, int]]:
    """Where in a text (code points, end exclusive) stands what a query looks for in such texts."""
    terms = query.lit(column)
    if not terms:
        return []
    these = list(placed(text))
    found = [span for term in terms for span in _stretches(these, term)]
    return sorted(set(found))


def _stretches(these: Sequence[Word], term: Words) -> Iterator[tuple[int, int]]:
    size = len(term.words)
    *whole, last = term.words
    for at in range(len(these) - size + 1):
        if [each.word for each in these[at : at + size - 1]] != whole:
            continue
        ends = these[at + size - 1]
        if ends.word == last or (term.prefix and ends.word.startswith(last)):
            yield these[at].start, ends.end


def snippet(text: str, spans: Sequence[tuple[int, int]], most: int = 240) -> tuple[str, list[tuple[int, int]]]:
    """So much of a text at the most as shows what was found in it, ellipses where it is cut, and where that stands there."""
    if len(text) <= most:
        return text, list(spans)
    first = spans[0][0] if spans else 0
    start = 0 if first < most // 3 else text.rfind(" ", 0, max(1, first - most // 4)) + 1
    end = len(text) if len(text) - start <= most else text.rfind(" ", start, start + most)
    end = end if end > start else min(len(text), start + most)
    lead = "… " if start else ""
    moved = [(a - start + len(lead), min(b, end) - start + len(lead)) for a, b in spans if a >= start and a < end]
    return f"{lead}{text[start:end]}{' …' if end < len(text) else ''}", moved
