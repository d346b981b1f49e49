"""Pane: the one line-drawn widget that every pane and list is: rows with keys, filters, find, link hints and a subject.

What a pane shows is a function of what is bound down to it; what it has to say goes up as a message (`messages.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from textual import events
from textual.geometry import Region
from textual.reactive import reactive
from textual.strip import Strip

from tui.briefing.links import STRENGTH, Relation, Relations
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.reader.drawing.glyphs import RELATED, SUBJECT
from tui.reader.drawing.lines import Line, Piece, covered, lit, one_line, wrapped
from tui.reader.drawing.matching import GAP, BadPattern, Looked, Matches, Pattern
from tui.reader.keys.action import Action
from tui.reader.path.moves import How
from tui.reader.path.place import Spot
from tui.reader.widgets.messages import Choose, FindAgain, Go, Message, Pin, Turn
from tui.reader.widgets.rows import Rows, strip


class Shown(NamedTuple):
    """What is on the screen: a reading and all that relates in it."""

    reading: Reading
    relations: Relations


class Hint(NamedTuple):
    """Something in sight that can be followed. `x` is the cell of its label in line `y`; `inline`: of the text that it
    names, and the label stands before it."""

    y: int
    x: int
    target: str
    """What it leads to; "" for the pane itself."""
    row: int = 0
    part: int = 0
    how: How = "go"
    inline: bool = False


KEYS = [
    Action("j,down", "move(1)", "next", id="move.down", kiosk=True),
    Action("k,up", "move(-1)", "previous", id="move.up", kiosk=True),
    Action("g,home", "end(-1)", "first", id="move.first", kiosk=True),
    Action("G,end", "end(1)", "last", id="move.last", kiosk=True),
    Action("ctrl+d", "page(0.5)", "half a page down", id="move.half-down", kiosk=True),
    Action("ctrl+u", "page(-0.5)", "half a page up", id="move.half-up", kiosk=True),
    Action("pagedown", "page(1)", "page down", id="move.page-down", kiosk=True),
    Action("pageup", "page(-1)", "page up", id="move.page-up", kiosk=True),
    Action("right_curly_bracket", "paragraph(1)", "next paragraph", id="move.next-paragraph", kiosk=True),
    Action("left_curly_bracket", "paragraph(-1)", "previous paragraph", id="move.previous-paragraph", kiosk=True),
    Action("enter", "follow", "follow", id="follow", kiosk=True),
    Action("space", "space", "pin, page", id="pin", kiosk=True),
]
"""Of every pane and list; most have their own besides."""


class Pane(Rows):
    FOCUS_ON_CLICK = False  # the screen turns to it, so that it knows where it is
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys that matter most here: their ids, and in a word what they do."""
    OF_A_BRIEFING: ClassVar[bool] = True
    """False for a list whose rows depend neither on the briefing nor on the pins."""

    BINDINGS = [*KEYS]

    # Not watched until they change: what is bound down is set once before the pane is there, and would be twice.
    shown: reactive[Shown | None] = reactive(None, repaint=False, init=False)
    subject: reactive[str] = reactive("", repaint=False, init=False)
    pins: reactive[tuple[str, ...]] = reactive((), repaint=False, init=False)
    like: reactive[str] = reactive("", repaint=False, init=False)
    """Only rows that this pattern is found in are shown."""
    view: tuple[object, ...] = ()
    """The chosen way to show the rows, such as their order; saved with each place of the way back."""
    name_of_pane = ""
    """Its name in the table of panes; "" if it is not one of a briefing's."""
    called: Callable[[str], str] = str
    """The name of the key that does an action, by the action's id; "" for none."""
    answer: Callable[[Message], None]
    """Who the pane's message goes to. Called, not posted: the answer is part of the same frame."""

    def __init__(self) -> None:
        super().__init__()
        self.matches: Sequence[Matches] = ()
        """The matches, one for each text of the pane; highlighted where visible."""
        self.match = (-1, -1)
        """Which of them the cursor is at: the number of the text, and of the match in it."""
        self._kept: Mapping[str, str] = {}
        """The marks of rows with a bookmark or a note."""
        self._labels: Sequence[tuple[int, int, str]] = ()
        self.unlike = ""
        """Why `like` hides nothing, if it cannot be searched for."""
        self._looked: Sequence[Looked] | None = None

    # -- what a pane says of itself -----------------------------------------------------------------------------------

    def hiding(self) -> Callable[[int], bool]:
        """Return a test of whether the pins hide an entry; asked for once, then used for every entry."""
        return lambda entry: False

    def words(self, entry: int) -> Sequence[str]:
        """Return the texts of an entry as they are drawn, for searching. `Piece.at` is an offset in them, joined by line
        breaks."""
        return ()

    def keys_here(self) -> Sequence[tuple[str, str]]:
        """List the keys that matter most now: their ids, and in a word what they do."""
        return self.HINTS

    @property
    def ready(self) -> bool:
        """Test whether there is anything to ask the rows of."""
        return self.shown is not None or not self.OF_A_BRIEFING

    # -- what is looked through ----------------------------------------------------------------------------------------

    @property
    def looked(self) -> Sequence[Looked]:
        """Return the texts of everything the pane can show, hidden or not."""
        if self._looked is None:
            self._looked = self.look() if self.ready else ()
        return self._looked

    def warm(self) -> None:
        """Prepare the texts for searching ahead of time; may run in a thread. If the entries change meanwhile, the result is
        dropped."""
        entries = self.entries
        if not self.ready or self._looked is not None:
            return
        try:
            looked = self.look()
        except LookupError:  # of the others there are fewer
            return
        for each in looked:
            _ = each.small, each.positions(each.loose)
        if self.entries is entries:
            self._looked = looked

    def look(self) -> Sequence[Looked]:
        starts, texts, length = [], [], 0
        for entry in range(len(self.entries)):
            text = GAP.join(self.words(entry))
            starts.append(length)
            texts.append(text)
            length += len(text) + 1
        return (Looked(GAP.join(texts), starts),)

    @property
    def text_number(self) -> int:
        """Return which of the texts is the one on the screen."""
        return 0

    def group_of(self, entry: int) -> int:
        """Return the group of the visible text that an entry belongs to."""
        return entry

    def row_of_match(self, offset: int) -> int | None:
        """Return the row that shows this offset of the visible text; None if it is hidden."""
        return self.row_at(self.looked[self.text_number].group_at(offset))

    def reached(self, matches: Matches) -> Matches:
        """Return those matches of the visible text that a row shows."""
        every = len(self.rows) == len(self.entries)
        return matches if every else matches.of({self.group_of(entry) for entry in self.rows})

    def cursor_offset(self) -> int:
        """Return where in the visible text the cursor's row begins."""
        return self._origin(self.spot.row) if self.spot.row < len(self.rows) else 0

    def _origin(self, row: int) -> int:
        """Return where in the visible text a row begins."""
        return self.looked[self.text_number].starts[self.group_of(self.rows[row])]

    def kept_groups(self) -> set[int] | None:
        """Return the groups that have `like`; None if nothing is left out, also if it cannot be searched for: then
        `unlike` says why."""
        self.unlike = ""
        if not self.like or not self.looked:
            return None
        try:
            return Pattern(self.like).find(self.looked[self.text_number]).groups()
        except BadPattern as error:
            self.unlike = str(error)
            return None

    def watch_like(self) -> None:
        self.sift()

    def seek(self, matches: Sequence[Matches]) -> None:
        """Light these matches; nothing moves."""
        dark = not self.matches and not matches
        self.matches, self.match = matches, (-1, -1)
        if not dark:
            self.refresh()

    def show_match(self, number: int) -> None:
        """Move the cursor to a match of the text in sight, and have its line in view."""
        self.match = (self.text_number, number)
        offset, end = self.matches[self.text_number].span(number)
        row = self.row_of_match(offset)
        if row is None:
            return
        self.put(row)
        self.show_words(row, offset, end)
        self.refresh()

    def show_words(self, row: int, start: int, end: int) -> None:
        """Have the line of a row in view in which this stretch of the text begins."""
        offset = start - self._origin(row)
        lines = enumerate(self.lines_of(row))
        line = next((at for at, line in lines for piece in line if 0 <= piece.at <= offset < piece.at + len(piece.text)), 0)
        if (row, line) not in self._view and self.size.height:
            self.spot = Spot(row, self.spot.part, self.window.filled(self.window.back((row, line), self.page // 3)))
            self._settle()

    def show_kept(self, kept: Mapping[str, str]) -> None:
        if kept != self._kept:
            self._kept = kept
            self.refresh()

    # -- hints --------------------------------------------------------------------------------------------------------

    def hints(self) -> list[Hint]:
        """List what is visible and can be followed: the pane, and its rows."""
        rows = ((y, row) for y, (row, line) in enumerate(self._view, self.head) if line == 0 and self.selectable(row))
        return [*self.title_hint(), *(Hint(y, 1, self.targets(row)[0], row) for y, row in rows if self.targets(row))]

    def title_hint(self) -> list[Hint]:
        return [Hint(0, 3 + len(self.TITLE), "")] if self.number and not self.bare else []

    def show_labels(self, labels: Sequence[tuple[int, int, str]]) -> None:
        """Draw these labels (line, cell, letters) over what is there."""
        if labels or self._labels:
            self._labels = labels
            self.refresh()

    def decorated(self, row: int, line: Line) -> Line:
        """Highlight in the line what is searched for."""
        matches = self.matches[self.text_number] if len(self.matches) > self.text_number else None
        at = [piece.at for piece in line if piece.at >= 0]
        if not matches or not at:
            return line
        origin = self._origin(row)
        ends = (piece.at + len(piece.text) for piece in line if piece.at >= 0)
        spans = [
            (start - origin, end - origin, "match" if self.match == (self.text_number, number) else "found")
            for number, start, end in matches.within(origin + min(at), origin + max(ends))
        ]
        return lit(line, spans)

    # -- what is bound down -------------------------------------------------------------------------------------------

    def watch_shown(self) -> None:
        if self.OF_A_BRIEFING:
            self.rebuild()

    def watch_pins(self) -> None:
        if self.OF_A_BRIEFING:
            self.sift()

    def watch_subject(self, old: str, new: str) -> None:
        if self._view and self.display:
            before, after = self.related(old), self.related(new)
            for y, (row, line) in enumerate(self._view, self.head):
                if line == 0 and self.mark(row, old, before) != self.mark(row, new, after):
                    self.refresh(Region(1, y, 1, 1))
            self.refresh_title()

    def rebuild(self) -> None:
        """Ask for the entries again, and go to the first."""
        self._looked, self.matches = None, ()
        self._room = self.size  # for which they are listed: none, while it is not in sight
        self.entries = self.list_entries() if self.ready else ()
        self._layout.cache_clear()
        self.pick()
        row = self.nearest_row(0, 1)
        self.spot = Spot(row, 0, (row, 0))
        self._settle(show=row)
        self.refresh()

    def sift(self, anew: bool = False) -> None:
        """Update which entries are hidden; or (`anew`) which there are. The cursor stays on its row as long as that
        is there."""
        held = self.ref
        self._layout.cache_clear()
        if anew and self.ready:
            self.entries, self._looked, self.matches = self.list_entries(), None, ()
        self.pick()
        row = self.row_of(held)
        row = self.nearest_row(self.spot.row, 1) if row is None else row
        self.spot = Spot(row, 0, self.spot.top)
        self._settle(show=row)
        self.refresh()

    def see(self, view: tuple[object, ...]) -> None:
        """Show it in another way."""
        if view != self.view:
            self.view = view
            self.sift(anew=True)
            self.answer(FindAgain())

    def pick(self) -> None:
        """Show every entry that is not hidden, and no heading without entries."""
        like = self.kept_groups()
        self._row_of = self._counted = None
        if like is None and not self.pins:
            self.rows = range(len(self.entries))
            return
        group_of, hidden = self.group_of, self.hiding() if self.pins else None

        def kept(entry: int) -> bool:
            return not (hidden and hidden(entry)) and (like is None or group_of(entry) in like)

        self.rows = sifted(self.entries, kept)

    # -- the subject and what is related to it ------------------------------------------------------------------------

    def related(self, subject: str) -> Mapping[str, Relation]:
        return self.shown.relations.of(subject) if self.shown and subject else {}

    def relation(self, row: int, related: Mapping[str, Relation]) -> Relation | None:
        """Return the strongest relation of what the row leads to."""
        found = [related[target] for target in self.targets(row) if target in related]
        return min(found, key=lambda relation: STRENGTH.index(relation.kind)) if found else None

    def related_rows(self) -> list[int]:
        """List the rows related to the subject, and its own, in order."""
        related = self.related(self.subject)
        rows = {self.row_of(ref) for ref in (*related, self.subject)}
        return sorted(row for row in rows if row is not None)

    def related_by_strength(self) -> list[tuple[int, Relation]]:
        related = self.related(self.subject)
        rows = ((row, related[ref]) for ref in related if (row := self.row_of(ref)) is not None)
        return sorted(rows, key=lambda each: (STRENGTH.index(each[1].kind), each[0]))

    def mark(self, row: int, subject: str, related: Mapping[str, Relation]) -> str:
        if subject and subject in self.targets(row):
            return SUBJECT
        relation = self.relation(row, related)
        return RELATED[relation.kind] if relation else " "

    # -- keys ---------------------------------------------------------------------------------------------------------

    def choose(self, row: int, part: int = 0) -> None:
        """Move the cursor and make its item the subject."""
        self.put(row, part)
        targets = self.targets(row)
        if targets:
            self.answer(Choose(targets[min(part, len(targets) - 1)]))

    def action_move(self, step: int) -> None:
        if not self.rows:
            return
        row = self.spot.row
        edge = (row, len(self.lines_of(row)) - 1) if step > 0 else (row, 0)
        if self._view and edge not in self._view:  # a row taller than the pane: go through it first
            self.scroll_lines(step * max(1, self.page - 2))
            return
        following = self.nearest_row(row + step, step) if 0 <= row + step < len(self.rows) else row
        if following == row or (following - row) * step < 0:
            self.scroll_lines(step)  # what stands beyond the last row that can be chosen
        else:
            self.choose(following)

    def action_end(self, step: int) -> None:
        if self.rows:
            self.choose(self.nearest_row(0 if step < 0 else len(self.rows) - 1, -step))

    def action_page(self, pages: float) -> None:
        if not self._view or not self.size.height:  # nothing there, or typed before the pane has its room
            self.action_move(1 if pages > 0 else -1)
            return
        lines = max(1, round(abs(pages) * self.page) - (abs(pages) == 1))
        old = self.spot.top
        self.scroll_lines(lines if pages > 0 else -lines)
        if self.spot.top == old:
            self.action_end(1 if pages > 0 else -1)
        elif (self.spot.row, 0) not in self._view or pages:
            rows = [row for row, line in self._view if self.selectable(row) and line == 0] or [self._view[0][0]]
            self.choose(self.nearest_row(rows[0] if pages > 0 else rows[-1], 1))

    def action_paragraph(self, step: int) -> None:
        self.action_move(step)

    def action_follow(self) -> None:
        targets = self.targets(self.spot.row) if self.rows else ()
        if targets:
            self.answer(Go(targets[min(self.spot.part, len(targets) - 1)]))

    def action_space(self) -> None:
        if self.ref:
            self.answer(Pin(self.ref))

    # -- mouse --------------------------------------------------------------------------------------------------------

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        if not self._labels:  # they stand on what is in sight
            self.scroll_lines(3)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        if not self._labels:
            self.scroll_lines(-3)

    def on_click(self, event: events.Click) -> None:
        """Turn to the pane and choose the row; a click on the chosen row of this pane follows it."""
        here = self.turned_to
        if not here:
            self.answer(Turn(self.name_of_pane))
        at = event.y - self.head
        if 0 <= at < len(self._view):
            row, line = self._view[at]
            part = self.part_at(row, line, event.x - self.GUTTER)
            if row == self.spot.row and part == self.spot.part and here:
                self.action_follow()
            elif self.selectable(row):
                self.choose(row, part)

    def part_at(self, row: int, line: int, x: int) -> int:
        """Return which link of the row is at a cell."""
        return 0

    # -- drawing ------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = self.line(y)
        for at, x, name in self._labels:
            if at == y:
                line = covered(line, x, Piece(name, "hint"))
        return strip(self, line, self.size.width)

    def empty_lines(self, cells: int) -> list[Line]:
        """Draw what replaces the rows: why the file cannot be read, or the pane's own words for having nothing."""
        texts, style = self.empty(), "quiet"
        if self.shown and not self.shown.reading.parsed.readable:
            texts, style = ["This file cannot be read as a briefing:"], "text"
            texts += [str(problem) for problem in self.shown.reading.parsed.problems]
        elif self.like and self.entries:
            hidden = " among those of the pinned actors" if self.pins and self.OF_A_BRIEFING else ""
            texts = [f"No row{hidden or ' here'} has {one_line(self.like)!r}."]
        return [(), *(line for text in texts for line in (*wrapped(text, min(cells, 76), style), ()))]

    def lead(self, row: int, line: int) -> Line:
        if line:
            return super().lead(row, line)
        mark = self.mark(row, self.subject, self.related(self.subject))
        kept = self._kept.get(self.entries[self.rows[row]], " ") if self._kept else " "
        return (self._cursor(row, line), Piece(mark, "cursor" if mark == SUBJECT else "mark"), Piece(kept, "warning"))

    def beyond(self) -> str:
        """Count the related rows that are out of view."""
        if not self.subject or not self._view or not self.shown:
            return ""
        return out_of_view(self.related_rows(), self._view[0][0], self._view[-1][0])


def sifted(entries: Sequence[str], kept: Callable[[int], bool]) -> Sequence[int]:
    """Return the entries that are kept, by number, and the headings ("") that an entry follows."""
    rows = [entry for entry, ref in enumerate(entries) if not ref or kept(entry)]
    following = zip(rows, [*rows[1:], -1])
    return [entry for entry, after in following if entries[entry] or (after >= 0 and entries[after])]


def out_of_view(rows: Sequence[int], first: int, last: int) -> str:
    """Count the rows before the first row in view and after the last: "▲2 ▼5"; "" for none."""
    above, below = bisect_left(rows, first), len(rows) - bisect_left(rows, last + 1)
    return " ".join(part for part in (f"▲{above}" if above else "", f"▼{below}" if below else "") if part)
