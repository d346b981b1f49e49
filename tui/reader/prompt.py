"""The foot of the screen. Mostly it says what is set and which keys matter; asked, it becomes a line to type into.

It is always there, so that what is typed after the key that asks goes to it, however fast.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from textual import events

from tui.reader.bars import Bar
from tui.reader.lines import Line, Piece, one_line, width


@dataclass
class Asking:
    """One question. `changed` is told of every keystroke; `ended` of the text at Enter, or None at Esc. With `letter`, every
    key that types something ends it at once when `letter` says that the text is complete."""

    lead: str
    changed: Callable[[str], None]
    ended: Callable[[str | None], None]
    letter: Callable[[str], bool] | None = None
    text: str = ""
    at: int = 0
    beside: str = ""
    """What stands behind the text: a count, or what is wrong with it."""
    wrong: bool = False
    history: list[str] = field(default_factory=list)
    back: int = 0
    """How far back in the history the text was taken from."""


class Prompt(Bar, can_focus=True):
    FOCUS_ON_CLICK = False

    def __init__(self, draw: Callable[[int], Line], id: str) -> None:
        super().__init__(self._draw, id)
        self._idle = draw
        self.asking: Asking | None = None

    def _draw(self, cells: int) -> Line:
        asking = self.asking
        if not asking:
            return self._idle(cells)
        beside = f"   {one_line(asking.beside)}" if asking.beside else ""
        room = max(8, cells - width(asking.lead) - width(beside) - 3)
        text, at = asking.text + " ", asking.at
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

    def on_key(self, event: events.Key) -> None:
        if not self.asking:
            return
        event.stop()
        event.prevent_default()
        asking = self.asking
        text, at = asking.text, asking.at
        if event.key == "enter":
            self.end(text)
        elif event.key in ("escape", "ctrl+c", "ctrl+g") or (event.key == "backspace" and not text):
            self.end(None)
        elif event.key == "backspace":
            self._type(text[: max(0, at - 1)] + text[at:], max(0, at - 1))
        elif event.key in ("delete", "ctrl+d"):
            self._type(text[:at] + text[at + 1 :], at)
        elif event.key == "ctrl+u":
            self._type(text[at:], 0)
        elif event.key == "ctrl+w":
            kept = text[:at].rstrip().rpartition(" ")
            start = len(kept[0] + kept[1])
            self._type(text[:start] + text[at:], start)
        elif event.key in _MOVES:
            asking.at = min(len(text), max(0, _MOVES[event.key](at, len(text))))
            self.refresh()
        elif event.key in ("up", "down"):
            self._recall(1 if event.key == "up" else -1)
        elif event.is_printable and event.character:
            self._type(text[:at] + event.character + text[at:], at + 1)

    def on_paste(self, event: events.Paste) -> None:
        if self.asking:
            event.stop()
            pasted = one_line(event.text)[:1000]
            self._type(
                self.asking.text[: self.asking.at] + pasted + self.asking.text[self.asking.at :], self.asking.at + len(pasted)
            )

    def _recall(self, step: int) -> None:
        asking = self.asking
        if asking and 0 <= asking.back + step <= len(asking.history):
            asking.back += step
            text = asking.history[-asking.back] if asking.back else ""
            self._type(text, len(text))

    def _type(self, text: str, at: int) -> None:
        assert self.asking
        changed = text != self.asking.text
        self.asking.text, self.asking.at = text[:1000], min(at, 1000)
        self.refresh()
        if self.asking.letter and self.asking.letter(text):
            self.end(text)
        elif changed:
            self.asking.changed(self.asking.text)


_MOVES: dict[str, Callable[[int, int], int]] = {
    "left": lambda at, size: at - 1,
    "right": lambda at, size: at + 1,
    "home": lambda at, size: 0,
    "ctrl+a": lambda at, size: 0,
    "end": lambda at, size: size,
    "ctrl+e": lambda at, size: size,
}
