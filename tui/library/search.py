"""Queries answered from the index: the rows that meet one, the newest first or the best first, and what each of them says."""

from __future__ import annotations

import heapq
import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from tui.briefing.record import NamedTuple
from tui.library.digest import COLUMNS, Digest, Item, days, unpacked_spans
from tui.library.index import Index
from tui.library.query import Query, Signed, When, Words, asks_for_drafted
from tui.library.schema import OF_ROW, File
from tui.library.scope import NOTHING_KEPT, ROWS, Kept, Scope, matching

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal, TypeAlias

Order: TypeAlias = 'Literal["newest", "best"]'
RANKED = 20_000
"""So many of the newest rows are put in order of rank at the most."""
FEW = 100
"""So many files, or stretches of them, are asked one by one, where a query is for some of them alone."""
ASKED = 20_000
"""So many steps of SQLite's own lie between two times that `stop` is asked."""
WEIGHTS = (1.0, 0.6, *[0.0] * (len(COLUMNS) - 2))
"""Of the columns, in the rank: what is said counts for more than who says it."""
_ANY = "part : (title OR summary OR quote OR event OR passage)"


class Hit(NamedTuple):
    """A row that was found, and what it says."""

    row: int
    file: File
    """Of a source's passage, the briefing that cites it, where there is one."""
    item: Item
    digest: Digest
    """Of the file that has the words."""
    source: str = ""
    """Of a source's passage, the id of that source in the briefing."""

    @property
    def ref(self) -> str:
        """Return what `readout FILE#REF` begins at; "" for the beginning."""
        return f"{self.source}:{self.item.ref.partition(':')[2] or 1}" if self.source else self.item.ref

    @property
    def page(self) -> str:
        """Return where it is in the document that its source was taken from, as a citation says it; "" if that has no
        pages, or nobody has looked yet."""
        if self.item.part not in ("quote", "event"):
            return self.item.page
        return next((page for id, _, page in (each.partition("\t") for each in self.file.pages) if id == self.item.ref), "")


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
    """Find the rows that meet a query, each once. With `limit`, at most that many of the first; `stop`, asked now and
    then, ends it with what was found until then."""
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
        self.base, self.scope = base, Scope(base, kept)

    def _match(self, terms: Sequence[Signed]) -> str:
        """Write what FTS5 is asked: the words that are to be met and not to be met, of a row itself."""
        met = [matching(self.base, each.term) for each in terms if each.met and isinstance(each.term, Words)]
        unmet = [matching(self.base, each.term) for each in terms if not each.met and isinstance(each.term, Words)]
        if not met:  # of files alone, their titles; of what is not said, all the rest
            met = [_ANY if unmet else "part : title"]
        asked = " AND ".join(f"({each})" for each in met)
        return f"({asked}) NOT ({' OR '.join(f'({each})' for each in unmet)})" if unmet else asked

    def rows(self, terms: Sequence[Signed]) -> Iterator[int]:
        ranges, sure = self.scope.within(terms)
        found = self._within(self._match(terms), ranges)
        if not sure:
            found = self.scope.meant(found, terms)
        return self._dated(found, terms)

    def scored(self, terms: Sequence[Signed], some: Sequence[int]) -> Iterator[tuple[int, float]]:
        """Score these rows, those that meet the terms, by BM25, with sentences taken to be of one length; less is
        better."""
        if not some:
            return
        wanted = set(some)
        ask = f"SELECT rowid, bm25(fts, {', '.join(map(str, WEIGHTS))}) FROM fts WHERE fts MATCH ? AND rowid BETWEEN ? AND ?"
        for row, score in self.base.execute(ask, (self._match(terms), some[0], some[-1])):
            if row in wanted:
                yield row, score

    def finds(self, row: int, terms: Sequence[Signed]) -> bool:
        """Test whether a row meets these terms, except those about files."""
        met = (each for (each,) in self.base.execute(f"{ROWS} AND rowid = ?", (self._match(terms), row)))
        return next(self._dated(met, terms), None) is not None

    def _within(self, match: str, ranges: Iterator[tuple[int, int]] | None) -> Iterator[int]:
        """Yield the rows that match, in order. Of some files alone: the first of them one by one, which is soonest if
        a page is all that is wanted; then all rows, gone through next to the files."""
        if ranges is None:
            for (row,) in self.base.execute(f"{ROWS} ORDER BY rowid", (match,)):
                yield row
            return
        for start, end in islice(ranges, FEW):
            for (row,) in self.base.execute(f"{ROWS} AND rowid >= ? AND rowid < ? ORDER BY rowid", (match, start, end)):
                yield row
        here = next(ranges, None)
        if here is None:
            return
        for (row,) in self.base.execute(f"{ROWS} AND rowid >= ? ORDER BY rowid", (match, here[0])):
            while here and here[1] <= row:
                here = next(ranges, None)
            if here is None:
                return
            if here[0] <= row:
                yield row

    def _dated(self, found: Iterator[int], terms: Sequence[Signed]) -> Iterator[int]:
        """Yield those of these rows that meet the terms about dates."""
        whens = [each for each in terms if isinstance(each.term, When)]
        if not whens:
            yield from found
            return
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


def _meets(span: tuple[int, int] | None, when: Signed) -> bool:
    assert isinstance(when.term, When)
    can = span is not None and span[0] <= span[1] and (span[1] >= when.term.day if when.term.after else span[0] < when.term.day)
    return can == when.met


# -- what is shown --------------------------------------------------------------------------------------------------------


class Shelved:
    """What rows say; the files met last are cached."""

    def __init__(self, index: Index, held: int = 256) -> None:
        self.index = index
        self._held = held
        self._files: dict[int, tuple[File, Digest]] = {}
        self._starts: list[int] = []

    def hit(self, row: int, query: Query | None = None, kept: Kept = NOTHING_KEPT) -> Hit | None:
        """Return a hit; None if the file is gone from the index meanwhile. Of the briefings that cite a text it is
        the newest one's or, of those that the query means, the newest of them."""
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


def why_nothing(index: Index, query: Query) -> str:
    """Say why a query finds nothing, in a sentence, if the files are the reason; else ""."""
    if not asks_for_drafted(query):
        return ""
    with index.reading() as base:
        count = base.execute("SELECT count(*) FROM file WHERE listed = 1 AND kind = 'text'").fetchone()[0]
    if not count:
        return ""
    files = "1 file here is a raw article" if count == 1 else f"{count:,} files here are raw articles"
    return f"{files}, without speakers, actors, quotes and events until readout draft drafts {'it' if count == 1 else 'them'}"


def citing(
    index: Index, text: File, query: Query | None = None, kept: Kept = NOTHING_KEPT, row: int = 0
) -> list[tuple[File, str]]:
    """List the briefings that cite a text, each with the id that it has for it, the newest first: those that the
    query means, as far as it is about files, if it finds this row; if it means none of them, all."""
    cited = index.citing(text.path)
    files = index.files([id for id, _ in cited])
    every = [(files[id], source) for id, source in cited if id in files]
    if query is None or len(every) < 2:
        return every
    with index.reading() as base:
        answer = _Answer(base, kept)
        one = len(query.alternatives) == 1
        these = [terms for terms in query.alternatives if one or answer.finds(row, terms)]
        return [each for each in every if any(answer.scope.fits(each[0], terms) for terms in these)] or every
