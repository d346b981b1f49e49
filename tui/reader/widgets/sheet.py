"""The sheet over the panes: a titled list to read or to choose from. Card, problems and help are each one of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.briefing.record import NamedTuple
from tui.reader.drawing.lines import Line, Piece, Styled, one_line, safe, width, wrap, wrapped
from tui.reader.keys.action import Action
from tui.reader.path.place import Spot
from tui.reader.widgets.messages import Go
from tui.reader.widgets.pane import Pane

COMPARED = 60
"""From so many cells on, what is compared is side by side."""


class Entry(NamedTuple):
    """A row of a sheet. `lead` has a column of its own; `ref` is what Enter goes to, "" for nothing."""

    text: str
    lead: str = ""
    ref: str = ""
    style: str = "text"
    heading: bool = False
    beside: str = ""
    """What is compared with it, to its right, or below if there is no room."""
    differs: tuple[tuple[tuple[int, int], ...], tuple[tuple[int, int], ...]] = ((), ())
    """Where in `text` and in `beside` is what the other does not have; offsets in each."""


class Sheet(Pane):
    """Always there and mostly hidden, so that no key typed after the one that opens it is lost."""

    OF_A_BRIEFING = False
    BINDINGS = [
        Action("space", "page(1)", "page down", id="sheet.page", kiosk=True),
        Action("q,escape,i,exclamation_mark,question_mark", "close", "close", id="sheet.close", kiosk=True),
    ]

    def __init__(self, closed: Callable[[], None]) -> None:
        super().__init__()
        self.display = False
        self._shut = closed
        self._make: Callable[[], Sequence[Entry]] = tuple
        self._chosen: Callable[[str], None] = print
        self._does = self.about = ""
        self._entries: Sequence[Entry] = ()
        self._empty: Sequence[str] = ()
        self._lead = 0

    @property
    def open(self) -> bool:
        return bool(self.display)

    def present(
        self,
        title: str,
        make: Callable[[], Sequence[Entry]],
        chosen: Callable[[str], None],
        empty: str = "",
        does: str = "goes there",
        about: str = "",
    ) -> None:
        """Show the entries that `make` makes; `chosen` is called with the reference that Enter is pressed on, when the sheet is
        gone. `does`: what that does, in words; `about`: the item that the whole sheet is about."""
        self.TITLE = title  # type: ignore[misc]  # a sheet is named by what it shows
        self._make, self._chosen, self._empty, self._does, self.about = make, chosen, (empty,), does, about
        self._fill()
        self.rebuild()
        self.stand(Spot(self.spot.row))  # a heading that goes before the first row is in sight

    def make_again(self) -> None:
        """Make the list again, since what it says may have changed; the cursor stays as near as it can."""
        spot = self.spot
        self._fill()
        self.rebuild()
        self.stand(Spot(self.nearest_row(spot.row, 1), 0, spot.top))

    def _fill(self) -> None:
        self._entries = self._make()
        self._lead = min(28, max((width(entry.lead) for entry in self._entries), default=0))

    @property
    def hints_here(self) -> list[tuple[str, str]]:
        """List the keys of the list, each with what it does."""
        close = (self.called("sheet.close") or "q", "closes")
        follow = (self.called("follow") or "Enter", self._does)
        return [follow, close] if any(entry.ref for entry in self._entries) else [close]

    def list_entries(self) -> Sequence[str]:
        return ["" if entry.heading else "row" for entry in self._entries]

    def words(self, entry: int) -> Sequence[str]:
        each = self._entries[entry]
        return (safe(each.text), safe(each.beside)) if each.beside else (one_line(each.text), one_line(each.lead))

    def cell_width(self) -> int:
        return min(super().cell_width(), 96)

    def targets(self, row: int) -> Sequence[str]:
        ref = self._entries[self.rows[row]].ref
        return (ref,) if ref else ()

    def draw(self, entry: int, cells: int) -> Sequence[Line]:
        return self._drawn(self._entries[entry], cells, first=entry == 0)

    def _drawn(self, entry: Entry, cells: int, first: bool) -> Sequence[Line]:
        if entry.heading:
            line = wrapped(entry.text, cells, "heading")
            return line if first else [(), *line]
        room = min(self._lead, cells // 3)
        if entry.beside:
            return self._side_by_side(entry, cells)
        if not self._lead:
            return wrapped(entry.text, cells, entry.style, at=0)
        leads = wrapped(entry.lead, room, "quiet", at=len(one_line(entry.text)) + 1)
        lines = wrapped(entry.text, cells - room - 2, entry.style, at=0)
        blank: Line = (Piece(" " * room),)
        found: list[Line] = []
        for at in range(max(len(leads), len(lines))):
            left = leads[at] if at < len(leads) else blank
            left = (*left, Piece(" " * (room - sum(width(piece.text) for piece in left))))
            found.append((*left, Piece("  "), *(lines[at] if at < len(lines) else ())))
        return found

    def _side_by_side(self, entry: Entry, cells: int) -> Sequence[Line]:
        left, right = safe(entry.text), safe(entry.beside)
        across = cells >= COMPARED
        room = (cells - 3) // 2 if across else cells
        columns = []
        for text, spans, at in ((left, entry.differs[0], 0), (right, entry.differs[1], len(left) + 1)):
            styled = Styled(text, [(start, end, "found") for start, end in spans])
            columns.append([styled.line(start, end, at) for start, end in wrap(text, room)])
        if not across:
            return [*columns[0], (Piece("  and: ", "quiet"),), *columns[1]]
        lines: list[Line] = []
        for at in range(max(map(len, columns))):
            one = columns[0][at] if at < len(columns[0]) else ()
            gap = Piece(" " * (room - sum(width(piece.text) for piece in one)))
            lines.append((*one, gap, Piece(" │ ", "rule"), *(columns[1][at] if at < len(columns[1]) else ())))
        return lines

    def empty(self) -> Sequence[str]:
        return self._empty

    def choose(self, row: int, part: int = 0) -> None:
        self.put(row, part)  # reading a sheet changes nothing behind it

    def has_key(self, key: str) -> bool:
        """Test whether the key does something here."""
        return key in self._bindings.key_to_bindings

    def action_follow(self) -> None:
        targets = self.targets(self.spot.row) if self.rows else ()
        if targets:
            self.action_close()
            self._chosen(targets[0])
        else:
            self.answer(Go(""))

    def action_close(self) -> None:
        self.spot = Spot()
        self._shut()
