"""Between Textual and the terminal: the lines that changed go into a picture of the terminal, and only what
differs there is written, in one write a frame.

Everything on the screen is line-drawn and nothing lies over anything else, so a frame asks each widget in sight for its own
dirty lines. Textual's compositor would ask all of them for every line between the first and the last dirty one, cut them at
each other's edges and join them again.

Private parts of Textual, read in 8.2.8, that are used here (and in no other file but driver.py): of `App`, `_driver`,
`_sync_available`, `_set_pointer_shape`, `_update_mouse_over`; of `Screen`, `_compositor_refresh`, `_dirty_widgets`,
`_compositor` with its `_dirty_regions`, `_extend_compose`.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.widget import Widget

from tui.reader.terminal import capabilities as terminal
from tui.reader.terminal.driver import ReaderDriver
from tui.reader.terminal.picture import Picture

BEGIN, END = "\x1b[?2026h", "\x1b[?2026l"
"""Synchronised output (DEC private mode 2026): the terminal shows what is between them at once."""
WORTH_IT = 400
"""Bytes: a smaller frame arrives in one packet, and is shown at once anyhow."""


class DisplayedApp(App[None]):
    picture: Picture | None = None
    """What the terminal shows, or would show; None before the first frame."""
    alt_keys: Collection[str] = ()
    attributes_before: list[Any] | None = None

    def repaint(self) -> None:
        """Draw the whole screen again and write all of it: the terminal may show something else."""
        if self.picture:
            self.picture.forget()
            self.screen.refresh()

    def send(self) -> None:
        """Write what differs; later, where the terminal has not yet taken what was written before: frames that nobody could
        have seen are never written."""
        driver, picture = self._driver, self.picture
        if not isinstance(driver, ReaderDriver) or not picture or not driver.ready(self.send):
            return
        frame = picture.frame()
        if frame:
            driver.write(f"{BEGIN}{frame}{END}" if self._sync_available and len(frame) > WORTH_IT else frame)

    def _set_pointer_shape(self, shape: str) -> None:
        """Leave the mouse pointer as it is: some terminals print what asks for another shape."""


class DisplayedScreen(Screen[None]):
    def _compositor_refresh(self) -> None:
        app = cast(DisplayedApp, self.app)
        if self is not app.screen:  # drawn whole when it comes back on top
            self._compositor._dirty_regions.clear()
            self._dirty_widgets.clear()
        elif isinstance(app._driver, ReaderDriver) or app.is_headless:
            if not app.picture or (app.picture.cells, app.picture.rows) != tuple(self.size):
                app.picture = Picture(*self.size, terminal.of())
            self.draw_on(app.picture)
            app.picture.cursor = self.cursor_cell()
            app.send()
            self._dirty_widgets.clear()
            app._update_mouse_over(self)
        else:
            super()._compositor_refresh()

    def _extend_compose(self, widgets: list[Widget]) -> None:
        """Add no tooltips and toasts, which Textual puts on every screen: nothing overlaps here."""

    def cursor_cell(self) -> tuple[int, int] | None:
        """Return where to put the terminal's own cursor, unseen: braille displays and screen readers follow it."""
        return None

    def draw_on(self, picture: Picture) -> None:
        """Draw what has changed, and nothing else."""
        dirty = list(self._compositor._dirty_regions)
        self._compositor._dirty_regions.clear()
        seen = [(widget, region) for widget, (region, _) in self._compositor.visible_widgets.items() if not widget.children]
        ground = self.get_component_rich_style("pane--text")
        for area in dirty:
            if not any(region.contains_region(area) for _, region in seen):  # between widgets nobody draws
                for y in area.line_range:
                    picture.put(y, area.x, ((" " * area.width, ground),))
        for widget, region in seen:
            for y in sorted({y for area in dirty if area.overlaps(region) for y in _rows(area, region)}):
                strip = widget.render_line(y - region.y)
                picture.put(y, region.x, ((text, style) for text, style, control in strip if not control), region.width)


def _rows(area: Region, region: Region) -> range:
    return range(max(area.y, region.y), min(area.bottom, region.bottom))
