"""Pane: the one line-drawn widget that every pane and list is.

A pane knows its rows by number and lays out only those in sight, so 100,000 of them cost what 40 cost: where it stands is
(row, line of that row), never a line number of the whole. What it shows is a function of what is bound down to it; what
it has to say goes up as a message (`messages.py`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tui.briefing.links import STRENGTH, Relation, Relations
from tui.briefing.proof import Reading
from tui.briefing.record import NamedTuple
from tui.reader.drawing.glyphs import CURSOR, OTHER_CURSOR, RELATED, SUBJECT
from tui.reader.drawing.lines import Line, Piece, bounded, covered, cut, lit, one_line, width, wrapped
from tui.reader.drawing.matching import GAP, BadPattern, Looked, Matches, Pattern
from tui.reader.drawing.opening import GUTTER, measure, title
from tui.reader.drawing.window import Window
from tui.reader.keys.action import Action
from tui.reader.path.moves import How
from tui.reader.path.place import Spot
from tui.reader.widgets.messages import Choose, FindAgain, Go, Message, Pin, Turn

STYLES = (
    "text", "quiet", "rule", "title", "focus", "cursor", "mark", "link", "strong", "heading", "reported", "warning", "error",
    "good", "quoted", "evidence", "lit", "chosen", "found", "match", "hint", "marking", "bar", "key",
)  # fmt: skip
"""The names a Piece may use; reader.tcss says how each looks."""


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


COMPONENTS = {f"pane--{name}" for name in STYLES}
"""For the screens: styles are worked out once for each of them, not once for every widget on it."""


def strip(widget: Widget, line: Line, cells: int) -> Strip:
    """Draw a line in its colours, exactly so many cells wide."""
    style = widget.screen.get_component_rich_style
    segments, room = [], cells
    for piece in line:
        text = cut(bounded(piece.text), room, "")
        if text:
            segments.append(Segment(text, style(f"pane--{piece.style}")))
            room -= width(text)
    if room > 0:
        segments.append(Segment(" " * room, style("pane--text")))
    return Strip(segments, cells)


class Pane(Widget, can_focus=True):
    FOCUS_ON_CLICK = False  # the screen turns to it, so that it knows where it is
    TITLE: ClassVar[str] = ""
    HINTS: ClassVar[tuple[tuple[str, str], ...]] = ()
    """The keys that matter most here: their ids, and in a word what they do."""
    GUTTER: ClassVar[int] = GUTTER
    OF_A_BRIEFING: ClassVar[bool] = True
    """False where its rows are its own, whichever briefing is shown and whoever is pinned."""

    BINDINGS = [
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

    # Not watched until they change: what is bound down is set once before the pane is there, and would be twice.
    shown: reactive[Shown | None] = reactive(None, repaint=False, init=False)
    subject: reactive[str] = reactive("", repaint=False, init=False)
    pins: reactive[tuple[str, ...]] = reactive((), repaint=False, init=False)
    like: reactive[str] = reactive("", repaint=False, init=False)
    """Only rows that this pattern is found in are shown."""
    view: tuple[object, ...] = ()
    """How the pane was asked to show what it shows, where there are several ways; a place keeps it."""
    number = 0
    """Its number key; 0 for none."""
    name_of_pane = ""
    """Its name in the table of panes; "" if it is not one of a briefing's."""
    bare = False
    """True where room is so short that it does without its title."""
    turned_to = False
    """Whether keys go to it."""
    called: Callable[[str], str] = str
    """The name of the key that does an action, by the action's id; "" for none."""
    answer: Callable[[Message], None]
    """Who the pane's message goes to. Called, not posted: the answer is part of the same frame."""

    def __init__(self) -> None:
        super().__init__(id=type(self).__name__.lower())
        self.entries: Sequence[str] = ()
        """What each entry is: an item's id, a passage, or "" for one that cannot be chosen. Some may be hidden."""
        self.rows: Sequence[int] = ()
        """The entries that are shown, in order; a row is a number in here."""
        self.spot = Spot()
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
        self._row_of: dict[str, int] | None = None
        self._counted: tuple[int, int] | None = None
        self._layout = lru_cache(2048)(self._checked)
        self._view: list[tuple[int, int]] = []
        self._room = Size()

    # -- what a pane says of itself -----------------------------------------------------------------------------------

    def list_entries(self) -> Sequence[str]:
        """List everything that the pane can show, in order, hidden or not: what each entry is."""
        return ()

    def hiding(self) -> Callable[[int], bool]:
        """Return a test of whether the pins hide an entry; asked for once, then used for every entry."""
        return lambda entry: False

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        """Draw an entry in lines of at most so many cells."""
        raise NotImplementedError

    def words(self, entry: int) -> Sequence[str]:
        """Return the texts of an entry as they are drawn, for searching. Pieces say where in them, joined by line
        breaks, they are."""
        return ()

    def heading(self) -> str:
        """Return what is after the title."""
        return ""

    def count(self) -> str:
        """Say how many rows there are to choose from: "18", or "5 of 18" if some are hidden."""
        shown, every = self.counts
        return f"{every:,}" if shown == every else f"{shown:,} of {every:,}"

    def keys_here(self) -> Sequence[tuple[str, str]]:
        """List the keys that matter most now: their ids, and in a word what they do."""
        return self.HINTS

    def empty(self) -> Sequence[str]:
        """Say why the pane has no row."""
        return ()

    def top_lines(self, cells: int) -> Sequence[Line]:
        """Draw lines that stay between the title and the rows."""
        return ()

    def targets(self, row: int) -> Sequence[str]:
        """List what a row can lead to; several if a row has several links."""
        ref = self.entries[self.rows[row]]
        return (ref,) if ref else ()

    def cell_width(self) -> int:
        """Return how wide rows are drawn."""
        return measure(self.size.width)

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
        """Make ready to be looked through; may be called from a thread, off the keys' way. Where other entries are listed
        meanwhile, nothing comes of it."""
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
        if len(self.rows) == len(self.entries):
            return matches
        return matches.of({self.group_of(entry) for entry in self.rows})

    def cursor_offset(self) -> int:
        """Return where in the visible text the cursor's row begins."""
        if self.spot.row >= len(self.rows):
            return 0
        return self.looked[self.text_number].starts[self.group_of(self.rows[self.spot.row])]

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
        offset = start - self.looked[self.text_number].starts[self.group_of(self.rows[row])]
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
        rows = [
            Hint(y, 1, self.targets(row)[0], row)
            for y, (row, line) in enumerate(self._view, self.head)
            if line == 0 and self.selectable(row) and self.targets(row)
        ]
        return [*self.title_hint(), *rows]

    def title_hint(self) -> list[Hint]:
        return [Hint(0, 3 + len(self.TITLE), "")] if self.number and not self.bare else []

    def show_labels(self, labels: Sequence[tuple[int, int, str]]) -> None:
        """Draw these labels (line, cell, letters) over what is there."""
        if labels or self._labels:
            self._labels = labels
            self.refresh()

    def _found(self, row: int, line: Line) -> Line:
        """Highlight in the line what is searched for."""
        matches = self.matches[self.text_number] if len(self.matches) > self.text_number else None
        at = [piece.at for piece in line if piece.at >= 0]
        if not matches or not at:
            return line
        origin = self.looked[self.text_number].starts[self.group_of(self.rows[row])]
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
        entries, group_of = self.entries, self.group_of
        hidden = self.hiding() if self.pins else None
        rows = [
            entry
            for entry, ref in enumerate(entries)
            if not ref or not ((hidden and hidden(entry)) or (like is not None and group_of(entry) not in like))
        ]
        kept = [
            entry
            for entry, following in zip(rows, [*rows[1:], -1])
            if entries[entry] or (following >= 0 and entries[following])
        ]
        self.rows = kept

    def on_resize(self) -> None:
        self.take_room()
        self.refresh()

    def take_room(self) -> None:
        """Lay out for the size as it is now; drawing may come before the message that tells of it."""
        width_changed = self.size.width != self._room.width
        self._room = self.size
        if width_changed:
            self.laid_out_anew()
        self._settle(show=self.spot.row)

    def laid_out_anew(self) -> None:
        """Lay out again: the width changed."""
        self._layout.cache_clear()

    # -- rows ---------------------------------------------------------------------------------------------------------

    @property
    def ref(self) -> str:
        """Return what the cursor's row is."""
        return self.entries[self.rows[self.spot.row]] if self.spot.row < len(self.rows) else ""

    @property
    def refs(self) -> Sequence[str]:
        """List what each row is."""
        return [self.entries[entry] for entry in self.rows]

    @property
    def counts(self) -> tuple[int, int]:
        """Count the rows there are to choose from, and how many there would be if none were hidden."""
        if self._counted is None:  # asked for at each move, and going through all of them costs more than the move
            every = sum(map(bool, self.entries))
            hiding = len(self.rows) < len(self.entries)
            self._counted = (sum(map(bool, self.refs)) if hiding else every, every)
        return self._counted

    def row_at(self, entry: int) -> int | None:
        """Return the row that shows an entry; None if it is hidden."""
        row = bisect_left(self.rows, entry)
        return row if row < len(self.rows) and self.rows[row] == entry else None

    def row_of(self, ref: str) -> int | None:
        if self._row_of is None:
            self._row_of = {}
            for row, entry in enumerate(self.rows):
                self._row_of.setdefault(self.entries[entry], row)
        return self._row_of.get(ref) if ref else None

    def nearest_row(self, row: int, step: int) -> int:
        """Return the row itself if it can be chosen, else the next that can, in this direction and then back."""
        last = len(self.rows) - 1
        row = min(max(0, row), max(0, last))
        for direction in (step, -step):
            at = row
            while 0 <= at <= last:
                if self.selectable(at):
                    return at
                at += direction
        return row

    def selectable(self, row: int) -> bool:
        return bool(self.entries[self.rows[row]])

    def lines_of(self, row: int) -> Sequence[Line]:
        return self._layout(self.rows[row], self.cell_width())

    def _checked(self, entry: int, cells: int) -> Sequence[Line]:
        return self.draw(entry, cells) or ((),)

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

    # -- where it stands ----------------------------------------------------------------------------------------------

    @property
    def head(self) -> int:
        """Count the lines above the rows."""
        return (not self.bare) + len(self.top_lines(self.cell_width()))

    @property
    def page(self) -> int:
        return max(1, self.size.height - self.head)

    @property
    def window(self) -> Window:
        cells = self.cell_width()
        return Window(len(self.rows), self.page, lambda row: len(self._layout(self.rows[row], cells)))

    def _settle(self, show: int | None = None, context: int = 0) -> None:
        """Make the view right: filled from the top, never past the end, and with the row `show` in it."""
        if not self.rows or not self.size.height:
            self._view = []
            if self.spot.top[0] >= len(self.rows):
                self.spot = Spot(self.spot.row, self.spot.part)
            return
        window, top = self.window, self.spot.top
        top = window.filled(top) if show is None else window.showing(min(show, len(self.rows) - 1), top, context)
        self.spot = Spot(self.spot.row, self.spot.part, top)
        self._view = window.lines(top)

    def scroll_lines(self, lines: int) -> None:
        """Move the view and leave the cursor, unless it would leave the view."""
        if not self._view:
            return
        window, top = self.window, self.spot.top
        top = window.filled(window.forward(top, lines) if lines > 0 else window.back(top, -lines))
        if top != self.spot.top:
            self.spot = Spot(self.spot.row, self.spot.part, top)
            self._settle()
            self.refresh()

    def lines_above(self) -> int:
        """Count the lines of rows above the cursor's row in the view."""
        return next((at for at, (row, _) in enumerate(self._view) if row == self.spot.row), 0)

    def stand(self, spot: Spot) -> None:
        """Put cursor and view exactly as they were, or as near as the rows allow."""
        row = min(spot.row, max(0, len(self.rows) - 1))
        self.spot = spot if row == spot.row else Spot(row, 0, (row, 0))
        self._settle()
        self.refresh()

    def put(self, row: int, part: int = 0, context: int = 0) -> None:
        """Move the cursor to a row, and the view as little as needed."""
        old_row, old_top = self.spot.row, self.spot.top
        self.spot = Spot(row, part, old_top)
        self._settle(show=row, context=context)
        if self.spot.top != old_top:
            self.refresh()
        else:
            for y, (at, _) in enumerate(self._view, self.head):
                if at in (old_row, row):
                    self.refresh(self.cursor_region(y))
            self.refresh_title()

    def cursor_region(self, y: int) -> Region:
        """Return what changes on line `y` when the cursor comes or goes."""
        return Region(0, y, 1, 1)

    def choose(self, row: int, part: int = 0) -> None:
        """Move the cursor and make its item the subject."""
        self.put(row, part)
        targets = self.targets(row)
        if targets:
            self.answer(Choose(targets[min(part, len(targets) - 1)]))

    # -- keys ---------------------------------------------------------------------------------------------------------

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

    def turn(self, here: bool) -> None:
        """Turn keys to this pane, or away: only the title and the cursor's row change. (Textual's own focus events
        would draw two whole panes again, a frame later.)"""
        self.turned_to = here
        self.refresh_title()
        for y, (row, _) in enumerate(self._view, self.head):
            if row == self.spot.row:
                self.refresh(Region(0, y, 1, 1))

    def refresh_title(self) -> None:
        if not self.bare:
            self.refresh(Region(0, 0, self.size.width, 1))

    # -- drawing ------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = self._line(y)
        for at, x, name in self._labels:
            if at == y:
                line = covered(line, x, Piece(name, "hint"))
        return strip(self, line, self.size.width)

    def _line(self, y: int) -> Line:
        cells = self.size.width
        if self.size != self._room:
            self.take_room()
        if y == 0 and not self.bare:
            return self._title(cells)
        y -= not self.bare
        fixed = self.top_lines(self.cell_width())
        if y < len(fixed):
            return (Piece(" " * self.GUTTER), *fixed[y])
        at = y - len(fixed)
        if not self.rows:
            lines = self.empty_lines(self.cell_width())
            return (Piece(" " * self.GUTTER), *lines[at]) if at < len(lines) else ()
        if at >= len(self._view):
            return ()
        row, line = self._view[at]
        return (*self._gutter(row, line), *self._found(row, self.lines_of(row)[line]))

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

    def _gutter(self, row: int, line: int) -> Line:
        here = row == self.spot.row and self.ref and self.lines_of(row)[line]
        cursor = Piece(" ")
        if here:
            cursor = Piece(CURSOR, "cursor") if self.turned_to else Piece(OTHER_CURSOR if not line else " ", "quiet")
        if line:
            return (cursor, Piece("  "))
        mark = self.mark(row, self.subject, self.related(self.subject))
        kept = self._kept.get(self.entries[self.rows[row]], " ") if self._kept else " "
        return (cursor, Piece(mark, "cursor" if mark == SUBJECT else "mark"), Piece(kept, "warning"))

    def _title(self, cells: int) -> Line:
        name = f"{self.number} {self.TITLE}" if self.number else self.TITLE
        return title(name, self.heading(), self._beyond(), self.turned_to, cells)

    def _beyond(self) -> str:
        """Count the related rows out of view: "▲2 ▼5"."""
        if not self.subject or not self._view or not self.shown:
            return ""
        rows = self.related_rows()
        above = bisect_left(rows, self._view[0][0])
        below = len(rows) - bisect_left(rows, self._view[-1][0] + 1)
        return " ".join(part for part in (f"▲{above}" if above else "", f"▼{below}" if below else "") if part)
