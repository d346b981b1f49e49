"""The two panes of the shelf: the files of a library, or what was found in them; and what is in the one under the cursor."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from sqlite3 import DatabaseError
from typing import overload

from tui.briefing import dates
from tui.briefing.files import ENDINGS
from tui.briefing.problem import counted
from tui.library.query import Query
from tui.library.results import Result, result, said
from tui.library.results import lit as matches
from tui.library.schema import File
from tui.library.search import Hit, why_nothing
from tui.library.shelves import Library, Listing
from tui.reader.drawing.glyphs import NOTED, UNREAD
from tui.reader.drawing.lines import Line, Piece, cut, lit, one_line, safe, width, wrapped
from tui.reader.path.place import Spot
from tui.reader.widgets.messages import Choose
from tui.reader.widgets.pane import Pane

MOST = 300
"""Characters of a hit that are shown."""
NEAR = 20
"""So many rows above and below one with a time are compared with it."""


class Refs(Sequence[str]):
    """What each line is, made when it is asked for: a letter and a number, "" where that is 0."""

    def __init__(self, letter: str, numbers: Sequence[int]) -> None:
        self.letter, self.numbers = letter, numbers

    def __len__(self) -> int:
        return len(self.numbers)

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return Refs(self.letter, self.numbers[at])
        number = self.numbers[at]
        return f"{self.letter}{number}" if number else ""

    def find(self, ref: str) -> int:
        """Return the first line that shows it; -1 for none."""
        if not ref.startswith(self.letter) or not ref[1:].isdecimal():
            return -1
        try:
            return self.numbers.index(int(ref[1:]))
        except ValueError:
            return -1


class Files(Pane):
    """Two lines a file: its title, and what is known of it. A result has two or more."""

    TITLE = "Library"
    OF_A_BRIEFING = False

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.listing = Listing(())
        self.asked: Query | None = None
        """The query, if the rows are its results."""
        self.headed = ""
        self.stood: Callable[[], None] = lambda: None
        """Called when the cursor was put back to where it was."""
        self.nothing: Sequence[str] = ()
        """What is said where there is nothing to list."""

    # -- what is listed -----------------------------------------------------------------------------------------------

    def list_files(self, listing: Listing, headed: str) -> None:
        self.listing, self.asked, self.headed = listing, None, headed
        self._show(Refs("f", listing.ids))

    def list_found(self, rows: Sequence[int], query: Query, headed: str, anew: bool = True) -> None:
        """List what was found. `anew`: it is another search, shown from its beginning."""
        self.asked, self.headed = query, headed
        if not rows:
            with suppress(DatabaseError):
                why = why_nothing(self.library.index, query)
                self.nothing = (*self.nothing, f"{why}.") if why else self.nothing
        self._show(Refs("r", rows), anew)

    def _show(self, entries: Sequence[str], anew: bool = False) -> None:
        self._entries = entries
        if anew:
            self.rebuild()
        else:
            self.sift(anew=True)

    def list_entries(self) -> Sequence[str]:
        return self._entries

    _entries: Sequence[str] = ()

    def draw_again(self) -> None:
        """Draw the rows again: what they say may have changed."""
        self._layout.cache_clear()
        self._settle()
        self.refresh()

    def stand(self, spot: Spot) -> None:
        super().stand(spot)
        self.stood()

    def file_at(self, row: int) -> File | None:
        ref = self.entries[self.rows[row]] if row < len(self.rows) else ""
        if ref.startswith("f"):
            return self.library.file(int(ref[1:]), self.rows[row])
        hit = self.hit_at(row)
        return hit.file if hit else None

    def hit_at(self, row: int) -> Hit | None:
        ref = self.entries[self.rows[row]] if row < len(self.rows) else ""
        return self.library.hit(int(ref[1:]), self.asked) if ref.startswith("r") else None

    def row_of(self, ref: str) -> int | None:
        """Find a row without a table of all rows, which each typed letter would rebuild."""
        entries = self.entries
        entry = entries.find(ref) if isinstance(entries, Refs) else -1
        return self.row_at(entry) if entry >= 0 else None

    def in_sight(self) -> list[File]:
        return [file for row in dict.fromkeys(row for row, _ in self._view) if (file := self.file_at(row))]

    # -- as a pane ----------------------------------------------------------------------------------------------------

    def heading(self) -> str:
        return self.headed

    def empty(self) -> Sequence[str]:
        return self.nothing

    def targets(self, row: int) -> Sequence[str]:
        ref = self.entries[self.rows[row]]
        return (ref,) if ref else ()

    def choose(self, row: int, part: int = 0) -> None:
        self.put(row, part)
        self.answer(Choose(self.ref))

    def scroll_lines(self, lines: int) -> None:
        super().scroll_lines(lines)
        self.answer(Choose(self.ref))

    def mark(self, row: int, subject: str, related: object) -> str:
        file = self.file_at(row)
        return UNREAD if file and self.asked is None and file.path not in self.library.read else " "

    def lead(self, row: int, line: int) -> Line:
        gutter = super().lead(row, line)
        file = self.file_at(row) if not line and self.asked is None else None  # a hit is one item of a file
        return (*gutter[:2], Piece(NOTED, "warning")) if file and file.path in self.library.noted else gutter

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        ref = self.entries[entry]
        if not ref:
            name, count = self.listing.headings.get(entry, ("", 0))
            heading = f"{cut(one_line(name), cells - width(f' · {count:,} '))} · {count:,}"
            line = (Piece(heading, "title"), Piece(" " + "─" * (cells - width(heading) - 1), "rule"))
            return [(), line] if entry else [line]
        if ref.startswith("f"):
            file = self.library.file(int(ref[1:]), entry)
            return self._file(file, cells) if file else [(Piece("(gone from the library)", "quiet"),)]
        hit = self.library.hit(int(ref[1:]), self.asked)
        if hit is None or self.asked is None:
            return [(Piece("(gone from the library)", "quiet"),)]
        lines = self._found_line(result(hit, self.asked, MOST), entry, cells)
        return [(), *lines] if entry else lines

    def _file(self, file: File, cells: int) -> Sequence[Line]:
        read = file.path in self.library.read
        title = wrapped(one_line(file.title) or file.path.name, cells, "text" if read else "strong")
        return [*title[:3], *_flowing([*self._folder(file), *about(file)], cells)]

    def _folder(self, file: File) -> list[Piece]:
        """Name the folder and file, if another file has the same title and date."""
        if (file.title, file.date) not in self.library.namesakes():
            return []
        return [Piece(one_line(self.library.place(file)), "strong")]

    def _unsure(self, entry: int, when: str) -> bool:
        """Test whether the order of this date and of one listed near it is uncertain."""
        if "T" not in when:
            return False
        near = self.entries[max(0, entry - NEAR) : entry + NEAR]
        hits = (self.library.hit(int(ref[1:]), self.asked) for ref in near if ref)
        return when in dates.unsure([when, *(hit.digest.when(hit.item) for hit in hits if hit)])

    def _found_line(self, found: Result, entry: int, cells: int) -> Sequence[Line]:
        hit = found.hit
        style = "reported" if hit.item.part == "quote" and not hit.item.direct else "text"
        text = safe(found.text)
        words = [Piece(text, style, 0)]
        lines = [lit(line, [(start, end, "found") for start, end in found.spans]) for line in _wrapped(words[0], cells)]
        credit = [Piece(found.doubt, "error" if found.doubt == "UNPROVEN" else "quiet")] if found.doubt else []
        if found.who and self.asked:
            credit.append(Piece(one_line(found.who), "found" if matches(found.who, self.asked, "speaker") else "strong"))
        when = found.when + f" ({dates.ORDER_UNCERTAIN})" * self._unsure(entry, found.date)
        credit += [Piece(one_line(part), "quiet") for part in (when, found.kind, hit.page) if part]
        title = one_line(hit.file.title) if hit.item.part != "title" else hit.file.path.name
        day = "" if found.when else said(hit.file.date)  # of what is undated, at least how old the file is that has it
        credit.append(Piece(title + (f" ({one_line(day)})" if day else ""), "quiet"))
        credit += self._folder(hit.file)
        credit += [Piece("DRAFT", "warning")] if hit.file.draft else []
        credit += [Piece(one_line(hit.file.marking), "quiet")] if hit.file.marking else []
        return [*lines, *_flowing(credit, cells)]


def about(file: File) -> list[Piece]:
    """Describe a file in a line: its day, what is in it, and how far that is proven."""
    found = [Piece(one_line(said(file.date)) or "no date", "quiet")]
    if file.kind == "unreadable":
        return [*found, Piece(one_line(f"cannot be read: {file.why}"), "error")]
    if file.kind == "text":
        ending = file.path.suffix.lower()
        raw = "a raw article" if ending in ENDINGS else f"a raw document ({one_line(ending[1:]).upper()})"
        return [*found, Piece(raw, "quiet")]
    found.append(Piece(f"{file.quotes:,} q {file.events:,} e", "quiet"))
    if file.lost:
        found.append(Piece(f"{file.lost:,} UNPROVEN", "error"))
    if file.errors:
        found.append(Piece(f"{file.errors:,} error{'' if file.errors == 1 else 's'}", "error"))
    if file.lost is None:
        found.append(Piece("not checked yet", "quiet"))
    elif file.sound:
        found.append(Piece("words found" if file.quotes or file.events else "no quotes or events", "good"))
    if file.draft:
        found.append(Piece("DRAFT", "warning"))
    if file.marking:
        found.append(Piece(one_line(file.marking), "strong"))
    return found


def _flowing(pieces: Sequence[Piece], cells: int) -> list[Line]:
    """Lay out pieces with a middle dot between, on as many lines as that takes: a long one on up to three of its own."""
    lines: list[list[Piece]] = [[Piece("  ")]]
    used = 2
    for piece in (part for each in pieces for (part,) in wrapped(each.text, max(8, cells - 2), each.style)[:3]):
        size = width(piece.text)
        if used > 2 and used + 3 + size > cells:
            lines.append([Piece("  ")])
            used = 2
        if used > 2:
            lines[-1].append(Piece(" · ", "quiet"))
            used += 3
        lines[-1].append(piece)
        used += size
    return [tuple(line) for line in lines]


def _wrapped(piece: Piece, cells: int) -> list[Line]:
    from tui.reader.drawing.lines import wrap

    return [(Piece(piece.text[start:end], piece.style, start),) for start, end in wrap(piece.text, cells)]


MOST_SHOWN = 2000
"""Characters of a passage that was found."""


class Preview(Pane):
    """What is in the file under the cursor; nothing here is chosen."""

    TITLE = "Preview"
    OF_A_BRIEFING = False

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.library = library
        self.file: File | None = None
        self._texts: list[tuple[str, str]] = []
        self._passage: Result | None = None

    def show(self, file: File | None, hit: Hit | None = None, query: Query | None = None) -> None:
        """Show the file; first the passage that a query found in it, if there is one."""
        found = result(hit, query, MOST_SHOWN) if hit and query and hit.item.part != "title" else None
        if file == self.file and found == self._passage:
            return
        self.file, self._texts, self._passage = file, [], found
        digest = self.library.digest(file.id) if file else None
        if file and digest:
            self._texts.append((digest.title, "heading"))
            if found:
                self._texts.append((safe(found.text), "found here"))
            who = [digest.author, *(f"#{tag}" for tag in digest.tags)]
            self._texts.append((" · ".join(filter(None, who)), "quiet"))
            if file.why:
                self._texts.append((file.why, "error"))
            parts = [item.text for item in digest.items if item.part == ("passage" if file.kind == "text" else "summary")]
            self._texts += [(text, "text") for text in parts[:12]]
            names = [f"{each.name}{f', {each.role}' if each.role else ''}" for each in digest.actors.values()]
            if names:
                self._texts.append(
                    (f"{counted(len(names), 'actor')}: {'; '.join(names[:12])}{' …' if len(names) > 12 else ''}", "quiet")
                )
            sources = [": ".join(filter(None, (each.publisher, each.title or each.path))) for each in digest.sources.values()]
            self._texts += [(f"Source: {each}", "quiet") for each in sources[:6] if file.kind != "text"]
            self._texts.append((self.library.place(file), "quiet"))
        self._texts = [each for each in self._texts if each[0].strip()]
        self.rebuild()

    def list_entries(self) -> Sequence[str]:
        return [""] * len(self._texts)

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        text, style = self._texts[entry]
        if self._passage and style == "found here":
            spans = [(start, end, "found") for start, end in self._passage.spans]
            return [*(lit(line, spans) for line in _wrapped(Piece(text, "text", 0), min(cells, 80))), ()]
        return [*wrapped(text[:2000], min(cells, 80), style), ()]
