"""A sheet over the panes: a titled list to read or to choose from. Card, problems and help are each one of these."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen

from tui.reader.bars import Bar
from tui.reader.lines import Line, Piece, fit, width, wrapped
from tui.reader.pane import COMPONENTS, Follow, Pane


class Entry(NamedTuple):
    """A row of a sheet. `lead` stands in a column of its own; `ref` is what Enter goes to, "" for nothing."""

    text: str
    lead: str = ""
    ref: str = ""
    style: str = "text"
    heading: bool = False


class Entries(Pane):
    BINDINGS = [Binding("space", "page(1)", "page down", id="sheet.page")]

    def __init__(self, title: str, entries: Sequence[Entry], empty: Sequence[str]) -> None:
        super().__init__()
        self.TITLE = title  # type: ignore[misc]  # a sheet is named by what it shows
        self._entries, self._empty = entries, empty
        self._lead = min(28, max((width(entry.lead) for entry in entries), default=0))

    @property
    def ready(self) -> bool:
        return True

    def rows(self) -> Sequence[str]:
        return ["row"] * len(self._entries)

    def cell_width(self) -> int:
        return min(super().cell_width(), 96)

    def targets(self, row: int) -> Sequence[str]:
        return (self._entries[row].ref,) if self._entries[row].ref else ()

    def draw(self, row: int, cells: int) -> Sequence[Line]:
        entry = self._entries[row]
        if entry.heading:
            return ((), (Piece(entry.text, "heading"),)) if row else ((Piece(entry.text, "heading"),),)
        room = min(self._lead, cells // 3)
        if not self._lead:
            return wrapped(entry.text, cells, entry.style)
        leads = wrapped(entry.lead, room, "quiet") if width(entry.lead) > room else [(Piece(fit(entry.lead, room), "quiet"),)]
        lines = wrapped(entry.text, cells - room - 2, entry.style)
        blank: Line = (Piece(" " * room),)
        found: list[Line] = []
        for at in range(max(len(leads), len(lines))):
            left = leads[at] if at < len(leads) else blank
            left = (*left, Piece(" " * (room - sum(width(piece.text) for piece in left))))
            found.append((*left, Piece("  "), *(lines[at] if at < len(lines) else ())))
        return found

    def empty(self) -> Sequence[str]:
        return self._empty

    def choose(self, row: int, part: int = 0) -> None:
        self.put(row, part)  # reading a sheet changes nothing behind it


class Sheet(ModalScreen[str]):
    """Ends with the reference chosen, or with "" when it was only read. The head line, and the marking in it, stays."""

    COMPONENT_CLASSES = COMPONENTS
    BINDINGS = [
        Binding("q,escape,i,exclamation_mark,question_mark", "close", "close", id="sheet.close"),
        Binding("Q", "app.quit", "quit", id="sheet.quit"),
    ]

    def __init__(self, head: Callable[[int], Line], title: str, entries: Sequence[Entry], empty: Sequence[str] = ()) -> None:
        super().__init__()
        self.head = head
        self.entries = Entries(title, entries, empty)
        self.entries.answer = self.answer
        self._leads = any(entry.ref for entry in entries)

    def compose(self) -> ComposeResult:
        yield Bar(self.head, "head")
        yield self.entries
        yield Bar(self._foot, "foot")

    def on_mount(self) -> None:
        self.entries.focus()

    def _foot(self, cells: int) -> Line:
        return (Piece(" Enter goes there   q closes" if self._leads else " q closes", "bar"),)

    def answer(self, message: Follow) -> None:
        if message.how == "go":
            self.dismiss(message.target)

    def action_close(self) -> None:
        self.dismiss("")
