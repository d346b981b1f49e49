"""The note editor over the panes: several lines, `^s` keeps, `Esc` leaves and asks first where something was changed.

Like the sheet it is always there, so that no key typed after the one that opens it is lost; unlike Textual's it costs no
start-up and draws only the lines that changed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.drawing.glyphs import CURSOR
from tui.reader.drawing.lines import Line, Piece, cut, one_line, safe, wrap
from tui.reader.keys.action import Action
from tui.reader.widgets.line_buffer import Buffer
from tui.reader.widgets.rows import strip


class Editor(Widget, can_focus=True):
    TITLE: ClassVar[str] = "Note"
    BINDINGS = [
        Action("ctrl+s", "keep", "save the note", id="note.keep", kiosk=True),
        Action("escape", "leave", "close (asks if there are unsaved changes)", id="note.leave", kiosk=True),
    ]

    def __init__(self, changed: Callable[[], None], called: Callable[[str], str]) -> None:
        """Make a closed editor. `changed` is called when its keys change; `called` names the key of an action."""
        super().__init__(id="editor")
        self._changed, self._called = changed, called
        self.display = False
        self.buffer = Buffer(lines=True)
        self._before = self._about = ""
        self._kept: Callable[[str], bool] = lambda _: True
        self._left: Callable[[], None] = lambda: None
        self._asked = False

    @property
    def open(self) -> bool:
        return bool(self.display)

    @property
    def asks(self) -> bool:
        """Return whether it has asked what to do with the changes."""
        return self._asked

    @property
    def hints_here(self) -> list[tuple[str, str]]:
        """List the keys of the note, each with what it does; a key "" says something else."""
        if self.buffer.refused:
            return [("", self.buffer.refused)]
        if self._asked:
            return [("", "Save changes?"), ("y", "save"), ("n", "discard"), ("other keys:", "keep editing")]
        return [(self._called("note.keep") or "^s", "saves"), (self._called("note.leave") or "Esc", "closes")]

    def present(self, about: str, text: str, kept: Callable[[str], bool], left: Callable[[], None]) -> None:
        """Edit this text. `kept` is given what was written and returns whether it is saved; `left` is called at the end."""
        self.buffer = Buffer(text, len(text), lines=True)
        self._before, self._about, self._kept, self._left, self._asked = text, one_line(about), kept, left, False
        self.refresh()

    def take(self, event: events.Key) -> bool:
        """Type the key; return False if it types nothing."""
        if self._asked:
            self._asked = False
            self._changed()
            if event.key in ("y", "Y"):
                self.action_keep()
            elif event.key in ("n", "N"):
                self._end()
            return True
        if event.key in ("up", "down"):
            self._up_or_down(1 if event.key == "down" else -1)
        elif not self.buffer.press(event.key, event.character):
            return False
        self.refresh()
        if self.buffer.refused:
            self._changed()
        return True

    def paste(self, text: str) -> None:
        self.buffer.paste(text)
        self.refresh()
        self._changed()

    def action_keep(self) -> None:
        if self.buffer.refused and not self.buffer.text.strip():
            self._changed()  # an empty note is not what was meant: the reason stays in sight
        elif self._kept(self.buffer.text):
            self._end()

    def keep(self) -> str:
        """Save what was written when nobody can be asked; an emptied note is not deleted. The text, where it could not be
        saved."""
        text = self.buffer.text
        if text == self._before or not text.strip():
            return ""
        if not self._kept(text):
            return text
        self._before = text
        return ""

    def action_leave(self) -> None:
        if self.buffer.text == self._before:
            self._end()
        else:
            self._asked = True
            self._changed()

    def _end(self) -> None:
        self.display = False
        self._left()

    # -- drawing ------------------------------------------------------------------------------------------------------

    def _laid(self) -> list[tuple[int, int]]:
        """Lay out the lines as (start, end) in the text."""
        cells, found, at = max(8, min(80, self.size.width - 4)), [], 0
        for line in self.buffer.text.split("\n"):
            breaks = wrap(safe(line), cells)
            for number, (start, end) in enumerate(breaks):
                # The blanks at which a line is broken belong to it: the cursor may stand in them.
                found.append((at + start, at + (breaks[number + 1][0] if number + 1 < len(breaks) else end)))
            at += len(line) + 1
        return found

    def _line_of(self, laid: list[tuple[int, int]]) -> int:
        return max(number for number, (start, _) in enumerate(laid) if start <= self.buffer.at)

    def _up_or_down(self, step: int) -> None:
        laid = self._laid()
        here = self._line_of(laid)
        if 0 <= here + step < len(laid):
            start, end = laid[here + step]
            last = here + step + 1 < len(laid) and laid[here + step + 1][0] == end
            self.buffer.at = min(start + self.buffer.at - laid[here][0], end - bool(last))

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        if y == 0:
            title = cut(f"{self.TITLE} on {self._about}", cells - 2)
            return strip(self, (Piece(CURSOR, "cursor"), Piece(title, "focus")), cells)
        laid = self._laid()
        here = self._line_of(laid)
        room = max(1, self.size.height - 2)
        number = y - 2 + max(0, here - room + 1)
        if y == 1 or number >= len(laid):
            return strip(self, (), cells)
        start, end = laid[number]
        line: Line = (Piece(safe(self.buffer.text[start:end])),)
        if number == here:
            at = self.buffer.at
            under = safe(self.buffer.text[at : at + 1].replace("\n", " ")) or " "
            rest = safe(self.buffer.text[at + 1 : end]) if at < end else ""
            line = (Piece(safe(self.buffer.text[start:at])), Piece(under, "chosen"), Piece(rest))
        return strip(self, (Piece("   "), *line), cells)
