"""The single lines of the screen: the head (title, date, proof, marking), the pane line of narrow screens, and the foot."""

from __future__ import annotations

from collections.abc import Callable

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.strip import Strip
from textual.widget import Widget

from tui.reader.lines import Line, bounded
from tui.reader.pane import STYLES


class Bar(Widget):
    """One line, drawn by the function that it is given: (cells) → Line."""

    COMPONENT_CLASSES = {f"pane--{name}" for name in STYLES}

    def __init__(self, draw: Callable[[int], Line], id: str, pressed: Callable[[int], None] | None = None) -> None:
        super().__init__(id=id)
        self._line, self._pressed = draw, pressed

    def render_line(self, y: int) -> Strip:
        cells = self.size.width
        segments = [Segment(bounded(piece.text), self.style_of(piece.style)) for piece in self._line(cells) if piece.text]
        return Strip(segments).adjust_cell_length(cells, self.style_of("text"))

    def style_of(self, name: str) -> Style:
        return self.get_component_rich_style(f"pane--{name}")

    def on_click(self, event: events.Click) -> None:
        if self._pressed:
            self._pressed(event.x)
