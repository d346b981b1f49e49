"""Rows: a widget that draws rows of lines, with a cursor on one of them.

It knows its rows by number and lays out only those in sight, so 100,000 of them cost what 40 cost: where it is, is (row, line
of that row), never a line number of the whole. It knows nothing of briefings, and no key: that is `pane.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from typing import ClassVar

from rich.segment import Segment
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.drawing.glyphs import CURSOR, OTHER_CURSOR
from tui.reader.drawing.lines import Line, Piece, bounded, cut, width, wrapped
from tui.reader.drawing.opening import GUTTER, measure, title
from tui.reader.drawing.window import Window
from tui.reader.path.place import Spot

STYLES = (
    "text", "quiet", "rule", "title", "focus", "cursor", "mark", "link", "strong", "heading", "reported", "warning", "error",
    "good", "quoted", "evidence", "lit", "chosen", "found", "match", "hint", "marking", "bar", "key",
)  # fmt: skip
"""The names a Piece may use; reader.tcss says how each looks."""

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


class Rows(Widget, can_focus=True):
    TITLE: ClassVar[str] = ""
    GUTTER: ClassVar[int] = GUTTER

    number = 0
    """Its number key; 0 for none."""
    bare = False
    """True where room is so short that it does without its title."""
    turned_to = False
    """Whether keys go to it."""

    def __init__(self) -> None:
        super().__init__(id=type(self).__name__.lower())
        self.entries: Sequence[str] = ()
        """What each entry is: an item's id, a passage, or "" for one that cannot be chosen. Some may be hidden."""
        self.rows: Sequence[int] = ()
        """The entries that are shown, in order; a row is a number in here."""
        self.spot = Spot()
        self._row_of: dict[str, int] | None = None
        self._counted: tuple[int, int] | None = None
        self._layout = lru_cache(2048)(self._checked)
        self._view: list[tuple[int, int]] = []
        self._room = Size()

    # -- what it says of itself ---------------------------------------------------------------------------------------

    def list_entries(self) -> Sequence[str]:
        """List everything that the pane can show, in order, hidden or not: what each entry is."""
        return ()

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        """Draw an entry in lines of at most so many cells."""
        raise NotImplementedError

    def heading(self) -> str:
        """Return what is after the title."""
        return ""

    def count(self) -> str:
        """Say how many rows there are to choose from: "18", or "5 of 18" if some are hidden."""
        shown, every = self.counts
        return f"{every:,}" if shown == every else f"{shown:,} of {every:,}"

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

    # -- drawing ------------------------------------------------------------------------------------------------------

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

    def render_line(self, y: int) -> Strip:
        return strip(self, self.line(y), self.size.width)

    def line(self, y: int) -> Line:
        """Draw one line of the widget."""
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
        return (*self.lead(row, line), *self.decorated(row, self.lines_of(row)[line]))

    def empty_lines(self, cells: int) -> list[Line]:
        """Draw what replaces the rows where there is none."""
        return [(), *(line for text in self.empty() for line in (*wrapped(text, min(cells, 76), "quiet"), ()))]

    def decorated(self, row: int, line: Line) -> Line:
        """Add to a line of a row what depends on more than the row."""
        return line

    def lead(self, row: int, line: int) -> Line:
        """Draw what is before a line of a row."""
        return (self._cursor(row, line), Piece("  "))

    def _cursor(self, row: int, line: int) -> Piece:
        if row != self.spot.row or not self.ref or not self.lines_of(row)[line]:
            return Piece(" ")
        return Piece(CURSOR, "cursor") if self.turned_to else Piece(OTHER_CURSOR if not line else " ", "quiet")

    def _title(self, cells: int) -> Line:
        name = f"{self.number} {self.TITLE}" if self.number else self.TITLE
        return title(name, self.heading(), self.beyond(), self.turned_to, cells)

    def beyond(self) -> str:
        """Say at the end of the title what is out of view."""
        return ""
