"""The single lines of the screen: the widget that they are, the pane line of narrow screens, and the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.drawing.glyphs import CURSOR
from tui.reader.drawing.lines import Line, Piece, cut, one_line, told, width
from tui.reader.widgets.pane import Pane
from tui.reader.widgets.rows import strip

KeyHint = tuple[str, str]
"""A key as it is printed, "" for none, and what it does."""


class Bar(Widget):
    """One line, drawn by the function that it is given: (cells) → Line."""

    def __init__(self, draw: Callable[[int], Line], id: str, pressed: Callable[[int], None] | None = None) -> None:
        super().__init__(id=id)
        self._line, self._pressed = draw, pressed

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        return strip(self, self._line(cells), cells)

    def on_click(self, event: events.Click) -> None:
        if self._pressed:
            self._pressed(event.x)


def tabs(panes: Sequence[Pane], here: int, cells: int) -> Line:
    """Draw all panes by number and name, with how many of their rows are related to the subject: "3 Quotes·4"."""
    counts = [len(pane.related_rows()) if pane.subject and pane.shown else 0 for pane in panes]
    behind = [f"·{count}" if count else "" for count in counts]
    names = [f"{pane.number} {pane.TITLE}{count}" for pane, count in zip(panes, behind)]
    if sum(map(width, names)) + 2 * len(names) > cells:
        names = [f"{pane.number}{pane.TITLE[:3]}{count}" for pane, count in zip(panes, behind)]
    gap = " " if sum(map(width, names)) + 2 * len(names) <= cells else ""
    pieces: list[Piece] = []
    for number, name in enumerate(names):
        pieces.append(Piece(f"{CURSOR}{name}", "focus") if number == here else Piece(f" {name}", "quiet"))
        pieces.append(Piece(gap))
    return tuple(pieces)


def tab_at(line: Line, x: int) -> int:
    """Return the number of the pane whose name is at a cell of the line; 0 for none."""
    at = 0
    for piece in line:
        at += width(piece.text)
        if x < at:
            digit = piece.text.strip(f" {CURSOR}")[:1]
            return int(digit) if digit.isdigit() else 0
    return 0


def foot(said: str, held: Sequence[str], clears: str, hints: Sequence[KeyHint], way: Sequence[str], cells: int) -> Line:
    """Draw the status line: what was just said; else the filters, and the key that `clears` the last of them; else the keys
    that matter here and, if there is room, the way that led here, the last step first."""
    if said:
        return (Piece(" " + told(said, cells - 2), "focus"),)
    room = cells // 2 - 2
    filters = one_line("; ".join(held))
    keys: Line = ()
    if held:
        clear = f"{clears} clears" if clears else ""
        room = cells - width(f" {filters}   {clear}") - 4
    trail = cut(" ‹ ".join(way), room) if len(way) > 1 and room > 8 else ""
    most = cells - width(trail) - 3
    if held:
        shown = cut(f" {filters}" + (f"   {clear}" if clear else ""), most)
        keys = (Piece(shown, "focus"),)
    else:
        keys = (Piece(" "), *_fitting(hints, most - 1))
    used = sum(width(piece.text) for piece in keys)
    return (*keys, Piece(" " * (cells - width(trail) - 1 - used)), Piece(trail, "quiet"), Piece(" "))


def _fitting(hints: Sequence[KeyHint], cells: int) -> Line:
    """Draw as many whole hints as fit. Those before the last are dropped first: the last, help, leads to all others. Of the
    answers to a question, which have no key, none is dropped."""
    shown = list(hints)
    while len(shown) > 1 and shown[0][0] and sum(width(f"{key} {words}   ") for key, words in shown) - 3 > cells:
        del shown[-2 if len(shown) > 2 else -1]
    pieces: list[Piece] = []
    for key, words in shown:
        pieces += [Piece("   "), Piece(key, "key"), Piece(f"{' ' if key else ''}{words}", "bar")]
    room, fitting = cells, []
    for piece in pieces[1:]:
        text = cut(piece.text, room)
        fitting.append(piece._replace(text=text))
        room -= width(text)
    return tuple(fitting)
