"""The single lines of the screen: the widget that they are, the pane line of narrow screens, and the foot."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.lines import Line, Piece, cut, fit, one_line, told, width
from tui.reader.pane import Pane, strip


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
    """All panes by number and name, with how many of their rows are related to the subject: "3 Quotes·4"."""
    counts = [len(pane.related_rows()) if pane.subject and pane.shown else 0 for pane in panes]
    behind = [f"·{count}" if count else "" for count in counts]
    names = [f"{pane.number} {pane.TITLE}{count}" for pane, count in zip(panes, behind)]
    if sum(map(width, names)) + 2 * len(names) > cells:
        names = [f"{pane.number}{pane.TITLE[:3]}{count}" for pane, count in zip(panes, behind)]
    gap = " " if sum(map(width, names)) + 2 * len(names) <= cells else ""
    pieces: list[Piece] = []
    for number, name in enumerate(names):
        pieces.append(Piece(f"▌{name}", "focus") if number == here else Piece(f" {name}", "quiet"))
        pieces.append(Piece(gap))
    return tuple(pieces)


def tab_at(line: Line, x: int) -> int:
    """The number of the pane whose name stands at a cell of the line; 0 for none."""
    at = 0
    for piece in line:
        at += width(piece.text)
        if x < at:
            digit = piece.text.strip(" ▌")[:1]
            return int(digit) if digit.isdigit() else 0
    return 0


def foot(said: str, held: Sequence[str], clears: str, hints: Sequence[str], way: Sequence[str], cells: int) -> Line:
    """What was just said, or what is set (and the key that `clears` it), or the keys that matter here; and, where there is
    room, the way that led here, the last step first."""
    if said:
        return (Piece(" " + told(said, cells - 2), "focus"),)
    room = cells // 2 - 2
    if held:
        left = f" {one_line('; '.join(held))}" + (f"   {clears} clears" if clears else "")
        room = cells - width(left) - 4
    trail = cut(" ‹ ".join(way), room) if len(way) > 1 and room > 8 else ""
    if not held:
        left = f" {_fitting(hints, cells - width(trail) - 4)}"
    left = cut(left, cells - width(trail) - 3)
    return (Piece(fit(left, cells - width(trail) - 1), "focus" if held else "bar"), Piece(trail, "quiet"), Piece(" "))


def _fitting(hints: Sequence[str], cells: int) -> str:
    """Whole ones: the first, and the last rather than those between, for it leads to all the others."""
    shown = list(hints)
    while len(shown) > 1 and width("   ".join(shown)) > cells:
        del shown[-2 if len(shown) > 2 else -1]
    return "   ".join(shown)
