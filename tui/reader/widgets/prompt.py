"""The foot of the screen. Mostly it says what is set and which keys matter; asked, it becomes a line to type into.

It is always there, so that what is typed after the key that asks goes to it, however fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textual import events

from tui.reader.drawing.lines import Line, Piece, one_line, told, width
from tui.reader.widgets.bars import Bar
from tui.reader.widgets.line_buffer import Buffer


@dataclass
class Asking:
    """One question. `changed` is told of every keystroke; `ended` of the text at Enter, or None at Esc. With `letter`, every
    key that types something ends it at once when `letter` says that the text is complete."""

    lead: str
    changed: Callable[[str], None]
    ended: Callable[[str | None], None]
    letter: Callable[[str], bool] | None = None
    moved: Callable[[int], None] | None = None
    """Told of up (-1) and down (1), where they are not for the history."""
    buffer: Buffer = field(default_factory=Buffer)
    beside: str = ""
    """What is after the text: a count, or what is wrong with it."""
    wrong: bool = False
    history: list[str] = field(default_factory=list)
    back: int = 0
    """How far back in the history the text was taken from."""


class Prompt(Bar):
    """Never focused: keys come to it through the pane that has the focus, so those on their way when it was asked come too,
    and in their order."""

    def __init__(self, draw: Callable[[int], Line], id: str) -> None:
        super().__init__(self._draw, id)
        self._idle = draw
        self.asking: Asking | None = None

    def _draw(self, cells: int) -> Line:
        asking = self.asking
        if not asking:
            return self._idle(cells)
        typed = min(width(asking.buffer.text), max(12, cells // 3))  # of what is typed, this much stays visible
        beside = told(f"   {one_line(asking.beside)}", cells - width(asking.lead) - typed - 3) if asking.beside else ""
        room = max(8, cells - width(asking.lead) - width(beside) - 3)
        text, at = asking.buffer.text + " ", asking.buffer.at
        first = max(0, at - room + 1)
        return (
            Piece(f" {asking.lead}", "focus"),
            Piece(one_line(text[first:at]) if text[first:at].strip() else text[first:at]),
            Piece(text[at], "chosen"),
            Piece(text[at + 1 : first + room]),
            Piece(beside, "error" if asking.wrong else "quiet"),
        )

    def say_beside(self, words: str, wrong: bool = False) -> None:
        if self.asking:
            self.asking.beside, self.asking.wrong = words, wrong
            self.refresh()

    def end(self, text: str | None) -> None:
        asking, self.asking = self.asking, None
        self.refresh()
        if asking:
            if text:
                asking.history[:] = [*(each for each in asking.history if each != text), text]
            asking.ended(text)

    def take(self, event: events.Key) -> bool:
        """Type the key; return False if nothing is asked."""
        if not self.asking:
            return False
        buffer = self.asking.buffer
        before = buffer.text
        if event.key == "enter":
            self.end(before)
        elif event.key in ("escape", "ctrl+c", "ctrl+g") or (event.key == "backspace" and not before):
            self.end(None)
        elif self.asking.moved and event.key in ("up", "down", "ctrl+p", "ctrl+n"):
            self.asking.moved(-1 if event.key in ("up", "ctrl+p") else 1)
        elif event.key in ("up", "down"):
            self._recall(1 if event.key == "up" else -1)
        elif buffer.press(event.key, event.character):
            self._typed(before)
        return True

    def paste(self, text: str) -> None:
        if self.asking:
            before = self.asking.buffer.text
            self.asking.buffer.paste(text)
            self._typed(before)

    def _recall(self, step: int) -> None:
        asking = self.asking
        if asking and 0 <= asking.back + step <= len(asking.history):
            asking.back += step
            before = asking.buffer.text
            text = asking.history[-asking.back] if asking.back else ""
            asking.buffer = Buffer(text, len(text))
            self._typed(before)

    def _typed(self, before: str) -> None:
        assert self.asking
        text = self.asking.buffer.text
        self.refresh()
        if self.asking.letter and self.asking.letter(text):
            self.end(text)
        elif text != before:
            self.asking.changed(text)
        if self.asking and self.asking.buffer.refused:
            self.say_beside(self.asking.buffer.refused, wrong=True)
